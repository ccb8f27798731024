"""A second start goes on with the same chats."""

import json
from pathlib import Path

import httpx
import pytest

from playground.telegram.people import Persona
from playground.telegram.server import StandInServer
from playground.telegram.snapshot import Keeper
from playground.telegram.state import StandIn
from tests.standin.conftest import BareBot
from tests.standin.pictures import png

PEOPLE = [Persona(501, "Проба <b>", "учитель, школа", "Педагоги", "code1")]


def bare_bot(server: StandInServer) -> BareBot:
    address = f"{server.base_url}/bot{server.token}/"
    return BareBot(httpx.AsyncClient(base_url=address, trust_env=False, timeout=10))


async def test_chats_files_and_updates_survive(tmp_path: Path) -> None:
    async with StandInServer(StandIn(folder=tmp_path), PEOPLE) as server:
        bot, user = bare_bot(server), await server.user("Проба <b>", 501)
        await user.start("code1")
        rows = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
        number = await bot.say(user, "Здравствуйте", reply_markup=rows)
        await bot.ok("sendPhoto", {"photo": ("a.png", png())}, chat_id=501)
        await bot.ok("setMyCommands", commands=[{"command": "menu", "description": "Меню"}])
        before = user.chat
        updates = await bot.ok("getUpdates")
        await bot.http.aclose()

    assert not (tmp_path / "state.new").exists()
    async with StandInServer(StandIn(folder=tmp_path), PEOPLE) as server:
        bot, user = bare_bot(server), await server.user("Проба <b>", 501)
        assert user.chat | {"revision": 0} == before | {"revision": 0}
        assert await bot.ok("getUpdates") == updates
        await bot.ok("editMessageText", chat_id=501, message_id=number, text="после перерыва")
        assert user.last.photo is not None
        await bot.ok("sendPhoto", chat_id=501, photo=user.last.photo["file_id"])
        path = (await bot.ok("getFile", file_id=user.last.photo["file_id"]))["file_path"]
        assert (await bot.http.get(f"{server.base_url}/file/bot{server.token}/{path}")).content == png()
        await user.send("дальше")
        assert (await bot.ok("getUpdates"))[-1]["update_id"] == updates[-1]["update_id"] + 1
        await bot.http.aclose()


async def test_it_is_written_soon_after_a_change(tmp_path: Path) -> None:
    async with StandInServer(StandIn(folder=tmp_path), PEOPLE) as server:
        user = await server.user("Проба <b>", 501)
        await user.start()

        def written() -> bool:
            file = tmp_path / "state.json"
            return file.exists() and "/start" in file.read_text("utf-8")

        await user.wait_for(written)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(json.dumps({"format": 0}))
    with pytest.raises(ValueError, match="another version"):
        Keeper(StandIn(folder=tmp_path)).load()
