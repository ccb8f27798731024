"""From what was typed to values, and back; pure."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.audit import told
from core.registry.model import Field, Kind, Problem, Type

Typed = Mapping[str, Sequence[str]]
"""As a form sends it: every name with all of its values."""

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ID = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
LARGEST_ID = 2**31 - 1
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
"""What <input type="date"> sends, and what people type where there is none."""


class Unreadable(ValueError):
    """This cannot be a value of the field."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.problem = Problem(key, params)


def read(kind: Kind, typed: Typed) -> tuple[dict[str, Any], dict[str, Problem]]:
    """Values of the fields that could be read, and what is wrong with the others."""
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for field in kind.fields:
        try:
            values[field.name] = read_field(field, typed.get(field.name, ()))
        except Unreadable as unreadable:
            problems[field.name] = unreadable.problem
    return values, problems


def read_field(field: Field, given: Sequence[str]) -> Any:
    """Raises Unreadable. An empty field is None, or an empty list, or False."""
    if field.type in {Type.CODES, Type.RECORDS}:
        return _several(field, given)
    text = clean(given[0] if given else "")
    if field.type is Type.FLAG:
        return text == "yes"
    if not text:
        if field.required:
            raise Unreadable("registry.required")
        return None
    return _one(field, text)


def clean(text: str) -> str:
    """Without what no name holds and PostgreSQL refuses to store or to look for."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def _one(field: Field, text: str) -> Any:
    match field.type:
        case Type.WHOLE:
            return _whole(field, text)
        case Type.DECIMAL:
            return _decimal(field, text)
        case Type.DATE:
            return _day(field, text)
        case Type.CHOICE:
            return _choice(field, text)
        case Type.RECORD:
            return _identity(text)
        case _:
            if len(text) > field.longest:
                raise Unreadable("registry.too_long", limit=field.longest)
            return text


def _several(field: Field, given: Sequence[str]) -> list[Any]:
    one = _choice_of(field) if field.type is Type.CODES else _identity
    return sorted({one(text) for text in given if text})


def _choice_of(field: Field) -> Any:
    return lambda text: _choice(field, text)


def _choice(field: Field, text: str) -> str:
    assert field.choices is not None
    if text not in set(field.choices):
        raise Unreadable("registry.no_such_choice")
    return str(field.choices(text))


def _identity(text: str) -> int:
    if not _ID.fullmatch(text) or int(text) > LARGEST_ID:
        raise Unreadable("registry.no_such_choice")
    return int(text)


def _whole(field: Field, text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
        raise Unreadable("registry.not_whole")
    return _within(field, int(text))


def _within(field: Field, number: int) -> int:
    if not field.low <= number <= field.high:
        raise Unreadable("registry.out_of_range", low=field.low, high=field.high)
    return number


def _decimal(field: Field, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Unreadable("registry.not_decimal") from None
    if not number.is_finite() or not field.low <= number <= field.high:
        raise Unreadable("registry.out_of_range", low=field.low, high=field.high)
    return number


def _day(field: Field, text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise Unreadable("registry.not_a_day")
    if not field.low <= day.year <= field.high:
        raise Unreadable("registry.day_out_of_range", low=field.low, high=field.high)
    return day


def parse_day(text: str) -> date | None:
    """None for what is no day."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def typed(kind: Kind, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values as a form would send them."""
    return {field.name: _as_typed(values.get(field.name)) for field in kind.fields}


def _as_typed(value: Any) -> list[str]:
    match value:
        case None | False:
            return []
        case True:
            return ["yes"]
        case list() | tuple():
            return [str(one) for one in value]
        case Decimal():
            return [f"{value.normalize():f}".replace(".", ",")]
        case _:
            return [str(told(value))]


def mark(kind: Kind, values: Mapping[str, Any]) -> str:
    """A short sign of exactly these values."""
    told_values = typed(kind, values)
    return hashlib.sha256(json.dumps(told_values, sort_keys=True).encode()).hexdigest()[:16]
