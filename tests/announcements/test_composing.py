"""Drafts: what is put into one, who was quicker, what goes when it goes."""

import asyncio
from datetime import date, time

import pytest
from sqlalchemy import func, select

from core.announcements import actions, queries, rules
from core.announcements.model import (
    DOCUMENT_BYTES,
    LABEL_LENGTH,
    MOST_LINKS,
    PHOTO_BYTES,
    AnnouncementState,
    AttachmentKind,
    Category,
    Link,
    NewAttachment,
)
from core.audiences.model import Audience
from core.errors import AppError, NotFound
from core.people.model import OrganisationKind
from core.timing.repeating import Every, Repeat
from storage.models import Attachment
from tests.announcements.office import Office

PHOTO = NewAttachment(AttachmentKind.PHOTO, "зал.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 photo")
DOCUMENT = NewAttachment(AttachmentKind.DOCUMENT, "../про/грамма.pdf", "application/pdf", b"%PDF-1.7")


async def attachments(office: Office) -> int:
    async with office.db.read() as session:
        return (await session.execute(select(func.count(Attachment.id)))).scalar_one()


async def test_a_draft_keeps_all_that_is_put_into_it(either: Office) -> None:
    event = await either.world.hold_event([])
    content = either.content(
        text="<b>Семинар</b>",
        audience=Audience(kinds=frozenset({OrganisationKind.SCHOOL}), young_only=True),
        links=(Link("  Программа   дня ", " https://example.org/ "),),
        acknowledge=True,
        event_id=event,
        at_once=True,
        repeat=Repeat(Every.MONTH, date(2026, 12, 31), time(9, 30), until=date(2027, 6, 1)),
    )
    announcement = await actions.create(*either.tools, either.world.town, content)
    found = await either.detail(announcement)
    assert found.content.links == (Link("Программа дня", "https://example.org/"),)
    assert rules.checked(content) == found.content
    assert (found.event_title, found.revision, found.timezone) == ("Семинар", 1, "Asia/Irkutsk")
    assert (found.row.heading, found.row.author, found.row.state) == ("Семинар", "Методист", AnnouncementState.DRAFT)


async def test_a_change_of_what_somebody_else_changed_is_refused(either: Office) -> None:
    announcement, colleague = await either.create(), await either.colleague()
    results = await asyncio.gather(
        *(
            actions.change(either.db, either.clock, actor, announcement, either.content(text=text), revision=1)
            for actor, text in ((either.methodist, "Мой"), (colleague, "Твой"))
        ),
        return_exceptions=True,
    )
    assert sorted(str(one) for one in results) == ["2", "announcement.changed_meanwhile"]
    found = await either.detail(announcement)
    assert (found.content.text, found.revision) == ("Мой" if results[0] == 2 else "Твой", 2)


async def test_an_attachment_is_replaced_shared_and_gone_with_the_last(either: Office) -> None:
    announcement = await either.create()
    assert await actions.attach(*either.tools, announcement, PHOTO, revision=1) == 2
    assert await actions.attach(*either.tools, announcement, DOCUMENT, revision=2) == 3
    assert await attachments(either) == 1
    copy = await actions.copy(*either.tools, announcement)
    async with either.db.read() as session:
        kept = await queries.attachment(session, either.methodist, copy)
    assert kept == NewAttachment(AttachmentKind.DOCUMENT, "программа.pdf", "application/pdf", b"%PDF-1.7")
    found = (await either.detail(copy)).attachment
    assert found is not None
    assert (found.name, found.size) == ("программа.pdf", 8)
    await actions.discard(*either.tools, announcement)
    assert await attachments(either) == 1
    assert await actions.attach(*either.tools, copy, None, revision=1) == 2
    assert await attachments(either) == 0
    with pytest.raises(NotFound):
        await actions.discard(*either.tools, announcement)


