"""Kobo's own groups: a score is a matrix, a rank an order, a matrix a group of questions a row.

How Kobo takes them apart: https://support.kobotoolbox.org/ranking_xls.html, rating_xls.html, matrix_response.html.
"""

import re

from core.surveys.wording import filled
from core.surveys.xlsform import kinds
from core.surveys.xlsform.fields import name_of
from core.surveys.xlsform.form import Form
from core.surveys.xlsform.kinds import Kind
from core.surveys.xlsform.nesting import Group, Item
from core.surveys.xlsform.places import Draft, Line
from core.surveys.xlsform.questions import drafts_of
from core.surveys.xlsform.wording import plain

_TWICE = "Этот вариант уже выбран, возьмите другой."
_REFERRING = ("relevant", "constraint", "required", "calculation", "default", "choice_filter", "label", "hint")
_NO_NAME = re.compile(r"[^\w.-]")


def score(group: Group, form: Form) -> list[Draft]:
    """The lines of a matrix, with the choices that the group names."""
    list_name = _list_of(group, "score_choices", form)
    drafts: list[Draft] = []
    for line in _lines(group, kinds.SCORE_ROW, form):
        cells = {"appearance": "", "required": line["required"] or group.line["required"]}
        drafts += drafts_of(Item(line.with_cells(**cells), Kind("select_one", list_name)), form)
    return drafts


def ranked(group: Group, form: Form) -> Draft | None:
    """One question about the order, when all items get a place and no expression asks for a single place."""
    list_name = _list_of(group, "rank_items", form)
    levels = [member.line for member in group.members if isinstance(member, Item)]
    whole = len(levels) == len(form.lists.get(list_name, ()))
    if not whole or any(name_of(line) in form.referenced for line in levels):
        return None
    line = group.line.with_cells(appearance="", constraint="", default="", calculation="", read_only="")
    places = drafts_of(Item(line, Kind("rank", list_name)), form)
    return places[0] if places else None


def levels(group: Group, form: Form) -> list[Draft]:
    """A question a place: which comes first, which comes second; none twice."""
    list_name = _list_of(group, "rank_items", form)
    drafts: list[Draft] = []
    before: list[str] = []
    for line in _lines(group, kinds.RANK_LEVEL, form):
        cells = {"appearance": "", "required": line["required"] or group.line["required"]}
        if before:
            cells["constraint"] = " and ".join(f". != ${{{name}}}" for name in before)
            cells["constraint_message"] = plain(group.line["rank_message"]) or _TWICE
        drafts += drafts_of(Item(line.with_cells(**cells), Kind("select_one", list_name)), form)
        before.append(name_of(line))
    return drafts


def matrix_rows(group: Group, form: Form) -> list[tuple[Line, list[Item]]]:
    """Per row of the matrix a line for its group, and its questions, named as Kobo names them."""
    list_name = _list_of(group, "matrix_list", form)
    columns = [member for member in group.members if isinstance(member, Item)]
    if len(columns) < len(group.members):
        form.findings.refuse(group.line.place("type"), "внутри kobomatrix стоят только вопросы, без групп")
    rows = []
    for choice in form.lists.get(list_name, ()):
        base = f"{name_of(group.line)}_{_NO_NAME.sub('_', choice.name)}"
        names = {name_of(column.line): f"{base}_{name_of(column.line)}" for column in columns}
        line = group.line.with_cells(name=base, label=str(choice.data["label"]), relevant="")
        rows.append((line, [Item(_renamed(column.line, names), column.kind) for column in columns]))
    return rows


def _renamed(line: Line, names: dict[str, str]) -> Line:
    """The line with its own name, and the names of its neighbours, exchanged for those of one row."""
    cells = {field: _referring(line[field], names) for field in _REFERRING}
    return line.with_cells(**cells, name=names[name_of(line)], autoname="")


def _referring(text: str, names: dict[str, str]) -> str:
    return filled(text, lambda name: f"${{{names.get(name, name)}}}")


def _list_of(group: Group, field: str, form: Form) -> str:
    name = group.line[field]
    if name not in form.lists:
        message = f"списка вариантов «{name}» нет на листе choices" if name else "нужно имя списка вариантов"
        form.findings.refuse(group.line.place(field), message)
    return name


def _lines(group: Group, word: str, form: Form) -> list[Line]:
    found = []
    for member in group.members:
        if isinstance(member, Item) and member.kind.word == word:
            found.append(member.line)
        else:
            form.findings.refuse(member.line.place("type"), f"внутри этой группы стоят только строки {word}")
    return found
