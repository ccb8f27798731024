"""Parts of a Word file that python-docx has no names for. Import it late: python-docx takes its time."""

import io
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from core.documents.text import printable

FONT = "Arial"
"""A font of one's own cannot be counted on at the reader's."""
_EDGES = ("top", "left", "bottom", "right")


def new_document(title: str, made_at: datetime) -> Document:
    """A4, in Russian, without the empty paragraph and the old dates of python-docx's template."""
    made = docx.Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.element.rPr.append(_element("w:lang", val="ru-RU"))
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    about = made.core_properties
    about.title, about.author, about.comments, about.language = printable(title), "Методкабинет", "", "ru-RU"
    about.created = about.modified = made_at.replace(tzinfo=None)
    return made


def set_page(section: Section, *, top: float, bottom: float, left: float, right: float) -> None:
    """A4 upright; margins in millimetres."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(4)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float,
    bold: bool = False,
    colour: str | None = None,
    above: float = 0,
) -> Paragraph:
    """Adds a run; `size` and `above` in points, `colour` like "566070"."""
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    if above:
        paragraph.paragraph_format.space_before = Pt(above)
    return paragraph


def write_fields(paragraph: Paragraph, labels: dict[str, float], *, size: float, above: float) -> None:
    """Labels, each with a line to write on after it that ends so many millimetres from the margin."""
    paragraph.paragraph_format.space_before = Pt(above)
    stops = paragraph.paragraph_format.tab_stops
    for label, end in labels.items():
        # Only after the last one nothing follows that could stand to the left of its stop.
        last = end == max(labels.values())
        stops.add_tab_stop(Mm(end), WD_TAB_ALIGNMENT.RIGHT if last else WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        paragraph.add_run(f"{printable(label)} \t{'' if last else '  '}").font.size = Pt(size)


def keep_whole(row: _Row) -> None:
    """A row that is not broken over pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def cut_below(cell: _Cell) -> None:
    """A dashed line below the cell and none elsewhere."""
    borders = OxmlElement("w:tcBorders")
    for edge in _EDGES:
        dashed = edge == "bottom"
        borders.append(_element(f"w:{edge}", val="dashed" if dashed else "nil", sz="6", color="8290A0"))
    cell._tc.get_or_add_tcPr().append(borders)


def saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
