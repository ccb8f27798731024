"""Options of a question → classes of at least k people in the whole municipality, which may be published."""

from collections.abc import Sequence
from enum import StrEnum

from core.releases.model import SILENT

Class = tuple[int, ...]
"""Ascending numbers of choices; SILENT for no answer."""


class Silence(StrEnum):
    """Whether a ballot can be without an answer to a question."""

    NEVER = "never"
    """It was asked of everybody and had to be answered."""
    SKIPPED = "skipped"
    """It was asked of everybody, and some passed it by."""
    UNASKED = "unasked"
    """Some were not asked; others may know who. So silence never stands by itself, and hides nobody."""


def classes_of(sizes: Sequence[int], silent: int, k: int, silence: Silence, *, ordered: bool) -> list[Class]:
    """Classes of the choices 1, 2, …, chosen by `sizes` people each; empty when there would be fewer than two.

    Small choices of an ordered question go together with their neighbours, other small ones with one another; a
    choice that nobody made is a small one. Silence is a class of its own where k people skipped the question.

    A reader who knows this rule must not be able to run it backwards. So what is too small joins a class by its
    place, never by its size, and the class grows until any number under k could have joined it.
    """
    asked_of_all = silence is Silence.SKIPPED or (silence is Silence.NEVER and silent > 0)
    found = (_neighbours if ordered else _others)([silent if asked_of_all else None, *sizes], k)
    if len(found) < 2:
        return []
    if silence is Silence.UNASKED:
        found[0] = (SILENT, *found[0])
    return sorted(found)


_Sizes = Sequence[int | None]
"""By number of choice; that of SILENT is None where silence is no class."""


def _neighbours(sizes: _Sizes, k: int) -> list[Class]:
    found: list[Class] = []
    pending: Class = ()
    for number in range(1, len(sizes)):
        pending = (*pending, number)
        if _people(sizes, pending) >= k:
            found.append(pending)
            pending = ()
    if pending:
        found = _joined(sizes, pending, found[::-1], k)[::-1]
    silent = sizes[SILENT]
    if silent is None:
        return found
    return [*found, (SILENT,)] if silent >= k else _joined(sizes, (SILENT,), found, k)


def _others(sizes: _Sizes, k: int) -> list[Class]:
    large: list[Class] = [(number,) for number, people in enumerate(sizes) if people is not None and people >= k]
    small = tuple(number for number, people in enumerate(sizes) if people is not None and people < k)
    if not small:
        return large
    # As many as so few choices can have together would say how many each of them has.
    if k <= _people(sizes, small) < len(small) * (k - 1):
        return [small, *large]
    return _joined(sizes, small, sorted(large, key=lambda one: one == (SILENT,)), k)


def _joined(sizes: _Sizes, small: Class, classes: Sequence[Class], k: int) -> list[Class]:
    """The first class, or as many as are needed, with the small one: afterwards 0 to k−1 people may be of it."""
    host: Class = ()
    for place, one in enumerate(classes, start=1):
        host = (*host, *one)
        if _people(sizes, host) + _people(sizes, small) >= 2 * k - 1:
            return [tuple(sorted((*host, *small))), *classes[place:]]
    return []


def _people(sizes: _Sizes, numbers: Class) -> int:
    return sum(sizes[number] or 0 for number in numbers)


def options_of(marks: Sequence[frozenset[int]], k: int, silence: Silence) -> dict[int, bool]:
    """Options of a several-of question that may be published, each as a question of its own, the frequent ones first.

    `marks` are those of every ballot. The value tells whether the option may be shown by group. When two options
    leave some combination empty (one contains the other, or rules it out), a reader may know that it must be, and
    gets the other combinations by subtraction: they need k people as well, and the second is not shown by group.
    """
    asked = [one for one in marks if one] if silence is Silence.UNASKED else list(marks)
    sizes = {option: sum(option in one for one in asked) for option in frozenset().union(*marks)}
    found: dict[int, bool] = {}
    for option in sorted(sizes, key=lambda one: (-sizes[one], one)):
        if sizes[option] < k or len(asked) - sizes[option] < k:
            continue
        tied = [cells for other in found if not all(cells := _cells(asked, option, other))]
        if all(people == 0 or people >= k for cells in tied for people in cells):
            found[option] = not tied
    return found


def _cells(marks: Sequence[frozenset[int]], one: int, other: int) -> list[int]:
    """How many made both, only the one, only the other, neither."""
    together = [(one in made, other in made) for made in marks]
    return [together.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))]
