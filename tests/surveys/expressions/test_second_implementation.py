"""The same expressions put to elementpath, an independent XPath 1.0: both must say the same.

Where the two differ on purpose, expressions are kept clear of it:
- elementpath counts literals as decimals and integers, XPath 1.0 and we as doubles: numbers are written
  number('2.5') and lengths number(string-length(…)), which makes doubles of them in both;
- it raises where XPath 1.0 has NaN when a text that is no number is ordered by < or >: texts are ordered as numbers;
- it writes large and small numbers with an exponent and -0 as '-0', against XPath 1.0: string() gets
  numbers between 0.001 and a million;
- it compares a text with a number without making a number of the text: `=` gets two of one kind;
- it takes '+5', '1e5' and 'INF' for numbers, against XPath 1.0: no such texts;
- its translate() lets the last mention of a sign count, XPath 1.0 the first: signs are mentioned once;
- it has no chains of comparisons (1 < 2 = 1), XPath 1.0 has: one comparison between two `and` or `or`;
- its mod of doubles takes the sign of the divisor, XPath 1.0 that of the dividend: mod gets no negative ones;
- its NaN div 0 is infinite, that of IEEE 754 is NaN: only literals are divided by 0;
- its substring() rounds halves to even, XPath 1.0 up: no halves there;
- dates, and what only ODK has, are unknown to it: see test_functions.py.
"""

import math
from xml.etree.ElementTree import Element

from elementpath import XPathContext
from elementpath.xpath1 import XPath1Parser
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.expressions import Operand, Scope, compile_expression, evaluate
from tests.surveys.expressions.asking import same

_PARSER = XPath1Parser()
_OURS = Scope(lambda _: "")

CHARACTERS = "аб в.-01 \t"


def theirs(source: str) -> Operand:
    result = _PARSER.parse(source).evaluate(XPathContext(Element("data")))
    assert isinstance(result, bool | str | int | float)
    return float(result) if isinstance(result, int) and not isinstance(result, bool) else result


def check(source: str) -> None:
    ours = evaluate(compile_expression(source), _OURS)
    other = theirs(source)
    assert same(ours, other) or _close(ours, other), (source, ours, other)


def _close(ours: Operand, other: Operand) -> bool:
    """Rounding in the last digit may differ; 0 and -0 are one."""
    return isinstance(ours, float) and isinstance(other, float) and math.isclose(ours, other, rel_tol=1e-12)


def _call(name: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda values: f"{name}({', '.join(values)})")


def _pair(operators: list[str], operand: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda left, sign, right: f"({left} {sign} {right})", operand, st.sampled_from(operators), operand)


above_zero = st.sampled_from(["1", "2", "3", "7.5", "1000", ".5", "5.", " 12 "]).map("number('{}')".format)
not_negative = above_zero | st.just("number('0')")
not_zero = st.sampled_from(["1", "-2", "3", ".5", "-0.25"]).map("number('{}')".format)
no_halves = st.sampled_from(["-2", "0", "0.75", "1", "2.25", "3", "100", "слово"]).map("number('{}')".format)
plain = st.sampled_from(["0", "1", "2", "3", "-1", "7.5", "-0.25", "1000", ".5", "5.", " 12 "])
leaf_numbers = st.builds("number('{}')".format, plain) | st.just("number('слово')") | st.just("number('')")
texts = st.text(CHARACTERS, max_size=6).map("'{}'".format)


different_signs = st.lists(st.sampled_from(CHARACTERS), unique=True, max_size=5).map("".join).map("'{}'".format)


def numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        _pair(["+", "-", "*"], inner)
        | st.builds("({} div {})".format, inner, not_zero)
        | _pair(["div"], not_negative)
        | _pair(["mod"], not_negative)
        | inner.map(lambda operand: f"-{operand}")
        | st.sampled_from(["floor", "ceiling", "round"]).flatmap(lambda name: _call(name, inner))
        | _call("string-length", texts).map("number({})".format)
    )


number = st.recursive(leaf_numbers, numbers, max_leaves=8)
some_text = st.recursive(
    texts,
    lambda inner: (
        _call("concat", inner, inner)
        | _call("normalize-space", inner)
        | _call("substring-before", inner, inner)
        | _call("substring-after", inner, inner)
        | _call("translate", inner, different_signs, inner)
        | _call("substring", inner, no_halves)
        | _call("substring", inner, no_halves, no_halves)
    ),
    max_leaves=6,
)
leaf_truths = (
    st.sampled_from(["true()", "false()"])
    | _pair(["=", "!=", "<", "<=", ">", ">="], number)
    | _pair(["=", "!="], some_text)
    | _pair(["<", "<=", ">", ">="], plain.map("'{}'".format))
    | _call("contains", some_text, some_text)
    | _call("starts-with", some_text, some_text)
    | _call("boolean", number)
    | _call("boolean", some_text)
)
truth = st.recursive(
    leaf_truths,
    lambda inner: _pair(["and", "or"], inner) | _pair(["=", "!="], inner) | _call("not", inner),
    max_leaves=8,
)


@given(number)
def test_numbers(source: str) -> None:
    check(source)


@given(some_text)
def test_texts(source: str) -> None:
    check(source)


@given(truth)
def test_truth(source: str) -> None:
    check(source)


@given(truth)
def test_truth_becomes_number_and_text(source: str) -> None:
    check(f"number({source})")
    check(f"string({source})")


@given(st.floats(0.001, 1e6) | st.integers(-(10**6), 10**6).map(float))
def test_numbers_become_text(number_: float) -> None:
    check(f"string(number('{number_!r}'))")


sum_of_many = st.builds(
    lambda first, rest: " ".join([first, *(word for pair in rest for word in pair)]),
    above_zero,
    st.lists(st.tuples(st.sampled_from(["+", "-", "*", "div", "mod"]), above_zero), max_size=4),
)
comparison = sum_of_many | st.builds(
    "{} {} {}".format, sum_of_many, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), sum_of_many
)


@given(st.lists(comparison, min_size=1, max_size=4), st.lists(st.sampled_from(["and", "or"]), min_size=3, max_size=3))
def test_precedence(parts: list[str], words: list[str]) -> None:
    """Without brackets: who binds tighter is for the parser to know."""
    source = parts[0]
    for word, part in zip(words, parts[1:], strict=False):
        source += f" {word} {part}"
    check(source)
