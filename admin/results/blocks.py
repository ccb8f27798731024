"""Results in the order of the page: scales together, statements with one set of answers together, the rest alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from core.results.model import CampaignResults, Result


@dataclass(frozen=True, slots=True)
class Block:
    """`key` names its charts and its place on the page."""

    key: str
    title: str
    section: str
    results: tuple[Result, ...]

    @property
    def is_battery(self) -> bool:
        return bool(self.results[0].battery)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(result.name for result in self.results)


SCALES = "scales"


def blocks(found: CampaignResults) -> list[Block]:
    scales = [Block(SCALES, "Шкалы", "", found.scales)] if found.scales else []
    return [*scales, *_of_questions(one for one in found.questions if not one.is_helper)]


def _of_questions(questions: Iterable[Result]) -> Iterable[Block]:
    for (battery, _), members in groupby(questions, key=_together):
        together = tuple(members)
        if battery and len(together) > 1:
            first = together[0]
            yield Block(f"table-{first.name}", first.section or "Утверждения", first.section, together)
        else:
            yield from (Block(f"question-{one.name}", one.label, one.section, (one,)) for one in together)


def _together(result: Result) -> tuple[str, tuple[str, ...]]:
    return result.battery, tuple(option.key for option in result.options) if result.battery else ()
