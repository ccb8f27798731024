"""Pieces of documents: codes, texts, and letters that fit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.pdf import Paper, Style
from core.documents.qr import picture, runs
from core.documents.text import Block, blocks, long_day, printable

LINK = "https://t.me/test_bot?start=" + "Az09_-" * 4


def test_a_code_has_its_three_finders() -> None:
    side, dark = runs(LINK)
    assert side >= 29
    ends = {(run.row, run.column) for run in dark if run.length == 7}
    assert {(0, 0), (0, side - 7), (side - 7, 0)} <= ends
    assert all(run.column >= 0 and run.column + run.length <= side for run in dark)


def test_a_code_as_a_picture() -> None:
    assert picture(LINK).startswith(b"\x89PNG")


def test_headings_are_told_from_text() -> None:
    assert list(blocks("# Согласие\n\nЯ даю\n# 1. Кому\nЕму\n")) == [
        Block(1, "Согласие"),
        Block(0, "Я даю"),
        Block(2, "1. Кому"),
        Block(0, "Ему"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"), [("Ёж\x00\x1f ё", "Ёж ё"), (" а\n\tб ", "а б"), ("\ud800х\ufffe", "х"), ("<b>&", "<b>&")]
)
def test_what_no_document_can_hold_is_left_out(text: str, wanted: str) -> None:
    assert printable(text) == wanted


def test_a_day_in_full() -> None:
    assert long_day(date(2027, 5, 2)) == "2 мая 2027 года"


@given(st.text(max_size=300))
def test_any_text_stays_within_its_lines(text: str) -> None:
    paper = Paper("Проба")
    paper.add_page()
    style = Style((17, 12, 9), bold=True, lines=2)
    size, lines = paper._fitted(118, text, style)
    assert len(lines) <= 2
    assert size in style.sizes
    paper.write_in(14, 10, 118, text, style)
    assert all(paper.get_string_width(line) <= 118.01 for line in lines)
