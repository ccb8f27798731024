"""A workbook of LibreOffice, sheet by sheet and row by row.

odfdo builds a tree of the whole document, which at 100,000 rows takes gigabytes; here only the row being read is kept.
"""

import zipfile
from collections.abc import Iterator
from typing import ClassVar

from core.errors import AppError
from core.spreadsheets.bounds import Bounds
from core.spreadsheets.markup import Handler, feed, run
from core.spreadsheets.ods_rows import NewSheet, OdsRows, Row
from core.spreadsheets.sheets import RawSheet

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MANIFEST_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


class _Manifest(Handler):
    NAMES: ClassVar = {f"{_MANIFEST_NAMES} encryption-data": "encrypted"}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise AppError("upload.encrypted")


def open_ods(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[RawSheet]:
    """Its sheets in the order of their tabs.

    Raises AppError: upload.encrypted, upload.broken, upload.too_many_sheets; while rows are read also those of
    Bounds.check_place.
    """
    if _MANIFEST in archive.namelist():
        with archive.open(_MANIFEST) as stream:
            run(stream, _Manifest())
    events = _events(archive, OdsRows(bounds))
    found = next(events, None)
    if found is None:
        raise AppError("upload.broken")
    while isinstance(found, NewSheet):
        rest = _Rest(events)
        yield RawSheet(found.title, found.hidden, rest.rows(), found.faults)
        found = rest.after()


class _Rest:
    """Rows until the next sheet begins, and that sheet."""

    def __init__(self, events: Iterator[NewSheet | Row]) -> None:
        self._events = events
        self._next: NewSheet | None = None

    def rows(self) -> Iterator[Row]:
        for event in self._events:
            if isinstance(event, NewSheet):
                self._next = event
                return
            yield event

    def after(self) -> NewSheet | None:
        """Passes over the rows that nobody has asked for."""
        if self._next is None:
            for _ in self.rows():
                pass
        return self._next


def _events(archive: zipfile.ZipFile, handler: OdsRows) -> Iterator[NewSheet | Row]:
    try:
        with archive.open(_CONTENT) as stream:
            for _ in feed(stream, handler):
                done, handler.events = handler.events, []
                yield from done
    except (LookupError, ValueError) as error:
        raise AppError("upload.broken") from error
