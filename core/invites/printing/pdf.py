"""The sheet as PDF. Import it late, as core.documents.pdf."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.pdf import ACCENT, QUIET, Paper, Style
from core.documents.text import blocks
from core.invites.model import Sheet
from core.invites.printing import words

SLIPS = 3
"""On a page."""
_SLIP = 99.0
_LEFT, _WIDTH = 14.0, 118.0
_QR_X, _QR = 144.0, 52.0

_HEADING = Style((9,), bold=True, colour=ACCENT)
_NAME = Style((17, 15, 13, 11, 9), bold=True, lines=2)
_PLACE = Style((9.5, 8.5, 7.5), colour=QUIET, lines=3)
_STEP = Style((10.5,))
_NUMBER = Style((10.5,), bold=True, colour=ACCENT)
_WARNING = Style((8.5,), bold=True)
_SMALL = Style((7.5,), colour=QUIET)
_LINK = Style((7.5,), breaks_words=True)

_PAGE_LEFT, _PAGE_WIDTH, _PAGE_TOP, _PAGE_BOTTOM = 20.0, 172.0, 14.0, 285.0
_LINE_ROOM = 8.5
"""A line to write on by hand."""


def write_pdf(sheet: Sheet, links: Sequence[str], *, consents: bool) -> bytes:
    """`links` in the order of the slips; with `consents` a page with the consent's paper form for each person."""
    with Paper(words.title(sheet)) as paper:
        for number, (slip, link) in enumerate(zip(sheet.slips, links, strict=True)):
            place = number % SLIPS
            if place == 0:
                paper.add_page()
            _draw_slip(paper, place * _SLIP, sheet, slip.name, link)
            if place < SLIPS - 1:
                paper.cut((place + 1) * _SLIP)
        if consents and sheet.consent_text is not None:
            for slip in sheet.slips:
                _draw_consent(paper, sheet.consent_text, sheet.consent_version or "", slip.name)
        return bytes(paper.output())


def _draw_slip(paper: Paper, top: float, sheet: Sheet, name: str, link: str) -> None:
    y = paper.write_in(_LEFT, top + 9, _WIDTH, words.HEADING, _HEADING)
    y = paper.write_in(_LEFT, y + 1.5, _WIDTH, name, _NAME)
    y = paper.write_in(_LEFT, y + 1, _WIDTH, sheet.organisation, _PLACE) + 3.5
    for number, step in enumerate(words.STEPS, start=1):
        paper.write_in(_LEFT, y, 6, f"{number}.", _NUMBER)
        y = paper.write_in(_LEFT + 6, y, _WIDTH - 6, step, _STEP) + 1.2
    y = paper.write_in(_LEFT, y + 2, _WIDTH, words.warning(sheet), _WARNING)
    paper.write_in(_LEFT, y + 0.5, _WIDTH, words.LOST, _SMALL)
    paper.draw_qr(_QR_X, top + 9, _QR, link)
    paper.link(_QR_X, top + 9, _QR, _QR, link)
    y = paper.write_in(_QR_X, top + 9 + _QR + 4, _QR, words.LINK, _SMALL)
    paper.write_in(_QR_X, y + 0.8, _QR, link, _LINK)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The sizes of one form; `of` is 1 when the text needs no shrinking."""

    of: float

    def style(self, size: float, *, bold: bool = False) -> Style:
        return Style((size * self.of,), bold=bold)

    @property
    def styles(self) -> dict[int, Style]:
        return {0: self.style(10.5), 1: self.style(14, bold=True), 2: self.style(10.5, bold=True)}


_SCALES = tuple(_Scale(percent / 100) for percent in range(100, 60, -4))


def _draw_consent(paper: Paper, text: str, version: str, name: str) -> None:
    """On one page, in letters as large as that allows; a text that is longer still goes on on the next page."""
    paper.add_page()
    room = _PAGE_BOTTOM - _PAGE_TOP - _FORM_HEIGHT
    scale = next((one for one in _SCALES if _height(paper, text, one) <= room), _SCALES[-1])
    y = _PAGE_TOP
    for number, block in enumerate(blocks(text)):
        style = scale.styles[block.level]
        y = _turned(paper, y, paper.height_of(_PAGE_WIDTH, block.text, style))
        y = paper.write_in(_PAGE_LEFT, y + _space(block.level), _PAGE_WIDTH, block.text, style)
        if number == 0:
            y = _draw_person(paper, y + 4, name)
    _draw_signature(paper, _turned(paper, y, _SIGNATURE_HEIGHT), version)


_PERSON_HEIGHT = 6 + 3 * _LINE_ROOM + 4
_SIGNATURE_HEIGHT = 24.0
_FORM_HEIGHT = _PERSON_HEIGHT + _SIGNATURE_HEIGHT


def _height(paper: Paper, text: str, scale: _Scale) -> float:
    return sum(
        paper.height_of(_PAGE_WIDTH, one.text, scale.styles[one.level]) + _space(one.level) for one in blocks(text)
    )


def _space(level: int) -> float:
    """Above a paragraph."""
    return (1.0, 0.0, 2.2)[level]


def _turned(paper: Paper, y: float, height: float) -> float:
    """Where something of this height goes: here, or at the top of a new page."""
    if y + height <= _PAGE_BOTTOM:
        return y
    paper.add_page()
    return _PAGE_TOP


def _draw_person(paper: Paper, y: float, name: str) -> float:
    y = paper.write_in(_PAGE_LEFT, y, _PAGE_WIDTH, words.myself(name), Style((11, 10, 9), bold=True, lines=1))
    for label in (words.ADDRESS, words.DOCUMENT, words.ISSUED):
        y += _LINE_ROOM
        _draw_field(paper, _PAGE_LEFT, y, _PAGE_LEFT + _PAGE_WIDTH, label)
    return y + 3


def _draw_signature(paper: Paper, y: float, version: str) -> None:
    y += 14
    for label, start, end in (
        (words.DATE, 0, 42),
        (words.SIGNATURE, 46, 96),
        (words.IN_FULL, 100, _PAGE_WIDTH),
    ):
        _draw_field(paper, _PAGE_LEFT + start, y, _PAGE_LEFT + end, label)
    paper.write_in(_PAGE_LEFT, y + 3, _PAGE_WIDTH, words.version(version), _SMALL)


def _draw_field(paper: Paper, x: float, y: float, to_x: float, label: str) -> None:
    """A label and the line after it; `y` is where the line is."""
    style = Style((9,))
    paper.write_in(x, y - 4, to_x - x, label, style)
    paper.rule(x + paper.get_string_width(label) + 2, y, to_x)
