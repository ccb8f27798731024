"""The sheet as a Word file, for those who want to change something on it. Import it late, as core.documents.word."""

import io
from collections.abc import Sequence
from datetime import datetime

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import _Cell, _Row

from core.documents.qr import picture
from core.documents.text import blocks
from core.documents.word import cut_below, keep_whole, new_document, saved, set_page, write, write_fields
from core.invites.model import Sheet
from core.invites.printing import words

_WIDTHS = (126, 60)
_ROW = 90
"""Millimetres: three on a page. A slip that needs more grows instead of being cut off."""
_QR = 52
_QUIET, _ACCENT = "566070", "114B60"
_LONG_NAME = 40
_PAGE_WIDTH = 170
_SIZES = ((2_300, 11.0), (2_900, 10.0), (3_500, 9.0))
"""Up to so many characters the consent fits on a page in letters of so many points."""
_SMALLEST = 8.0


def write_docx(sheet: Sheet, links: Sequence[str], made_at: datetime, *, consents: bool) -> bytes:
    """`links` in the order of the slips; with `consents` a page with the consent's paper form for each person."""
    document = new_document(words.title(sheet), made_at)
    set_page(document.sections[0], top=8, bottom=8, left=12, right=12)
    _write_slips(document, sheet, links)
    if consents and sheet.consent_text is not None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, top=14, bottom=10, left=20, right=20)
        for number, slip in enumerate(sheet.slips):
            _write_consent(document, sheet.consent_text, sheet.consent_version or "", slip.name, first=number == 0)
    return saved(document)


def _write_slips(document: Document, sheet: Sheet, links: Sequence[str]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the columns, Word by the cells
    for slip, link in zip(sheet.slips, links, strict=True):
        _write_slip(table.add_row(), sheet, slip.name, link)
    # Word wants a paragraph after a table; a full-sized one could open a page of its own.
    write(document.add_paragraph(), "", size=1).paragraph_format.line_spacing = Mm(1)


def _write_slip(row: _Row, sheet: Sheet, name: str, link: str) -> None:
    row.height, row.height_rule = Mm(_ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
    keep_whole(row)
    text, code = row.cells
    for cell, width in zip((text, code), _WIDTHS, strict=True):
        cell.width = Mm(width)
        cut_below(cell)
    _write_text(text, sheet, name)
    code.paragraphs[0].paragraph_format.space_before = Mm(6)
    code.paragraphs[0].add_run().add_picture(io.BytesIO(picture(link)), width=Mm(_QR))
    write(code.add_paragraph(), words.LINK, size=7.5, colour=_QUIET, above=3)
    write(code.add_paragraph(), link, size=7.5)


def _write_text(cell: _Cell, sheet: Sheet, name: str) -> None:
    write(cell.paragraphs[0], words.HEADING, size=9, bold=True, colour=_ACCENT, above=18)
    write(cell.add_paragraph(), name, size=16 if len(name) <= _LONG_NAME else 12, bold=True, above=3)
    write(cell.add_paragraph(), sheet.organisation, size=9, colour=_QUIET, above=3)
    for number, step in enumerate(words.STEPS, start=1):
        line = write(cell.add_paragraph(), f"{number}.", size=10.5, bold=True, colour=_ACCENT, above=5)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(6), Mm(-6)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(6))
        line.add_run("\t")
        write(line, step, size=10.5)
    write(cell.add_paragraph(), words.warning(sheet), size=8.5, bold=True, above=7)
    write(cell.add_paragraph(), words.LOST, size=7.5, colour=_QUIET, above=2)


def _write_consent(document: Document, text: str, version: str, name: str, *, first: bool) -> None:
    size = next((points for length, points in _SIZES if len(text) <= length), _SMALLEST)
    for number, block in enumerate(blocks(text)):
        paragraph = document.add_paragraph()
        points, above = ((size, 2), (14, 0), (size, 5))[block.level]
        write(paragraph, block.text, size=points, bold=block.level > 0, above=above)
        paragraph.paragraph_format.keep_with_next = block.level > 0
        if number == 0:
            paragraph.paragraph_format.page_break_before = not first
            _write_person(document, name)
    ends = {words.DATE: 42.0, words.SIGNATURE: 100.0, words.IN_FULL: float(_PAGE_WIDTH)}
    write_fields(document.add_paragraph(), ends, size=9, above=22)
    write(document.add_paragraph(), words.version(version), size=7.5, colour=_QUIET, above=4)


def _write_person(document: Document, name: str) -> None:
    write(document.add_paragraph(), words.myself(name), size=11, bold=True, above=8)
    for label in (words.ADDRESS, words.DOCUMENT, words.ISSUED):
        write_fields(document.add_paragraph(), {label: float(_PAGE_WIDTH)}, size=9, above=13)
    write(document.add_paragraph(), "", size=4)
