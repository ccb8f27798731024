"""The column `default`: in XLSForm it is a plain value or an expression, with us always an expression."""

import re

from core.surveys.expressions import to_text

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def expression_of(text: str, kind: str) -> str:
    """The expression that a cell means. `kind` is the question's type in XLSForm."""
    if _is_number(text) or _QUOTED.fullmatch(text) or _is_dynamic(text, kind):
        return text
    return quoted(text)


def cell_of(expression: str, kind: str) -> str:
    """The shortest cell that `expression_of` turns into this expression."""
    plain = expression[1:-1].strip() if _QUOTED.fullmatch(expression) else ""
    return plain if plain and expression_of(plain, kind) == expression else expression


def quoted(text: str) -> str:
    """A text as an expression; XPath has no way to write one sign of quotation inside its own kind."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _is_number(text: str) -> bool:
    """Written as expressions write it, so that `007` stays a text."""
    return bool(_NUMBER.fullmatch(text)) and to_text(float(text)) == text


def _is_dynamic(text: str, kind: str) -> bool:
    from pyxform.utils import default_is_dynamic  # noqa: PLC0415 - pyxform is read in when it is needed

    return bool(default_is_dynamic(text, kind))
