"""Operators and conversions as XPath 1.0 has them, and where a faulty expression is said to be faulty."""

import math

import pytest

from core.surveys.expressions import ExpressionError, compile_expression
from tests.surveys.expressions.asking import value


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
        ("5 mod -3", 2.0),
        ("-5.5 mod 2", -1.5),
        ("-'19'", -19.0),
        ("true() + 8", 9.0),
        ("'-17' > '-172'", True),
        ("'abc' < 'abcd'", False),
        ("true() = 'true'", True),
        ("0 = false()", True),
        ("17 = '17.00'", True),
        ("-3 < 3 = 6 >= 6", True),
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
        ("if(${word} = 'да', 'yes', 'no')", "yes"),
        ("if(${empty}, 'yes', 'no')", "no"),
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
    assert value(f"${{empty}} {operator} 5") is False


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
        ("${a} ≥ 1", 6, ">="),
        ("${a} = «да»", 8, "прямые кавычки"),
        ("если(1, 2, 3)", 1, "латинскими"),
        ("a / b", 3, "div"),
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
