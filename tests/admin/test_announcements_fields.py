"""What is typed and uploaded for an announcement, field by field: no database, no page."""

import struct
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.announcements import files, link_fields, pixels, repeat_fields, words
from admin.announcements.bubble import in_html, picked
from core.announcements.formatting import from_marks
from core.announcements.model import LABEL_LENGTH, PHOTO_BYTES, AnnouncementState, AttachmentKind, Category, PressKind
from core.errors import AppError
from core.timing.repeating import Every, Repeat

TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.7 made up"


def png(width: int = 40, height: int = 30) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\x00\x00\x00"


def jpeg(width: int = 40, height: int = 30) -> bytes:
    """With a comment and a table before the frame, as cameras write them."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"note"
    table = b"\xff\xc4" + struct.pack(">H", 4) + b"\x00\x00"
    frame = b"\xff\xff\xc2" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + comment + table + frame


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_a_picture_is_as_large_as_its_header_says(width: int, height: int) -> None:
    assert pixels.size(png(width, height)) == (width, height)
    assert pixels.size(jpeg(width, height)) == (width, height)


@given(st.binary(max_size=60), st.sampled_from((b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", jpeg()[:20])))
def test_a_header_of_rubbish_is_no_fault(rest: bytes, start: bytes) -> None:
    found = pixels.size(start + rest)
    assert found is None or all(side >= 0 for side in found)


@pytest.mark.parametrize(
    ("name", "content", "kind", "mime"),
    [
        ("Афиша.JPG", jpeg(), AttachmentKind.PHOTO, "image/jpeg"),
        ("афиша.png", png(), AttachmentKind.PHOTO, "image/png"),
        ("приказ.pdf", PDF, AttachmentKind.DOCUMENT, "application/pdf"),
        ("план.docx", b"PK\x03\x04...", AttachmentKind.DOCUMENT, files.TYPES[".docx"].mime),
        ("список.csv", "имя;школа".encode("cp1251"), AttachmentKind.DOCUMENT, "text/csv"),
    ],
)
def test_what_is_uploaded_is_known_by_what_it_is(name: str, content: bytes, kind: AttachmentKind, mime: str) -> None:
    found = files.check(content, name, as_file=False)
    assert (found.kind, found.mime, found.content) == (kind, mime, content)
    assert found.name == name


def test_a_picture_can_go_as_a_file() -> None:
    tall = png(10, 5000)
    assert files.check(tall, "свиток.png", as_file=True).kind is AttachmentKind.DOCUMENT
    assert (shown := picked("свиток.png", as_file=True)) is not None
    assert shown.kind is AttachmentKind.DOCUMENT
    assert (shown := picked("свиток.png", as_file=False)) is not None
    assert shown.kind is AttachmentKind.PHOTO
    assert picked("", as_file=False) is None


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("пусто.pdf", b"", "attachment.empty"),
        ("велик.pdf", PDF + bytes(20_000_000), "attachment.too_big"),
        ("велико.png", png() + bytes(PHOTO_BYTES), "attachment.photo_too_big"),
        ("узкая.png", png(10, 201), "attachment.photo_shape"),
        ("огромная.jpg", jpeg(6000, 4001), "attachment.photo_shape"),
        ("плоская.png", png(10, 0), "attachment.not_photo"),
        ("обрывок.png", png()[:18], "attachment.not_photo"),
        ("вирус.exe", b"MZ", "attachment.unknown_type"),
        ("страница.html", b"<script>", "attachment.unknown_type"),
        ("картинка.svg", b"<svg/>", "attachment.unknown_type"),
        ("без-конца", b"x", "attachment.unknown_type"),
        ("приказ.pdf", b"MZ\x90", "attachment.not_what_it_says"),
        ("афиша.jpg", png(), "attachment.not_what_it_says"),
        ("список.txt", b"a\x00b", "attachment.not_what_it_says"),
    ],
)
def test_what_is_not_taken_is_told_apart(name: str, content: bytes, key: str) -> None:
    with pytest.raises(AppError) as refused:
        files.check(content, name, as_file=False)
    assert refused.value.key == key


def test_links_are_pairs_and_empty_ones_are_none() -> None:
    pairs = [("Программа", "https://example.org/a"), ("", ""), ("Чат", "tg://resolve?domain=example")]
    assert link_fields.errors(pairs) == {}
    assert [one.label for one in link_fields.links(pairs)] == ["Программа", "Чат"]
    assert link_fields.padded(link_fields.links(pairs))[:2] == [pairs[0], pairs[2]]


@pytest.mark.parametrize(
    ("pair", "field"),
    [
        (("", "https://example.org"), "label_1"),
        (("x" * (LABEL_LENGTH + 1), "https://example.org"), "label_1"),
        (("Сайт", ""), "url_1"),
        (("Сайт", "example.org"), "url_1"),
        (("Сайт", "javascript:alert(1)"), "url_1"),
        (("Сайт", "https://exa mple.org"), "url_1"),
        (("Сайт", "https://[bad"), "url_1"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(pair: tuple[str, str], field: str) -> None:
    assert set(link_fields.errors([pair])) == {field}


@given(
    st.sampled_from(Every),
    st.dates(TODAY, date(2099, 1, 1)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.integers(1, 99),
    st.none() | st.integers(0, 900),
)
def test_a_repetition_is_read_back_as_it_was(every: Every, first: date, at: time, step: int, days: int | None) -> None:
    until = None if days is None else date.fromordinal(first.toordinal() + days)
    repeat = Repeat(every, first, at, step, until)
    assert repeat_fields.read(repeat_fields.texts(repeat)) == repeat
    assert repeat_fields.errors(repeat_fields.texts(repeat), TODAY) == {}
    assert words.repeat(repeat)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("repeat_step", "0"),
        ("repeat_step", "²"),
        ("repeat_first", "завтра"),
        ("repeat_first", "2026-11-22"),
        ("repeat_at", "полдень"),
        ("repeat_until", "2026-11-23"),
    ],
)
def test_a_slip_in_a_repetition_is_at_its_field(field: str, value: str) -> None:
    typed = {**repeat_fields.blank(date(2026, 11, 24)), field: value}
    assert set(repeat_fields.errors(typed, TODAY)) == {field}


@pytest.mark.parametrize(
    ("repeat", "said"),
    [
        (Repeat(Every.DAY, TODAY, time(9)), "каждый день, в 9:00, с 23 ноября 2026"),
        (Repeat(Every.WEEK, TODAY, time(9), 2), "раз в 2 недели, по понедельникам, в 9:00, с 23 ноября 2026"),
        (
            Repeat(Every.MONTH, date(2027, 1, 31), time(18, 30), 1, date(2027, 5, 31)),
            "каждый месяц, 31-го числа, в коротком месяце — в последний день, в 18:30, с 31 января 2027 по 31 мая 2027",
        ),
    ],
)
def test_a_repetition_is_told_in_words(repeat: Repeat, said: str) -> None:
    assert words.repeat(repeat).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ("до\n> цитата\nпосле", "до\n<blockquote>цитата</blockquote>после"),
        ("> цитата\n\nпосле", "<blockquote>цитата</blockquote>\nпосле"),
        ("до\n```\nкод\n```\nпосле", "до\n<pre>код</pre>после"),
        ("**да**\nпосле", "<b>да</b>\nпосле"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_a_block_is_followed_by_no_empty_line(marks: str, shown: str) -> None:
    assert in_html(from_marks(marks)) == shown


def test_every_code_has_words() -> None:
    assert set(words.STATES) == set(AnnouncementState)
    assert set(words.CATEGORIES) == set(Category)
    assert set(words.PRESSES) == set(PressKind)
    assert set(words.EVERY) == set(Every)
