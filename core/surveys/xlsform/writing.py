"""A definition → a workbook that pyxform, Kobo and ODK take, and that comes back the same."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from core.surveys.expressions import to_text
from core.surveys.loading import flow
from core.surveys.model import NO, YES, Choice, Scale, SurveyDefinition
from core.surveys.wording import placeholders
from core.surveys.xlsform import columns, ours
from core.surveys.xlsform.defaults import cell_of
from core.surveys.xlsform.settings import OURS
from core.surveys.xlsform.sheets import Cells, write_sheets
from core.surveys.xlsform.wording import marked


def write_workbook(definition: SurveyDefinition) -> bytes:
    """An .xlsx. Sheets beyond XLSForm's own (`metodkabinet` and others) are passed over by other programs."""
    target = BytesIO()
    write_sheets(target, sheets_of(definition))
    return target.getvalue()


def sheets_of(definition: SurveyDefinition) -> dict[str, Cells]:
    """Cells by sheet, headings first."""
    rows = [*_hidden(definition), *(_question(row) for row in flow(definition))]
    return {
        "survey": _cells(columns.SURVEY, rows),
        "choices": _choices(definition),
        "settings": _settings(definition),
        OURS: _cells(ours.COLUMNS[OURS], _parameters(definition)),
        ours.OPTIONS: _cells(ours.COLUMNS[ours.OPTIONS], _options(definition)),
        ours.SCALES: _cells(ours.COLUMNS[ours.SCALES], map(_scale, definition.scales)),
        ours.BANDS: _cells(ours.COLUMNS[ours.BANDS], _bands(definition)),
        ours.FEEDBACK: _cells(ours.COLUMNS[ours.FEEDBACK], _feedback(definition)),
    }


def _cells(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Cells:
    return [list(heads), *([row.get(head, "") for head in heads] for row in rows)]


def _hidden(definition: SurveyDefinition) -> list[dict[str, str]]:
    """Facts and options, as hidden rows: other programs want every `${name}` to stand in the form."""
    said = [question.constraint_message or "" for question in definition.questions]
    wanted = definition.named | {name for text in said for name in placeholders(text)}
    options = {option.fact.name: YES if option.default else NO for option in definition.options}
    return [
        {"type": "hidden", "name": name, "default": options.get(name, "")}
        for name in definition.facts()
        if name in wanted or name in options
    ]


def _question(row: Mapping[str, object]) -> dict[str, str]:
    cells = {name: YES if value is True else str(value) for name, value in row.items()}
    kind = cells["type"].partition(" ")[0]
    for name in {"label", "hint"} & cells.keys():
        cells[name] = marked(cells[name])
    if "default" in cells:
        cells["default"] = cell_of(cells["default"], kind)
    return cells


def _choices(definition: SurveyDefinition) -> Cells:
    lists = {question.list_name: question.choices for question in definition.questions if question.list_name}
    everything = [choice for choices in lists.values() for choice in choices]
    further = tuple(dict.fromkeys(name for choice in everything for name, _ in choice.columns))
    rows = [_choice(name, choice) for name, choices in lists.items() for choice in choices]
    return _cells((*columns.CHOICES, *further), rows)


def _choice(list_name: str, choice: Choice) -> dict[str, str]:
    return {**dict(choice.columns), "list_name": list_name, "name": choice.name, "label": marked(choice.label)}


def _settings(definition: SurveyDefinition) -> Cells:
    said = {"form_title": marked(definition.title), "form_id": definition.code, "version": definition.version}
    heads: tuple[str, ...] = columns.SETTINGS
    if any(len({choice.name for choice in one.choices}) < len(one.choices) for one in definition.questions):
        heads, said[columns.TWINS] = (*heads, columns.TWINS), YES
    return _cells(heads, [said])


def _parameters(definition: SurveyDefinition) -> list[dict[str, str]]:
    values = {
        "purpose": definition.purpose,
        "privacy": str(definition.privacy),
        "respondent": str(definition.respondent),
        "minutes": str(definition.minutes),
        "k": str(definition.k),
        "source": definition.source,
    }
    return [{"parameter": name, "value": value} for name, value in values.items()]


def _options(definition: SurveyDefinition) -> list[dict[str, str]]:
    return [
        {"name": option.name, "label": option.label, "default": YES if option.default else NO}
        for option in definition.options
    ]


def _scale(scale: Scale) -> dict[str, str]:
    return {
        "name": scale.name,
        "title": scale.title,
        "items": " ".join(scale.items),
        "reversed": " ".join(sorted(scale.reversed)),
        "points": "; ".join(f"{name}={to_text(float(points))}" for name, points in scale.points.items()),
        "at_least": to_text(scale.at_least),
    }


def _bands(definition: SurveyDefinition) -> list[dict[str, str]]:
    return [
        {"scale": scale.name, "code": band.code, "title": band.title, "from": to_text(band.from_)}
        for scale in definition.scales
        for band in scale.bands
    ]


def _feedback(definition: SurveyDefinition) -> list[dict[str, str]]:
    return [{"scale": one.scale or "", "band": one.band or "", "text": one.text} for one in definition.feedback]
