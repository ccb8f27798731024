"""The workbook a methodist begins with: every kind of question once, and how it all works, in Russian."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import yaml

from core.surveys.building import KINDS
from core.surveys.loading import parse_definition
from core.surveys.model import Respondent, SurveyPrivacy
from core.surveys.xlsform.settings import OURS
from core.surveys.xlsform.sheets import write_sheets
from core.surveys.xlsform.writing import sheets_of

_EXAMPLE = Path(__file__).with_name("template.yaml")
_EXPLANATIONS = Path(__file__).with_name("explanations.yaml")
_EXPLAINING = "Как заполнять"
_YES_NO = ("yes", "no")


def template_workbook() -> bytes:
    """An .xlsx that can be uploaded as it is."""
    example = parse_definition(_EXAMPLE.read_text(encoding="utf-8"), _EXAMPLE.name)
    target = BytesIO()
    write_sheets(target, {_EXPLAINING: _explanations(), **sheets_of(example)}, _lists())
    return target.getvalue()


def _explanations() -> list[list[str]]:
    texts = yaml.safe_load(_EXPLANATIONS.read_text(encoding="utf-8"))
    return [list(row) for row in texts]


def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What a cell offers to choose from."""
    types = [*dict.fromkeys(type_ for type_, _ in KINDS), "begin_group", "end_group"]
    return {
        "survey": {
            "type": types,
            "required": _YES_NO,
            "appearance": ("likert", "multiline", "table-list"),
        },
        OURS: {"value": (*SurveyPrivacy, *Respondent)},
        "options": {"default": _YES_NO},
    }
