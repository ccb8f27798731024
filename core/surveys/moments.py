"""Days and times as people type them → ISO 8601."""

import re
from datetime import date, time

from core.russian import MONTHS

_DAY = re.compile(r"(?P<day>[0-9]{1,2}) ?[./-] ?(?P<month>[0-9]{1,2}) ?[./-] ?(?P<year>[0-9]{4}|[0-9]{2}) ?г?\.?")
_WORDS = re.compile(r"(?P<day>[0-9]{1,2}) (?P<word>[а-яё]{3,8}) (?P<year>[0-9]{4}) ?(?:г\.?|года)?")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_TIME = re.compile(r"(?P<hour>[0-9]{1,2}) ?[:.\-] ?(?P<minute>[0-9]{2})")
_BOTH = re.compile(r"(?P<day>.+?)(?:,| в)? +(?P<time>[0-9]{1,2} ?[:.\-] ?[0-9]{2})")


def parse_day(text: str) -> str | None:
    """«12.03.2026», «12.3.26», «12 марта 2026» → "2026-03-12"; None for what is no day."""
    plain = " ".join(text.lower().split())
    match = _DAY.fullmatch(plain) or _ISO.fullmatch(plain) or _WORDS.fullmatch(plain)
    if match is None:
        return None
    known = match.groupdict()
    month = _month(known["word"]) if "word" in known else int(known["month"])
    year = int(known["year"]) + (2000 if len(known["year"]) == 2 else 0)
    try:
        return date(year, month, int(known["day"])).isoformat()
    except ValueError:
        return None


def parse_time(text: str) -> str | None:
    """«9:05», «14.30» → "09:05", "14:30"; None for what is no time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return time(int(match["hour"]), int(match["minute"])).isoformat("minutes")
    except ValueError:
        return None


def parse_moment(text: str) -> str | None:
    """«12.03.2026 14:30», «12 марта 2026 в 14:30» → "2026-03-12T14:30"; None for anything else."""
    match = _BOTH.fullmatch(" ".join(text.lower().split()).replace("t", " "))
    if match is None:
        return None
    day, moment = parse_day(match["day"]), parse_time(match["time"])
    return f"{day}T{moment}" if day and moment else None


def _month(word: str) -> int:
    """0 for a word that is no month."""
    return next((number for number, name in enumerate(MONTHS, start=1) if name == word), 0)
