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
    choice that nobody made is a small one. Silence is a class of its own where k people skipped the question;
    else it is put together with the smallest class.
    """
    found = _neighbours(sizes, k) if ordered else _others(sizes, k)
    if len(found) < 2 and not (found and silence is Silence.SKIPPED and silent >= k):
        return []
    if silence is Silence.SKIPPED and silent >= k:
        found.append((SILENT,))
    elif silence is not Silence.NEVER or silent:
        smallest = min(found, key=lambda one: (_people(sizes, one), one))
        found[found.index(smallest)] = (SILENT, *smallest)
    return sorted(found)


def _neighbours(sizes: Sequence[int], k: int) -> list[Class]:
    found: list[Class] = []
    pending: Class = ()
    for number in range(1, len(sizes) + 1):
        pending = (*pending, number)
        if _people(sizes, pending) >= k:
            found.append(pending)
            pending = ()
    if pending and found:
        found[-1] = (*found[-1], *pending)
    return found


def _others(sizes: Sequence[int], k: int) -> list[Class]:
    found: list[Class] = [(number,) for number, people in enumerate(sizes, start=1) if people >= k]
    small = tuple(number for number, people in enumerate(sizes, start=1) if people < k)
    if small and _people(sizes, small) >= k:
        found.append(small)
    elif small and found:
        smallest = min(found, key=lambda one: (_people(sizes, one), one))
        found[found.index(smallest)] = tuple(sorted((*smallest, *small)))
    return found


def _people(sizes: Sequence[int], numbers: Class) -> int:
    return sum(sizes[number - 1] for number in numbers)


def options_of(marks: Sequence[frozenset[int]], k: int, silence: Silence) -> dict[int, bool]:
    """Options of a several-of question that may be published, each as a question of its own, the most frequent first.

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
