"""Long texts in several messages; needs no aiogram."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.splitting import split_html, visible_width
from playground.telegram.entities import parse_html

TAGS = ("b", "i", "u", "s", "code", "blockquote")
WORDS = st.text(st.sampled_from("абв &<>🙂\n "), min_size=1, max_size=40)


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def html(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        words = escaped(draw(WORDS))
        outer, inner = draw(st.sampled_from(TAGS)), draw(st.sampled_from(TAGS))
        parts.append(
            draw(
                st.sampled_from(
                    (words, f"<{outer}>{words}</{outer}>", f"<{outer}>a<{inner}>{words}</{inner}></{outer}>")
                )
            )
        )
    return "".join(parts)


def bare(text: str) -> str:
    return re.sub(r"\s", "", unescape(re.sub(r"<[^<>]+>", "", text)))


@given(html(), st.integers(5, 60))
def test_nothing_is_lost_and_every_page_is_whole(text: str, limit: int) -> None:
    pages = split_html(text, limit)
    assert "".join(bare(page) for page in pages) == bare(text)
    for page in pages:
        assert visible_width(page) <= limit
        parse_html(page)  # raises for torn tags and entities


def test_a_cut_falls_between_paragraphs_lines_or_words() -> None:
    assert split_html("один два\n\nтри четыре пять", 15) == ["один два", "три четыре пять"]
    assert split_html("один два\nтри четыре", 12) == ["один два", "три четыре"]
    assert split_html("один два три", 9) == ["один два", "три"]


def test_open_tags_go_on_over_the_cut() -> None:
    assert split_html('<a href="https://x.ru/"><b>один два</b></a>', 5) == [
        '<a href="https://x.ru/"><b>один</b></a>',
        '<a href="https://x.ru/"><b>два</b></a>',
    ]


def test_a_short_text_is_left_alone() -> None:
    assert split_html("  <b>x</b> ") == ["  <b>x</b> "]


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert [len(page) for page in split_html("х" * 10_000)] == [4096, 4096, 1808]
