"""Awards out of one cell, with the level that their words show."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from core.importing import pieces
from core.importing.dates import OLDEST, Moment, moments
from core.importing.findings import Found, Unreadable
from core.importing.model import AwardRead
from core.importing.words import LONGEST, is_nothing, line, plain, shown, tidy
from core.people.model import Level

LEVEL_WORDS = {
    Level.ORGANISATION: "уровень организации",
    Level.MUNICIPAL: "муниципальный уровень",
    Level.INTER_MUNICIPAL: "межмуниципальный уровень",
    Level.REGIONAL: "региональный уровень",
    Level.FEDERAL: "федеральный уровень",
}
"""As the export writes them."""
_FIELD = " | "
_LONGEST_TITLE = 300
_YEAR_WORD = re.compile(r"^ ?(?:года|год|г\.|г(?![а-я]))")
_HERE = Path(__file__).parent


def read_awards(text: str, today: date) -> Found[tuple[AwardRead, ...]]:
    """Every award of the cell. Raises Unreadable."""
    if is_nothing(text):
        return Found(())
    if len(text) > LONGEST:
        raise Unreadable(f"{shown(text)}: в ячейке больше {LONGEST} знаков. Оставьте в ней только награды")
    texts = _texts(tidy(text), today)
    if len(texts) > pieces.MOST:
        raise Unreadable(f"{shown(text)}: в ячейке больше {pieces.MOST} наград. Сократите список")
    read = [_award(each, today) for each in texts]
    remark = ". ".join(remark for _, remark in read if remark)
    return Found(tuple(dict.fromkeys(award for award, _ in read)), remark)


def award_text(award: AwardRead) -> str:
    """The award as the export writes it; `read_awards` gives exactly it back (see `courses.course_text`)."""
    title = line(award.title).replace("|", "/")
    given_on = f"{award.given_on:%d.%m.%Y}" if award.given_on else "-"
    return _FIELD.join([title, LEVEL_WORDS[Level(award.level)], given_on])


def _texts(text: str, today: date) -> list[str]:
    if _FIELD in text:
        return [each for each in text.split("\n") if each]
    parts = [part for each in text.split("\n") for part in pieces.cut(each, ";")]
    if len(parts) > 1 and all(moments(plain(part), today) or len(part) > 5 for part in parts):
        return [part for numbered in parts for part in pieces.things(numbered, lambda _: True, lambda _: False)]
    return pieces.things(text, lambda part: bool(moments(plain(part), today)), lambda _: False)


def _award(text: str, today: date) -> tuple[AwardRead, str]:
    parts = text.split(_FIELD)
    if len(parts) == 3 and (exact := _exact(parts, today)):
        return exact, ""
    seen = plain(text)
    found = moments(seen, today)
    title = _title(text, seen, found)
    if not title or len(title) > _LONGEST_TITLE:
        raise Unreadable(f"{shown(text)}: нужно название награды, не длиннее {_LONGEST_TITLE} знаков, и год")
    given_on = _given_on(found, text, today)
    level = level_of(title)
    remark = "" if level else f"{shown(title)}: уровень награды не понятен, записана награда организации"
    return AwardRead(title, level or Level.ORGANISATION, given_on), remark


def _exact(parts: list[str], today: date) -> AwardRead | None:
    level = next((level for level, words in LEVEL_WORDS.items() if words == parts[1].strip()), None)
    if level is None:
        return None
    found = moments(plain(parts[2]), today)
    return AwardRead(parts[0].strip()[:_LONGEST_TITLE], level, _given_on(found, parts[2], today))


def _title(text: str, seen: str, found: list[Moment]) -> str:
    if len(seen) == len(text):
        for moment in reversed(found):
            text = text[: moment.start].rstrip(" (,") + " " + _YEAR_WORD.sub("", text[moment.end :]).lstrip(" )")
    return line(text).strip(" ,;:.-–—()" if "(" not in text else " ,;:.-–—")


def _given_on(found: list[Moment], text: str, today: date) -> date | None:
    if not found:
        return None
    if found[-1].on > today or found[-1].on.year < OLDEST:
        raise Unreadable(f"{shown(text)}: награда должна быть дана не позже сегодняшнего дня. Исправьте дату")
    return found[-1].on


def level_of(title: str) -> Level | None:
    """Whose award it is, by its words; None when they do not say."""
    seen = f" {plain(title)}"
    return next((level for level, stems in _levels() if any(stem in seen for stem in stems)), None)


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[Level, tuple[str, ...]], ...]:
    table = yaml.safe_load((_HERE / "awards.yaml").read_text(encoding="utf-8"))
    return tuple((Level(each["level"]), tuple(each["stems"])) for each in table)
