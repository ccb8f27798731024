"""A PDF in the program's own font. Import it late: fpdf and its fonts take a second."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import font_manrope
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode
from fpdf.fonts import TTFFont

from core.documents.qr import runs
from core.documents.text import printable

FAMILY = "Manrope"
_FILES = {"": "Manrope-Regular.ttf", "B": "Manrope-Bold.ttf"}
INK = (37, 48, 64)
QUIET = (86, 96, 112)
ACCENT = (17, 75, 96)
LINE = (130, 144, 160)
_LEADING = 1.32
"""Height of a line in heights of its letters."""
_MILLIMETRES = 25.4 / 72
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Style:
    """`sizes` in points from the wanted one down; smaller ones are tried until the text has at most `lines` lines."""

    sizes: tuple[float, ...]
    bold: bool = False
    colour: tuple[int, int, int] = INK
    lines: int = 100
    breaks_words: bool = False


class Paper(FPDF):
    """A4, measured in millimetres, without automatic page breaks: whoever draws knows where a page ends.

    Use it in a `with`: it keeps the files of its fonts open.
    """

    def __init__(self, title: str) -> None:
        super().__init__(format="A4", unit="mm")
        folder = Path(font_manrope.__file__ or "").parent / "files"
        for style, file in _FILES.items():
            self.add_font(FAMILY, style, folder / file)
        self.set_auto_page_break(auto=False)
        self.set_margins(0, 0, 0)
        self.c_margin = 0
        self._known: dict[tuple[float, str, Style], tuple[float, list[str]]] = {}
        self.set_title(title)
        self.set_lang("ru")
        self.set_creator("Методкабинет")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def write_in(self, x: float, y: float, width: float, text: str, style: Style) -> float:
        """Writes within `width`, a text that is too long even in the smallest size with «…»; returns the y below."""
        size, lines = self._fitted(width, text, style)
        self._use(style, size)
        self.set_text_color(*style.colour)
        for number, line in enumerate(lines):
            self.set_xy(x, y + number * _height(size))
            self.cell(width, _height(size), line)
        return y + len(lines) * _height(size)

    def height_of(self, width: float, text: str, style: Style) -> float:
        size, lines = self._fitted(width, text, style)
        return len(lines) * _height(size)

    def draw_qr(self, x: float, y: float, side: float, text: str) -> None:
        """As filled shapes, so it is sharp on every printer. The white around it is the caller's."""
        modules, dark = runs(text)
        step = side / modules
        self.set_fill_color(0, 0, 0)
        for run in dark:
            self.rect(x + run.column * step, y + run.row * step, run.length * step, step, style="F")

    def rule(self, x: float, y: float, to_x: float) -> None:
        """A line to write on."""
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(x, y, to_x, y)

    def cut(self, y: float) -> None:
        """Where scissors go, from edge to edge."""
        self.set_draw_color(*LINE)
        self.set_line_width(0.25)
        self.set_dash_pattern(dash=2, gap=2)
        self.line(0, y, self.w, y)
        self.set_dash_pattern()

    def _fitted(self, width: float, text: str, style: Style) -> tuple[float, list[str]]:
        """Remembered, for measuring is slow and a document of many pages says the same on each."""
        wanted = (width, text, style)
        if wanted not in self._known:
            self._known[wanted] = self._fit(width, printable(text), style)
        return self._known[wanted]

    def _fit(self, width: float, text: str, style: Style) -> tuple[float, list[str]]:
        for size in style.sizes:
            lines = self._lines(width, text, style, size)
            if len(lines) <= style.lines:
                return size, lines
        kept = lines[: style.lines]
        while kept[-1] and self.get_string_width(kept[-1] + _ELLIPSIS) > width:
            kept[-1] = kept[-1][:-1]
        return size, [*kept[:-1], kept[-1].rstrip() + _ELLIPSIS]

    def _lines(self, width: float, text: str, style: Style, size: float) -> list[str]:
        self._use(style, size)
        wrap = WrapMode.CHAR if style.breaks_words else WrapMode.WORD
        found = self.multi_cell(
            width, _height(size), text, align="L", wrapmode=wrap, dry_run=True, output=MethodReturnValue.LINES
        )
        assert isinstance(found, list), "asked for lines"
        return found

    def _use(self, style: Style, size: float) -> None:
        self.set_font(FAMILY, "B" if style.bold else "", size)


def _height(size: float) -> float:
    return size * _MILLIMETRES * _LEADING
