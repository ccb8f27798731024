"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.telegram.errors import ApiError, not_imitated, unauthorized
from playground.telegram.methods import METHODS
from playground.telegram.methods.registry import Method
from playground.telegram.model import Json
from playground.telegram.params import Params, Upload
from playground.telegram.state import StandIn
from playground.telegram.transport import HangUp

_ROOM_FOR_FIELDS = 1024 * 1024


class BotApi:
    """The routes of one stand-in."""

    def __init__(self, state: StandIn) -> None:
        self.state = state

    def routes(self) -> list[Route]:
        """Routes for the application."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.file, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """One request of the bot: refuse, delay, carry out, record, answer, as the faults say."""
        name = request.path_params["method"]
        faults = self.state.faults
        if faults.down or self.state.closing:
            return HangUp()
        params = Params({})
        try:
            params = await self._params(request)
            delay = faults.strike("delay", name)
            if delay:
                await asyncio.sleep(delay.value)
            if faults.strike("hang_up", name):
                self.state.record(name, params.recorded(), {"ok": False, "description": "stand-in hung up"})
                return HangUp()
            method = self._method(request.path_params["token"], name)
            faults.refuse(name)
            params.check_known(method.name, method.known)
            answer: Json = {"ok": True, "result": await _result(method, self.state, params)}
        except ApiError as error:
            answer = error.body()
        self.state.record(name, params.recorded(), answer)
        if faults.strike("hang_up_after", name):
            return HangUp()
        return JSONResponse(answer, answer.get("error_code", 200))

    def _method(self, token: str, name: str) -> Method:
        if token != self.state.settings.token:
            raise unauthorized()
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, f"Not Found: stand-in does not know the method {name}")
        return method

    async def file(self, request: Request) -> Response:
        """The content of a file that getFile named."""
        if self.state.faults.down or self.state.closing:
            return HangUp()
        if request.path_params["token"] != self.state.settings.token:
            return JSONResponse(unauthorized().body(), 401)
        file = self.state.files.by_path(request.path_params["path"])
        if file is None:
            return JSONResponse(ApiError(404, "Not Found").body(), 404)
        return Response(self.state.files.content(file), media_type="application/octet-stream")

    async def _params(self, request: Request) -> Params:
        most = self.state.settings.document_bytes + _ROOM_FOR_FIELDS
        if int(request.headers.get("content-length") or 0) > most:
            raise ApiError(413, "Request Entity Too Large")
        values: Json = dict(request.query_params)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            values |= _json_object(await request.body())
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            return await _form(request, values)
        elif await request.body():
            raise not_imitated(f"requests of type {kind or 'unknown'}")
        return Params(values)


async def _result(method: Method, state: StandIn, params: Params) -> Any:
    result = method.handler(state, params)
    return await result if inspect.isawaitable(result) else result


def _json_object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise ApiError(400, "Bad Request: object expected as request body")
    return value


async def _form(request: Request, values: Json) -> Params:
    files: dict[str, Upload] = {}
    try:
        async with request.form(max_part_size=_ROOM_FOR_FIELDS) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or name, await value.read(), mime)
                else:
                    values[name] = value
    except HTTPException as error:
        raise ApiError(400, f"Bad Request: {error.detail}") from None
    return Params(values, files)
