"""The conditions of the list, out of the address and back; what makes no sense there narrows nothing."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from core.audit import words
from core.audit.model import Search

LONGEST = 100
LARGEST_ID = 2**63 - 1


def asked(query: Mapping[str, str]) -> Search:
    group, before = query.get("group", ""), query.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < len(str(LARGEST_ID)) else None
    return Search(
        _clean(query.get("text", "")),
        group if group in words.groups() else "",
        _clean(query.get("subject", "")),
        _day(query.get("since", "")),
        _day(query.get("until", "")),
        number,
    )


def _clean(text: str) -> str:
    """No database of ours takes a zero character or half a pair."""
    return "".join(one for one in text if one.isprintable()).strip()[:LONGEST]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # A zone's midnight of the first and the last year may lie outside of what dates can tell.
    return found if date.min.year + 1 < found.year < date.max.year else None


def address(search: Search, before: int | None = None, path: str = "/audit") -> str:
    parts = {
        "text": search.text,
        "group": search.group,
        "subject": search.subject,
        "since": search.since.isoformat() if search.since else "",
        "until": search.until.isoformat() if search.until else "",
        "before": str(before) if before else "",
    }
    kept = {name: value for name, value in parts.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
