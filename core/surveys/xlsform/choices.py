"""The sheet `choices` → lists of choices."""

from collections.abc import Iterable

from core.surveys.xlsform import refused
from core.surveys.xlsform.places import Draft, Findings, Line
from core.surveys.xlsform.wording import plain

MAX_CHOICES = 5000
OTHER = "other"
_FURTHER = "="
"""Marks the cells of columns that are no field of XLSForm: they may serve a choice_filter."""

Lists = dict[str, tuple[Draft, ...]]


def read_lists(lines: Iterable[Line], columns: frozenset[str] | None, findings: Findings, *, twins: bool) -> Lists:
    """Choices by name of list. `columns` are those to keep, None for all; `twins`: names may repeat."""
    lists: dict[str, list[Draft]] = {}
    for line in _counted(lines, findings):
        if not (line["list_name"] or line["name"] or line["label"]):
            continue
        if not line["list_name"]:
            findings.notice(
                line.place("list_name"), "строка не прочитана: не назван список, к которому относится вариант"
            )
            continue
        lists.setdefault(line["list_name"], []).append(_choice(line, None if twins else columns, findings))
    return {name: _distinct(drafts, findings) for name, drafts in lists.items()}


def with_other(choices: tuple[Draft, ...], line: Line) -> tuple[Draft, ...]:
    """The list of an `or_other`: with «Другое» at its end, unless it is there."""
    if any(choice.name == OTHER for choice in choices):
        return choices
    return (*choices, Draft(line, {"name": OTHER, "label": "Другое"}))


def single(line: Line, name: str, label: str) -> tuple[Draft, ...]:
    """A list of one choice, made for the row."""
    return (Draft(line, {"name": name, "label": label}),)


def _counted(lines: Iterable[Line], findings: Findings) -> Iterable[Line]:
    for count, line in enumerate(lines, start=1):
        if count > MAX_CHOICES:
            findings.refuse(line.place(), f"вариантов больше {MAX_CHOICES}; для чата их слишком много")
            return
        yield line


def _choice(line: Line, columns: frozenset[str] | None, findings: Findings) -> Draft:
    name = line["name"] or line["autoname"]
    label = plain(line["label"])
    if not name:
        findings.refuse(line.place("name"), "у варианта нет имени; напишите короткое слово латинскими буквами")
    if line["media"]:
        if label:
            findings.notice(line.place("media"), "картинки и звука вариантов чат не покажет, останется подпись")
        else:
            findings.refuse(line.place("media"), refused.PICTURE_OF_CHOICE)
    elif not label:
        findings.notice(line.place("label"), f"у варианта нет подписи, чат покажет его имя: {name}")
    further = {
        field.removeprefix(_FURTHER): text
        for field, text in line.cells.items()
        if field.startswith(_FURTHER) and (columns is None or field.removeprefix(_FURTHER) in columns)
    }
    return Draft(line, {**further, "name": name or f"_{line.number}", "label": label or name or "—"})


def _distinct(drafts: list[Draft], findings: Findings) -> tuple[Draft, ...]:
    """The choices, without those that are there already."""
    seen: dict[object, Draft] = {}
    for draft in drafts:
        key = tuple(sorted((field, str(text)) for field, text in draft.data.items() if field != "label"))
        first = seen.setdefault(key, draft)
        if first is not draft:
            message = f"такой вариант уже есть в строке {first.line.number}: дайте другое имя"
            findings.refuse(draft.line.place("name"), message)
    return tuple(seen.values())
