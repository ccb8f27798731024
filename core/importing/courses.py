"""Courses out of one cell: «Программа (72 ч., 2023)», several under one another, with or without the provider."""

import re
from datetime import date

from core.importing import pieces
from core.importing.dates import OLDEST, Moment, moments
from core.importing.findings import Found, Unreadable
from core.importing.model import Course
from core.importing.words import LONGEST, is_nothing, line, plain, shown, tidy
from core.people.model import TrainingKind

NAMELESS = {
    TrainingKind.ADVANCED: "Повышение квалификации (название не указано)",
    TrainingKind.RETRAINING: "Профессиональная переподготовка (название не указано)",
}
"""How a course is called whose cell has only hours and a year."""
_FIELD = " | "
"""Between the fields of a course as the export writes it."""
_REGISTER = "ФРП"
_PROGRAMME, _PROVIDER, _MOST_HOURS = 500, 300, 5_000
_HOURS = re.compile(r"(?<![\d.,])(\d{1,4}) ?(?:ак\.? ?|академ[а-я.]{0,12} ?)?ч(?:ас[а-я]{0,3})?\.?(?![а-я])")
_REGISTERED = re.compile(r"(?<![а-я])(?:фрп|фр дпп)(?![а-я])|федеральн[а-я.]{0,4} реестр[а-я]{0,3}(?: \(?фрп\)?)?")
_RETRAINING = re.compile(r"переподг")
_PROVIDES = re.compile(
    r"институт|ин-т|академи[яи](?![а-я])|университет|ун-т|(?<![а-я])центр(?:а|е|ом)?(?![а-я])|колледж"
    r"|(?<![а-я])(?:[а-я]{0,4}иро|[а-я]{0,3}рипк[а-я]{0,3}|ооо(?= [«\"“])|ано|чоу|гау|гбу|гаоу|гбоу|фгбоу|фгаоу|огаоу"
    r"|цопп|цнппм|дпо|нмц|имц|ипк|[а-я]{0,3}гпу|[а-я]{1,3}гу|мгпу|ранхигс|вшэ|ниу)(?![а-я])"
    r"|инфоурок|фоксфорд|сириус|учи\.ру|просвещение\"?$|яндекс"
)
_OPENING = '«"“'
_LEAD = re.compile(
    r"^(?:кпк|курсы?|пк|программа|дпп|тема|по теме|по программе|д?пп пк|повышение квалификации)(?![а-я]) ?:? ?"
)
_LEFTOVER = re.compile(
    r"^(?:(?:от|до|с|по|за|в|год|года|г|гг|уч|дата|объем|в объеме|обучение|удостоверение|№|диплом|и)(?![а-я])"
    r"|[ .,:;()–-]){0,12}$"
)


def read_courses(text: str, kind: TrainingKind, today: date) -> Found[tuple[Course, ...]]:
    """Every course of the cell. Raises Unreadable for one without a date, or with one that is not over."""
    if is_nothing(text):
        return Found(())
    if len(text) > LONGEST:
        raise Unreadable(f"{shown(text)}: в ячейке больше {LONGEST} знаков. Оставьте в ней только курсы")
    texts = _texts(tidy(text), today)
    if len(texts) > pieces.MOST:
        raise Unreadable(f"{shown(text)}: в ячейке больше {pieces.MOST} курсов. Разнесите их по строкам или сократите")
    courses = [_course(each, kind, today) for each in texts]
    nameless = any(course.programme in NAMELESS.values() for course in courses)
    remark = f"{shown(text)}: название программы не указано" if nameless else ""
    return Found(tuple(dict.fromkeys(courses)), remark)


def course_text(course: Course) -> str:
    """The course as the export writes it; `read_courses` gives exactly it back.

    Line breaks and «|» of a name are written as spaces and «/».
    """
    parts = [
        _field(course.programme),
        _field(course.provider) or "-",
        f"{course.hours} ч." if course.hours is not None else "-",
        f"{course.finished_on:%d.%m.%Y}",
        *([_REGISTER] if course.federal_register else []),
    ]
    return _FIELD.join(parts)


def _field(text: str) -> str:
    return line(text).replace("|", "/")


def _texts(text: str, today: date) -> list[str]:
    if _FIELD in text:
        return [each for each in text.split("\n") if each]
    return pieces.things(
        text, lambda part: bool(_dates(plain(part), today)), lambda part: bool(_HOURS.search(plain(part)))
    )


