"""Courses that made-up people have finished in the last years."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from core.profiles.model import Words
from playground.people.draft import Draft
from playground.people.model import MadeUpTraining

FILE = Path(__file__).with_name("training.yaml")
YEARS_BACK = 4
HOW_MANY = ((0, 15), (1, 35), (2, 32), (3, 18))
RETRAINED = 0.12
RETRAINED_YEARS_BACK = 12
HOURS_A_WEEK = 12


def finished_courses(draft: Draft, group: str, words: Words, today: date, rng: Random) -> list[MadeUpTraining]:
    """Courses for that survey group of positions, oldest first, none before the first working year."""
    suiting = [programme for programme in _programmes()["programmes"] if group in programme["groups"]]
    many = rng.choices([count for count, _ in HOW_MANY], [weight for _, weight in HOW_MANY])[0]
    records = [
        _record(programme, "advanced", words, _finished(draft, today, YEARS_BACK, rng))
        for programme in rng.sample(suiting, min(many, len(suiting)))
    ]
    retraining = [programme for programme in _programmes()["retraining"] if group in programme["groups"]]
    if retraining and rng.random() < RETRAINED:
        finished = _finished(draft, today, RETRAINED_YEARS_BACK, rng)
        records.append(_record(rng.choice(retraining), "retraining", words, finished))
    return sorted(
        (record for record in records if record.started_on.year >= draft.first_work_year),
        key=lambda record: (record.finished_on, record.programme),
    )


def programmes() -> list[tuple[str, Mapping[str, Any]]]:
    """All of them with their kind, as a bank of programmes lists them."""
    kinds = (("advanced", "programmes"), ("retraining", "retraining"))
    return [(kind, one) for kind, part in kinds for one in _programmes()[part]]


def _finished(draft: Draft, today: date, years_back: int, rng: Random) -> date:
    first = max(date(draft.first_work_year, 1, 1), today - timedelta(days=365 * years_back))
    return first + timedelta(days=rng.randrange((today - first).days + 1))


def _record(programme: Mapping[str, Any], kind: str, words: Words, finished: date) -> MadeUpTraining:
    providers = {"academy": words.federal_academy, "regional_institute": words.regional_institute}
    hours: int = programme["hours"]
    return MadeUpTraining(
        programme=programme["title"],
        provider=providers.get(programme["provider"]) or programme["provider"],
        kind=kind,
        hours=hours,
        federal_register=programme.get("register", False),
        ict=programme.get("ict", False),
        management_team=programme.get("management_team", False),
        started_on=finished - timedelta(weeks=max(1, hours // HOURS_A_WEEK)),
        finished_on=finished,
    )


@cache
def _programmes() -> dict[str, list[dict[str, Any]]]:
    with FILE.open(encoding="utf-8") as file:
        programmes: dict[str, list[dict[str, Any]]] = yaml.safe_load(file)
    return programmes
