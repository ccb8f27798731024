"""Files for the tests of tables, and the tables read out of them."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest

from core.errors import AppError
from core.spreadsheets.sheets import CellFault
from core.spreadsheets.tables import Bounds, open_tables

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>"
)
_FOOT = "</office:spreadsheet></office:body></office:document-content>"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Read:
    title: str
    hidden: bool
    rows: dict[int, dict[int, str]]
    faults: list[CellFault]


def sheets(content: bytes, name: str = "x.csv", bounds: Bounds | None = None) -> list[Read]:
    """Everything of a file, as the import would come by it."""
    read = []
    for sheet in open_tables(content, name, bounds or Bounds()):
        rows = dict(sheet.rows)
        read.append(Read(sheet.title, sheet.hidden, rows, list(sheet.faults)))
    return read


def refusal(content: bytes, bounds: Bounds | None = None) -> AppError:
    with pytest.raises(AppError) as caught:
        sheets(content, "x.xlsx", bounds)
    return caught.value


def archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def calc(rows: str) -> str:
    return f'<table:table table:name="Лист">{rows}</table:table>'


def ods(tables: str, more: dict[str, bytes] | None = None) -> bytes:
    return archive({"mimetype": ODS, "content.xml": f"{_HEAD}{tables}{_FOOT}".encode(), **(more or {})})


def excel(*rows: str, copies: int = 1) -> bytes:
    """A workbook of one sheet's raw rows, that sheet so many times."""
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()
    numbers = range(1, copies + 1)
    tabs = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="r{number}"/>' for number in numbers)
    parts = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{tabs}</sheets></workbook>'.encode()
            ),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{parts}</Relationships>'.encode(),
            **{f"xl/worksheets/sheet{number}.xml": sheet for number in numbers},
        }
    )
