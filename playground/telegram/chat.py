"""The chat page: one acts as a made-up person. JSON under /chat/, live changes by server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from playground.telegram.acts import perform
from playground.telegram.model import Json, User
from playground.telegram.people import Persona
from playground.telegram.person import NotPossible
from playground.telegram.state import StandIn
from playground.telegram.view import chat_view

HERE = Path(__file__).parent.parent
LONGEST_WAIT = 30.0
HEARTBEAT = 15.0
GATHER = 0.05
"""Seconds in which changes are gathered into one event, so that a broadcast does not flood the page."""
FIRST_PHONE = 9_000_000_000
NEW_PHONE = "Новый телефон"
"""Who opens an invite that is not tied to one of the made-up people."""


class ChatPage:
    """The page and its routes."""

    def __init__(self, state: StandIn, people: Sequence[Persona]) -> None:
        self.state = state
        self.people = people
        self.templates = Jinja2Templates(HERE / "templates")

    def routes(self) -> list[Route]:
        """Routes for the application."""
        return [
            Route("/", self.page, methods=["GET"]),
            Route("/chat/people", self.list_people, methods=["GET"]),
            Route("/chat/events", self.events, methods=["GET"]),
            Route("/chat/files/{file_id}", self.file, methods=["GET"]),
            Route("/chat/users/{user_id:int}", self.view, methods=["GET"]),
            Route("/chat/users/{user_id:int}/{act}", self.act, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself; everything on it comes by JSON. A link with nothing but a code opens on a new phone."""
        code = request.query_params.get("start")
        if code is not None and "user" not in request.query_params:
            return RedirectResponse(f"/?{urlencode({'user': self._new_phone(), 'start': code})}")
        settings = self.state.settings
        context = {"bot_name": self.state.bot_user["first_name"], "bot_username": settings.bot_username}
        return self.templates.TemplateResponse(request, "chat.html", context)

    def _new_phone(self) -> int:
        user_id = max(FIRST_PHONE, *self.state.chats) + 1
        self.state.add_user(User(user_id, NEW_PHONE))
        return user_id

    async def list_people(self, request: Request) -> Response:
        """Whom one can act as."""
        return JSONResponse([self._person(persona) for persona in self.people])

    def _person(self, persona: Persona) -> Json:
        chat = self.state.chats[persona.user_id]
        return {
            "user_id": persona.user_id,
            "name": persona.name,
            "subtitle": persona.subtitle,
            "group": persona.group,
            "start_payload": persona.start_payload,
            **self._state_of(persona.user_id),
            "last": next(reversed(chat.messages.values())).text[:80] if chat.messages else "",
        }

    def _state_of(self, user_id: int) -> Json:
        chat = self.state.chats[user_id]
        return {"unread": chat.unread, "started": chat.started, "blocked": chat.blocked}

    async def view(self, request: Request) -> Response:
        """The chat; with `after` and `seconds` only once its revision is above that, or the time is over."""
        user_id = request.path_params["user_id"]
        chat = self.state.chats.get(user_id)
        if chat is None:
            return JSONResponse({"error": "no such user"}, 404)
        after = int(request.query_params.get("after", -1))
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(float(request.query_params.get("seconds", 0)), LONGEST_WAIT)
        while self.state.changed_at.get(user_id, 0) <= after and loop.time() < deadline and not self.state.closing:
            await self.state.wait_for_change(deadline - loop.time())
        return JSONResponse(chat_view(self.state, chat))

    async def act(self, request: Request) -> Response:
        """Do something as this person; 400 with the reason if it is not possible."""
        try:
            done = perform(self.state, request.path_params["user_id"], request.path_params["act"], await request.json())
        except NotPossible as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(done)

    async def file(self, request: Request) -> Response:
        """A photo to look at or a document to download."""
        file = self.state.files.known.get(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "no such file"}, 404)
        content = self.state.files.content(file)
        if file.kind == "photo":
            return Response(content, media_type=file.mime)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(content, media_type="application/octet-stream", headers={"Content-Disposition": disposition})

    async def events(self, request: Request) -> Response:
        """Server-sent events: which chats changed."""
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        seen = self.state.revision
        yield "retry: 1000\n\n"
        while not self.state.closing:
            if seen == self.state.revision:
                await self.state.wait_for_change(HEARTBEAT)
                await asyncio.sleep(GATHER)
            changed = {user: self._state_of(user) for user, at in self.state.changed_at.items() if at > seen}
            seen = self.state.revision
            yield f"data: {json.dumps(changed)}\n\n" if changed else ": still here\n\n"
