"""Telegram's HTML: formatting, and refusals with the byte offsets of tdlib."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.telegram.entities import MarkupError, parse_html, utf16_length


def test_formatting_becomes_entities_with_utf16_offsets() -> None:
    text, entities = parse_html("😀 <b>жирный <i>оба</i></b> <a href='https://t.me/x?start=1&amp;a=2'>тут</a>")
    assert text == "😀 жирный оба тут"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 10},
        {"type": "italic", "offset": 10, "length": 3},
        {"type": "text_link", "offset": 14, "length": 3, "url": "https://t.me/x?start=1&a=2"},
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<pre><code class='language-python'>a</code></pre>", {"type": "pre", "language": "python"}),
        ("<code class='language-python'>a</code>", {"type": "code"}),
        ("<pre>a</pre>", {"type": "pre"}),
        ("<blockquote expandable>a</blockquote>", {"type": "expandable_blockquote"}),
        ("<blockquote>a</blockquote>", {"type": "blockquote"}),
        ("<span class='tg-spoiler'>a</span>", {"type": "spoiler"}),
        ("<B>a</B>", {"type": "bold"}),
        ("<b>a</>", {"type": "bold"}),
    ],
)
def test_tags(source: str, expected: dict[str, Any]) -> None:
    assert parse_html(source) == ("a", [expected | {"offset": 0, "length": 1}])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("я <b", "Unclosed start tag at byte offset 3"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("я<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a <3 b", 'Unsupported start tag "3" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji emoji-id='1'>x</tg-emoji>", 'stand-in does not know the tag "tg-emoji"'),
    ],
)
def test_refusals(source: str, message: str) -> None:
    with pytest.raises(MarkupError) as refusal:
        parse_html(source)
    assert str(refusal.value) == message


def test_references() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#33;&#x21;&nbsp;&unknown; & &")[0] == '<>&"!!&nbsp;&unknown; & &'


def test_a_link_that_leads_nowhere_is_dropped() -> None:
    assert parse_html('<a href="http://localhost/">x</a>') == ("x", [])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text).replace("&#x27;", "'")) == (text, [])


@given(st.text(alphabet="<>/abi &;\"'=#x1😀я", max_size=40))
def test_any_garbage_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)
