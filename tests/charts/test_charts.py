"""Pictures say in words what they show, fit their card, and need no colour to be understood."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.charts import frame, svg
from core.charts.model import (
    Bar,
    BarChart,
    Chart,
    DistributionChart,
    DistributionRow,
    Mark,
    ProfileChart,
    ProfileRow,
    StackedChart,
    StackedRow,
)

SVG = "{http://www.w3.org/2000/svg}"
labels = st.text(max_size=120)
shares = st.one_of(st.none(), st.floats(0, 100))

charts: st.SearchStrategy[Chart] = st.one_of(
    st.builds(
        BarChart,
        title=labels,
        bars=st.lists(st.builds(Bar, labels, shares, labels), max_size=6).map(tuple),
        description=labels,
        target=st.one_of(st.none(), st.builds(Mark, st.floats(0, 100), labels)),
        average=st.one_of(st.none(), st.builds(Mark, st.floats(0, 100), labels)),
    ),
    st.builds(
        DistributionChart,
        title=labels,
        rows=st.lists(st.builds(DistributionRow, labels, shares, labels, shares), max_size=6).map(tuple),
        maximum=st.floats(1, 100),
    ),
    st.builds(
        ProfileChart,
        title=labels,
        rows=st.lists(st.builds(ProfileRow, labels, shares, labels, shares), max_size=6).map(tuple),
        low=labels,
        high=labels,
    ),
    st.builds(
        StackedChart,
        title=labels,
        legend=st.just(("нет", "есть")),
        rows=st.lists(
            st.builds(StackedRow, labels, st.one_of(st.just(()), st.tuples(st.floats(0, 100), st.floats(0, 100)))),
            max_size=4,
        ).map(tuple),
    ),
)

BARS = BarChart(
    "Доля педагогов",
    (Bar("СОШ № 1", 34.56, "19 из 55"), Bar("Лицей", None), Bar("ДОУ", 0.0)),
    "2026 год",
    target=Mark(10, "Цель"),
    average=Mark(41.5, "По муниципалитету"),
)


def texts(picture: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314


@settings(max_examples=60, deadline=None)
@given(charts)
def test_any_words_give_a_well_formed_picture_within_its_card(chart: Chart) -> None:
    root = ET.fromstring(svg.draw(chart))  # noqa: S314
    height = float(root.attrib["height"])
    for one in root.iter(f"{SVG}text"):
        assert 0 <= float(one.attrib["x"]) <= frame.WIDTH
        assert 0 < float(one.attrib["y"]) <= height
    for one in root.iter(f"{SVG}rect"):
        assert float(one.attrib["x"]) + float(one.attrib["width"]) <= frame.WIDTH
        assert float(one.attrib["y"]) + float(one.attrib["height"]) <= height


@pytest.mark.parametrize(
    "chart",
    [
        BARS,
        ProfileChart("Профиль", (ProfileRow("Работа", 57.14, "беспокоит нередко", 48.2),)),
        StackedChart("Уровни", ("нет", "есть"), (StackedRow("ИКТ", (40.0, 60.0)),)),
        DistributionChart("Темы", (DistributionRow("Здоровье", 34.56, "7 чел.", 41.5),)),
    ],
)
def test_every_picture_has_a_name_and_says_itself_in_words(chart: Chart) -> None:
    root = ET.fromstring(svg.draw(chart))  # noqa: S314
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.attrib["role"] == "img"
    assert title is not None
    assert description is not None
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert title.text == chart.title
    assert any(number in (description.text or "") for number in ("34,6 %", "57,1", "60 %"))


def test_no_data_is_said_and_never_drawn_as_zero() -> None:
    assert "нет данных" in texts(svg.bars(BARS))
    only = svg.bars(BarChart("Т", (Bar("Лицей", None),)))
    assert frame.FILL not in only
    assert "stroke-dasharray" in only
    assert "нет данных" in texts(svg.stacked(StackedChart("Т", ("а", "б"), (StackedRow("р", ()),))))
    for empty in (BarChart("Т", ()), DistributionChart("Т", ()), ProfileChart("Т", ()), StackedChart("Т", ("а",), ())):
        assert "нет данных" in texts(svg.draw(empty))


def test_marks_have_names_and_a_shape_of_their_own() -> None:
    picture = svg.bars(BARS)
    assert {"Цель: 10 %", "По муниципалитету: 41,5 %"} <= set(texts(picture))
    assert picture.count(f'stroke="{frame.TARGET}" stroke-width="3" stroke-dasharray') == len(BARS.bars) + 1


def test_the_wave_before_has_a_name_a_shape_and_words() -> None:
    rows = (DistributionRow("Здоровье", 34.5, "7 чел.", 41.5), DistributionRow("Темы", None))
    picture = svg.distribution(DistributionChart("Т", rows, absent="—"))
    assert {"прошлая волна", "34,5 %, 7 чел.", "—"} <= set(texts(picture))
    assert picture.count(f'fill="{frame.AVERAGE}" stroke="#ffffff"') == 2, (
        "in the legend and on the one bar that has it"
    )
    assert "Здоровье: 34,5 %, 7 чел., прошлая волна: 41,5 %" in picture
    assert "прошлая волна" not in svg.distribution(DistributionChart("Т", rows[1:]))


def test_pieces_of_a_bar_carry_the_number_of_their_level() -> None:
    picture = svg.stacked(StackedChart("Т", ("нет", "мало", "много"), (StackedRow("ИКТ", (40.0, 50.0, 10.0)),)))
    assert {"1: 40 %", "2: 50 %", "3"} <= set(texts(picture))


def test_two_pictures_on_a_page_have_ids_of_their_own() -> None:
    first, second = (re.search(r'id="(\w+)-t"', svg.bars(BarChart(t, BARS.bars))) for t in ("А", "Б"))
    assert first is not None
    assert second is not None
    assert first[1] != second[1]


def test_the_same_data_give_the_same_picture() -> None:
    assert svg.bars(BARS) == svg.bars(BARS)


def test_markup_in_a_name_stays_text() -> None:
    picture = svg.bars(BarChart("<script>", (Bar('"><image href="x"/>', 1.0, "&amp;\x00"),)))
    root = ET.fromstring(picture)  # noqa: S314
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}image"))
    assert "<script>" in texts(picture)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast() -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    for colour in (frame.INK, frame.SOFT, frame.TARGET, frame.AVERAGE):
        assert contrast(colour, frame.CARD) >= 4.5
    for colour in (frame.FILL, *frame.BANDS):
        assert contrast(colour, frame.CARD) >= 3
    assert contrast(frame.FILL, frame.TRACK) >= 3
    assert contrast("#0b1420", frame.BANDS[0]) >= 4.5
    for colour in frame.BANDS[1:]:
        assert contrast("#ffffff", colour) >= 4.5


def test_levels_get_darker_so_that_a_grey_print_keeps_their_order() -> None:
    assert all(luminance(lighter) > luminance(darker) for lighter, darker in pairwise(frame.BANDS))


def test_long_words_are_wrapped() -> None:
    lines = frame.wrap("Муниципальное бюджетное учреждение " + "я" * 100, 20, 300)
    assert all(frame.text_width(line, 20) <= 300 for line in lines)
    assert "".join(lines).replace(" ", "").count("я") == 100
