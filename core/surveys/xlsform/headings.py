"""Headings of XLSForm's sheets → our names of fields. The synonyms are pyxform's own tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

LIST, SURVEY, SETTINGS = "choices", "survey", "settings"

_SURVEY: Mapping[tuple[str, ...], str] = {
    ("type",): "type",
    ("name",): "name",
    ("label",): "label",
    ("hint",): "hint",
    ("guidance_hint",): "guidance_hint",
    ("default",): "default",
    ("choice_filter",): "choice_filter",
    ("parameters",): "parameters",
    ("trigger",): "trigger",
    ("disabled",): "disabled",
    ("media",): "media",
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "readonly"): "read_only",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("$autoname",): "autoname",
    ("kobo--matrix_list",): "matrix_list",
    ("kobo--score-choices",): "score_choices",
    ("kobo--rank-items",): "rank_items",
    ("kobo--rank-constraint-message",): "rank_message",
}
_CHOICES: Mapping[tuple[str, ...], str] = {
    ("list name",): "list_name",
    ("name",): "name",
    ("label",): "label",
    ("media",): "media",
    ("$autovalue",): "autoname",
}
_SETTINGS: Mapping[tuple[str, ...], str] = {
    ("title",): "title",
    ("id_string",): "code",
    ("version",): "version",
    ("default_language",): "default_language",
    ("allow_choice_duplicates",): "allow_choice_duplicates",
    ("public_key",): "public_key",
}
_FIELDS = {SURVEY: _SURVEY, LIST: _CHOICES, SETTINGS: _SETTINGS}
WORDED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "rank_message"})
"""Fields that can be written in several languages."""
VERBATIM = WORDED | {"title"}
"""Fields that people read; all others are for programs, which want plain quotation marks and spaces."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`field` is None for a column that means nothing to us; `language` is '' for the form's own."""

    field: str | None
    language: str = ""


def read_heading(sheet: str, text: str, *, double_colon: bool) -> Heading:
    """`double_colon`: some heading of the sheet has ::, so that a lone : separates nothing."""
    path = _path(sheet, " ".join(text.split()), double_colon)
    fields = _FIELDS[sheet]
    for length in (2, 1):
        name, rest = fields.get(path[:length]), path[length:]
        if name is None or len(path) < length:
            continue
        if name == "media":
            return Heading(name)
        if not rest or name in WORDED:
            return Heading(name, "::".join(rest))
    return Heading(None)


def _path(sheet: str, text: str, double_colon: bool) -> tuple[str, ...]:
    from pyxform.parsing.sheet_headers import process_header  # noqa: PLC0415 - pyxform is read in when it is needed

    aliases, columns = _tables(sheet)
    _, path = process_header(text, double_colon, aliases, columns)
    return tuple(str(part) for part in path)


@cache
def _tables(sheet: str) -> tuple[dict[str, Any], set[str]]:
    from pyxform import aliases  # noqa: PLC0415 - as above
    from pyxform.question import MultipleChoiceQuestion, Option  # noqa: PLC0415 - as above
    from pyxform.survey import Survey  # noqa: PLC0415 - as above

    return {
        SURVEY: (aliases.survey_header, set(MultipleChoiceQuestion.get_slot_names())),
        LIST: (aliases.list_header, set(Option.get_slot_names())),
        SETTINGS: (aliases.settings_header, set(Survey.get_slot_names())),
    }[sheet]
