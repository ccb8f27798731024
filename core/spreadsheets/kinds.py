"""What an uploaded file is, told by its content and never by its name."""

import zipfile
from enum import StrEnum

from core.errors import AppError
from core.spreadsheets.preflight import check_signature

_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"{\\rtf")
_OTHERS = {
    b"%PDF": "upload.is_pdf",
    b"\x89PNG": "upload.is_picture",
    b"\xff\xd8\xff": "upload.is_picture",
    b"GIF8": "upload.is_picture",
    b"BM": "upload.is_picture",
    b"II*\x00": "upload.is_picture",
    b"MM\x00*": "upload.is_picture",
    b"Rar!": "upload.is_archive",
    b"7z\xbc\xaf": "upload.is_archive",
    b"\x1f\x8b": "upload.is_archive",
}
_LOOKED_AT = 4096
_CONTROL = bytes({*range(32)} - set(b"\t\n\x0b\x0c\r\x1a"))
_MOST_CONTROL = 0.02
"""Share of characters that no text has; a file of other bytes has about a tenth of them."""


class Kind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"


def kind_of(content: bytes, limit: int) -> Kind:
    """By the first bytes; an archive is looked into by `kind_of_archive`. `limit` is of the file, in bytes.

    Raises AppError: upload.too_large (limit, in megabytes), upload.empty, upload.encrypted, upload.old_format,
    upload.is_pdf, upload.is_picture, upload.is_archive, upload.is_page, upload.not_a_table.
    """
    if not content.strip():
        raise AppError("upload.empty")
    if len(content) > limit or content.startswith((_OLE, _ZIP)):
        check_signature(content, limit)
        return Kind.XLSX
    if content.startswith(_EMPTY_ZIP):
        raise AppError("upload.not_a_table")
    _refuse_others(content)
    return Kind.CSV


def kind_of_archive(archive: zipfile.ZipFile) -> Kind:
    """Raises AppError: upload.is_document, upload.binary_workbook, upload.is_archive."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        raise AppError("upload.binary_workbook")
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as stream:
            if stream.read(len(_ODS_TYPE) + 2).strip() == _ODS_TYPE:
                return Kind.ODS
        raise AppError("upload.is_document")
    raise AppError("upload.is_document" if "[Content_Types].xml" in names else "upload.is_archive")


def _refuse_others(content: bytes) -> None:
    head = content[:_LOOKED_AT]
    for mark, key in _OTHERS.items():
        if head.startswith(mark):
            raise AppError(key)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise AppError("upload.is_page")
    if head.startswith(_UTF16):
        return
    odd = len(head) - len(head.translate(None, _CONTROL))
    if b"\0" in content or odd > _MOST_CONTROL * len(head):
        raise AppError("upload.not_a_table")
