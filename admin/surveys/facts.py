"""Whom a preview is walked through as: the facts that a survey speaks of, in words."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from admin.surveys.words import fact_value
from core.clock import Clock
from core.surveys.model import NO, NOW, YES, SurveyDefinition

PREFIX = "fact-"
"""Begins the name of every field."""
LONGEST = 100


@dataclass(frozen=True, slots=True)
class FactField:
    """`choices` are (value, words); none: it is typed. `value` is what is chosen at first."""

    name: str
    title: str
    choices: tuple[tuple[str, str], ...]
    value: str = ""

    @property
    def field(self) -> str:
        return PREFIX + self.name


def fields(definition: SurveyDefinition) -> list[FactField]:
    """One for each fact that the survey names, in the order of the reference."""
    switches = {option.fact.name: YES if option.default else NO for option in definition.options}
    found = []
    for name, fact in definition.facts().items():
        if name not in definition.named:
            continue
        choices = tuple((value, fact_value(name, value)) for value in fact.values)
        found.append(FactField(name, fact.title[:1].upper() + fact.title[1:], choices, switches.get(name, "")))
    return found


def chosen(definition: SurveyDefinition, form: FormData, clock: Clock, timezone: str) -> dict[str, str]:
    """What was chosen, and the present moment; a value that the page does not offer is left out."""
    facts = {NOW: clock.now().astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds")}
    for one in fields(definition):
        value = str(form.get(one.field, "")).strip()[:LONGEST]
        if value and (not one.choices or value in dict(one.choices)):
            facts[one.name] = value
    return facts
