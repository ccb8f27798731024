"""Photos, documents and files."""

import dataclasses

import pytest

from playground.telegram.client import ChatUser
from playground.telegram.images import picture
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from tests.standin.conftest import BareBot
from tests.standin.pictures import jpeg, png, webp


@pytest.fixture
def settings(settings: StandInSettings) -> StandInSettings:
    return dataclasses.replace(settings, photo_bytes=2000, document_bytes=3000)


@pytest.mark.parametrize(
    ("content", "expected"),
    [(png(3, 4), ("png", 3, 4)), (jpeg(300, 200), ("jpg", 300, 200)), (webp(70, 80), ("webp", 70, 80))],
)
def test_sizes_of_pictures(content: bytes, expected: tuple[str, int, int]) -> None:
    assert picture(content) == expected
    assert all(picture(content[:cut]) is None for cut in range(12))


async def test_photo_is_sent_shown_reused_and_downloaded(
    bot: BareBot, standin: StandInServer, teacher: ChatUser
) -> None:
    sent = await bot.ok("sendPhoto", {"photo": ("график.png", png(30, 20))}, chat_id=teacher.user_id, caption="Итог")
    assert (sent["caption"], sent["photo"][0]["width"], sent["photo"][0]["height"]) == ("Итог", 30, 20)
    file_id = sent["photo"][0]["file_id"]
    await bot.ok("sendPhoto", chat_id=teacher.user_id, photo=file_id)
    assert teacher.last.photo == {"file_id": file_id, "width": 30, "height": 20}
    path = (await bot.ok("getFile", file_id=file_id))["file_path"]
    response = await bot.http.get(f"{standin.base_url}/file/bot{standin.token}/{path}")
    assert response.content == png(30, 20)
    page = await bot.http.get(f"{standin.base_url}/chat/files/{file_id}")
    assert (page.content, page.headers["content-type"]) == (png(30, 20), "image/png")


async def test_document_is_downloaded_under_its_name(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    content = b"BEGIN:VCALENDAR"
    sent = await bot.ok("sendDocument", {"document": ("встреча.ics", content)}, chat_id=teacher.user_id)
    assert sent["document"]["file_name"] == "встреча.ics"
    page = await bot.http.get(f"{standin.base_url}/chat/files/{sent['document']['file_id']}")
    assert page.content == content
    assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D0%B2")


async def test_file_refusals(bot: BareBot, teacher: ChatUser) -> None:
    here = {"chat_id": teacher.user_id}
    assert await bot.refused("sendPhoto", **here) == "400 Bad Request: there is no photo in the request"
    text = await bot.refused("sendPhoto", {"photo": ("a.png", b"GIF89a, not a photo")}, **here)
    assert text == "400 Bad Request: IMAGE_PROCESS_FAILED"
    empty = await bot.refused("sendPhoto", {"photo": ("a.png", b"")}, **here)
    assert empty == "400 Bad Request: file must be non-empty"
    narrow = await bot.refused("sendPhoto", {"photo": ("a.png", png(1, 21))}, **here)
    assert narrow == "400 Bad Request: PHOTO_INVALID_DIMENSIONS"
    large = await bot.refused("sendPhoto", {"photo": ("a.png", png() + b"0" * 2000)}, **here)
    assert large.endswith("is too big for a photo; the maximum size is 2000 bytes")
    huge = await bot.refused("sendDocument", {"document": ("a.bin", b"0" * 3001)}, **here)
    assert huge == "413 Request Entity Too Large"
    words = await bot.refused("sendPhoto", {"photo": ("a.png", png())}, **here, caption="я" * 1025)
    assert words == "400 Bad Request: message caption is too long"
    assert "wrong remote file identifier" in await bot.refused("sendDocument", **here, document="nonsense")
    assert await bot.refused("getFile", file_id="x") == "400 Bad Request: invalid file_id"


async def test_a_document_is_no_photo(bot: BareBot, teacher: ChatUser) -> None:
    sent = await bot.ok("sendDocument", {"document": ("a.txt", b"x")}, chat_id=teacher.user_id)
    answer = await bot.refused("sendPhoto", chat_id=teacher.user_id, photo=sent["document"]["file_id"])
    assert answer == "400 Bad Request: can't use file of type Document as Photo"


async def test_editing_photos(bot: BareBot, teacher: ChatUser) -> None:
    sent = await bot.ok("sendPhoto", {"photo": ("a.png", png())}, chat_id=teacher.user_id, caption="было")
    here = {"chat_id": teacher.user_id, "message_id": sent["message_id"]}
    answer = await bot.refused("editMessageText", **here, text="x")
    assert answer == "400 Bad Request: there is no text in the message to edit"
    await bot.ok("editMessageCaption", **here, caption="<i>стало</i>", parse_mode="HTML")
    assert teacher.last.text == "стало"
    assert "is not modified" in await bot.refused(
        "editMessageCaption", **here, caption="<i>стало</i>", parse_mode="html"
    )
    media = '{"type": "photo", "media": "attach://new", "caption": "другая"}'
    await bot.ok("editMessageMedia", {"new": ("b.png", png(5, 6))}, **here, media=media)
    assert teacher.last.text == "другая"
    assert teacher.last.photo is not None
    assert teacher.last.photo["width"] == 5


async def test_files_that_nothing_refers_to_are_refused(bot: BareBot, teacher: ChatUser) -> None:
    answer = await bot.refused("sendMessage", {"stray": ("a.txt", b"x")}, chat_id=teacher.user_id, text="x")
    assert answer == '400 Bad Request: stand-in does not know the parameter "stray" of sendMessage'


async def test_a_person_sends_files(bot: BareBot, teacher: ChatUser) -> None:
    await teacher.send_file("a.png", png(), "image/png", "смотрите", as_photo=True)
    await teacher.send_file("a.txt", b"x", "text/plain")
    updates = await bot.ok("getUpdates")
    assert updates[1]["message"]["photo"][0]["width"] == 2
    assert updates[2]["message"]["document"]["file_name"] == "a.txt"
