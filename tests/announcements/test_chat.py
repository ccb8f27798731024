"""What the chat remembers of a composition, and that a message changes the draft and the pointer together."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.announcements import actions
from core.announcements.chat import actions as composing
from core.announcements.chat.pointer import Pointer, pointer
from core.announcements.model import AttachmentKind, Awaits, Category, Content, NewAttachment
from core.errors import AppError
from tests.announcements.office import Office

PHOTO = NewAttachment(AttachmentKind.PHOTO, "зал.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 photo")
EMPTY = NewAttachment(AttachmentKind.PHOTO, "зал.jpg", "image/jpeg", b"")


def worded(words: str) -> Callable[[Content], Content]:
    return lambda content: replace(content, text=words)


async def begin(office: Office) -> tuple[int, str]:
    """A draft that waits for its text, and the chat it is written in."""
    await office.open_chat(office.methodist)
    chat = f"staff-{office.methodist.account_id}"
    return await composing.begin(*office.tools, chat, office.world.town, Category.NEWS, 5), chat


async def remembered(office: Office, chat: str) -> Pointer | None:
    async with office.db.read() as session:
        return await pointer(session, "telegram", chat)


async def test_a_message_becomes_the_text_and_nothing_is_awaited_any_more(either: Office) -> None:
    draft, chat = await begin(either)
    assert await remembered(either, chat) == Pointer(draft, Awaits.TEXT, message=5)
    await composing.write(*either.tools, draft, worded("<b>Выставка</b>"), PHOTO)
    detail = await either.detail(draft)
    assert detail.content.text == "<b>Выставка</b>"
    assert detail.attachment is not None
    assert await remembered(either, chat) == Pointer(draft)


async def test_what_is_refused_in_part_is_refused_as_a_whole(either: Office) -> None:
    draft, chat = await begin(either)
    for words, file in (("Слова", EMPTY), ("[x](javascript:1)<a href='javascript:1'>x</a>", PHOTO)):
        with pytest.raises(AppError):
            await composing.write(*either.tools, draft, worded(words), file)
        detail = await either.detail(draft)
        assert (detail.content.text, detail.attachment, detail.revision) == ("", None, 1)
        assert await remembered(either, chat) == Pointer(draft, Awaits.TEXT, message=5)


async def test_the_button_of_a_category_pressed_twice_makes_one_draft(either: Office) -> None:
    first, chat = await begin(either)
    again = await composing.begin(*either.tools, chat, either.world.town, Category.COURSES, 5)
    assert again == first
    assert (await either.detail(first)).content.category is Category.COURSES
    await composing.write(*either.tools, first, worded("Есть слова"))
    assert await composing.begin(*either.tools, chat, either.world.town, Category.NEWS, 6) != first


async def test_a_draft_that_is_gone_is_not_remembered(either: Office) -> None:
    draft, chat = await begin(either)
    await actions.discard(*either.tools, draft)
    assert await remembered(either, chat) is None


async def test_a_copy_is_made_once_and_is_what_is_composed(either: Office) -> None:
    await either.join(2)
    _, chat = await begin(either)
    sent = await either.publish()
    copies = {await composing.copy(*either.tools, chat, sent) for _ in range(2)}
    assert len(copies) == 1
    assert await remembered(either, chat) == Pointer(copies.pop())


@pytest.mark.parametrize("awaits", [*Awaits, None])
async def test_the_longest_that_is_remembered_fits_the_column(either: Office, awaits: Awaits | None) -> None:
    draft, chat = await begin(either)
    part = 13 if awaits is Awaits.SEARCH else None
    at = Pointer(draft, awaits, part, 999_999_999_999)
    await composing.point(either.db, either.methodist, at)
    found = await remembered(either, chat)
    assert found in (at, replace(at, message=None))
