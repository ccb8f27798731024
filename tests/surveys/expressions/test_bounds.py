"""No text and no answer can do harm: everything ends, nothing raises, nothing grows without end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.surveys.expressions import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TEXT,
    ExpressionError,
    Operand,
    Scope,
    compile_expression,
    evaluate,
    is_true,
)
from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.special import SPECIAL
from tests.surveys.expressions.asking import NOW

ODD = ["NaN", "-0", "1" * 400, "Infinity", " 7 ", "1e9", "2026-05-17", "9999-12-31T23:59:59.999999Z", "0000-00-00"]
answers = st.text() | st.sampled_from(ODD) | st.text(st.characters(codec=None), max_size=5)

PIECES = [*"()+-*,=<>.'", "${a}", "'x'", "1", "2.5", "!=", ">=", " and ", " or ", " div ", " mod ", "a", "[", "/"]
CALLS = [f"{name}(" for name in [*FUNCTIONS, *SPECIAL]]


def ask(source: str, answer: str, *, columns: bool = False) -> Operand:
    scope = Scope(lambda _: answer, answer, NOW, lambda _question, _choice: answer, lambda _: answer)
    return evaluate(compile_expression(source, columns=columns), scope)


@given(
    st.lists(st.sampled_from(PIECES + CALLS), max_size=30).map("".join) | st.text(max_size=60) | answers,
    answers,
    st.booleans(),
)
@settings(max_examples=400)
def test_nothing_but_expression_errors(source: str, answer: str, columns: bool) -> None:
    try:
        result = ask(source, answer, columns=columns)
    except ExpressionError as error:
        result, position, message = "", error.position, error.message
    else:
        position, message = 1, "понято"
    assert isinstance(result, str | float | bool)
    assert 1 <= position <= len(source) + 1
    assert message


def _well_formed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or"])
    return (
        st.builds("({} {} {})".format, inner, operators, inner)
        | inner.map("-{}".format)
        | st.sampled_from(sorted({*FUNCTIONS, *SPECIAL} - {"regex", "jr:choice-name"})).flatmap(
            lambda name: _called(name, inner)
        )
        | inner.map("regex({}, '[а-я]*|(a+)+')".format)
        | inner.map("jr:choice-name({}, '${{a}}')".format)
    )


def _called(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signature = SPECIAL.get(name) or FUNCTIONS[name]
    most = signature.at_least + 4 if signature.at_most is None else signature.at_most
    counts = [count for count in range(signature.at_least, most + 1) if signature.takes(count)]
    return st.sampled_from(counts).flatmap(
        lambda count: st.lists(inner, min_size=count, max_size=count).map(
            lambda arguments: f"{name}({', '.join(arguments)})"
        )
    )


leaves = st.sampled_from(
    ["${a}", ".", "'x y'", "''", "1", "-2.5", "99999999999999999999", "0.1", "true()", "1 div 0", "now()", "'%Y %d'"]
)
well_formed = st.recursive(leaves, _well_formed, max_leaves=12)


@given(well_formed, answers)
@settings(max_examples=400)
def test_evaluating_never_raises(source: str, answer: str) -> None:
    result = ask(source, answer)
    assert isinstance(result, str | float | bool)
    assert not isinstance(result, str) or len(result) <= max(MAX_TEXT, len(answer), len(source))


@pytest.mark.parametrize("opening", ["(", "-", "not(", "1 + (", "if(1, ", "if(1, 2, ", "concat('a', "])
def test_nesting_is_bounded(opening: str) -> None:
    with pytest.raises(ExpressionError, match="вложено глубже"):
        compile_expression(opening * (MAX_DEPTH + 1) + "1")


def test_a_long_ladder_of_ifs_has_room() -> None:
    steps = 90
    source = "".join(f"if(${{a}} = {step}, 'v{step}', " for step in range(steps)) + "'none'" + ")" * steps
    assert ask(source, "89") == "v89"
    assert ask(source, "x") == "none"


def test_length_is_bounded() -> None:
    with pytest.raises(ExpressionError, match="длиннее"):
        compile_expression("1" + " " * MAX_LENGTH)


@pytest.mark.parametrize("operator", ["or", "and", "=", "<", "+", "*", "div"])
def test_a_long_list_of_operators_is_no_nesting(operator: str) -> None:
    count = MAX_LENGTH // (len(operator) + 3) - 1
    assert not isinstance(ask(f"1 {operator} " * count + "1", ""), str)


def test_each_reference_is_looked_up_at_most_once() -> None:
    """Work grows with the text of the expression, whatever the answers are."""
    looked_up: list[str] = []

    def lookup(name: str) -> str:
        looked_up.append(name)
        return "1"

    compiled = compile_expression(" + ".join(["if(${a}, ${b}, coalesce(${c}, ${d}))"] * 40))
    evaluate(compiled, Scope(lookup))
    assert len(looked_up) == len(compiled.references) == 160


@pytest.mark.parametrize("operator", ["and", "or"])
def test_what_is_settled_is_not_asked(operator: str) -> None:
    looked_up: list[str] = []

    def lookup(name: str) -> str:
        looked_up.append(name)
        return "1" if name == "b" else ""

    a, b = ("${b}", "${a}") if operator == "and" else ("${a}", "${b}")
    is_true(compile_expression(f"{a} {operator} {b} {operator} ${{c}}"), Scope(lookup))
    assert looked_up == (["b", "a"] if operator == "and" else ["a", "b"])


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){12}", "(a?){500}a{500}", "(([a-z])+.)+[A-Z]"])
def test_a_pattern_cannot_hang(pattern: str) -> None:
    assert ask(f"regex(., '{pattern}')", "a" * 20_000 + "!") is False


def test_a_pattern_too_large_is_refused() -> None:
    with pytest.raises(ExpressionError, match="велик"):
        compile_expression("regex(., '" + "[а-яёА-ЯЁ]{900}" * 50 + "')")


@pytest.mark.parametrize(
    "source",
    [
        "concat(" + ", ".join(["${a}"] * 500) + ")",
        "join(${a}, " + ", ".join(["'x'"] * 500) + ")",
        "format-date('2026-05-17', '" + "%A" * 3000 + "')",
        "jr:choice-name(${a}, '${a}')",
    ],
)
def test_texts_do_not_grow_without_end(source: str) -> None:
    result = ask(source, "слово " * 2000)
    assert isinstance(result, str)
    assert len(result) == MAX_TEXT


def test_a_broken_sign_in_an_answer_is_a_sign() -> None:
    assert ask("regex(., '.')", "\ud800") is True
    assert ask("regex(., '[а-я]')", "\ud800") is False
    assert ask("regex(., '.')", "😀") is True
    assert ask("string-length(.)", "😀") == 1.0
