"""Pure: which records look like one person, and what is best kept of them."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial

from core.doubles.model import CHOICES, Alike, Cell, Choice, Likeness, Named

NEIGHBOURS = 20
"""With how many of those who share a key a record is compared, so that a thousand namesakes stay affordable."""

_ORDER = list(Likeness)
_NOTHING: tuple[Cell, ...] = (None, "", "none")
"""Values that say nothing; the last one is the category of those who have none."""


def alike(people: Iterable[Named]) -> list[Alike]:
    """Likely doubles, the surest first, then by id. Work grows with the number of people, not with its square."""
    ordered = sorted(people, key=lambda one: one.id)
    found: dict[tuple[int, int], Likeness] = {}
    for one, two in _candidates(ordered):
        kind = likeness(one, two)
        if kind is not None:
            found[one.id, two.id] = kind
    pairs = [Alike(first, second, kind) for (first, second), kind in found.items()]
    return sorted(pairs, key=lambda pair: (_ORDER.index(pair.likeness), pair.first, pair.second))


def _candidates(people: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Two records that are alike are among these. One kind of blocks after the other: memory holds only one."""
    for block in _blocks(people, _names):
        yield from _neighbours(block)
    dated = [one for one in people if one.birth_year is not None]
    for block in _blocks(dated, lambda one: (one.birth_year, *_initial(one))):
        yield from _neighbours(block)
    # Of names that differ by one letter only one differs, and without some letter of it both are the same.
    for place in range(3):
        for block in _blocks(dated, partial(_year_and_other_names, place)):
            for close in _blocks_of_shorter(block, place):
                yield from _neighbours(close)


def _blocks(people: Iterable[Named], key: Callable[[Named], Hashable]) -> Iterator[list[Named]]:
    """Those who share the key with somebody."""
    made: defaultdict[Hashable, list[Named]] = defaultdict(list)
    for one in people:
        made[key(one)].append(one)
    yield from (block for block in made.values() if len(block) > 1)


def _blocks_of_shorter(people: list[Named], place: int) -> Iterator[list[Named]]:
    made: defaultdict[str, list[Named]] = defaultdict(list)
    for one in people:
        name = _names(one)[place]
        for shorter in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            made[shorter].append(one)
    yield from made.values()


def _year_and_other_names(place: int, person: Named) -> Hashable:
    names = _names(person)
    return person.birth_year, names[:place] + names[place + 1 :]


def likeness(one: Named, two: Named) -> Likeness | None:
    """None for people who are not taken for doubles. Unknown years of birth prove nothing."""
    names = _names(one), _names(two)
    if names[0] == names[1]:
        return Likeness.SAME_NAME
    if one.birth_year is None or one.birth_year != two.birth_year:
        return None
    differing = [(mine, theirs) for mine, theirs in zip(*names, strict=True) if mine != theirs]
    if len(differing) == 1 and one_letter_apart(*differing[0]):
        return Likeness.ONE_LETTER
    return Likeness.SAME_INITIAL if _initial(one) == _initial(two) else None


def one_letter_apart(one: str, two: str) -> bool:
    """One letter was changed, added or left out."""
    short, long = sorted((one, two), key=len)
    if short == long or len(long) - len(short) > 1:
        return False
    at = next((n for n, (mine, theirs) in enumerate(zip(short, long, strict=False)) if mine != theirs), len(short))
    rest = at if len(short) < len(long) else at + 1
    return short[rest:] == long[at + 1 :]


def _names(person: Named) -> tuple[str, str, str]:
    return person.surname, person.given_name, person.patronymic


def _initial(person: Named) -> tuple[str, str]:
    return person.surname, person.given_name[:1]


def _neighbours(block: list[Named]) -> Iterator[tuple[Named, Named]]:
    for at, one in enumerate(block):
        for two in block[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, two


def choices(keeper: Mapping[str, Cell], other: Mapping[str, Cell]) -> tuple[Choice, ...]:
    """In what two records (column → value) differ; what the one that stays lacks is proposed from the other."""
    found = []
    for name, columns in CHOICES.items():
        kept, given = (tuple(row[column] for column in columns) for row in (keeper, other))
        if kept != given:
            found.append(Choice(name, kept, given, other=kept[0] in _NOTHING and given[0] not in _NOTHING))
    return tuple(found)


def fingerprint(keeper: Mapping[str, Cell], other: Mapping[str, Cell]) -> str:
    """Changes with any value of either."""
    told = repr([[(column, str(row[column])) for column in sorted(row)] for row in (keeper, other)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
