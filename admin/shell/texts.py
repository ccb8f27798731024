"""Sentences for the keys of core's expected errors and of the pages' own messages (texts.yaml)."""

from functools import cache
from pathlib import Path

import yaml

from core.errors import AppError


@cache
def _texts() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))
    return loaded


def text(key: str, **params: object) -> str:
    """Plain text (templates escape it); KeyError when there is no such sentence."""
    return _texts()[key].format(**params)


def knows(key: str) -> bool:
    return key in _texts()


def sentence(error: AppError) -> str:
    """What a person reads about an expected error; an unknown key gets the general sentence."""
    if not knows(error.key):
        return text("unexpected")
    return text(error.key, **error.params)
