"""Made-up audiences and small surveys, for the tests of this folder."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from core.rehearsal.model import Asked, Plan
from core.surveys.loading import parse_definition
from core.surveys.model import NOW, SurveyDefinition

OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
HEAD = """
code: sample
version: "1"
title: Проба
purpose: Проверить прогон
privacy: {privacy}
respondent: {respondent}
minutes: {minutes}
k: 5
source: Для проверки
feedback: [{{text: Спасибо}}]
"""
LISTS = {
    "yes_no": '[{name: "yes", label: "Да"}, {name: "no", label: "Нет"}]',
    "agree": "[{name: low, label: Нет}, {name: middle, label: И да и нет}, {name: high, label: Да}]",
    "topics": ("[{name: reading, label: Чтение, who: subject_teacher}, {name: play, label: Игра, who: preschool}]"),
    "ways": "[" + ", ".join(f"{{name: {one}, label: Ответ {one}}}" for one in "abcdefghijkl") + "]",
}


def survey(
    questions: str, *, privacy: str = "named", respondent: str = "teacher", minutes: int = 3, more: str = ""
) -> SurveyDefinition:
    """With those of the lists that its questions use."""
    head = HEAD.format(privacy=privacy, respondent=respondent, minutes=minutes)
    used = "".join(f"  {name}: {choices}\n" for name, choices in LISTS.items() if f" {name}," in questions)
    return parse_definition(f"{head}{used and 'choices:'}\n{used}questions:\n{questions}{more}", "sample.yaml")


def asked(person: int, **changes: Any) -> Asked:
    """A subject teacher of the first school, who has joined."""
    facts = {NOW: "2026-12-01T09:00:00+08:00", "teacher_position_group": "subject_teacher"}
    values: dict[str, Any] = {
        "key": (person, 0),
        "organisation_id": 1,
        "kind": "school",
        "position_group": "subject_teacher",
        "experience": "11-20",
        "joined": True,
        "facts": facts,
    }
    return Asked(**{**values, **changes, "facts": {**facts, **changes.get("facts", {})}})


def crowd_of(count: int) -> list[Asked]:
    return [asked(number) for number in range(1, count + 1)]


def plan(definition: SurveyDefinition, people: Sequence[Asked], **changes: Any) -> Plan:
    return Plan(**{"seed": 7, "definition": definition, "k": 5, "opens_at": OPENS, "asked": tuple(people), **changes})
