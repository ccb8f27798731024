"""What an expression is made of: names, columns, labels; and what every slip is told."""

import pytest

from core.surveys.expressions import ExpressionError, compile_expression
from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.refused import REFUSED
from core.surveys.expressions.special import SPECIAL
from tests.surveys.expressions.asking import value


def test_names_may_be_russian() -> None:
    assert value("${возраст} + ${good.name-1}") == 8.0


def test_invisible_spaces_do_not_matter() -> None:
    assert value("\ufeff1\u00a0+\r\n\t2\u200b") == 3.0


def test_both_quotation_marks_hold_a_text() -> None:
    assert value("""concat("он сказал 'да'", ' и "нет"')""") == "он сказал 'да' и \"нет\""


def test_a_choice_filter_knows_columns() -> None:
    compiled = compile_expression("kind = 'urban' and name != ${word}", columns=True)
    assert [(column.name, column.position) for column in compiled.columns] == [("kind", 1), ("name", 20)]
    assert [reference.name for reference in compiled.references] == ["word"]
    assert value("kind = 'urban' and name != ${word}", columns=True) is True


def test_references_keep_their_order_and_place() -> None:
    compiled = compile_expression("if(${b} > 1, concat(${a}, ${b}), -${c})")
    assert [(reference.name, reference.position) for reference in compiled.references] == [
        ("b", 4),
        ("a", 21),
        ("b", 27),
        ("c", 35),
    ]


def test_labels_are_no_answers() -> None:
    compiled = compile_expression("jr:choice-name(${a}, '${b}')")
    assert compiled.labels_of == ("b",)
    assert [reference.name for reference in compiled.references] == ["a"]


def test_written_the_same_is_equal() -> None:
    assert compile_expression("1 + 1") == compile_expression("1 + 1")
    assert compile_expression("1 + 1") != compile_expression("1+1")


@pytest.mark.parametrize(
    ("source", "position", "advice"),
    [
        ("${a} == 1", 6, "одним знаком"),
        ("${a} => 1", 6, ">="),
        ("${a} =< 1", 6, "<="),
        ("${a} <> 1", 6, "!="),
        ("${a} && ${b}", 6, "and"),
        ("${a} || ${b}", 6, "or"),
        ("${a} &lt; 1", 6, "сам знак: <"),
        ("${a} = &quot;1&quot;", 8, "кавычки"),
        ("1e3", 1, "1000"),
        ("${a} * 2.5E-3", 8, "1000"),
        ("2,5 + 1", 2, "точкой: 2.5"),
        ("(2,5)", 3, "точкой: 2.5"),
        ("if(1; 2; 3)", 5, "запятая"),
        ("selected(${a} 'x')", 15, "запятой"),
        ("/data/age > 3", 1, "${age}"),
        ("../age > 3", 1, "${age}"),
        ("./age > 3", 2, "${age}"),
        ("..", 1, "${имя_вопроса}"),
        ("${a} / 2", 6, "div"),
        ("${a} // 2", 6, "div"),
        ("child::age", 6, "${имя_вопроса}"),
        ("@age", 1, "${имя_вопроса}"),
        ("${a}[1]", 5, "квадратных скобках"),
        ("2 ^ 3", 3, "pow"),
        ("5 % 2", 3, "mod"),
        ("2 × 2", 3, "*"),
        ("4 ÷ 2", 3, "div"),
        ("5 – 2", 3, "обычный минус"),
        ("${a} = „да“", 8, "прямые кавычки"),
        ("${last-saved#a}", 1, "прошлой анкеты"),
        ("${a b}", 1, "${имя_вопроса}"),
        ("${1a}", 1, "${имя_вопроса}"),
        ("$a", 1, "${имя_вопроса}"),
        ("#{a}", 1, "${имя_вопроса}"),
        ("1)", 2, "не открыта"),
        ("1 AND 2", 3, "нужно and"),
        ("1 или 2", 3, "нужно or"),
        ("TRUE", 1, "true()"),
        ("today", 1, "today()"),
        ("если(1, 2, 3)", 1, "буквами: if"),
        ("выбрано(1)", 1, "латинскими"),
        ("NOT(1)", 1, "возможно, not()"),
        ("qqqqqq()", 1, "справочника ODK"),
        ("1 + position(..)", 5, "повторов в чате нет"),
        ("current()/../age", 1, "${имя_вопроса}"),
        ("instance('x')/data/item[name=1]/label", 1, "choice_filter"),
        ("count(${a})", 1, "count-selected"),
        ("uuid()", 1, "одинаково"),
        ("random()", 1, "одинаково"),
        ("weighted-checklist(1, 2, 'yes', 3, 'no')", 1, "чётное"),
        ("checklist(1, 2)", 1, "не меньше 3"),
        ("round(1, 2, 3)", 1, "1–2"),
        ("jr:choice-name(1, ${a})", 1, "в кавычках"),
        ("jr:choice-name(1, 'a')", 1, "в кавычках"),
        ("regex(., ${a})", 1, "в кавычках"),
        ("regex(., 1)", 1, "в кавычках"),
        ("regex(., '(?=x)y')", 11, "and"),
        (r"regex(., '(a)\1')", 14, "такого обозначения"),
        ("regex(., 'а{3000}')", 12, "1000"),
        ("regex(., '[а-я')", 11, "не закрыта"),
        ("regex(., 'а)')", 11, "не открыта"),
        (r"regex(., '\p{IsCyrillic}+')", 11, "[А-Яа-яЁё]"),
        ("regex(., '[а-я&&[^ё]]')", 15, "перечислите"),
        ("regex(., 'а++')", 12, "повторения"),
        ("regex(., '((a{1000}){1000}){1000}')", 14, "1000"),
        ("format-date(${a}, '%d.%q')", 23, "%q нет"),
        ("format-date(${a}, '100 %')", 24, "% нет"),
        ("'\ud800'", 2, "испорченный знак"),
        ("~", 1, "непонятный знак"),
    ],
)
def test_slips_are_located_with_advice(source: str, position: int, advice: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    assert (caught.value.position, advice in caught.value.message) == (position, True), caught.value


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_a_chat_has_not_is_refused_by_name(name: str) -> None:
    with pytest.raises(ExpressionError, match="знак 1: ") as caught:
        compile_expression(f"{name}(${{a}})")
    assert caught.value.message.startswith(f"{name}(): ")
    assert name not in FUNCTIONS
    assert name not in SPECIAL
