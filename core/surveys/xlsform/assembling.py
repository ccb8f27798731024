"""The sheets of a form → a definition, or everything that stands in its way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.spreadsheets import Book
from core.surveys.building import build
from core.surveys.checking import Fault, Part, faults
from core.surveys.estimating import estimated_minutes
from core.surveys.model import FACTS, SurveyDefinition
from core.surveys.reading import DefinitionError, Problem
from core.surveys.xlsform import headings, ours, settings
from core.surveys.xlsform.choices import Lists, read_lists
from core.surveys.xlsform.form import Form
from core.surveys.xlsform.groups import drafts_of_all
from core.surveys.xlsform.languages import Languages, choose, named
from core.surveys.xlsform.naming import distinct, mentioned, shortened, without_paths
from core.surveys.xlsform.nesting import nest
from core.surveys.xlsform.places import Draft, Findings, FormRow, Line
from core.surveys.xlsform.rows import items_of
from core.surveys.xlsform.tables import Table, read_table

_NAMING_LISTS = ("type", "score_choices", "rank_items", "matrix_list")
_ORDER = (headings.SURVEY, headings.LIST, headings.SETTINGS, *ours.COLUMNS)
_ROW = re.compile(r"лист (.+?), строка (\d+)")


@dataclass(frozen=True, slots=True)
class Imported:
    """A form that can be run, and what its author should know about it."""

    definition: SurveyDefinition
    notices: tuple[Problem, ...]
    languages: tuple[str, ...]
    """To choose from; none when the form does not speak of languages."""
    language: str
    """The one that was read, of `languages`; '' when there are none."""


@dataclass(slots=True)
class _Sheets:
    """The form's sheets as lines in one language."""

    survey: list[Line]
    choices: list[Line]
    settings: Line | None
    own: dict[str, list[Line]]
    """Ours, by title."""
    is_own: bool
    """It was written here, or from our template."""
    languages: tuple[str, ...]
    language: str


def assemble(book: Book, file_name: str, language: str | None = None) -> Imported:
    """Raises DefinitionError with every problem, each with sheet, row and, where there is one, column."""
    findings = Findings()
    sheets = _sheets(book, language, findings)
    about = settings.about(
        sheets.settings, settings.parameters(sheets.own[settings.OURS], findings), file_name, findings
    )
    _check_settings(book, sheets.settings, findings)
    about.data |= _parts(sheets, findings)
    definition = build(FormRow(about.data, about.places, findings.problems))
    if definition is None or findings.problems:
        raise DefinitionError(_sorted(findings.problems))
    if "minutes" not in about.places:
        definition = replace(definition, minutes=estimated_minutes(definition.questions))
    _check(definition, about, findings)
    return Imported(definition, tuple(_sorted(findings.notices)), sheets.languages, sheets.language)


def _parts(sheets: _Sheets, findings: Findings) -> dict[str, object]:
    """Questions, choices and all that our own sheets add."""
    options = ours.options(sheets.own[ours.OPTIONS])
    known = {*FACTS, *(f"option_{draft.name}" for draft in options)} if sheets.is_own else set()
    lists = _lists(sheets, findings)
    form = Form(lists, findings, mentioned(sheets.survey, sheets.choices), frozenset(known))
    tree = nest(items_of(sheets.survey, findings), findings)
    drafts = distinct(drafts_of_all(tree, form), form.referenced)
    return {
        "questions": drafts,
        "choices": _used(form, drafts),
        "options": options,
        "scales": ours.scales(sheets.own[ours.SCALES], sheets.own[ours.BANDS], findings),
        "feedback": ours.feedback(sheets.own[ours.FEEDBACK]),
    }


def _sheets(book: Book, language: str | None, findings: Findings) -> _Sheets:
    tables = {kind: _table(book, kind, findings) for kind in (headings.SURVEY, headings.LIST, headings.SETTINGS)}
    choices, about = tables[headings.LIST], tables[headings.SETTINGS]
    survey = _checked(tables[headings.SURVEY])
    said = next(iter(about.lines(Languages("", ""), findings)), None) if about is not None else None
    default = said["default_language"] if said is not None else ""
    known = tuple(dict.fromkeys([*survey.languages, *(choices.languages if choices else ())]))
    chosen = Languages(choose(known, language, default), default)
    lines = without_paths(shortened(survey.lines(chosen, findings)))
    listed = choices.lines(chosen, findings) if choices is not None else []
    chosen.finish(findings)
    is_own = book.sheet(settings.OURS) is not None
    own = {title: ours.lines_of(book, title, findings) if is_own else [] for title in ours.COLUMNS}
    names = named(known, default)
    return _Sheets(lines, listed, said, own, is_own, names, _called(chosen, names))


