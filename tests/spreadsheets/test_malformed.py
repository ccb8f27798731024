"""Whatever is uploaded is read or refused with a key of its own, and never anything else comes out."""

import contextlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AppError
from core.spreadsheets.tables import Bounds
from playground.workbooks import Layout, sample
from tests.spreadsheets.made import ODS, archive, calc, excel, ods, refusal, sheets
from tests.xlsform.books import workbook

SMALL = Bounds(bytes=200_000, unpacked=500_000, entries=20, rows=10, columns=5, sheets=3)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
CELL = "<table:table-cell{}><text:p>a</text:p></table:table-cell>"
ROW = "<table:table-row{}>{}</table:table-row>"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (OLE, "old_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7\n1 0 obj", "is_pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is_picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "is_picture"),
        (b"Rar!\x1a\x07", "is_archive"),
        (archive({"a.xlsx": workbook({"S": [["a"]]})}), "is_archive"),
        (archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "is_document"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "is_document"),
        (archive({"xl/workbook.bin": b"a"}), "binary_workbook"),
        (archive({}), "not_a_table"),
        (b"\xef\xbb\xbf<html><table><tr><td>a", "is_page"),
        (b'<?xml version="1.0"?><Workbook/>', "is_page"),
        (b"a;b\nc\0;d\n", "not_a_table"),
        (bytes(range(256)) * 20, "not_a_table"),
        ("Ф;О\n".encode() + b"\x98\xff\n", "unreadable_text"),
        ("а\0;б".encode("utf-16"), "unreadable_text"),
        (b"\xff\xfea", "unreadable_text"),
        (b"PK\x03\x04" + bytes(500), "broken"),
    ],
)
def test_what_is_no_table(content: bytes, key: str) -> None:
    assert refusal(content).key == f"upload.{key}"


def test_a_file_that_is_too_large() -> None:
    for content in (b"PK\x03\x04" + bytes(3_000_000), b"a;b\n" * 600_000):
        error = refusal(content, Bounds(bytes=2 * 1024 * 1024))
        assert (error.key, error.params) == ("upload.too_large", {"limit": 2})


@pytest.mark.parametrize(
    "content",
    [
        excel('<row r="7"><c r="F7" t="str"><v>a</v></c></row>'),
        excel('<row r="7"><c r="XFD7"><v>1</v></c></row>'),
        excel('<row r="7">' + "<c><v>1</v></c>" * 10_000 + "</row>"),
        b"\n" * 6 + b"a;" * 50_000,
        ods(calc(ROW.format(' table:number-rows-repeated="6"', "") + ROW.format("", CELL.format("") * 6))),
    ],
)
def test_a_cell_beyond_the_last_column_is_located(content: bytes) -> None:
    error = refusal(content, SMALL)
    assert error.key == "upload.too_many_columns"
    assert (error.params["limit"], error.params["sheet"], error.params["row"]) == (5, 1, 7)


