"""Texts of announcements: typed with marks, kept as HTML of a small set, one form for each."""

import html
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.announcements import formatting
from core.errors import AppError

ALLOWED = re.compile(r'</?(?:b|i|u|s|code|pre|a|blockquote)>|<a href="(?:https?|tg|mailto):[^"<>]*">')
PIECES = [*"аб я1*_+~`[]()\\>\n<&\"'!", "😀", "**", "__", "```", "\n> ", "](", "https://a.ru/", " \n"]
MARKED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LEAVES = MARKED.map(lambda one: html.escape(one, quote=False))


def _inside(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "u", "s", "code", "strong", "em", "tg-spoiler"])
    return st.one_of(
        st.tuples(tags, children).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
        children.map(lambda one: f'<a href="https://example.org/?a=1&amp;b=(2)">{one}</a>'),
        st.lists(children, max_size=4).map("".join),
    )


INLINE = st.recursive(LEAVES, _inside, max_leaves=8)
HTML = st.lists(
    st.one_of(
        INLINE,
        INLINE.map(lambda one: f"<blockquote>{one}</blockquote>"),
        LEAVES.map(lambda one: f"<pre>{one}</pre>"),
        st.just("\n"),
    ),
    max_size=5,
).map("".join)


def refused(text: str) -> AppError:
    with pytest.raises(AppError) as found:
        formatting.from_marks(text)
    return found.value


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("**жирный** и __курсив__", "<b>жирный</b> и <i>курсив</i>"),
        ("++подчёркнутый++ ~~зачёркнутый~~", "<u>подчёркнутый</u> <s>зачёркнутый</s>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("[сайт](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">сайт</a>'),
        ("[**сайт**](tg://resolve?domain=a)", '<a href="tg://resolve?domain=a"><b>сайт</b></a>'),
        ("[письмо](mailto:a@example.org)", '<a href="mailto:a@example.org">письмо</a>'),
        ("до\n> цитата\n> __вторая__\nпосле", "до\n<blockquote>цитата\n<i>вторая</i></blockquote>\nпосле"),
        ("```\n**как есть**\n```", "<pre>**как есть**</pre>"),
        (r"\*\*не жирный\*\*", "**не жирный**"),
        ("2*3, a_b, +7 900, C++ и ______", "2*3, a_b, +7 900, C++ и ______"),
        ("[список] без адреса", "[список] без адреса"),
        ("**пе__ре**сечение__", "<b>пе<i>ре</i></b><i>сечение</i>"),
        ("\n\n  **края**  \n\n", "  <b>края</b>  "),
        ("", ""),
    ],
)
def test_marks_become_html(marks: str, expected: str) -> None:
    assert formatting.from_marks(marks) == expected


@pytest.mark.parametrize(
    ("marks", "position", "mark"),
    [
        ("ах, **жирный", 5, "**"),
        ("`код", 1, "`"),
        ("да\n> нет ~~так", 10, "~~"),
        ("раз\n```\nдва", 5, "```"),
    ],
)
def test_a_mark_without_its_end_is_shown(marks: str, position: int, mark: str) -> None:
    found = refused(marks)
    assert (found.key, found.params) == ("announcement.bad_markup", {"position": position, "mark": mark})


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,1", "example.org", "https://", "file:///etc", "mailto:me"]
)
def test_links_lead_only_to_addresses(address: str) -> None:
    with pytest.raises(AppError, match=r"announcement\.bad_address"):
        formatting.check(f'<a href="{address}">x</a>')


@pytest.mark.parametrize(
    "source",
    ["<script>1</script>", "<b>x", "x</b>", "<b><i>x</b></i>", "a < b", "<b>x</b", "<img src=x>", "<!-- -->",
     "<blockquote><pre>x</pre></blockquote>", "<b onclick='x'>y</b>"],
)  # fmt: skip
def test_other_html_is_refused(source: str) -> None:
    with pytest.raises(AppError, match=r"announcement\.bad_markup"):
        formatting.check(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<strong>а</strong><em>б</em>", "<b>а</b><i>б</i>"),
        ("<i><b>а</b></i>", "<b><i>а</i></b>"),
        ("<b>а </b>б", "<b>а</b> б"),
        ("<b>а</b> <b>б</b>", "<b>а</b> <b>б</b>"),
        ("<b><code>а</code></b>", "<code>а</code>"),
        ('<pre><code class="language-python">а</code></pre>', "<pre>а</pre>"),
        ('<tg-emoji emoji-id="5">👍</tg-emoji> <span class="tg-spoiler">тайна</span>', "👍 тайна"),
        ("а<blockquote expandable>б</blockquote>в", "а\n<blockquote>б</blockquote>\nв"),
        ("<b></b><blockquote>\n</blockquote>а\x00", "а"),
        ("&laquo;а&raquo; &amp; &#60;", "«а» &amp; &lt;"),
    ],
)
def test_one_form_for_each(source: str, expected: str) -> None:
    assert formatting.check(source) == expected


def test_length_is_counted_as_messengers_do() -> None:
    assert formatting.length("<b>я😀</b>&amp;") == 4
    assert formatting.plain("<b>а</b>\n<blockquote>&lt;б&gt;</blockquote>") == "а\n<б>"


@given(HTML)
def test_the_one_form_stays_as_it_is_and_holds_only_the_small_set(source: str) -> None:
    found = formatting.check(source)
    assert formatting.check(found) == found
    assert "<" not in ALLOWED.sub("", found)


@given(HTML)
def test_marks_bring_the_same_html_back(source: str) -> None:
    found = formatting.check(source)
    assert formatting.from_marks(formatting.to_marks(found)) == found


@given(MARKED)
def test_whatever_is_typed_becomes_html_or_is_refused(text: str) -> None:
    try:
        found = formatting.from_marks(text)
    except AppError:
        return
    assert formatting.check(found) == found
    assert formatting.from_marks(formatting.to_marks(found)) == found


@given(st.text(max_size=60))
def test_any_text_escaped_is_what_is_read(text: str) -> None:
    kept = "".join(
        one for one in html.unescape(html.escape(text)).replace("\r\n", "\n") if one == "\n" or one.isprintable()
    )
    assert formatting.plain(html.escape(kept)).split() == kept.split()


@pytest.mark.parametrize("piece", ["[", "[]", "[ ", "[a](b", "`[", "\\[", "**[", "\n", "> \n", "* ", "<b>"])
def test_a_long_text_of_marks_is_read_in_steps_that_grow_with_its_length(piece: str) -> None:
    """With steps that grew with its square this test would not come to its end."""
    with suppress(AppError):
        formatting.from_marks(piece * (formatting.SOURCE_LENGTH // len(piece)))
    with suppress(AppError):
        formatting.check(piece * (formatting.SOURCE_LENGTH // len(piece)))
