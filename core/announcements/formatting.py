"""The text of an announcement: HTML of a small set that every messenger can show, typed with marks (SPEC §5).

Pure. The set is b, i, u, s, code, pre, a, blockquote (Bot API, HTML style). Marks: `**жирный**`, `__курсив__`,
`++подчёркнутый++`, `~~зачёркнутый~~`, `` `код` ``, `[слова](https://…)`; lines that begin with `> ` are a quotation,
lines between two lines of ``` stay as they are typed; a backslash takes the meaning from a mark.
"""

from urllib.parse import urlsplit

from core.announcements.markup import html_form, marks, marks_written
from core.announcements.markup.document import Block, arrange
from core.errors import AppError

ADDRESSES = ("http", "https", "tg", "mailto")
SOURCE_LENGTH = 40_000
"""Characters with all markup; more than that is no message and not looked at."""
ADDRESS_LENGTH = 1000


def from_marks(text: str) -> str:
    """HTML. Raises announcement.bad_markup with `position` (from 1) and `mark`, bad_address, too_long."""
    _check_source(text)
    return html_form.write(arrange(marks.read(text, checked_address)))


def to_marks(html: str) -> str:
    """The marks that `from_marks` makes this HTML of. Raises what `check` raises."""
    return marks_written.write(_blocks(html))


def check(html: str) -> str:
    """The canonical form: only the small set, nothing empty, one spelling. Raises what `from_marks` raises."""
    return html_form.write(_blocks(html))


def plain(html: str) -> str:
    """What is read, without the markup."""
    return html_form.plain(_blocks(html))


def length(html: str) -> int:
    """UTF-16 code units of what is read, as messengers count (Bot API, MessageEntity)."""
    return sum(2 if ord(char) > 0xFFFF else 1 for char in plain(html))


def checked_address(address: str) -> str:
    """As it stands in a link. Raises announcement.bad_address."""
    safe = html_form.safe_address(address.strip())
    if len(safe) > ADDRESS_LENGTH or not is_address(safe):
        raise AppError("announcement.bad_address", address=safe[:60])
    return safe


def is_address(address: str, schemes: tuple[str, ...] = ADDRESSES) -> bool:
    """Leads somewhere, and can be nothing but an address."""
    if not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        hostname = parts.hostname
    except ValueError:
        return False
    if parts.scheme not in schemes:
        return False
    return "@" in parts.path if parts.scheme == "mailto" else bool(hostname)


def _blocks(html: str) -> list[Block]:
    _check_source(html)
    return arrange(html_form.read(html, checked_address))


def _check_source(source: str) -> None:
    if len(source) > SOURCE_LENGTH:
        raise AppError("announcement.too_long", length=len(source), most=SOURCE_LENGTH)
