"""What is said of the form as a whole: the sheets `settings` and `metodkabinet`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from core.surveys.xlsform.places import Findings, Line
from core.surveys.xlsform.wording import plain, straight

OURS = "metodkabinet"
"""The sheet of what XLSForm has no word for: `parameter` and `value`."""
PARAMETERS = ("purpose", "privacy", "respondent", "minutes", "k", "source")
_NUMBERS = ("minutes", "k")
_LONGEST = {"title": 200, "version": 20, "code": 60}
_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


@dataclass(slots=True)
class About:
    """Fields of a definition, with the places of those that a cell says."""

    data: dict[str, object]
    places: dict[str, str] = field(default_factory=dict)


def about(settings: Line | None, ours: Mapping[str, Line], file_name: str, findings: Findings) -> About:
    """What the sheets say, and where they are silent, what can be made of the name of the file."""
    stem = PurePath(file_name.replace("\\", "/")).stem.strip() or "Анкета"
    title = _said(settings, "title", findings) or stem[: _LONGEST["title"]]
    found = About(
        {
            "code": _code(_said(settings, "code", findings)) or _code(stem) or "survey",
            "version": _said(settings, "version", findings) or "1",
            "title": plain(title) or stem,
            "purpose": plain(title) or stem,
            "privacy": "named",
            "respondent": "teacher",
            "minutes": 1,
            "k": 5,
            "source": f"Файл {file_name}".strip(),
        }
    )
    for name in _LONGEST:
        if settings is not None and settings[name]:
            found.places[name] = settings.place(name)
    for parameter, line in ours.items():
        found.data[parameter] = _value(parameter, line["value"])
        found.places[parameter] = line.place("value")
    return found


def _said(settings: Line | None, name: str, findings: Findings) -> str:
    """The setting, cut to what a survey can have."""
    text = settings[name] if settings is not None else ""
    if settings is not None and len(text) > _LONGEST[name]:
        findings.notice(settings.place(name), f"длиннее {_LONGEST[name]} знаков, взято начало")
    return text[: _LONGEST[name]].strip()


def _value(parameter: str, text: str) -> object:
    """Numbers as numbers; what is none is left for the reader to note."""
    return int(text) if parameter in _NUMBERS and re.fullmatch(r"[0-9]{1,6}", text) else text


def _code(text: str) -> str:
    """Fit for a code: letters, digits and _, the first one a letter. One that fits already stays as it is."""
    if re.fullmatch(r"[^\W\d][\w.-]{0,59}", text):
        return text
    latin = "".join(_LATIN.get(sign, sign) for sign in text.lower())
    return re.sub(r"[^a-z0-9]+", "_", latin).lstrip("_0123456789")[: _LONGEST["code"]].strip("_")


def parameters(lines: list[Line], findings: Findings) -> dict[str, Line]:
    """Rows of our sheet by parameter."""
    found: dict[str, Line] = {}
    for line in lines:
        name = straight(line["parameter"]).lower()
        if name not in PARAMETERS:
            findings.refuse(line.place("parameter"), f"бывают: {', '.join(PARAMETERS)}")
        elif name in found:
            findings.refuse(line.place("parameter"), f"{name} уже есть в строке {found[name].number}")
        elif line["value"]:
            found[name] = line
    return found
