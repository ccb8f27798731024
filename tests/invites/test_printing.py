"""What is on the paper: a slip for each person, a code that leads to the link, a form that fits its page."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import docx
import pytest

from bot.texts.consent import consent_text
from core.documents.pdf import Paper
from core.invites.model import Sheet, Slip
from core.invites.printing import words
from core.invites.printing.pdf import write_pdf
from core.invites.printing.word import write_docx

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LONG = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 1» " * 3
NAMES = ("Примерова Проба", "<b>Ёлкин</b> & =1+1", "О" * 80 + " " + "П" * 80, "Ли Ю\x00", "Петров-Водкин Ян")


def sheet(count: int, organisation: str = "Школа № 1") -> Sheet:
    slips = tuple(Slip(NAMES[number % len(NAMES)], f"code-{number:019d}") for number in range(count))
    return Sheet(organisation, date(2027, 5, 22), slips, "1", consent_text("Центр развития образования"))


def links(made: Sheet) -> list[str]:
    return [f"https://t.me/test_bot?start={one.code}" for one in made.slips]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize(("count", "slips"), [(1, 1), (3, 1), (4, 2), (150, 50)])
def test_three_slips_on_a_page_and_a_page_for_each_consent(count: int, slips: int) -> None:
    made = sheet(count)
    assert pages(write_pdf(made, links(made), consents=False)) == slips
    assert pages(write_pdf(made, links(made), consents=True)) == slips + count


def test_each_slip_can_be_pressed_on_a_screen() -> None:
    made = sheet(5)
    pdf = write_pdf(made, links(made), consents=False)
    assert re.findall(rb"/URI \(([^)]+)\)", pdf) == [link.encode() for link in links(made)]


def test_nothing_of_a_slip_reaches_over_its_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    lowest: list[float] = []
    cell = Paper.cell

    def noting(self: Paper, w: float, h: float, text: str) -> None:
        lowest.append(self.get_y() + h)
        cell(self, w, h, text)

    monkeypatch.setattr(Paper, "cell", noting)
    made = Sheet(LONG, date(2027, 9, 22), (Slip("Я" * 40 + " " + "Ю" * 60, "c" * 24),), None, None)
    write_pdf(made, ["http://127.0.0.1:8081/?start=" + "c" * 24], consents=False)
    assert max(lowest) < 99 - 3


def test_a_consent_that_is_too_long_goes_on_on_the_next_page() -> None:
    made = sheet(1)
    long = Sheet(made.organisation, made.until, made.slips, "2", "# Согласие\n" + "Очень длинный пункт. " * 900)
    assert pages(write_pdf(long, links(long), consents=True)) > 2


def test_without_a_published_consent_there_is_no_form() -> None:
    made = sheet(2)
    bare = Sheet(made.organisation, made.until, made.slips, None, None)
    assert pages(write_pdf(bare, links(bare), consents=True)) == 1
    assert len(docx.Document(io.BytesIO(write_docx(bare, links(bare), NOW, consents=True))).sections) == 1


def test_the_word_file_says_the_same() -> None:
    made = sheet(5)
    document = docx.Document(io.BytesIO(write_docx(made, links(made), NOW, consents=True)))
    rows = document.tables[0].rows
    assert len(rows) == 5
    for row, slip, link in zip(rows, made.slips, links(made), strict=True):
        text, code = (cell.text for cell in row.cells)
        assert slip.name.replace("\x00", "") in text
        assert "22 мая 2027 года включительно" in text
        assert all(step in text for step in words.STEPS)
        assert link in code
    said = [one.text for one in document.paragraphs]
    assert said.count("Согласие на обработку персональных данных") == 5
    assert words.myself("<b>Ёлкин</b> & =1+1") in said
    assert sum(one.paragraph_format.page_break_before is True for one in document.paragraphs) == 4


def test_the_word_file_is_sound_and_names_no_template() -> None:
    made = sheet(150)
    content = write_docx(made, links(made), NOW, consents=True)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(parts.read(name))  # noqa: S314 - our own file
        about = parts.read("docProps/core.xml").decode()
        assert len([name for name in parts.namelist() if name.endswith(".png")]) == 150
    assert "python-docx" not in about
    assert "2026-11-23" in about
