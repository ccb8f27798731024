"""Before any library opens an uploaded workbook: is it one, and does it unpack to a size that can be read?

Libraries trust what the archive says of itself; here every part is unpacked and counted.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from core.errors import AppError

MAX_BYTES = 10 * 1024 * 1024
"""Of an uploaded file."""
MAX_ENTRIES = 300
MAX_UNPACKED = 40 * 1024 * 1024
"""Bytes of all parts together, once unpacked."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BLOCK = 64 * 1024
_XML = (".xml", ".rels", ".vml")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_FOREIGN = (b"<!doctype", b"<!entity")
"""Declarations that can unfold to any size or fetch other files; no program writes them into a workbook."""
_LOCKED = 0x1
"""The flag of a part that is closed by a password."""
_REFUSALS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError, OverflowError),
)
_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}


def check_signature(content: bytes, limit: int = MAX_BYTES) -> None:
    """Refuse what is longer than `limit` bytes or no archive: by size and first bytes, at no cost.

    Raises AppError: upload.too_large (limit, in megabytes), upload.encrypted, upload.old_format,
    upload.not_a_workbook.
    """
    if len(content) > limit:
        raise AppError("upload.too_large", limit=limit // 1024 // 1024)
    if content.startswith(_OLE):
        raise AppError("upload.encrypted" if _ENCRYPTED in content else "upload.old_format")
    if not content.startswith(_ZIP):
        raise AppError("upload.not_a_workbook")


def check_archive(content: bytes) -> None:
    """Refuse what is no .xlsx workbook or is made to harm.

    Raises AppError: those of check_signature, upload.broken, upload.too_complex.
    """
    check_signature(content)
    with opened(content) as archive:
        if not set(archive.namelist()) >= _PARTS:
            _check_count(archive, MAX_ENTRIES)
            raise AppError("upload.not_a_workbook")
        check_parts(archive, MAX_ENTRIES, MAX_UNPACKED)


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """An archive; whatever is wrong with it while it is open becomes AppError upload.broken."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield archive
    except _REFUSALS as error:
        raise AppError("upload.broken") from error


def check_parts(archive: zipfile.ZipFile, entries: int, unpacked: int) -> None:
    """At most so many parts, together of so many bytes once unpacked, none with declarations of its own.

    Raises AppError: upload.too_complex, upload.encrypted, upload.broken.
    """
    _check_count(archive, entries)
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > unpacked:
        raise AppError("upload.too_complex")
    if any(part.flag_bits & _LOCKED for part in parts):
        raise AppError("upload.encrypted")
    left = unpacked
    for part in parts:
        left -= _unpacked(archive, part, left)


def _check_count(archive: zipfile.ZipFile, entries: int) -> None:
    names = archive.namelist()
    if len(names) > entries:
        raise AppError("upload.too_complex")
    if len(set(names)) < len(names):
        raise AppError("upload.broken")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Bytes of the part, counted while unpacking, for the archive may say anything of itself."""
    size, last = 0, b""
    is_xml = part.filename.lower().endswith(_XML)
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > left:
                raise AppError("upload.too_complex")
            if is_xml and _is_foreign(last + block, at_start=size == len(block)):
                raise AppError("upload.broken")
            last = block[-len(_FOREIGN[0]) :]
    return size


def _is_foreign(text: bytes, *, at_start: bool) -> bool:
    """UTF-16 is refused as well: it would hide the declarations, and no program writes it."""
    lowered = text.lower()
    return any(mark in lowered for mark in _FOREIGN) or (at_start and text.startswith(_UTF16))
