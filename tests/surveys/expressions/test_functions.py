"""Every function that ODK documents, by example; the meaning is ODK's, the examples are ours."""

import math

import pytest

from core.surveys.expressions import Operand, compile_expression, evaluate
from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.special import SPECIAL
from tests.surveys.expressions.asking import LATE_IN_UTC, same, scope, value

NAN = math.nan
INF = math.inf

EXAMPLES: list[tuple[str, Operand]] = [
    # if, once and choosing
    ("if(${age} > 17, 'взрослый', 'ребёнок')", "взрослый"),
    ("if(${empty} > 17, 'взрослый', 'ребёнок')", "ребёнок"),
    ("coalesce(${empty}, ${age})", "35"),
    ("coalesce(${empty}, number('нет'), '', 4)", 4.0),
    ("coalesce(${empty}, '')", ""),
    ("true()", True),
    ("false()", False),
    ("not(${empty})", True),
    ("boolean('false')", True),
    ("boolean(0)", False),
    ("boolean(number('нет'))", False),
    ("boolean-from-string('true')", True),
    ("boolean-from-string('TRUE')", True),
    ("boolean-from-string(1)", True),
    ("boolean-from-string('yes')", False),
    ("checklist(2, 3, 'yes', 'no', 'yes', 'maybe')", True),
    ("checklist(3, -1, 'yes', 'no', 'yes')", False),
    ("checklist(-1, 1, 'yes', 1 = 1)", False),
    ("checklist(1, 1, 1 = 1, 1 = 2)", True),
    ("weighted-checklist(5, 10, 'yes', 3, 'no', 100, 'yes', 2.5)", True),
    ("weighted-checklist(-1, 5, 'yes', 3, 'yes', 2.5)", False),
    # choices
    ("selected(${topics}, 'ict')", True),
    ("selected(${topics}, ' ict ')", True),
    ("selected(${topics}, 'ic')", False),
    ("selected(${empty}, '')", False),
    ("is-selected(${topics}, 'music')", True),
    ("selected-at(${topics}, 0)", "speech"),
    ("selected-at(${topics}, 2)", "music"),
    ("selected-at(${topics}, 3)", ""),
    ("selected-at(${topics}, -1)", ""),
    ("selected-at(${topics}, ${empty})", ""),
    ("count-selected(${topics})", 3.0),
    ("count-selected(${empty})", 0.0),
    ("jr:choice-name('ict', '${topics}')", "Цифровые технологии"),
    ("jr:choice-name(selected-at(${topics}, 2), '${ topics }')", "Музыка"),
    ("jr:choice-name(${topics}, '${topics}')", "Цифровые технологии, Музыка"),
    ("jr:choice-name('none', '${topics}')", ""),
    # texts
    ("regex('А123', '[А-Я][0-9]+')", True),
    ("regex('А123', '[0-9]+')", False),
    ("regex(${empty}, '')", True),
    ("regex('Ёж', '[А-Яа-яЁё]{2}')", True),
    ("contains('методист', 'тод')", True),
    ("contains('методист', '')", True),
    ("starts-with('методист', 'мет')", True),
    ("ends-with('методист', 'ист')", True),
    ("ends-with('методист', 'мет')", False),
    ("substr('методист', 2)", "тодист"),
    ("substr('методист', 0, 5)", "метод"),
    ("substr('методист', -3)", "ист"),
    ("substr('методист', 1, -1)", "етодис"),
    ("substr('методист', 5, 2)", ""),
    ("substr('методист', number('нет'), 1 div 0)", "методист"),
    ("substring('методист', 1, 5)", "метод"),
    ("substring('методист', 6)", "ист"),
    ("substring('методист', 1.5, 2.6)", "ето"),
    ("substring('методист', 0, 3)", "ме"),
    ("substring('методист', -1 div 0, 1 div 0)", ""),
    ("substring-before('2026-05-17', '-')", "2026"),
    ("substring-before('2026', '-')", ""),
    ("substring-before('2026', '')", ""),
    ("substring-after('2026-05-17', '-')", "05-17"),
    ("substring-after('2026', '-')", ""),
    ("substring-after('2026', '')", "2026"),
    ("translate('8 (900) 12', '() ', '')", "890012"),
    ("translate('абба', 'аб', 'ба')", "бааб"),
    ("translate('аа', 'аа', 'бв')", "бб"),
    ("string-length('да нет')", 6.0),
    ("string-length(${empty})", 0.0),
    ("normalize-space('  две \t строки ')", "две строки"),
    ("concat('всего: ', 2 + 1, ', ', true())", "всего: 3, true"),
    ("concat()", ""),
    ("join(', ', 'а', ${empty}, 3)", "а, , 3"),
    ("string(2.50)", "2.5"),
    ("string(-0)", "0"),
    ("string(1 div 0)", "Infinity"),
    ("string(123456789012345678)", "123456789012345680"),
    ("string(0.0000001)", "0.0000001"),
    ("string(1 = 1)", "true"),
    # numbers
    ("number(' 12.5 ')", 12.5),
    ("number('1e5')", NAN),
    ("number('+5')", NAN),
    ("number(true())", 1.0),
    ("number('2026-05-17')", 20590.0),
    ("int(2.9)", 2.0),
    ("int(-2.9)", -2.0),
    ("int(1 div 0)", INF),
    ("round(2.5)", 3.0),
    ("round(-2.5)", -2.0),
    ("round(0.49999999999999994)", 0.0),
    ("round(1.005, 2)", 1.01),
    ("round(14.29123, 1.5)", 14.3),
    ("round(12350.12345, -2)", 12400.0),
    ("round(1, 31)", NAN),
    ("round(1, 1 div 0)", NAN),
    ("round(1, ${empty})", NAN),
    ("round(1 div 0, 2)", INF),
    ("floor(-2.5)", -3.0),
    ("ceiling(2.1)", 3.0),
    ("abs(-3.5)", 3.5),
    ("pow(2, 10)", 1024.0),
    ("pow(4, 0.5)", 2.0),
    ("pow(10, 400)", INF),
    ("pow(-10, 401)", -INF),
    ("pow(-1, 0.5)", NAN),
    ("pow(0, -1)", INF),
    ("sqrt(9)", 3.0),
    ("sqrt(-1)", NAN),
    ("exp(0)", 1.0),
    ("exp(1000)", INF),
    ("exp10(3)", 1000.0),
    ("log(exp(2))", 2.0),
    ("log(0)", -INF),
    ("log(-1)", NAN),
    ("log10(1000)", 3.0),
    ("pi()", math.pi),
    ("sin(0)", 0.0),
    ("sin(1 div 0)", NAN),
    ("cos(0)", 1.0),
    ("tan(0)", 0.0),
    ("asin(1)", math.pi / 2),
    ("asin(2)", NAN),
    ("acos(1)", 0.0),
    ("atan(0)", 0.0),
    ("atan2(1, 1)", math.pi / 4),
    # sums
    ("sum(${age}, ${empty}, 5)", 40.0),
    ("sum('1 2 3.5')", 6.5),
    ("sum(${empty})", 0.0),
    ("min(3, ${empty}, -1)", -1.0),
    ("max(3, ${empty}, -1)", 3.0),
    ("max('4 11 9')", 11.0),
    ("max(${empty})", NAN),
    ("max(-5, -7)", -5.0),
    ("min(date('2026-05-01'), '2026-04-01')", 20544.0),
    ("count-non-empty(${age}, ${empty}, 0)", 2.0),
    # dates
    ("today()", "2026-05-17"),
    ("now()", "2026-05-17T09:30:15.250+03:00"),
    ("date(0)", "1970-01-01"),
    ("date(20590.9)", "2026-05-17"),
    ("date(-1)", "1969-12-31"),
    ("date('2026-5-7')", "2026-05-07"),
    ("date('2026-05-17T23:59:59.999+03:00')", "2026-05-17"),
    ("date('2026-02-30')", ""),
    ("date('не дата')", ""),
    ("date(true())", ""),
    ("date(1 div 0)", ""),
    ("date(99999999999)", ""),
    ("date-time(20590.5)", "2026-05-17T12:00:00.000"),
    ("date-time('2026-05-17')", "2026-05-17T00:00:00.000"),
    ("date-time('2026-05-17T25:00:00')", ""),
    ("decimal-date-time('1970-01-02T12:00:00')", 1.5),
    ("decimal-date-time(${empty})", ""),
    ("decimal-time('18:00')", 0.75),
    ("decimal-time('06:00:00.000+03:00')", 0.25),
    ("decimal-time('2026-05-17T12:00:00')", 0.5),
    ("decimal-time(2.25)", 0.25),
    ("decimal-time('24:00')", ""),
    ("format-date('2026-05-07', '%d.%m.%Y')", "07.05.2026"),
    ("format-date('2026-05-07', '%e %B %Y года, %A')", "7 мая 2026 года, четверг"),
    ("format-date('2026-05-07', '%B %y: %n, %b, %a, %W')", "май 26: 5, май, чт, 19"),
    ("format-date(20590, '%Y-%m-%d')", "2026-05-17"),
    ("format-date(${empty}, '%Y')", ""),
    ("format-date-time(now(), '%H:%M:%S.%3 (%h), 100 %%')", "09:30:15.250 (9), 100 %"),
    ("format-date-time('2026-05-07', concat('%', 'Q %'))", "%Q %"),
    # date arithmetic
    ("today() - ${born}", 13149.0),
    ("int((today() - ${born}) div 365.25)", 36.0),
    ("date(${born} + 7)", "1990-05-24"),
    ("${born} < today()", True),
    ("'2026-05-17' >= '2026-5-17'", True),
    ("today() = '2026-05-17'", True),
    ("today() > ${empty}", False),
    ("now() > today()", True),
    ("decimal-date-time(now()) - today()", (9.5 * 3600 + 15.25) / 86400),
]


