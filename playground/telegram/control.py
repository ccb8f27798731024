"""Routes under /control/ for tests: people, faults, the record. Loopback only (see guard.py)."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.telegram.faults import Fault
from playground.telegram.model import Json, User
from playground.telegram.state import StandIn


class Control:
    """The control routes of one stand-in."""

    def __init__(self, state: StandIn) -> None:
        self.state = state

    def routes(self) -> list[Route]:
        """Routes for the application."""
        return [
            Route("/control/users", self.add_user, methods=["POST"]),
            Route("/control/faults", self.list_faults, methods=["GET"]),
            Route("/control/faults", self.add_fault, methods=["POST"]),
            Route("/control/faults", self.clear_faults, methods=["DELETE"]),
            Route("/control/switches", self.switch, methods=["POST"]),
            Route("/control/updates", self.inject, methods=["POST"]),
            Route("/control/calls", self.calls, methods=["GET"]),
            Route("/control/outgoing", self.outgoing, methods=["GET"]),
        ]

    async def add_user(self, request: Request) -> Response:
        """{"id", "first_name", "last_name"?, "username"?} makes an account known."""
        chat = self.state.add_user(User(**await request.json()))
        return JSONResponse({"user_id": chat.user.id})

    async def list_faults(self, request: Request) -> Response:
        """What is switched on."""
        state = self.state
        switches = {
            "down": state.faults.down,
            "reorder": state.faults.reorder,
            "hold": state.queue.held,
            "repeat": state.queue.repeat_next,
        }
        return JSONResponse({"faults": list(state.faults.listed()), **switches})

    async def add_fault(self, request: Request) -> Response:
        """{"kind", "times", "method", "value"} as `Fault`."""
        try:
            self.state.faults.add(Fault(**await request.json()))
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return await self.list_faults(request)

    async def clear_faults(self, request: Request) -> Response:
        """Everything works again."""
        self.state.clear_faults()
        return await self.list_faults(request)

    async def switch(self, request: Request) -> Response:
        """{"down": bool, "hold": bool, "reorder": n, "repeat": n}, each optional."""
        wanted: Json = await request.json()
        self.state.faults.down = bool(wanted.get("down", self.state.faults.down))
        self.state.faults.reorder = int(wanted.get("reorder", self.state.faults.reorder))
        self.state.repeat_updates(int(wanted.get("repeat", self.state.queue.repeat_next)))
        self.state.hold_updates(on=bool(wanted.get("hold", self.state.queue.held)))
        return await self.list_faults(request)

    async def inject(self, request: Request) -> Response:
        """Any body becomes an update as it is."""
        return JSONResponse({"update_id": self.state.inject_update(await request.json())})

    async def calls(self, request: Request) -> Response:
        """The bot's requests from number `since` on."""
        since = int(request.query_params.get("since", 0))
        return JSONResponse([asdict(call) for call in list(self.state.calls)[since:]])

    async def outgoing(self, request: Request) -> Response:
        """All text the bot sent."""
        return JSONResponse(list(self.state.outgoing_text()))
