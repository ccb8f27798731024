"""A file is brought to Telegram once, however many get it and however many want it at the same time."""

import asyncio
from itertools import islice

import pytest
from aiogram import Bot

from bot.connection import Connection
from bot.outcomes import Undelivered
from bot.screens.model import Document, File, Screen
from bot.transport import Transport
from bot.uploads import Uploads
from playground.telegram.client import ChatUser
from tests.bot.plumbing.fakes import settle
from tests.bot.plumbing.stage import Stage, picture
from tests.standin.pictures import jpeg

PROGRAMME = Document(b"%PDF-1.7 made up", "Программа курсов.pdf")
PEOPLE = 12


async def people(stage: Stage, count: int = PEOPLE) -> list[ChatUser]:
    found = [await stage.standin.user(f"u{number}") for number in range(count)]
    for one in found:
        await one.start()
    return found


def stored(stage: Stage) -> int:
    return len(stage.standin.state.files.known)


@pytest.mark.parametrize("file", [PROGRAMME, picture()], ids=["document", "picture"])
async def test_many_at_once_bring_one_file(stage: Stage, file: File) -> None:
    crowd = await people(stage)
    await asyncio.gather(*(stage.transport.show(one.user_id, Screen("Курсы", picture=file)) for one in crowd))
    assert stored(stage) == 1
    assert all(one.last.text == "Курсы" for one in crowd)
    await stage.show(Screen("Курсы", picture=file))
    assert stored(stage) == 1


async def test_a_document_arrives_as_it_is(stage: Stage) -> None:
    await stage.show(Screen("<b>Программа</b>", picture=PROGRAMME))
    assert stage.user.last.text == "Программа"
    [file] = stage.standin.state.files.known.values()
    assert (file.kind, file.name) == ("document", "Программа курсов.pdf")
    assert stage.standin.state.files.content(file) == PROGRAMME.content


async def test_a_jpeg_is_a_picture_too(stage: Stage) -> None:
    await stage.show(Screen("Фото", picture=picture(content=jpeg(40, 30))))
    assert stage.user.last.photo is not None


async def test_another_name_is_another_document(stage: Stage) -> None:
    await stage.show(Screen("", picture=PROGRAMME))
    await stage.show(Screen("", picture=Document(PROGRAMME.content, "План.pdf")))
    assert stored(stage) == 2


async def test_an_id_that_telegram_has_forgotten_is_brought_again(stage: Stage) -> None:
    await stage.show(Screen("1", picture=PROGRAMME))
    stage.standin.state.files.known.clear()
    crowd = await people(stage)
    await asyncio.gather(*(stage.transport.show(one.user_id, Screen("2", picture=PROGRAMME)) for one in crowd))
    assert stored(stage) == 1
    assert all(one.last.text == "2" for one in crowd)


async def test_whoever_cannot_be_reached_leaves_the_bringing_to_the_next(stage: Stage) -> None:
    crowd = await people(stage)
    for blocked in crowd[:2]:
        await blocked.block()
    shown = [stage.transport.show(one.user_id, Screen("", picture=PROGRAMME)) for one in crowd]
    results = await asyncio.gather(*shown, return_exceptions=True)
    assert [type(one) for one in results[:2]] == [Undelivered, Undelivered]
    assert all(isinstance(one, int) for one in results[2:])


async def test_what_was_a_text_becomes_a_document_in_place(stage: Stage) -> None:
    first = await stage.show(Screen("Черновик"))
    assert await stage.show(Screen("С файлом", picture=PROGRAMME), edit=first) == first
    again = await stage.show(Screen("Ещё раз", picture=PROGRAMME))
    assert await stage.show(Screen("И ещё", picture=PROGRAMME), edit=again) == again
    assert stage.user.last.text == "И ещё"
    assert stored(stage) == 1


async def test_the_turn_comes_after_the_waiting() -> None:
    """Else those who waited for one upload would all send at the same moment, and be refused with a 429."""
    uploads, steps, arrived = Uploads(), [], asyncio.Event()

    async def one(number: int) -> None:
        async def turn() -> None:
            steps.append(f"turn {number}")

        async def call(_source: object) -> bool:
            await arrived.wait()
            return True

        await uploads.send(PROGRAMME, turn, call)

    tasks = [asyncio.create_task(one(number)) for number in range(3)]
    await settle()
    assert steps == ["turn 0"]
    arrived.set()
    await asyncio.gather(*tasks)
    assert steps == ["turn 0", "turn 1", "turn 2"]


async def test_only_so_many_ids_are_remembered(stage: Stage) -> None:
    transport = Transport(stage.bot, stage.limits)
    transport._uploads = Uploads(kept=2)
    for number in (1, 2, 3, 1):
        await transport.show(stage.chat, Screen("", picture=Document(bytes([number]), "a.bin")))
    assert stored(stage) == 4


async def test_a_large_file_has_time_to_get_through(stage: Stage) -> None:
    """A second in all is allowed here for an answer; a file gets more, by its size."""
    quick = Connection(stage.standin.base_url, answer_seconds=0.2)
    async with Bot(stage.standin.token, session=quick) as bot:
        stage.faults.delay(0.5, method="sendDocument")
        await Transport(bot, stage.limits).show(stage.chat, Screen("", picture=PROGRAMME))
    assert "sendDocument" in {call.method for call in islice(stage.standin.state.calls, None)}
