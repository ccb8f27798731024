"""The menu as data: what there is, who sees it, and which entry is the present one."""

from collections.abc import Callable
from dataclasses import dataclass

from core.people.model import Actor
from core.registry import kinds
from core.registry.model import Kind
from core.registry.reach import sees


@dataclass(frozen=True, slots=True)
class Entry:
    """`path` is the beginning of all its pages' addresses; `icon` one of Font Awesome's solid set."""

    title: str
    path: str
    icon: str
    visible: Callable[[Actor], bool]
    others: tuple[str, ...] = ()
    """Beginnings of addresses of further pages that stand behind the same entry."""

    def is_current(self, path: str) -> bool:
        return any(path == own or (own != "/" and path.startswith(own + "/")) for own in (self.path, *self.others))


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a small heading; the first group needs none."""

    title: str
    entries: tuple[Entry, ...]


def _staff(actor: Actor) -> bool:
    return actor.is_staff


def _runs_the_installation(actor: Actor) -> bool:
    return actor.everywhere


def _administers(actor: Actor) -> bool:
    return actor.everywhere or bool(actor.administered)


def _is_methodist(actor: Actor) -> bool:
    return actor.everywhere or bool(actor.municipalities)


def _invites(actor: Actor) -> bool:
    return _is_methodist(actor) or bool(actor.organisations)


def _sees(kind: Kind) -> Callable[[Actor], bool]:
    return lambda actor: sees(kind, actor)


RECORDS = ("/attestation", "/awards", "/expert-work", "/mentor-bank", "/programmes", "/positions", "/subjects")
"""Tables behind one entry beside training; their pages lead from one to another."""

GROUPS = (
    Group(
        "",
        (
            Entry("Цикл", "/", "fa-arrows-rotate", _staff),
            Entry("Анкеты", "/surveys", "fa-file-lines", _is_methodist),
            Entry("Анкетирование", "/campaigns", "fa-clipboard-list", _staff),
            Entry("Объявления", "/announcements", "fa-bullhorn", _is_methodist),
            Entry("Адресаты", "/audiences", "fa-people-group", _is_methodist),
            Entry("Напоминания", "/reminders", "fa-bell", _is_methodist),
            Entry("Показатели", "/indicators", "fa-chart-simple", _staff),
        ),
    ),
    Group(
        "Реестр",
        (
            Entry("Педагоги", "/people", "fa-user-group", _sees(kinds.TEACHERS)),
            Entry("Организации", "/organisations", "fa-school", _sees(kinds.ORGANISATIONS)),
            Entry("Объединения", "/associations", "fa-people-roof", _sees(kinds.ASSOCIATIONS)),
            Entry("Сведения", "/training", "fa-graduation-cap", _sees(kinds.TRAINING), RECORDS),
            Entry("Импорт", "/imports", "fa-file-import", _is_methodist),
            Entry("Приглашения", "/invites", "fa-qrcode", _invites),
            Entry("Кому не доходит", "/unreachable", "fa-comment-slash", _invites),
        ),
    ),
    Group(
        "Управление",
        (
            Entry("Учётные записи", "/accounts", "fa-key", _administers),
            Entry("Правила рассылки", "/sending", "fa-moon", _is_methodist),
            Entry("Журнал действий", "/audit", "fa-clock-rotate-left", _administers),
            Entry("Система", "/system", "fa-heart-pulse", _runs_the_installation),
        ),
    ),
)
ENTRIES = tuple(entry for group in GROUPS for entry in group.entries)


def groups(actor: Actor) -> list[Group]:
    """What the actor sees; groups with nothing to see are left out."""
    seen = [Group(group.title, tuple(one for one in group.entries if one.visible(actor))) for group in GROUPS]
    return [group for group in seen if group.entries]
