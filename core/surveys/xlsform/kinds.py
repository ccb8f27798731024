"""The words of the column `type` → what kind of row it is. Synonyms are pyxform's own tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from core.surveys.xlsform import refused

HIDDEN, ACKNOWLEDGE, METADATA, SETTING, REFUSED, UNKNOWN = (
    "hidden",
    "acknowledge",
    "metadata",
    "setting",
    "refused",
    "unknown",
)
SELECTS = frozenset({"select_one", "select_multiple", "rank"})
GROUP, REPEAT, LOOP, SCORE, RANKING, MATRIX = "group", "repeat", "loop", "score", "rank", "kobomatrix"
SCORE_ROW, RANK_LEVEL = "score__row", "rank__level"

_KOBO = re.compile(rf"(begin|end)[ _]({SCORE}|{RANKING}|{MATRIX})", re.I)
_TIMES = {"start": "once(now())", "end": "now()", "today": "today()"}
_TYPES = {"int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "dateTime"}
_EXTERNAL = (".csv", ".xml", ".geojson")


@dataclass(frozen=True, slots=True)
class Kind:
    """`word` is a type of core.surveys.building.KINDS, begin, end, or one of the words above."""

    word: str
    detail: str = ""
    """The list of a select, the family of a group or of a refusal, the calculation of metadata, advice."""
    or_other: bool = False
    constraint: str = ""
    """What pyxform puts to a type of its own accord."""


def read_kind(text: str) -> Kind:
    """What a cell of `type` means, however it is spelled."""
    words = " ".join(text.split())
    kobo = _KOBO.fullmatch(words)
    if kobo is not None:
        return Kind(kobo[1].lower(), kobo[2].lower())
    if words.lower() in {SCORE_ROW, RANK_LEVEL}:
        return Kind(words.lower())
    return _control(words) or _select(words) or _simple(words)


def _control(words: str) -> Kind | None:
    from pyxform import aliases  # noqa: PLC0415 - pyxform is read in when it is needed

    begin, end = (pattern.fullmatch(words) for pattern in _patterns()[:2])
    match = begin or end
    if match is None:
        return None
    return Kind("begin" if begin else "end", aliases.control[match["type"].lower()])


def _select(words: str) -> Kind | None:
    from pyxform import aliases  # noqa: PLC0415 - as above

    match = _patterns()[2].fullmatch(words)
    if match is None:
        return None
    command, name = match["select_command"].lower(), match["list_name"]
    external = command in aliases.select_from_file or name.lower().endswith(_EXTERNAL) or "external" in command
    if external:
        return Kind(REFUSED, refused.ADVICE[refused.TABLES])
    if "${" in name:
        return Kind(REFUSED, "варианты из прежних ответов в чате не взять; перечислите их на листе choices")
    word = {"select one": "select_one", "rank": "rank"}.get(aliases.select[command], "select_multiple")
    return Kind(word, name, or_other=match["specify_other"] is not None)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Of pyxform, made deaf to capitals: people type Select_one."""
    from pyxform import xls2json  # noqa: PLC0415 - as above

    found = (xls2json.RE_BEGIN_CONTROL, xls2json.RE_END_CONTROL, xls2json.RE_SELECT)
    return tuple(re.compile(pattern.pattern, re.I) for pattern in found)


def _simple(words: str) -> Kind:
    if words.lower().startswith("osm "):
        return Kind(REFUSED, refused.ADVICE[refused.MAPS])
    types = _dictionary()
    entry = types.get(words) or types.get(words.lower())
    if entry is not None:
        return _of_entry(words.lower(), entry)
    from pyxform import aliases  # noqa: PLC0415 - as above

    if words.lower() in aliases.settings_header:
        return Kind(SETTING)
    return Kind(UNKNOWN, _unknown(words))


@cache
def _dictionary() -> Mapping[str, Any]:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # noqa: PLC0415 - as above

    return {**{name.lower(): entry for name, entry in QUESTION_TYPE_DICT.items()}, **QUESTION_TYPE_DICT}


def _of_entry(name: str, entry: Mapping[str, Any]) -> Kind:
    control, bind = entry.get("control", {}), entry.get("bind", {})
    if "jr:preload" in bind or name == "audit":
        return Kind(METADATA, _TIMES.get(str(bind.get("jr:preloadParams", "")), ""))
    if control.get("tag") == "upload":
        return Kind(REFUSED, refused.ADVICE[_upload(str(control.get("mediatype", "")))])
    if control.get("tag") == "input":
        return _of_input(bind)
    return _of_name(name, str(control.get("tag", "")))


def _of_name(name: str, tag: str) -> Kind:
    if "audio" in name:
        return Kind(REFUSED, refused.ADVICE[refused.SOUNDS])
    if "geopoint" in name:
        return Kind(METADATA)
    return {"range": Kind("range"), "trigger": Kind(ACKNOWLEDGE)}.get(tag) or _without_control(name)


def _of_input(bind: Mapping[str, Any]) -> Kind:
    type_ = str(bind.get("type", "string"))
    if type_ in {"geopoint", "geotrace", "geoshape"}:
        return Kind(REFUSED, refused.ADVICE[refused.PLACES])
    if type_ == "barcode":
        return Kind(REFUSED, refused.ADVICE[refused.CODES])
    if bind.get("readonly") == "true()":
        return Kind("note")
    return Kind(_TYPES.get(type_, "text"), constraint=str(bind.get("constraint", "")))


def _without_control(name: str) -> Kind:
    if "calculate" in name:
        return Kind("calculate")
    if "external" in name:
        return Kind(REFUSED, refused.ADVICE[refused.TABLES])
    if "select" in name:
        return Kind(UNKNOWN, _no_list(name))
    return Kind(HIDDEN)


def _upload(media: str) -> str:
    family = media.partition("/")[0]
    return {"image": refused.PICTURES, "audio": refused.SOUNDS, "video": refused.SOUNDS, "osm": refused.MAPS}.get(
        family, refused.FILES
    )


def _unknown(words: str) -> str:
    first = words.lower().split(" ")[0]
    if first.startswith("select") or first == "rank":
        return _no_list(words)
    known = [*_dictionary(), "select_one", "select_multiple", "begin_group", "end_group"]
    close = get_close_matches(words.lower(), known, n=1, cutoff=0.7)
    return f"вопросов вида «{words[:60]}» не бывает" + (f"; возможно, {close[0]}" if close else "")


def _no_list(words: str) -> str:
    return f"после «{words[:60]}» нужно имя списка вариантов одним словом, например: select_one yes_no"
