"""A reminder as its reader will see it, with an example of what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from core.reminders.model import RuleView


@dataclass(frozen=True, slots=True)
class Sample:
    """Plain text: first the words, then what it is about."""

    lead: str
    facts: str


def sample(rule: RuleView) -> Sample:
    ours = samples()[f"{rule.kind}.{rule.whom}"]
    return Sample(rule.words or ours.lead, ours.facts)


@cache
def samples() -> Mapping[str, Sample]:
    """By kind and whom."""
    loaded = yaml.safe_load(Path(__file__).with_name("samples.yaml").read_text(encoding="utf-8"))
    return {key: Sample(**one) for key, one in loaded.items()}
