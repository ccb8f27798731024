"""Labels with `${name}` in them: the place that an earlier answer, or a fact, is put into (XLSForm)."""

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\$\{\s*([^\W\d][\w.-]*)\s*\}")


def placeholders(text: str) -> tuple[str, ...]:
    """The names that a label refers to, in order."""
    return tuple(_PLACEHOLDER.findall(text)) if "${" in text else ()


def filled(text: str, said: Callable[[str], str]) -> str:
    """The label with every name replaced by what `said` gives for it."""
    return _PLACEHOLDER.sub(lambda match: said(match[1]), text) if "${" in text else text
