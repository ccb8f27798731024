"""Roles in words."""

from collections.abc import Mapping
from types import MappingProxyType

from core.people.model import Role

ROLES: Mapping[str, str] = MappingProxyType(
    {
        Role.TEACHER: "педагог",
        Role.COORDINATOR: "ответственный от организации",
        Role.LEADER: "руководитель объединения",
        Role.METHODIST: "методист",
        Role.ADMINISTRATOR: "администратор",
    }
)
ROLES_EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        Role.METHODIST: "ведёт реестр, анкеты, объявления и отчёты муниципалитета",
        Role.ADMINISTRATOR: "то же и ещё учётные записи, персональные данные, журнал действий",
    }
)
"""What each role that is given here may do."""
