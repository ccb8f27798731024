"""How invites are spoken of on the pages."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from core.clock import local_date
from core.invites.model import NOT_JOINED, Standing, Whom
from core.invites.rules import TERMS

STANDING: Mapping[Standing, tuple[str, str]] = MappingProxyType(
    {
        Standing.JOINED: ("good", "подключился"),
        Standing.STOPPED: ("bad", "остановил бота"),
        Standing.INVITED: ("going", "приглашён"),
        Standing.NONE: ("act", "нет приглашения"),
        Standing.OFF: ("calm", "вход отключён"),
    }
)
"""Tone and word."""

FILTERS: Mapping[str, tuple[str, frozenset[Standing]]] = MappingProxyType(
    {
        "": ("Все", frozenset()),
        "not-joined": ("Ещё не подключились", NOT_JOINED),
        **{
            code.value: (title, frozenset({code}))
            for code, title in (
                (Standing.INVITED, "Есть действующее приглашение"),
                (Standing.NONE, "Нет приглашения"),
                (Standing.JOINED, "Подключились"),
                (Standing.STOPPED, "Остановили бота"),
                (Standing.OFF, "Вход отключён"),
            )
        },
    }
)
"""By the word in the address."""

WHOM: Mapping[Whom, str] = MappingProxyType(
    {
        Whom.MISSING: "Тем, у кого нет действующего приглашения",
        Whom.NOT_JOINED: "Всем, кто ещё не подключился",
        Whom.CHOSEN: "Отмеченным людям",
    }
)

_TERM_WORDS = {30: "месяц", 90: "три месяца", 180: "полгода", 365: "год"}
TERM_CHOICES = tuple((days, _TERM_WORDS[days]) for days in TERMS)


def last_day(until: datetime | None, zone: str) -> date | None:
    """The last day on which an invite works that ends at this moment."""
    return None if until is None else local_date(until - timedelta(seconds=1), zone)
