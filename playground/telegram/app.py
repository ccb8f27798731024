"""The application: Bot API, chat page and control routes on one port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from playground.telegram.api import BotApi
from playground.telegram.chat import HERE, ChatPage
from playground.telegram.control import Control
from playground.telegram.guard import LoopbackOnly
from playground.telegram.model import User
from playground.telegram.people import Persona
from playground.telegram.snapshot import Keeper
from playground.telegram.state import StandIn
from playground.telegram.webhook import WebhookPump

__all__ = ["Persona", "create_app"]


def create_app(state: StandIn, people: Sequence[Persona] = ()) -> FastAPI:
    """The stand-in as an application; `people` are whom the page offers to act as.

    With `state.folder` the kept state is read here and written shortly after changes and at shutdown.
    """
    keeper = Keeper(state) if state.folder else None
    if keeper:
        keeper.load()
    for persona in people:
        state.add_user(User(persona.user_id, persona.name))

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(WebhookPump(state).run())]
            if keeper:
                tasks.append(group.create_task(keeper.run()))
            yield
            state.close()
            for task in tasks:
                task.cancel()
        if keeper:
            keeper.save()

    routes: list[BaseRoute] = [*BotApi(state).routes(), *Control(state).routes(), *ChatPage(state, people).routes()]
    app = FastAPI(
        openapi_url=None,
        lifespan=lifespan,
        routes=routes,
        middleware=[Middleware(LoopbackOnly)],
    )
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