@pytest.mark.parametrize(("source", "expected"), EXAMPLES)
def test_examples(source: str, expected: Operand) -> None:
    result = value(source)
    if isinstance(expected, float) and math.isfinite(expected):
        assert result == pytest.approx(expected, rel=1e-9)
        assert type(result) is float
    else:
        assert same(result, expected), result


def test_every_function_has_an_example() -> None:
    written = " ".join(source for source, _ in EXAMPLES)
    assert [name for name in [*FUNCTIONS, *SPECIAL] if f"{name}(" not in written] == ["once"]


def test_once_keeps_what_was_there() -> None:
    assert value("once(today())") == "2026-05-17"
    assert value("once(today())", "2020-01-01") == "2020-01-01"
    compiled = compile_expression("once(1) + 1")
    assert (compiled.uses_once, compiled.uses_dot) == (True, False)


@pytest.mark.parametrize("source", ["string-length() <= 3", "normalize-space() = 'да'"])
def test_without_a_value_it_is_about_the_answer(source: str) -> None:
    assert compile_expression(source).uses_dot
    assert value(source, " да") is True


def test_today_is_the_day_of_the_municipality() -> None:
    compiled = compile_expression("concat(today(), ' ', now())")
    assert evaluate(compiled, scope(now=LATE_IN_UTC)) == "2026-05-17 2026-05-17T21:30:00.000+00:00"


def test_without_a_clock_there_is_no_today() -> None:
    assert evaluate(compile_expression("concat(today(), now())"), scope(now=None)) == ""
    assert evaluate(compile_expression("today() > '2020-01-01'"), scope(now=None)) is False