def _checked(survey: Table | None) -> Table:
    """The sheet without which there is no form."""
    if survey is not None and any(heading.field == "type" for heading in survey.headings.values()):
        return survey
    where = "лист survey, строка 1" if survey is None else f"лист {survey.title}, строка {survey.top}"
    raise DefinitionError([Problem(where, "нужен лист survey, а на нём столбцы type, name и label")])


def _called(chosen: Languages, names: Sequence[str]) -> str:
    """The chosen language by the name people see."""
    return next((name for name in (chosen.chosen, chosen.default, *names) if name in names), "")


def _table(book: Book, kind: str, findings: Findings) -> Table | None:
    sheet = book.sheet(kind)
    if sheet is None and kind == headings.SURVEY and len(book.sheets) == 1:
        sheet = book.sheets[0]
    return read_table(kind, sheet, findings) if sheet is not None and sheet.rows else None


def _check_settings(book: Book, said: Line | None, findings: Findings) -> None:
    if said is not None and said["public_key"]:
        message = "этим ключом ответы не шифруются: их хранит ваша установка Методкабинета"
        findings.notice(said.place("public_key"), message)
    entities = book.sheet("entities")
    if entities is not None and len(entities.rows) > 1:
        message = "общих списков объектов (entities) у анкеты нет; удалите этот лист"
        findings.refuse(f"лист {entities.title}, строка {list(entities.rows)[1]}", message)


def _lists(sheets: _Sheets, findings: Findings) -> Lists:
    """Lists that rows name. Of the further columns a foreign form keeps those that some choice_filter mentions."""
    filters = " ".join(line["choice_filter"] for line in sheets.survey)
    columns = None if sheets.is_own else frozenset(re.findall(r"[^\W\d][\w.-]*", filters))
    twins = sheets.settings is not None and _is_yes(sheets.settings["allow_choice_duplicates"])
    wanted = {word for line in sheets.survey for field in _NAMING_LISTS for word in line[field].split()}
    unused = {line["list_name"]: line for line in reversed(sheets.choices) if line["list_name"] not in wanted}
    for name, line in unused.items():
        if name:
            findings.notice(line.place("list_name"), f"список {name[:60]} ни один вопрос не использует")
    kept = [line for line in sheets.choices if not line["list_name"] or line["list_name"] in wanted]
    return read_lists(kept, columns, findings, twins=twins)


def _is_yes(text: str) -> bool:
    return text.lower() in {"yes", "true", "true()"}


def _used(form: Form, drafts: Iterable[Draft]) -> dict[str, list[Draft]]:
    """Lists that questions choose from, without those that others were made of."""
    wanted = {draft.type.partition(" ")[2] for draft in drafts}
    return {name: list(choices) for name, choices in form.lists.items() if name in wanted}


def _check(definition: SurveyDefinition, about: settings.About, findings: Findings) -> None:
    for fault in faults(definition):
        note = findings.notice if fault.doubtful else findings.refuse
        note(_place(fault, about), fault.message)
    if findings.problems:
        raise DefinitionError(_sorted(findings.problems))


_FIELDS = {
    Part.QUESTION: "questions",
    Part.SECTION: "questions",
    Part.OPTION: "options",
    Part.SCALE: "scales",
    Part.FEEDBACK: "feedback",
}


def _place(fault: Fault, about: settings.About) -> str:
    if fault.part is Part.SURVEY:
        return about.places.get(fault.field or "", "лист survey, строка 1")
    drafts: list[Draft] = about.data[_FIELDS[fault.part]]  # type: ignore[assignment]
    if fault.part is Part.FEEDBACK:
        return drafts[int(fault.name) - 1].place(fault.field)
    return next(draft.place(fault.field) for draft in drafts if draft.name == fault.name)


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    """As a person goes through the workbook: by sheet, then by row."""
    return sorted(problems, key=_sheet_and_row)


def _sheet_and_row(problem: Problem) -> tuple[int, int]:
    match = _ROW.match(problem.where)
    if match is None:
        return len(_ORDER), 0
    sheet = match[1].casefold()
    return _ORDER.index(sheet) if sheet in _ORDER else len(_ORDER), int(match[2])
