"""Russian words for what the audit writes down; for pages and for the file that a person gets about themselves."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def groups() -> Mapping[str, str]:
    """Code of a group → its heading, in the order in which they are offered."""
    return MappingProxyType({code: one["title"] for code, one in _file().items()})


@cache
def actions_of(group: str) -> tuple[str, ...]:
    """Codes of the group's actions. Raises KeyError for no group."""
    return tuple(_file()[group]["actions"])


@cache
def actions() -> Mapping[str, str]:
    """Code of an action → what was done."""
    return MappingProxyType({code: said for one in _file().values() for code, said in one["actions"].items()})


def action_said(code: str) -> str:
    """An action of a version that knew more than this one is named by its code."""
    return actions().get(code, code)
