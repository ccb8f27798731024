"""Any table that people upload, .xlsx, .ods or .csv, as sheets of plain text: within bounds, and never all at once.

Meant for a child process (core.spreadsheets.streaming): the content is held whole, the rows are not.
"""

from collections.abc import Iterator
from pathlib import PurePath

from core.spreadsheets.bounds import Bounds
from core.spreadsheets.csv_text import open_csv
from core.spreadsheets.kinds import Kind, kind_of, kind_of_archive
from core.spreadsheets.ods import open_ods
from core.spreadsheets.preflight import check_parts, opened
from core.spreadsheets.sheets import RawSheet
from core.spreadsheets.xlsx import open_xlsx

__all__ = ["Bounds", "RawSheet", "open_tables"]

_LONGEST_TITLE = 60


def open_tables(content: bytes, file_name: str, bounds: Bounds) -> Iterator[RawSheet]:
    """Sheets in their order. The rows of one are lost when the next one is asked for.

    The name only gives a .csv its title: what the file is, its content says.

    Raises AppError, before the first sheet or while rows are read: those of core.spreadsheets.kinds.kind_of and
    kind_of_archive, of preflight.check_parts, of open_xlsx, open_ods and open_csv, all with a key upload.*.
    """
    if kind_of(content, bounds.bytes) is Kind.CSV:
        yield from open_csv(content, PurePath(file_name).stem[:_LONGEST_TITLE], bounds)
        return
    with opened(content) as archive:
        kind = kind_of_archive(archive)
        bounds.check_sheets(sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist()))
        check_parts(archive, bounds.entries, bounds.unpacked)
        yield from (open_xlsx if kind is Kind.XLSX else open_ods)(archive, bounds)