def _course(text: str, kind: TrainingKind, today: date) -> Course:
    parts = text.split(_FIELD)
    if len(parts) >= 4:
        return _exact(parts, text, kind, today)
    seen = plain(text)
    hours = _hours(seen, text)
    finished = _finished(seen, text, today)
    programme, provider = _named(text, today)
    return Course(
        programme or NAMELESS[kind], provider, _kind(seen, kind), hours, finished, bool(_REGISTERED.search(seen))
    )


def _exact(parts: list[str], text: str, kind: TrainingKind, today: date) -> Course:
    programme, provider, hours, finished, *flags = (part.strip() for part in parts)
    return Course(
        _short(programme, _PROGRAMME, text),
        "" if provider == "-" else _short(provider, _PROVIDER, text),
        kind,
        _hours(plain(hours), text),
        _finished(plain(finished), text, today),
        _REGISTER in flags,
    )


def _kind(seen: str, kind: TrainingKind) -> TrainingKind:
    return TrainingKind.RETRAINING if _RETRAINING.search(seen) else kind


def _hours(seen: str, text: str) -> int | None:
    found = _HOURS.search(seen)
    if found is None:
        return None
    if not 0 < int(found[1]) <= _MOST_HOURS:
        raise Unreadable(f"{shown(text)}: часов должно быть от 1 до {_MOST_HOURS}. Исправьте число")
    return int(found[1])


def _dates(seen: str, today: date) -> list[Moment]:
    """Not those inside a quoted name: «ФГОС 2021»."""
    return moments(re.sub(r"«[^«»]{0,500}»", lambda found: "_" * len(found.group()), seen), today)


def _finished(seen: str, text: str, today: date) -> date:
    found = _dates(seen, today)
    if not found:
        raise Unreadable(f"{shown(text)}: нет даты или года обучения. Добавьте, например: 72 ч., 2023")
    last = max(found, key=lambda moment: (moment.exact, moment.on)).on
    if last > today or last.year < OLDEST:
        raise Unreadable(f"{shown(text)}: обучение должно быть закончено не позже сегодняшнего дня. Исправьте дату")
    return last


def _named(text: str, today: date) -> tuple[str, str]:
    """Programme and provider out of what is left without hours, dates and the register."""
    programme: list[str] = []
    provider = ""
    texts = pieces.fields(text)
    is_quoted = any(field[0] in _OPENING for field in texts)
    for field in texts:
        left = _left(field, today)
        if not left or _LEFTOVER.match(plain(left)):
            continue
        if not provider and (programme or is_quoted) and _is_provider(left):
            provider = left
        else:
            programme.append(left)
    if not provider and len(programme) == 1 and _is_provider(programme[0][:40]):
        return "", _short(programme[0], _PROVIDER, text)
    return _short(_unquoted(", ".join(programme)), _PROGRAMME, text), _short(provider, _PROVIDER, text)


def _is_provider(field: str) -> bool:
    return field[0] not in _OPENING and _PROVIDES.search(plain(field)) is not None


def _left(field: str, today: date) -> str:
    """The field without hours, dates and marks; quoted words stay whole."""
    seen = plain(field)
    if len(seen) != len(field):
        return field
    spans = [(found.start(), found.end()) for pattern in (_HOURS, _REGISTERED) for found in pattern.finditer(seen)]
    spans += [(moment.start, moment.end) for moment in _dates(seen, today)]
    for start, end in sorted(spans, reverse=True):
        field = field[:start] + " " + re.sub(r"^ ?(?:г\.г\.|гг\.|года|год|г\.|г(?![а-я]))", "", field[end:])
    lead = _LEAD.match(plain(field.strip()))
    field = field.strip()
    return (
        line(field[lead.end() :] if lead and len(field) > lead.end() + 3 else field)
        .strip(" ,;:-–—")
        .removesuffix(" от")
    )


def _unquoted(name: str) -> str:
    whole = len(name) > 2 and name[0] in '«"“' and name[-1] in '»"”'
    inner = name[1:-1]
    return inner if (whole and not (set('«»"“”') & set(inner))) or (whole and _nested(inner)) else name


def _nested(inner: str) -> bool:
    """The outer quotes belong together: what is inside is balanced."""
    depth = 0
    for letter in inner:
        depth += (letter == "«") - (letter == "»")
        if depth < 0:
            return False
    return depth == 0 and '"' not in inner


def _short(name: str, longest: int, text: str) -> str:
    if len(name) > longest:
        raise Unreadable(f"{shown(text)}: название длиннее {longest} знаков. Сократите его")
    return name
