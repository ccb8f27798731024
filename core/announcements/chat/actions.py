"""What a message or a press in the chat does to a draft, and what the chat waits for next, as one transaction."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import actions, queries
from core.announcements.chat.joined import Joined
from core.announcements.chat.pointer import Pointer, pointer, set_pointer
from core.announcements.model import AnnouncementState, Awaits, Category, Content, NewAttachment
from core.clock import Clock
from core.people.model import Actor, Channel
from storage.session import Store


async def point(store: Store, actor: Actor, at: Pointer | None) -> None:
    """What the chat is about from now on."""
    async with store.write() as session:
        await set_pointer(session, actor, at)


async def begin(
    store: Store, clock: Clock, actor: Actor, chat: str, municipality_id: int, category: Category, message: int
) -> int:
    """A new draft that waits for its text in `message`. A second press of the same button finds the first one's."""
    async with store.write() as session:
        blank = await _blank(session, actor, chat, municipality_id)
        content = Content(category, "")
        if blank is None:
            announcement_id = await actions.create(Joined(session), clock, actor, municipality_id, content)
        else:
            announcement_id, revision = blank
            await actions.change(Joined(session), clock, actor, announcement_id, content, revision=revision)
        await set_pointer(session, actor, Pointer(announcement_id, Awaits.TEXT, message=message))
        return announcement_id


async def _blank(session: AsyncSession, actor: Actor, chat: str, municipality_id: int) -> tuple[int, int] | None:
    """The draft in this chat, and its revision, while nothing has been put into it."""
    at = await pointer(session, Channel.TELEGRAM, chat)
    if at is None or at.awaits is not Awaits.TEXT:
        return None
    found = await queries.detail(session, actor, at.announcement_id)
    same = found.row.municipality_id == municipality_id and found.row.state is AnnouncementState.DRAFT
    empty = not found.content.text and found.attachment is None
    return (at.announcement_id, found.revision) if same and empty else None


async def write(
    store: Store,
    clock: Clock,
    actor: Actor,
    announcement_id: int,
    edit: Callable[[Content], Content],
    attachment: NewAttachment | None = None,
) -> None:
    """A message becomes a part of the draft, as it is by now; the chat waits for nothing more.

    Raises what core.announcements.actions.change and attach raise.
    """
    async with store.write() as session:
        joined = Joined(session)
        found = await queries.detail(session, actor, announcement_id)
        revision = found.revision
        if attachment is not None:
            revision = await actions.attach(joined, clock, actor, announcement_id, attachment, revision=revision)
        if (content := edit(found.content)) != found.content:
            await actions.change(joined, clock, actor, announcement_id, content, revision=revision)
        await set_pointer(session, actor, Pointer(announcement_id))


async def correct(store: Store, clock: Clock, actor: Actor, announcement_id: int, text: str) -> int:
    """New words for one that has gone out; returns in how many chats they will take the place of the old ones."""
    async with store.write() as session:
        found = await queries.detail(session, actor, announcement_id)
        chats = await actions.correct(
            Joined(session), clock, actor, announcement_id, text, found.content.links, revision=found.revision
        )
        await set_pointer(session, actor, None)
        return chats


async def copy(store: Store, clock: Clock, actor: Actor, chat: str, announcement_id: int) -> int:
    """A draft with the same content, open in this chat. A second press finds the copy that was made at the first."""
    async with store.write() as session:
        before = await queries.detail(session, actor, announcement_id)
        at = await pointer(session, Channel.TELEGRAM, chat)
        if at is not None and at.announcement_id != announcement_id:
            opened = await queries.detail(session, actor, at.announcement_id)
            same = opened.content == before.content and opened.attachment == before.attachment
            if same and opened.row.state is AnnouncementState.DRAFT:
                return at.announcement_id
        draft_id = await actions.copy(Joined(session), clock, actor, announcement_id)
        await set_pointer(session, actor, Pointer(draft_id))
        return draft_id
