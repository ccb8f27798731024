"""Markdown and HTML of labels, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.xlsform.wording import marked, plain, straight


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Важно** и *кратко*", "Важно и кратко"),
        ("__Важно__ и _кратко_", "Важно и кратко"),
        ("snake_case_name и 2 * 3 * 4", "snake_case_name и 2 * 3 * 4"),
        ("## Раздел\nтекст", "Раздел\nтекст"),
        ("№ #1, 5 > 3 и a < b", "№ #1, 5 > 3 и a < b"),
        ("<p>Раз</p><p>Два</p>", "Раз\nДва"),
        ("Раз<br/>Два <span style='color:red'>три</span>", "Раз\nДва три"),
        ("<тег> остаётся", "<тег> остаётся"),
        ("&lt;b&gt; &amp; &laquo;да&raquo; AT&T", "<b> & «да» AT&T"),
        ("[сайт](https://example.org)", "сайт (https://example.org)"),
        ("\\*не курсив\\* и \\_так\\_", "*не курсив* и _так_"),
        ("${имя_вопроса_1} и ${a_b_c}", "${имя_вопроса_1} и ${a_b_c}"),
        ("**${a}**", "${a}"),
    ],
)
def test_what_a_chat_shows(written: str, shown: str) -> None:
    assert plain(written) == shown


@given(st.lists(st.sampled_from([*"аб *_#<>&[]()\\`", "\n", "**", "<b>", "</p>", "&lt;", "${a_b}", "# "])).map("".join))
def test_what_is_written_down_comes_back(text: str) -> None:
    assert plain(marked(text.strip())) == text.strip()


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    plain(text)


def test_cells_for_programs_get_plain_signs() -> None:
    assert straight("\u00a0‘yes’ “no”\u200b ") == "'yes' \"no\""
