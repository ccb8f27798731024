"""The test driver over HTTP, for a stand-in that lives in another process. Needs httpx (a development dependency)."""

from types import TracebackType
from typing import Any

import httpx

from playground.telegram.client import ChatUser
from playground.telegram.model import Json
from playground.telegram.person import NotPossible


class RemoteStandIn:
    """`async with RemoteStandIn(base_url) as standin: user = await standin.user("…")`."""

    def __init__(self, base_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        # trust_env off: loopback must not go through a proxy
        self._http = httpx.AsyncClient(base_url=base_url, transport=transport, timeout=30.0, trust_env=False)
        self._next_user_id = 8_000_000_001

    async def user(self, name: str, user_id: int | None = None, username: str | None = None) -> ChatUser:
        """A person to act as; a new account unless `user_id` is known."""
        if user_id is None:
            user_id, self._next_user_id = self._next_user_id, self._next_user_id + 1
        await self._json("POST", "/control/users", {"id": user_id, "first_name": name, "username": username})
        return ChatUser(self, user_id, name)

    async def act(self, user_id: int, act: str, args: Json) -> Json:
        """See client.Line. Raises NotPossible."""
        answer: Json = await self._json("POST", f"/chat/users/{user_id}/{act}", args)
        return answer

    async def view(self, user_id: int, after: int, seconds: float) -> Json:
        """See client.Line."""
        answer: Json = await self._json("GET", f"/chat/users/{user_id}?after={after}&seconds={seconds}")
        return answer

    def peek(self, user_id: int) -> Json | None:
        """See client.Line: not possible at once over HTTP."""
        return None

    async def fault(self, kind: str, times: int | None = 1, method: str | None = None, value: float = 0.0) -> None:
        """Switch a fault on (see faults.Fault)."""
        body = {"kind": kind, "times": times, "method": method, "value": value}
        await self._json("POST", "/control/faults", body)

    async def clear_faults(self) -> None:
        """Switch every fault off."""
        await self._json("DELETE", "/control/faults")

    async def switch(self, **switches: bool | int) -> None:
        """down=True, hold=True, reorder=1, repeat=1 (see control.Control.switch)."""
        await self._json("POST", "/control/switches", switches)

    async def inject_update(self, body: Json) -> int:
        """Queue an update as it is."""
        return int((await self._json("POST", "/control/updates", body))["update_id"])

    async def calls(self, since: int = 0) -> list[Json]:
        """The bot's requests as JSON of model.Call."""
        answer: list[Json] = await self._json("GET", f"/control/calls?since={since}")
        return answer

    async def outgoing_text(self) -> list[str]:
        """All text the bot sent."""
        answer: list[str] = await self._json("GET", "/control/outgoing")
        return answer

    async def _json(self, method: str, path: str, body: Any = None) -> Any:
        response = await self._http.request(method, path, json=body)
        if response.status_code == 400:
            raise NotPossible(response.json().get("error", response.text))
        response.raise_for_status()
        return response.json()

    async def __aenter__(self) -> "RemoteStandIn":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()
