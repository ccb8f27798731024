"""Whom a walk pretends to be: what the registry and a campaign would know, as far as the survey asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from admin.surveys.words import fact_value
from core.surveys.model import NO, NOW, YES, Fact, Facts, SurveyDefinition

_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"event_title": "Семинар для педагогов", "organisation_staff": "40", "organisation_young": "6"}
)
"""Of facts that can be anything."""


@dataclass(frozen=True, slots=True)
class Who:
    """One thing to choose: `choices` are value and words; none when it is typed."""

    name: str
    title: str
    value: str
    choices: tuple[tuple[str, str], ...]


def known(definition: SurveyDefinition) -> dict[str, tuple[str, ...]]:
    """The facts that this survey names, in the order of the registry, with all they can be."""
    return {name: fact.values for name, fact in definition.facts().items() if name in definition.named}


def beginning(definition: SurveyDefinition, now: datetime, timezone: str) -> Facts:
    """Somebody plausible, at this moment."""
    defaults = {option.fact.name: YES if option.default else NO for option in definition.options}
    facts = {name: defaults.get(name, _first(name, definition.facts()[name])) for name in known(definition)}
    return {**facts, NOW: now.astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds")}


def questions(definition: SurveyDefinition, facts: Facts) -> list[Who]:
    """What can be chosen before the walk."""
    return [
        Who(
            name=name,
            title=definition.facts()[name].title,
            value=facts.get(name, ""),
            choices=tuple((value, fact_value(name, value)) for value in values),
        )
        for name, values in known(definition).items()
    ]


def said(definition: SurveyDefinition, facts: Facts) -> list[tuple[str, str]]:
    """Who was chosen, in words."""
    return [(one.title, fact_value(one.name, one.value) or "не известно") for one in questions(definition, facts)]


def _first(name: str, fact: Fact) -> str:
    if set(fact.values) == {YES, NO}:
        return NO
    return fact.values[0] if fact.values else _EXAMPLES.get(name, "")