@pytest.mark.parametrize(
    "content",
    [
        excel('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        b"a;b\n" * 20,
        ods(calc(ROW.format(' table:number-rows-repeated="1048575"', "") + ROW.format("", CELL.format("")))),
        ods(calc(ROW.format(' table:number-rows-repeated="999999999999"', CELL.format("")))),
    ],
)
def test_a_row_beyond_the_last_one_is_located(content: bytes) -> None:
    error = refusal(content, SMALL)
    assert error.key == "upload.too_many_rows"
    assert (error.params["limit"], error.params["sheet"]) == (10, 1)


def test_a_column_repeated_without_end() -> None:
    repeated = CELL.format(' table:number-columns-repeated="999999999999999999"')
    assert refusal(ods(calc(ROW.format("", repeated)))).key == "upload.too_many_columns"


def test_more_empty_rows_than_any_sheet_has() -> None:
    assert refusal(excel("<row/>" * 1_048_577)).key == "upload.too_complex"


@pytest.mark.parametrize("content", [excel("", copies=4), ods(calc("") * 4), ods(calc("") * 10_000)])
def test_too_many_sheets(content: bytes) -> None:
    assert refusal(content, SMALL).key == "upload.too_many_sheets"


def test_ten_thousand_sheets_of_excel() -> None:
    assert refusal(excel("", copies=10_000)).key == "upload.too_many_sheets"


def test_bombs_are_not_unpacked() -> None:
    book = excel("<row/>")
    parts = {name: zipfile.ZipFile(BytesIO(book)).read(name) for name in zipfile.ZipFile(BytesIO(book)).namelist()}
    assert refusal(archive({**parts, "xl/media/a.xml": bytes(600_000)}), SMALL).key == "upload.too_complex"
    assert refusal(ods(calc("") + " " * 600_000), SMALL).key == "upload.too_complex"
    assert refusal(archive({**parts, **{f"xl/media/{n}": b"" for n in range(20)}}), SMALL).key == "upload.too_complex"


def test_a_bomb_within_a_bomb_is_never_opened() -> None:
    inner = archive({f"{number}.zip": archive({"a": bytes(400_000)}) for number in range(10)})
    assert refusal(archive({"bomb.zip": inner}), SMALL).key == "upload.is_archive"
    assert sheets(ods(calc(""), {"bomb.zip": inner}), bounds=SMALL)[0].rows == {}


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused(declaration: str, encoding: str) -> None:
    xml = f"{declaration}<a/>".encode(encoding)
    assert refusal(archive({"mimetype": ODS, "content.xml": xml})).key == "upload.broken"
    assert refusal(archive({"[Content_Types].xml": b"", "xl/workbook.xml": xml})).key == "upload.broken"


def test_files_that_are_closed_by_a_password() -> None:
    names = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f"<m:manifest {names}><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>".encode()
    assert refusal(ods("", {"META-INF/manifest.xml": manifest})).key == "upload.encrypted"
    content = bytearray(workbook({"S": [["a"]]}))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flag] |= 1
            place = content.find(mark, place + 1)
    assert refusal(bytes(content)).key == "upload.encrypted"


def test_a_line_without_end() -> None:
    assert refusal(b"a" * 2_000_000).key == "upload.endless_line"
    error = refusal('ФИО;Пол\n"Примерова;ж\n'.encode() + "Примеров;м\n".encode() * 50_000)
    assert (error.key, error.params) == ("upload.endless_line", {"row": 2})


@pytest.mark.parametrize("layout", Layout)
def test_a_file_cut_off_at_every_tenth_byte(layout: Layout) -> None:
    whole = sample(layout, 1, 4, 5).content
    step = 10 if len(whole) < 10_000 else 101
    for length in range(0, len(whole), step):
        with contextlib.suppress(AppError):
            sheets(whole[:length])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"<", OLE[:8]]))
def test_any_bytes(content: bytes, start: bytes) -> None:
    with contextlib.suppress(AppError):
        sheets(start + content)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=500))
def test_any_text(text: str) -> None:
    with contextlib.suppress(AppError):
        for sheet in sheets(text.encode("utf-8", "ignore")):
            assert all(
                cell == cell.strip() and "\0" not in cell for row in sheet.rows.values() for cell in row.values()
            )


WHOLE = [workbook({"S": [["ФИО", 1.5], ["a", True]]}), ods(calc(ROW.format("", CELL.format("") * 2)))]


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(WHOLE))
def test_a_part_with_nonsense_in_it(data: st.DataObject, whole: bytes) -> None:
    parts = {name: zipfile.ZipFile(BytesIO(whole)).read(name) for name in zipfile.ZipFile(BytesIO(whole)).namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        odd = st.sampled_from([b"", b"-1", b"99999999999", b"NaN", b"XFE1", b"A0", b"1e999", b'"', b"<c>", b"</row>"])
        content[place : place + data.draw(st.integers(0, 6))] = data.draw(odd)
    with contextlib.suppress(AppError):
        sheets(archive({**parts, name: bytes(content)}))
