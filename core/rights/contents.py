"""The list of what is stored about a person, out of `contents.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Contents:
    """`title` and `columns` are Russian. `keys`: column → whether it names the person's "teacher" or "account"."""

    table: str
    title: str
    keys: Mapping[str, str]
    columns: Mapping[str, str]


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("contents.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def tables() -> tuple[Contents, ...]:
    """In the order in which a person reads them."""
    return tuple(Contents(name, one["title"], one["key"], one["columns"]) for name, one in _file()["tables"].items())


def left_out() -> Mapping[str, str]:
    """Columns that are not shown → why."""
    found: dict[str, str] = _file()["left_out"]
    return found


def elsewhere() -> Mapping[str, str]:
    """Tables that refer to people and are not listed → why."""
    found: dict[str, str] = _file()["elsewhere"]
    return found


def code_said(code: str) -> str:
    """The Russian word for a code; a word that is no code stays as it is."""
    word: str = _file()["codes"].get(code, code)
    return word
