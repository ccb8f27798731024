"""One row of a question → rows to build from: often one, sometimes none or two."""

import re
from collections.abc import Callable, Mapping

from core.surveys.xlsform import kinds, refused, unasked
from core.surveys.xlsform.choices import OTHER, single, with_other
from core.surveys.xlsform.fields import (
    condition,
    default_of,
    filled,
    hint_of,
    is_expression,
    is_yes,
    name_of,
    required_of,
)
from core.surveys.xlsform.form import Form
from core.surveys.xlsform.kinds import Kind
from core.surveys.xlsform.nesting import Item
from core.surveys.xlsform.places import Draft, Line
from core.surveys.xlsform.wording import plain

_PAIR = re.compile(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s,;]+)")
SHOWN = "_shown"
"""Ending of the note that shows a value people cannot change."""


def drafts_of(item: Item, form: Form) -> list[Draft]:
    """Rows to build from. What a chat cannot ask is noted, and its row left out."""
    line, kind = item.line, item.kind
    special = _SPECIAL.get(kind.word)
    if special is not None:
        return special(line, kind, form)
    if line["media"]:
        form.findings.refuse(line.place("media"), refused.PICTURE_OF_QUESTION)
    advice = refused.another_input(line.words("appearance"))
    if advice is not None:
        form.findings.refuse(line.place("appearance"), advice)
    _remark(line, form)
    if kind.word == "note" or is_yes(condition(line["read_only"])):
        return _shown(line, kind, form)
    if kind.or_other:
        return _with_other(line, kind, form)
    return [_asked(line, kind, kind.detail, form)]


def _asked(line: Line, kind: Kind, list_name: str, form: Form) -> Draft:
    data: dict[str, object] = {
        "type": f"{kind.word} {list_name}" if list_name else kind.word,
        "name": name_of(line),
        "label": plain(line["label"]),
        "hint": hint_of(line),
        "relevant": condition(line["relevant"]),
        "required": required_of(line),
        "constraint": condition(line["constraint"]) or kind.constraint,
        "constraint_message": line["constraint_message"] if line["constraint"] else "",
        "choice_filter": line["choice_filter"] if list_name else "",
        "parameters": _row_of_numbers(line, form) if kind.word == "range" else "",
        "appearance": _appearance(line, kind),
    }
    default, origin = default_of(line, kind)
    data["default"] = default
    return Draft(line, filled(data), {"default": origin})


def _appearance(line: Line, kind: Kind) -> str:
    """Only what makes another kind of question; everything else changes looks, and a chat has its own."""
    words = line.words("appearance")
    if kind.word == "text" and ("multiline" in words or line["rows"] or "rows=" in line["parameters"].replace(" ", "")):
        return "multiline"
    return "likert" if kind.word == "select_one" and "likert" in words else ""


def _row_of_numbers(line: Line, form: Form) -> str:
    """pyxform's defaults where nothing is said, and the lower end first."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # noqa: PLC0415 - as above

    given = {name.lower(): value.strip("\"'") for name, value in _PAIR.findall(line["parameters"])}
    numbers = {**QUESTION_TYPE_DICT["range"]["parameters"], **given}
    start, end, step = (str(numbers[name]) for name in ("start", "end", "step"))
    if {"placeholder", "tick_labelset"} & given.keys():
        form.findings.notice(line.place("parameters"), "чат берёт только start, end и step")
    try:
        if float(start) > float(end):
            start, end, step = end, start, step.removeprefix("-")
    except ValueError:
        form.findings.refuse(line.place("parameters"), "нужны числа, например: start=0 end=10 step=1")
        return ""
    return f"start={start} end={end} step={step}"


def _shown(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """A note, or a question nobody can change: its value is worked out under its own name and shown by a note."""
    name, label = name_of(line), plain(line["label"])
    value, origin = default_of(line, kind)
    hint = hint_of(line)
    note = {"type": "note", "name": name, "label": label or hint, "hint": hint if label else ""}
    note["relevant"] = condition(line["relevant"])
    if not value and name not in form.referenced:
        return [Draft(line, filled(note))]
    worked_out = {"type": "calculate", "name": name, "calculation": value or "''", "relevant": note["relevant"]}
    if value:
        note["label"] = f"{note['label']}\n${{{name}}}".strip()
    shown = Draft(line, filled({**note, "name": f"{name[: 60 - len(SHOWN)]}{SHOWN}"}))
    return [Draft(line, filled(worked_out), {"calculation": origin}), shown]


def _with_other(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """`or_other`: one more choice, and a question about it (as pyxform makes them)."""
    if line["choice_filter"]:
        form.findings.refuse(line.place("choice_filter"), "вместе с or_other отбор не действует; уберите одно из двух")
    choices = form.lists.get(kind.detail)
    if choices is None:
        return [_asked(line, kind, kind.detail, form)]
    question = _asked(line, kind, form.add_list(f"{kind.detail}_or_other", with_other(choices, line)), form)
    other = {
        "type": "text",
        "name": f"{question.name}_other",
        "label": "Уточните, пожалуйста",
        "relevant": f"selected(${{{question.name}}}, '{OTHER}')",
    }
    return [question, Draft(line, other)]


def _acknowledged(line: Line, kind: Kind, form: Form) -> list[Draft]:
    choice = single(line, "OK", "Понятно")
    line = line.with_cells(choice_filter="")
    return [_asked(line, Kind("select_one"), form.add_list("acknowledge", choice), form)]


_SPECIAL: Mapping[str, Callable[[Line, Kind, Form], list[Draft]]] = {
    kinds.REFUSED: unasked.refused,
    kinds.UNKNOWN: unasked.refused,
    "calculate": unasked.calculated,
    kinds.HIDDEN: unasked.calculated,
    kinds.METADATA: unasked.metadata,
    kinds.ACKNOWLEDGE: _acknowledged,
    kinds.SETTING: unasked.nothing,
    kinds.SCORE_ROW: unasked.stray,
    kinds.RANK_LEVEL: unasked.stray,
}


def _remark(line: Line, form: Form) -> None:
    """What is passed over although somebody may count on it."""
    look = refused.other_look(line.words("appearance"))
    remarks = {
        "appearance": look or "",
        "required_message": "чат напомнит об обязательном вопросе своими словами" if line["required_message"] else "",
        "read_only": "чат даёт изменить ответ всегда" if is_expression(line["read_only"]) else "",
        "parameters": "варианты идут у всех в одном порядке" if "randomize" in line["parameters"] else "",
        "trigger": "значение предлагается сразу, а не после вопроса из trigger" if line["trigger"] else "",
    }
    for field, message in remarks.items():
        if message:
            form.findings.notice(line.place(field), message)
