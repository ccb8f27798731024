"""Surveys on disk and in the database: YAML of the catalogue, canonical JSON of a stored version."""

import hashlib
import json

from core.surveys.building import KINDS, MATRIX, build
from core.surveys.checking import check
from core.surveys.expressions import Expression, to_text
from core.surveys.model import Choice, NumberRow, Question, Scale, Section, SurveyDefinition
from core.surveys.reading import DefinitionError, Problem, Row, read_yaml

__all__ = ["DefinitionError", "Problem", "checksum", "definition_from_json", "definition_json", "parse_definition"]

_XLSFORM = {type_: words for words, type_ in KINDS.items()}


def parse_definition(text: str, origin: str) -> SurveyDefinition:
    """A survey out of a YAML file; `origin` is the file's name, for the places of problems.

    Raises DefinitionError with every problem that was found.
    """
    problems: list[Problem] = []
    definition = build(read_yaml(text, origin, problems))
    if definition is not None and not problems:
        problems.extend(check(definition, origin))
    if definition is None or problems:
        raise DefinitionError(problems)
    return definition


def definition_json(definition: SurveyDefinition) -> str:
    """The one way a version is written down: lossless, and the same text for the same definition."""
    return json.dumps(_document(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def definition_from_json(text: str) -> SurveyDefinition:
    """A stored version. It was checked when it was published; rules that came later do not apply to it.

    Raises DefinitionError when the text is not a definition.
    """
    problems: list[Problem] = []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DefinitionError([Problem("сохранённая анкета", "не разобрать JSON")]) from error
    if not isinstance(data, dict):
        raise DefinitionError([Problem("сохранённая анкета", "нужны пары «поле: значение»")])
    definition = build(Row(data, "сохранённая анкета", problems))
    if definition is None or problems:
        raise DefinitionError(problems)
    return definition


def checksum(definition: SurveyDefinition) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(definition_json(definition).encode()).hexdigest()


def _document(definition: SurveyDefinition) -> dict[str, object]:
    lists = {question.list_name: question.choices for question in definition.questions if question.list_name}
    return {
        "code": definition.code,
        "version": definition.version,
        "title": definition.title,
        "purpose": definition.purpose,
        "privacy": str(definition.privacy),
        "respondent": str(definition.respondent),
        "minutes": definition.minutes,
        "k": definition.k,
        "source": definition.source,
        "options": [{"name": o.name, "label": o.label, "default": o.default} for o in definition.options],
        "choices": {name: [_choice(one) for one in items] for name, items in lists.items()},
        "questions": flow(definition),
        "scales": [_scale(scale) for scale in definition.scales],
        "feedback": [_filled({"scale": f.scale, "band": f.band, "text": f.text}) for f in definition.feedback],
    }


def flow(definition: SurveyDefinition) -> list[dict[str, object]]:
    """Questions and groups as rows in XLSForm's words, in order."""
    rows: list[dict[str, object]] = []
    opened: list[str] = []
    for question in definition.questions:
        path = _path(definition, question.section)
        while opened != path[: len(opened)]:
            opened.pop()
            rows.append({"type": "end_group"})
        for name in path[len(opened) :]:
            opened.append(name)
            rows.append(_group(definition.section(name)))
        rows.append(_question(question))
    return rows + [{"type": "end_group"} for _ in opened]


def _path(definition: SurveyDefinition, name: str | None) -> list[str]:
    path: list[str] = []
    while name is not None:
        path.insert(0, name)
        name = definition.section(name).parent
    return path


def _group(section: Section) -> dict[str, object]:
    return _filled(
        {
            "type": "begin_group",
            "name": section.name,
            "label": section.title,
            "relevant": _source(section.relevant),
            "appearance": MATRIX if section.matrix else None,
        }
    )


def _choice(choice: Choice) -> dict[str, str]:
    return {"name": choice.name, "label": choice.label, **dict(choice.columns)}


def _parameters(row: NumberRow | None) -> str | None:
    return None if row is None else f"start={to_text(row.start)} end={to_text(row.end)} step={to_text(row.step)}"


def _question(question: Question) -> dict[str, object]:
    kind, appearance = _XLSFORM[question.type]
    return _filled(
        {
            "type": f"{kind} {question.list_name}" if question.list_name else kind,
            "name": question.name,
            "label": question.label,
            "hint": question.hint,
            "required": _source(question.required_when) or question.required,
            "relevant": _source(question.relevant),
            "constraint": _source(question.constraint),
            "constraint_message": question.constraint_message,
            "calculation": _source(question.calculation),
            "default": _source(question.default),
            "choice_filter": _source(question.choice_filter),
            "parameters": _parameters(question.row),
            "appearance": appearance,
        }
    )


def _scale(scale: Scale) -> dict[str, object]:
    return {
        "name": scale.name,
        "title": scale.title,
        "items": list(scale.items),
        "reversed": sorted(scale.reversed),
        "points": dict(scale.points),
        "at_least": scale.at_least,
        "bands": [{"code": band.code, "title": band.title, "from": band.from_} for band in scale.bands],
    }


def _source(expression: Expression | None) -> str | None:
    return expression.source if expression else None


def _filled(row: dict[str, object]) -> dict[str, object]:
    """The row without what is empty anyway."""
    return {key: value for key, value in row.items() if value not in (None, False, "")}
