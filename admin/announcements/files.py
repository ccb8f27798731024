"""The photo or document that a form carries: as large as it may be, and what its first bytes say, not only its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile

from admin.announcements import pixels
from core.announcements.model import DOCUMENT_BYTES, PHOTO_BYTES, AttachmentKind, NewAttachment
from core.announcements.rules import MEGABYTE
from core.errors import AppError

FIELD = "attachment"
LONGEST_SIDES = 10_000
MOST_LOPSIDED = 20
"""Bot API, sendPhoto: width and height together, and how many times one side may be the other."""
NAME_LENGTH = 150
_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Type:
    """`starts`: one of these stands at the beginning of the file; empty: it is plain text."""

    mime: str
    starts: tuple[bytes, ...]

    @property
    def is_photo(self) -> bool:
        return self.mime in {"image/jpeg", "image/png"}


TYPES: Mapping[str, Type] = {
    ".jpg": Type("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Type("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": Type("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".gif": Type("image/gif", (b"GIF87a", b"GIF89a")),
    ".pdf": Type("application/pdf", (b"%PDF-",)),
    ".docx": Type(f"{_OFFICE}.wordprocessingml.document", _ZIP),
    ".xlsx": Type(f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    ".pptx": Type(f"{_OFFICE}.presentationml.presentation", _ZIP),
    ".odt": Type(f"{_OPEN}.text", _ZIP),
    ".ods": Type(f"{_OPEN}.spreadsheet", _ZIP),
    ".odp": Type(f"{_OPEN}.presentation", _ZIP),
    ".doc": Type("application/msword", _OLE),
    ".xls": Type("application/vnd.ms-excel", _OLE),
    ".ppt": Type("application/vnd.ms-powerpoint", _OLE),
    ".rtf": Type("application/rtf", (b"{\\rtf",)),
    ".zip": Type("application/zip", _ZIP),
    ".txt": Type("text/plain", ()),
    ".csv": Type("text/csv", ()),
}
ACCEPT = ",".join(TYPES)


async def sent(form: FormData) -> NewAttachment | None:
    """None when no file was chosen. Raises AppError attachment.*."""
    file = form.get(FIELD)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    # One byte more than allowed tells a large one without reading all of it.
    return check(await file.read(DOCUMENT_BYTES + 1), _name(file.filename), as_file=form.get("as_file") == "yes")


def check(content: bytes, name: str, *, as_file: bool) -> NewAttachment:
    """A picture goes as a photo unless it is to go as a file. Raises AppError attachment.*."""
    if not content:
        raise AppError("attachment.empty")
    if len(content) > DOCUMENT_BYTES:
        raise AppError("attachment.too_big", megabytes=DOCUMENT_BYTES // MEGABYTE)
    found = TYPES.get(PurePath(name).suffix.lower())
    if found is None:
        raise AppError("attachment.unknown_type")
    if not _begins(content, found):
        raise AppError("attachment.not_what_it_says", ending=PurePath(name).suffix.lower())
    if not found.is_photo or as_file:
        return NewAttachment(AttachmentKind.DOCUMENT, name, found.mime, content)
    _check_photo(content)
    return NewAttachment(AttachmentKind.PHOTO, name, found.mime, content)


def _check_photo(content: bytes) -> None:
    if len(content) > PHOTO_BYTES:
        raise AppError("attachment.photo_too_big", megabytes=PHOTO_BYTES // MEGABYTE)
    size = pixels.size(content)
    if size is None or not min(size):
        raise AppError("attachment.not_photo")
    if sum(size) > LONGEST_SIDES or max(size) > MOST_LOPSIDED * min(size):
        raise AppError("attachment.photo_shape", sides=LONGEST_SIDES, times=MOST_LOPSIDED)


def _begins(content: bytes, type_: Type) -> bool:
    return content.startswith(type_.starts) if type_.starts else b"\x00" not in content


def _name(given: str) -> str:
    """Without folders, which old browsers send along, and without signs that nobody can read; the ending stays."""
    bare = "".join(sign for sign in PurePath(given.replace("\\", "/")).name if sign.isprintable()).strip()
    suffix = PurePath(bare).suffix[:10]
    return f"{bare.removesuffix(suffix)[: NAME_LENGTH - len(suffix)]}{suffix}"
