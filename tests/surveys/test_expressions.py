"""The expression language: what XPath 1.0 and ODK say, and that no input can do harm."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.expressions import MAX_DEPTH, MAX_LENGTH, ExpressionError, compile_expression, evaluate, is_true

NAMES = {"age": "35", "empty": "", "topics": "speech ict", "word": "да", "zero": "0"}


def value(source: str, dot: str = "") -> str | float | bool:
    return evaluate(compile_expression(source), lambda name: NAMES.get(name, ""), dot)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("2 - -2", 4.0),
        ("-2 * 3", -6.0),
        ("7 div 2", 3.5),
        ("5 mod 2", 1.0),
        ("-5 mod 2", -1.0),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("1 < 2 = true()", True),
        ("1 or 0 and 0", True),
        ("true() and not(false())", True),
        ("'a' = 'a'", True),
        ("\"a\" != 'b'", True),
        ("'1' = 1", True),
        ("'01' = '1'", False),
        ("${age} >= 35 and ${age} < 36", True),
        ("${age} = '35'", True),
        ("${age}+1", 36.0),
        ("${ age }-1", 34.0),
        ("selected(${topics}, 'ict')", True),
        ("selected(${topics}, 'ic')", False),
        ("selected(${empty}, '')", False),
        ("count-selected(${topics})", 2.0),
        ("count-selected(${empty})", 0.0),
        ("if(${word} = 'да', 'yes', 'no')", "yes"),
        ("if(${empty}, 'yes', 'no')", "no"),
        ("coalesce(${empty}, ${age})", "35"),
        ("coalesce(${empty}, '')", ""),
        ("coalesce(number(${empty}), 5)", 5.0),
        ("string-length(${word})", 2.0),
        ("number(' 12.5 ')", 12.5),
        ("int(2.9)", 2.0),
        ("int(-2.9)", -2.0),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(3.14159, 2)", 3.14),
        ("round(1234, -2)", 1200.0),
        (".5 + 1.", 1.5),
    ],
)
def test_values(source: str, expected: str | float | bool) -> None:
    result = value(source)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    "source", ["number('')", "number('abc')", "number('1e5')", "1 + ${empty}", "0 div 0", "1 mod 0"]
)
def test_what_is_no_number_is_nan(source: str) -> None:
    assert math.isnan(float(value(source)))


@pytest.mark.parametrize("operator", ["=", "<", "<=", ">", ">="])
def test_comparing_an_empty_number_is_false(operator: str) -> None:
    assert not is_true(compile_expression(f"${{empty}} {operator} 5"), NAMES.__getitem__)


def test_empty_differs_from_any_number() -> None:
    assert value("${empty} != 5") is True
    assert value("${empty} = ''") is True


def test_dot_is_the_answer_being_checked() -> None:
    assert value(". >= 1 and . <= 40", dot="12") is True
    assert value("string-length(.) <= 3", dot="четыре") is False


@pytest.mark.parametrize(
    ("source", "position", "advice"),
    [
        ("", 1, "не хватает значения"),
        ("1 +", 4, "не хватает значения"),
        ("${age} > ", 10, "не хватает значения"),
        ("age > 3", 1, "${age}"),
        ("'a", 1, "не закрыта"),
        ("(1 + 2", 1, "не закрыта"),
        ("selected(${a}, 'x'", 9, "не закрыта"),
        ("1 2", 3, "не хватает знака"),
        ("${a} == 1", 7, "ожидается значение"),
        ("${a} ≥ 1", 6, ">="),
        ("${a} = «да»", 8, "прямые кавычки"),
        ("${имя} = 1", 1, "латинскими"),
        ("если(1, 2, 3)", 1, "латинскими"),
        ("a / b", 3, "div"),
        ("regex(., '[0-9]+')", 1, "не поддерживается"),
        ("slected(${a}, 'x')", 1, "возможно, selected()"),
        ("not()", 1, "дано: 0"),
        ("if(1, 2)", 1, "дано: 2"),
        ("1 + * 2", 5, "ожидается значение"),
        ("and 1", 1, "${and}"),
    ],
)
def test_faults_are_located_with_advice(source: str, position: int, advice: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    assert caught.value.position == position
    assert advice in caught.value.message


@pytest.mark.parametrize("opening", ["(", "-", "not(", "1 + (", "if(1, "])
def test_nesting_is_bounded(opening: str) -> None:
    with pytest.raises(ExpressionError, match="вложено глубже"):
        compile_expression(opening * (MAX_DEPTH + 1) + "1")


def test_length_is_bounded() -> None:
    with pytest.raises(ExpressionError, match="длиннее"):
        compile_expression("1" + " " * MAX_LENGTH)


@pytest.mark.parametrize("operator", ["or", "and", "=", "<", "+", "*", "div"])
def test_a_long_list_of_operators_is_no_nesting(operator: str) -> None:
    count = MAX_LENGTH // (len(operator) + 3) - 1
    compiled = compile_expression(f"1 {operator} " * count + "1")
    evaluate(compiled, NAMES.__getitem__)


def test_each_reference_is_looked_up_at_most_once() -> None:
    """Work grows with the text of the expression, whatever the answers are."""
    looked_up: list[str] = []

    def lookup(name: str) -> str:
        looked_up.append(name)
        return "1"

    compiled = compile_expression(" + ".join(["if(${a}, ${b}, coalesce(${c}, ${d}))"] * 40))
    evaluate(compiled, lookup)
    assert len(looked_up) == len(compiled.references) == 160


PIECES = ["${a}", "${b}", ".", "'x'", "''", "1", "2.5", "0", "(", ")", ",", "+", "-", "*", "=", "!=", "<", ">="]
WORDS = [
    " and ",
    " or ",
    " div ",
    " mod ",
    "not(",
    "selected(",
    "count-selected(",
    "if(",
    "coalesce(",
    "round(",
    "int(",
]


@given(st.one_of(st.lists(st.sampled_from(PIECES + WORDS), max_size=30).map("".join), st.text(max_size=60)), st.text())
def test_nothing_but_expression_errors(source: str, answer: str) -> None:
    position = 1
    try:
        compiled = compile_expression(source)
    except ExpressionError as error:
        position = error.position
    else:
        assert isinstance(evaluate(compiled, lambda _: answer, answer), str | float | bool)
    assert 1 <= position <= len(source) + 1


def terms() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["${a}", ".", "'x y'", "''", "1", "99999999999999999999", "0.1", "true()"])
    pair = "({0} {1} {2})".format
    operators = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or"])
    calls = st.sampled_from(
        ["not({0})", "-{0}", "int({0})", "round({0}, {1})", "if({0}, {1}, 'n')", "number({0})", "selected({0}, {1})"]
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(pair, inner, operators, inner),
            st.builds(lambda call, first, second: call.format(first, second), calls, inner, inner),
        ),
        max_leaves=15,
    )


@given(terms(), st.text() | st.sampled_from(["NaN", "-0", "1" * 400, "Infinity", " 7 ", "1e9"]))
def test_evaluating_never_raises(source: str, answer: str) -> None:
    assert isinstance(evaluate(compile_expression(source), lambda _: answer, answer), str | float | bool)
