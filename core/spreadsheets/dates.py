"""Days and times as workbooks keep them: a number and a format that says that it is one."""

from datetime import date, datetime, time, timedelta

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the formats of dates that every Excel knows without being told (ECMA-376, 18.8.30)."""
_PARTS = frozenset("dmyhs")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell knows no zone
_LEAP = 60
"""Excel's 29 February 1900, which there was not."""
_LAST = 2_958_466
"""The day after 31 December 9999."""


def is_date_format(number: int, code: str | None) -> bool:
    """`code` is the workbook's own format of that number, if it has one."""
    if code is None:
        return number in _BUILT_IN
    return any(letter in _PARTS for letter in _bare(code))


def from_serial(serial: float, *, since_1904: bool) -> date | time | None:
    """None when no calendar has such a day."""
    if not 0 <= serial < _LAST:
        return None
    if serial < 1 and not since_1904:
        return _rounded(_EPOCH + timedelta(days=serial)).time()
    if not since_1904 and serial < _LEAP:
        serial += 1
    try:
        return _rounded((_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=serial))
    except OverflowError:
        return None


def _rounded(moment: datetime) -> datetime:
    """To a second: a fraction of a day is never exact."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _bare(code: str) -> str:
    """The first section of the format without quoted words, colours, languages and escaped letters."""
    bare, quoted, bracketed, escaped = [], False, False, False
    for letter in code.lower():
        if escaped:
            escaped = False
        elif letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "[]":
            bracketed = letter == "["
        elif letter in "\\_*":
            escaped = True
        elif letter == ";":
            break
        elif not bracketed:
            bare.append(letter)
    return "".join(bare)
