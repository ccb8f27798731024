"""The conditions of the list, out of the address and back; what makes no sense there narrows nothing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from core.reminders.model import ReminderKind, ReminderSearch, ReminderState

PATH = "/reminders/planned"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEFORE = re.compile(r"(\d{1,17})-(\d{1,9})", re.ASCII)
_ID = re.compile(r"\d{1,9}", re.ASCII)


def asked(query: Mapping[str, str]) -> ReminderSearch:
    state, kind, organisation = (query.get(name, "") for name in ("state", "kind", "organisation"))
    return ReminderSearch(
        ReminderState(state) if state in set(ReminderState) else None,
        ReminderKind(kind) if kind in set(ReminderKind) else None,
        int(organisation) if _ID.fullmatch(organisation) else None,
        _before(query.get("before", "")),
    )


def address(search: ReminderSearch, before: tuple[datetime, int] | None = None) -> str:
    parts = {
        "state": search.state or "",
        "kind": search.kind or "",
        "organisation": str(search.organisation_id or ""),
        "before": f"{(before[0] - EPOCH) // timedelta(microseconds=1)}-{before[1]}" if before else "",
    }
    kept = {name: value for name, value in parts.items() if value}
    return f"{PATH}?{urlencode(kept)}" if kept else PATH


def _before(text: str) -> tuple[datetime, int] | None:
    found = _BEFORE.fullmatch(text)
    if found is None:
        return None
    try:
        return EPOCH + timedelta(microseconds=int(found[1])), int(found[2])
    except OverflowError:
        return None
