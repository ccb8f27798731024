"""Small surveys and random ones, for the tests of this folder."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from core.surveys.loading import definition_from_json, parse_definition
from core.surveys.model import FACTS, Facts, Question, QuestionType, SurveyDefinition, Value

CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"
CATALOGUE_FILES = tuple(sorted(path.name for path in CATALOGUE.glob("*.yaml")))


def catalogue(name: str) -> SurveyDefinition:
    return parse_definition((CATALOGUE / name).read_text(encoding="utf-8"), name)


SAMPLE = """
code: sample
version: "1"
title: Проба
purpose: Проверить правила
privacy: named
respondent: teacher
minutes: 2
k: 5
source: Для проверки
choices:
  yes_no:
    - {name: yes, label: Да}
    - {name: no, label: Нет}
  topics:
    - {name: speech, label: Речь}
    - {name: ict, label: Компьютер}
    - {name: play, label: Игра}
questions:
  - {type: note, name: intro, label: Здравствуйте}
  - {type: select_one yes_no, name: teaches, label: "Вы преподаёте?", required: true}
  - {type: begin_group, name: lessons, label: Уроки, relevant: "${teaches} = 'yes'"}
  - {type: integer, name: hours, label: "Сколько часов?", required: true,
     constraint: ". >= 1 and . <= 40", constraint_message: От 1 до 40}
  - {type: select_multiple topics, name: topics, label: Темы, relevant: "${hours} > 10"}
  - {type: end_group}
  - {type: text, name: why, label: "Почему?", relevant: "selected(${topics}, 'ict')"}
  - {type: text, appearance: multiline, name: comment, label: "Ещё?"}
  - {type: note, name: bye, label: Спасибо}
"""


def sample() -> SurveyDefinition:
    return parse_definition(SAMPLE, "sample.yaml")


def numbers(definition: SurveyDefinition, **answers: Value) -> dict[int, Value]:
    """Answers by name of question; a choice by its name."""
    return {definition.by_name(name).number: _value(definition.by_name(name), value) for name, value in answers.items()}


def _value(question: Question, value: Value) -> Value:
    by_name = {choice.name: choice.number for choice in question.choices}
    return by_name[value] if isinstance(value, str) and by_name else value


def value_for(question: Question) -> st.SearchStrategy[Value]:
    """Any value this question can hold."""
    count = len(question.choices)
    if question.type is QuestionType.RANGE:
        assert question.row is not None
        return st.sampled_from(question.row.numbers)
    known: dict[QuestionType, st.SearchStrategy[Value]] = {
        QuestionType.SELECT_ONE: st.integers(1, max(count, 1)),
        QuestionType.LIKERT: st.integers(1, max(count, 1)),
        QuestionType.SELECT_MULTIPLE: st.sets(st.integers(1, max(count, 1)), min_size=1).map(sorted).map(tuple),
        QuestionType.RANK: st.permutations(range(1, count + 1)).map(tuple),
        QuestionType.INTEGER: st.integers(-1_000_000_000, 1_000_000_000),
        QuestionType.DECIMAL: st.decimals(-1000, 1000, places=2).map(float),
        QuestionType.DATE: st.dates().map(date.isoformat),
        QuestionType.TIME: st.times().map(lambda moment: moment.isoformat("minutes")),
        QuestionType.DATETIME: st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes")),
    }
    return known.get(question.type, st.text(min_size=1, max_size=50))


@st.composite
def answers_to(draw: st.DrawFn, definition: SurveyDefinition) -> dict[int, Value]:
    """Answers to some of the questions, whether relevant or not."""
    asked = [question for question in definition.questions if question.is_asked]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda question: question.number))
    return {question.number: draw(value_for(question)) for question in chosen}


def facts_for(definition: SurveyDefinition) -> st.SearchStrategy[Facts]:
    known = definition.facts()
    open_ended = st.sampled_from(["0", "7", "Семинар"])
    values = {name: st.sampled_from(fact.values) if fact.values else open_ended for name, fact in known.items()}
    return st.fixed_dictionaries({}, optional=values)


_LISTS = {"few": ["a", "b"], "many": ["x", "y", "z", "w"]}
_TYPES = [
    "select_one few", "select_one many", "select_multiple many", "rank few", "integer", "decimal", "range", "date",
    "time", "dateTime", "text", "note", "calculate",
]  # fmt: skip


def _condition(draw: st.DrawFn, names: list[str]) -> str:
    atom = st.sampled_from(names).flatmap(
        lambda name: st.sampled_from(
            [f"${{{name}}} = 'a'", f"selected(${{{name}}}, 'x')", f"${{{name}}} > 3", f"not(${{{name}}} = '')"]
        )
    )
    return draw(
        st.lists(atom, min_size=1, max_size=3).flatmap(
            lambda parts: st.sampled_from([" and ", " or "]).map(lambda word: word.join(parts))
        )
    )


@st.composite
def surveys(draw: st.DrawFn) -> SurveyDefinition:
    """A survey of up to a dozen questions in nested groups, each depending on earlier ones at will."""
    rows: list[dict[str, Any]] = [{"type": "select_one few", "name": "q0", "label": "?"}]
    names, opened = ["q0", *FACTS], 0
    for place in range(1, draw(st.integers(1, 12))):
        if draw(st.integers(0, 3)) == 0:
            rows.append({"type": "begin_group", "name": f"g{place}", "label": "Раздел", **_maybe(draw, names)})
            opened += 1
        kind = draw(st.sampled_from(_TYPES))
        row: dict[str, Any] = {"type": kind, "name": f"q{place}", "label": "?", **_maybe(draw, names)}
        if kind == "calculate":
            row["calculation"] = f"${{{draw(st.sampled_from(names))}}} + 1"
        elif kind != "note":
            row["required"] = draw(st.one_of(st.booleans(), st.sampled_from(names).map("${{{}}} != ''".format)))
        if kind in {"select_one many", "rank few"} and draw(st.booleans()):
            row["choice_filter"] = f"name != ${{{draw(st.sampled_from(names))}}}"
        rows.append(row)
        names += [f"q{place}"] if kind != "note" else []
        if opened and draw(st.booleans()):
            rows.append({"type": "end_group"})
            opened -= 1
    rows += [{"type": "end_group"}] * opened
    return definition_from_json(json.dumps(_document(rows)))


def _maybe(draw: st.DrawFn, names: list[str]) -> dict[str, str]:
    return {"relevant": _condition(draw, names)} if draw(st.booleans()) else {}


def _document(rows: list[dict[str, Any]]) -> dict[str, Any]:
    used = {row["type"].split()[-1] for row in rows}
    return {
        "code": "random", "version": "1", "title": "Проба", "purpose": "Проба", "privacy": "confidential",
        "respondent": "teacher", "minutes": 1, "k": 5, "source": "Проба", "questions": rows,
        "choices": {
            name: [{"name": choice, "label": choice} for choice in choices]
            for name, choices in _LISTS.items()
            if name in used
        },
    }  # fmt: skip
