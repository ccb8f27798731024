"""What the states of rows mean, for the system page."""

from collections.abc import Mapping
from types import MappingProxyType

from core.settings import Settings

INBOX: Mapping[str, str] = MappingProxyType(
    {"new": "ждут обработки", "applied": "записаны, ждут ответа в чат", "aside": "отложены", "done": "обработаны"}
)
DELIVERIES: Mapping[str, str] = MappingProxyType(
    {
        "queued": "в очереди",
        "sending": "отправляются",
        "retrying": "ждут повтора",
        "held": "приостановлены",
        "sent": "доставлены",
        "merged": "попали в подборку за день",
        "unreachable": "некому доставить",
        "failed": "отклонены мессенджером",
        "unknown": "ответ не пришёл",
        "cancelled": "отменены",
    }
)


def retention(settings: Settings) -> list[tuple[str, int, str]]:
    """What is kept, for how many days, and which setting says so."""
    return [
        ("Люди в архиве, потом стираются", settings.keep_archived_days, "KEEP_ARCHIVED_DAYS"),
        ("Ответы именных и конфиденциальных анкет", settings.keep_answers_days, "KEEP_ANSWERS_DAYS"),
        ("Журнал действий", settings.keep_audit_days, "KEEP_AUDIT_DAYS"),
        ("Сведения об отправленных сообщениях", settings.keep_deliveries_days, "KEEP_DELIVERIES_DAYS"),
        ("Следы входов и приглашений", settings.keep_passing_days, "KEEP_PASSING_DAYS"),
        ("Возможность отменить загрузку", settings.keep_imports_days, "KEEP_IMPORTS_DAYS"),
    ]
