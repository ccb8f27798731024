"""What a row under the heading is: a person, the name of a school, a total, something else."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise

from core.importing.model import Column
from core.importing.names import looks_like_name
from core.importing.organisations import heads_rows
from core.importing.sheets import Heading
from core.importing.words import plain

_TOTALS = ("итого", "всего", "итог ", "в том числе")
_VACANCY = "вакан"
_LISTS = frozenset({Column.TRAINING, Column.RETRAINING, Column.AWARDS, Column.SUBJECTS})
"""What a person's second row can bring, when the rest is merged over both."""
_NAMES = frozenset({Column.FULL_NAME, Column.SURNAME, Column.GIVEN_NAME})
_ABOUT_ROW = frozenset({Column.IGNORED, Column.NUMBER})


class RowKind(Enum):
    PERSON = auto()
    CONTINUED = auto()
    """More of the person above."""
    ORGANISATION = auto()
    """Its only text names the organisation of the people below."""
    SKIPPED = auto()
    """Nothing of interest: a total, numbers of columns, the heading once more."""
    UNKNOWN = auto()


def kind_of(cells: Mapping[int, str], heading: Heading) -> RowKind:
    texts = [text for _, text in sorted(cells.items())]
    if _is_skipped(cells, texts, heading):
        return RowKind.SKIPPED
    uses = {column.column: column.use for column in heading.columns}
    present = {uses[column] for column in cells if column in uses}
    filled = present - _ABOUT_ROW
    words = [text for text in texts if not _is_number(text)]
    if not words:
        return RowKind.UNKNOWN if filled & _NAMES else RowKind.SKIPPED
    if len(words) == 1 and heads_rows(words[0]):
        return RowKind.ORGANISATION
    if filled & _NAMES:
        return RowKind.PERSON if _is_somebody(words, present) else RowKind.UNKNOWN
    return _nameless(filled, texts)


def _is_somebody(words: Sequence[str], present: set[Column]) -> bool:
    """Not a vacancy, and more than a word that is no name."""
    if any(plain(text).startswith(_VACANCY) for text in words[:3]):
        return False
    return len(present - _ABOUT_ROW) > 1 or Column.NUMBER in present or looks_like_name(words[0])


def _nameless(filled: set[Column], texts: Sequence[str]) -> RowKind:
    if filled and filled <= _LISTS:
        return RowKind.CONTINUED
    return RowKind.UNKNOWN if len(texts) <= 2 or not filled else RowKind.PERSON


def _is_skipped(cells: Mapping[int, str], texts: Sequence[str], heading: Heading) -> bool:
    if any(plain(text).startswith(_TOTALS) for text in texts[:2]):
        return True
    if len(texts) > 2 and _is_counting(texts):
        return True
    again = sum(plain(text) in heading.own.get(column, ()) for column, text in cells.items())
    return again >= 2 and again * 2 >= len(cells)


def _is_counting(texts: Sequence[str]) -> bool:
    """«1 2 3 4» under the heading."""
    if not all(text.isdecimal() and len(text) <= 2 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return all(after - before == 1 for before, after in pairwise(numbers))


def _is_number(text: str) -> bool:
    return text.strip(" .").replace(".", "").replace(",", "").isdecimal()
