"""Why nothing reaches somebody, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from core.people.model import Unreachable

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Unreachable.BLOCKED: (
            "Остановил(а) бота",
            "Попросите открыть чат с ботом и нажать «Перезапустить». Новое приглашение не нужно.",
        ),
        Unreachable.DEACTIVATED: (
            "Учётной записи в мессенджере больше нет",
            "Когда появится новая, выдайте приглашение.",
        ),
        Unreachable.GONE: ("Чата с ботом больше нет", "Выдайте приглашение: по нему чат откроется заново."),
    }
)
"""Reason → what happened, what to do."""

UNKNOWN = ("Мессенджер не принимает сообщения", "Выдайте приглашение: по нему чат откроется заново.")


def happened(reason: str) -> tuple[str, str]:
    return REASONS.get(reason, UNKNOWN)


def in_passing(reason: str) -> str:
    """What happened, in the midst of a sentence."""
    said = happened(reason)[0]
    return said[:1].lower() + said[1:]
