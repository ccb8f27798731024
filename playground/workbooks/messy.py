"""A person's cells as they come from twenty schools: shorthand, dates as text, everything in one cell."""

from dataclasses import dataclass
from datetime import date
from random import Random

from core.people.model import Category
from core.russian import plural_form
from playground.people.model import MadeUpTraining
from playground.workbooks.model import Cell, Member
from playground.workbooks.truth import Truth, course_of, day
from playground.workbooks.words import words

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_LATIN = str.maketrans("аео", "aeo")
_LOOK_ALIKE = 0.01


@dataclass(frozen=True, slots=True)
class Written:
    """Cells in the order of `tidy.cells`, and what they tell where that is less than the person has."""

    cells: list[Cell]
    known: Truth


def cells(member: Member, today: date, rng: Random) -> Written:
    person = member.teacher
    category, given, known_day = _category(person.category, person.category_date, rng)
    advanced, known_courses = _courses([each for each in person.training if each.kind == "advanced"], rng)
    retraining, known_retraining = _courses([each for each in person.training if each.kind == "retraining"], rng)
    written: list[Cell] = [
        _full_name(person.full_name, rng),
        _birth(member.birth_date, rng),
        rng.choice(words()["positions"].get(member.position, [member.position])),
        _subjects(member.subjects, rng),
        _workload(str(person.workload), rng),
        rng.choice(words()["education"]["messy"][person.education.value]),
        _years(member.total_first_year, today, rng),
        _years(person.first_work_year, today, rng),
        category,
        given,
        advanced,
        retraining,
        "\n".join(f"{each.title}, {each.year} г." for each in member.awards) or rng.choice((None, "-", "нет")),
    ]
    return Written(written, {"category_date": known_day, "courses": [*known_courses, *known_retraining]})


def _full_name(name: str, rng: Random) -> str:
    """Odd capitals only where they can be put right by rule."""
    surname, *rest = name.split()
    style = rng.randrange(6)
    if "'" not in name and style == 0:
        surname = surname.upper()
    elif "'" not in name and style == 1:
        surname, rest = surname.lower(), [part.lower() for part in rest]
    elif style == 2:
        return f" {surname}  {'  '.join(rest)} "
    if rng.random() < _LOOK_ALIKE:
        rest[0] = rest[0].translate(_LATIN)
    return " ".join([surname, *rest])


def _birth(born: date, rng: Random) -> Cell:
    ways: tuple[Cell, ...] = (born, day(born), f"{day(born)}г.", f"{born:%d/%m/%Y}", born.isoformat(), born.year)
    return rng.choice(ways)


def _subjects(subjects: tuple[str, ...], rng: Random) -> str | None:
    spelled = [rng.choice(words()["subjects"].get(each, [each])) for each in subjects]
    return rng.choice((", ", "; ", "\n", ",")).join(spelled) or None


def _workload(rates: str, rng: Random) -> Cell:
    comma = rates.replace(".", ",").rstrip("0").rstrip(",")
    return rng.choice((float(rates), comma, f"{comma} ст.", rates, f"{comma} ставки"))


def _years(first: int, today: date, rng: Random) -> Cell:
    years = today.year - first
    worded = f"{years} {plural_form(years, 'год', 'года', 'лет')}"
    return rng.choice((years, str(years), worded, f"с {first} г."))


def _category(category: Category, given: date | None, rng: Random) -> tuple[str, Cell, str | None]:
    """The cell, the cell of the date, and the day as exactly as both tell it."""
    word = rng.choice(words()["category"]["messy"][category.value])
    if given is None:
        return word, None, None
    if rng.random() < 0.25:
        return f"{word}, {day(given)}", None, given.isoformat()
    cell, known = _moment(given, rng)
    return word, cell, known


def _moment(when: date, rng: Random) -> tuple[Cell, str]:
    exact, month = when.isoformat(), f"{when:%Y-%m}"
    ways: tuple[tuple[Cell, str], ...] = (
        (when, exact),
        (day(when), exact),
        (f"{day(when)}г.", exact),
        (f"{when:%d.%m.%y}", exact),
        (f"{when:%d/%m/%Y}", exact),
        (f"{_MONTHS[when.month - 1]} {when.year}", month),
        (f"{_MONTHS[when.month - 1]} {when.year} г.", month),
    )
    return rng.choice(ways)


def _courses(courses: list[MadeUpTraining], rng: Random) -> tuple[str | None, list[Truth]]:
    if not courses:
        return rng.choice((None, "-", "нет")), []
    style = rng.randrange(4)
    written = [_course(each, style) for each in courses]
    texts = [text for text, _ in written]
    if style == 1 and len(texts) > 1:
        texts = [f"{number}) {text}" for number, text in enumerate(texts, start=1)]
    return ("; " if style == 2 else "\n").join(texts), [known for _, known in written]


def _course(course: MadeUpTraining, style: int) -> tuple[str, Truth]:
    when = course.finished_on
    register = ", ФРП" if course.federal_register else ""
    if style == 0:
        text = f"{course.programme} ({course.hours} ч., {when.year}{register})"
        return text, course_of(course, provider="", finished=str(when.year))
    if style == 1:
        text = f"{course.programme}, {course.provider}, {course.hours} часов, {day(when)}г.{register}"
        return text, course_of(course)
    if style == 2:
        month = f"{_MONTHS[when.month - 1]} {when.year}"
        return f"{course.programme}, {course.hours}ч, {month}{register}", course_of(
            course, provider="", finished=f"{when:%Y-%m}"
        )
    text = f"«{course.programme}», {course.provider}, {course.hours} ч, {when.year} г.{register}"
    return text, course_of(course, finished=str(when.year))
