"""The menu as data: what there is, who sees it, and which entry is the present one."""

from collections.abc import Callable
from dataclasses import dataclass

from core.people.model import Actor, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """`path` is the beginning of all its pages' addresses; `icon` one of Font Awesome's solid set."""

    title: str
    path: str
    icon: str
    visible: Callable[[Actor], bool]

    def is_current(self, path: str) -> bool:
        return path == self.path or (self.path != "/" and path.startswith(self.path + "/"))


def _staff(actor: Actor) -> bool:
    return actor.is_staff


def _runs_the_installation(actor: Actor) -> bool:
    return Role.ADMINISTRATOR in actor.roles


def _is_methodist(actor: Actor) -> bool:
    return actor.everywhere or bool(actor.municipalities)


ENTRIES = (
    Entry("Цикл", "/", "fa-arrows-rotate", _staff),
    Entry("Анкеты", "/surveys", "fa-file-lines", _is_methodist),
    Entry("Анкетирование", "/campaigns", "fa-clipboard-list", _staff),
    Entry("Показатели", "/indicators", "fa-chart-simple", _staff),
    Entry("Система", "/system", "fa-heart-pulse", _runs_the_installation),
)


def entries(actor: Actor) -> list[Entry]:
    return [entry for entry in ENTRIES if entry.visible(actor)]