async def test_a_copy_is_a_new_draft(office: Office) -> None:
    await office.join(1)
    announcement = await office.publish(text="<i>Раз</i>", links=(Link("Сюда", "https://example.org"),))
    colleague = await office.colleague()
    copy = await actions.copy(office.db, office.clock, colleague, announcement)
    found = await office.detail(copy)
    assert found.content == (await office.detail(announcement)).content
    assert (found.row.state, found.row.author, found.revision) == (AnnouncementState.DRAFT, "Коллега", 1)
    async with office.db.read() as session:
        assert [one.id for one in await queries.drafts_of(session, colleague)] == [copy]
        assert await queries.drafts_of(session, office.methodist) == []


async def test_a_foreign_event_is_not_there(office: Office) -> None:
    event = await office.world.hold_event([], town=office.world.other_town)
    with pytest.raises(NotFound):
        await office.create(event_id=event)


async def test_a_foreign_audience_is_refused(office: Office) -> None:
    event = await office.world.hold_event([], town=office.world.other_town)
    for foreign in (Audience(event=event), Audience(organisations=frozenset({10_000}))):
        with pytest.raises(AppError, match=r"audience\.foreign"):
            await office.create(audience=foreign)


@pytest.mark.parametrize(
    ("links", "key"),
    [
        ((Link(" ", "https://example.org"),), "announcement.label_empty"),
        ((Link("я" * (LABEL_LENGTH + 1), "https://example.org"),), "announcement.label_long"),
        ((Link("Сюда", "javascript:alert(1)"),), "announcement.bad_url"),
        ((Link("Сюда", "mailto:a@example.org"),), "announcement.bad_url"),
        ((Link("Сюда", "https://a b"),), "announcement.bad_url"),
        ((Link("Сюда", "https://[::1"),), "announcement.bad_url"),
        ((Link("Сюда", "https://example.org"),) * (MOST_LINKS + 1), "announcement.too_many_links"),
    ],
)
def test_buttons_that_open_nothing_are_refused(links: tuple[Link, ...], key: str) -> None:
    with pytest.raises(AppError) as refused:
        rules.checked_links(links)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("kind", "content", "key"),
    [
        (AttachmentKind.DOCUMENT, b"", "attachment.empty"),
        (AttachmentKind.DOCUMENT, bytes(DOCUMENT_BYTES + 1), "attachment.too_big"),
        (AttachmentKind.PHOTO, b"\xff\xd8\xff" + bytes(PHOTO_BYTES), "attachment.too_big"),
        (AttachmentKind.PHOTO, b"<svg>", "attachment.not_photo"),
    ],
)
def test_what_cannot_be_attached_is_refused(kind: AttachmentKind, content: bytes, key: str) -> None:
    with pytest.raises(AppError) as refused:
        rules.checked_attachment(NewAttachment(kind, "файл", "image/png", content))
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..", "document"),
        ("а\x00б\n.pdf", "аб.pdf"),
        ('"<x>".pdf', "<x>.pdf"),
        ("я" * 300 + ".pdf", "я" * 196 + ".pdf"),
    ],
)
def test_a_file_has_a_name_that_a_file_may_have(name: str, kept: str) -> None:
    found = rules.checked_attachment(NewAttachment(AttachmentKind.DOCUMENT, name, "application/pdf", b"1"))
    assert found.name == kept


def test_steps_fit_states() -> None:
    assert rules.steps(AnnouncementState.SENDING) == {
        rules.Step.PAUSE, rules.Step.STOP, rules.Step.CORRECT, rules.Step.RECALL,
    }  # fmt: skip
    assert rules.steps(AnnouncementState.RECALLED) == frozenset()


async def test_the_list_has_the_latest_first_and_pages(either: Office) -> None:
    await either.join(1)
    draft = await either.create(text="Черновик " * 20)
    either.clock.advance(minutes=1)
    sent = await either.publish()
    async with either.db.read() as session:
        town, who = either.world.town, either.methodist
        found = await queries.listing(session, who, town)
        assert [one.id for one in found] == [sent, draft]
        assert [one.counts.total for one in found] == [1, 0]
        assert len(found[1].heading) <= rules.HEADING_LENGTH
        drafts = await queries.listing(session, who, town, states=[AnnouncementState.DRAFT])
        assert [one.id for one in drafts] == [draft]
        assert [one.id for one in await queries.listing(session, who, town, first=1)] == [draft]
        assert await queries.total(session, who, town) == 2
        assert found[0].category is Category.MEETINGS
