"""One row of a question → rows to build from: often one, sometimes none or two."""

import re
from collections.abc import Callable, Mapping

from core.surveys.xlsform import kinds, refused
from core.surveys.xlsform.choices import OTHER, single, with_other
from core.surveys.xlsform.defaults import expression_of
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
    if kind.word == "note" or _is_yes(condition(line["read_only"])):
        return _shown(line, kind, form)
    if kind.or_other:
        return _with_other(line, kind, form)
    return [_asked(line, kind, kind.detail, form)]


def condition(text: str) -> str:
    """yes and no, in all their spellings, as expressions."""
    from pyxform import aliases  # noqa: PLC0415 - pyxform is read in when it is needed

    spelled: dict[str, str] = {word.lower(): value for word, value in aliases.BINDING_CONVERSIONS.items()}
    return spelled.get(text.lower(), text)


def name_of(line: Line) -> str:
    """Kobo leaves the name to itself in a column of its own; a note needs none."""
    return line["name"] or line["autoname"] or (f"note_{line.number}" if line["type"].lower() == "note" else "")


def _is_yes(text: str) -> bool:
    return text.replace(" ", "") == "true()"


def _asked(line: Line, kind: Kind, list_name: str, form: Form) -> Draft:
    data: dict[str, object] = {
        "type": f"{kind.word} {list_name}" if list_name else kind.word,
        "name": name_of(line),
        "label": plain(line["label"]),
        "hint": _hint(line),
        "relevant": condition(line["relevant"]),
        "required": _required(line),
        "constraint": condition(line["constraint"]) or kind.constraint,
        "constraint_message": line["constraint_message"] if line["constraint"] else "",
        "choice_filter": line["choice_filter"] if list_name else "",
        "parameters": _row_of_numbers(line, form) if kind.word == "range" else "",
        "appearance": _appearance(line, kind),
    }
    default, origin = _default(line, kind)
    data["default"] = default
    return Draft(line, _filled(data), {"default": origin})


def _hint(line: Line) -> str:
    hints = (plain(line["hint"]), plain(line["guidance_hint"]))
    return "\n".join(dict.fromkeys(filter(None, hints)))


def _required(line: Line) -> str | bool:
    value = condition(line["required"])
    if _is_yes(value):
        return True
    return "" if value.replace(" ", "") == "false()" else value


def _default(line: Line, kind: Kind) -> tuple[str, str]:
    """What is likely, and the field it comes from. A calculation shows what it came to, and can be put right."""
    if line["calculation"]:
        return condition(line["calculation"]), "calculation"
    return (expression_of(line["default"], kind.word) if line["default"] else ""), "default"


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
    value, origin = _default(line, kind)
    hint = _hint(line)
    note = {"type": "note", "name": name, "label": label or hint, "hint": hint if label else ""}
    note["relevant"] = condition(line["relevant"])
    if not value and name not in form.referenced:
        return [Draft(line, _filled(note))]
    worked_out = {"type": "calculate", "name": name, "calculation": value or "''", "relevant": note["relevant"]}
    if value:
        note["label"] = f"{note['label']}\n${{{name}}}".strip()
    shown = Draft(line, _filled({**note, "name": f"{name[: 60 - len(SHOWN)]}{SHOWN}"}))
    return [Draft(line, _filled(worked_out), {"calculation": origin}), shown]


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


def _refused(line: Line, kind: Kind, form: Form) -> list[Draft]:
    form.findings.refuse(line.place("type"), kind.detail)
    return []


def _calculated(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """Never shown. `hidden` is what its default says."""
    name, hidden = name_of(line), kind.word == kinds.HIDDEN
    value, origin = _default(line, kind)
    if hidden and name in form.known:
        return []
    if not value and not hidden:
        form.findings.refuse(line.place("calculation"), "нужно выражение: без него нечего вычислять")
        return []
    if line["trigger"]:
        message = "чат вычисляет заново после каждого ответа, а не только после названного в trigger"
        form.findings.notice(line.place("trigger"), message)
    data = {"type": "calculate", "name": name, "calculation": value or "''", "relevant": condition(line["relevant"])}
    return [Draft(line, _filled(data), {"calculation": origin})]


def _metadata(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """What a device notes by itself: times only where an expression needs them, nothing about device and person."""
    name = name_of(line) or line["type"]
    if kind.detail:
        message = "когда анкета начата и отправлена, программа знает сама"
    else:
        message = "сведений об устройстве, месте и человеке бот не собирает"
    if name not in form.referenced:
        form.findings.notice(line.place("type"), message)
        return []
    if not kind.detail:
        form.findings.notice(line.place("type"), f"{message}; в выражениях здесь будет пусто")
    return [Draft(line, {"type": "calculate", "name": name, "calculation": kind.detail or "''"})]


def _acknowledged(line: Line, kind: Kind, form: Form) -> list[Draft]:
    choice = single(line, "OK", "Понятно")
    line = line.with_cells(choice_filter="")
    return [_asked(line, Kind("select_one"), form.add_list("acknowledge", choice), form)]


def _nothing(line: Line, kind: Kind, form: Form) -> list[Draft]:
    form.findings.notice(line.place("type"), "настройки формы читаются с листа settings")
    return []


def _stray(line: Line, kind: Kind, form: Form) -> list[Draft]:
    family = kind.word.partition("_")[0]
    form.findings.refuse(line.place("type"), f"{kind.word} стоит только между begin_{family} и end_{family}")
    return []


_SPECIAL: Mapping[str, Callable[[Line, Kind, Form], list[Draft]]] = {
    kinds.REFUSED: _refused,
    kinds.UNKNOWN: _refused,
    "calculate": _calculated,
    kinds.HIDDEN: _calculated,
    kinds.METADATA: _metadata,
    kinds.ACKNOWLEDGE: _acknowledged,
    kinds.SETTING: _nothing,
    kinds.SCORE_ROW: _stray,
    kinds.RANK_LEVEL: _stray,
}


def _remark(line: Line, form: Form) -> None:
    """What is passed over although somebody may count on it."""
    look = refused.other_look(line.words("appearance"))
    remarks = {
        "appearance": look or "",
        "required_message": "чат напомнит об обязательном вопросе своими словами" if line["required_message"] else "",
        "read_only": "чат даёт изменить ответ всегда" if _is_expression(line["read_only"]) else "",
        "parameters": "варианты идут у всех в одном порядке" if "randomize" in line["parameters"] else "",
        "trigger": "значение предлагается сразу, а не после вопроса из trigger" if line["trigger"] else "",
    }
    for field, message in remarks.items():
        if message:
            form.findings.notice(line.place(field), message)


def _is_expression(text: str) -> bool:
    return condition(text).replace(" ", "") not in {"", "true()", "false()"}


def _filled(data: Mapping[str, object]) -> dict[str, object]:
    """The row without what is empty anyway."""
    return {field: value for field, value in data.items() if value not in ("", False)}
