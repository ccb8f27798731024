"""Russian words for the parts of an audience; they stand in words.yaml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml


@cache
def known() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(loaded)


def title(part: str) -> str:
    """Heading of a group of choices."""
    said: str = known()["parts"][part]
    return said


def labels(part: str) -> Mapping[str, str]:
    """Code of a choice → its label, in the order in which they are offered; for parts that are no rows."""
    said: dict[str, str] = known()["labels"][part]
    return MappingProxyType(said)
