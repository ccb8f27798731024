"""What the states of rows mean, for the system page."""

from collections.abc import Mapping
from types import MappingProxyType

INBOX: Mapping[str, str] = MappingProxyType(
    {"new": "ждут обработки", "applied": "записаны, ждут ответа в чат", "aside": "отложены", "done": "обработаны"}
)
DELIVERIES: Mapping[str, str] = MappingProxyType(
    {
        "queued": "в очереди",
        "sending": "отправляются",
        "retrying": "ждут повтора",
        "sent": "доставлены",
        "unreachable": "некому доставить",
        "failed": "отклонены мессенджером",
        "unknown": "ответ не пришёл",
        "cancelled": "отменены",
    }
)
