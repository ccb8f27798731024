"""Every sentence the bot says: `text("survey.stale")` finds it in `ru/*.yaml`.

The files are one tree; which file a sentence stands in is for people to find it. Values are escaped when
they are put in, so a survey's title with `<b>` in it stays a title with `<b>` in it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.texts import filters
from core.errors import AppError

FOLDER = Path(__file__).parent / "ru"
UNFORESEEN = "something_else"


def text(key: str, **params: object) -> Markup:
    """The sentence as HTML. KeyError for an unknown key, jinja2.UndefinedError for a missing value."""
    return Markup(_templates()[key].render(**params).strip("\n"))  # noqa: S704 - the template escapes its values


def plain(key: str, **params: object) -> str:
    """The same without HTML, for buttons and for the short answers to a press."""
    return str(text(key, **params).unescape())


def explain(error: AppError) -> Markup:
    """Why something did not work, in words for the person who tried it."""
    return text(error.key if error.key in _templates() else UNFORESEEN, **error.params)


@cache
def sources() -> Mapping[str, str]:
    """All sentences as they are written, by key. ValueError when two files hold the same key."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for key, sentence in _leaves(yaml.safe_load(path.read_text(encoding="utf-8")), ""):
            if key in found:
                raise ValueError(f"{key} stands in two places, the second is {path.name}")
            found[key] = sentence
    return found


@cache
def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(filters.FILTERS)
    return made


@cache
def _templates() -> Mapping[str, Template]:
    return {key: environment().from_string(sentence) for key, sentence in sources().items()}


def _leaves(tree: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield prefix, tree
        return
    if not isinstance(tree, dict):
        raise ValueError(f"{prefix or 'a file of texts'} holds {type(tree).__name__} where words are expected")
    for name, branch in tree.items():
        yield from _leaves(branch, f"{prefix}.{name}" if prefix else str(name))
