"""Where each kind of record lives and what it is called, in every case that the pages need."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.registry import kinds
from core.registry.model import Kind


@dataclass(frozen=True, slots=True)
class Room:
    """`path` begins the addresses of its pages."""

    kind: Kind
    path: str
    title: str
    forms: tuple[str, str, str]
    """For one, few, many."""
    add: str
    """What the button and the page of a new one say."""
    archive: str
    """The question before it is put away."""
    restore: str
    word: str = "запись"
    """How sentences about one name it, in the accusative."""
    lead: str = ""
    """What the list is, where its title does not say it all."""

    @property
    def code(self) -> str:
        return self.kind.code

    def place(self, record_id: int) -> str:
        """The card. A look at somebody's attestation is a part of their card."""
        return f"{PATHS[kinds.TEACHERS.code] if self.kind.view else self.path}/{record_id}"


_RECORD = ("запись", "записи", "записей")

ROOMS = (
    Room(
        kinds.TEACHERS,
        "/people",
        "Педагоги",
        ("человек", "человека", "человек"),
        "Добавить педагога",
        "Убрать карточку педагога в архив?",
        "Вернуть карточку педагога из архива?",
        "карточку",
    ),
    Room(
        kinds.ORGANISATIONS,
        "/organisations",
        "Организации",
        ("организация", "организации", "организаций"),
        "Добавить организацию",
        "Убрать организацию в архив?",
        "Вернуть организацию из архива?",
        "организацию",
    ),
    Room(
        kinds.ASSOCIATIONS,
        "/associations",
        "Методические объединения",
        ("объединение", "объединения", "объединений"),
        "Добавить объединение",
        "Убрать объединение в архив?",
        "Вернуть объединение из архива?",
        "объединение",
    ),
    Room(
        kinds.TRAINING,
        "/training",
        "Обучение",
        _RECORD,
        "Добавить запись об обучении",
        "Убрать запись об обучении в архив?",
        "Вернуть запись об обучении из архива?",
        lead="Курсы повышения квалификации и переподготовка, которые педагоги уже прошли.",
    ),
    Room(
        kinds.ATTESTATIONS,
        "/attestation",
        "Аттестация",
        ("человек", "человека", "человек"),
        "",
        "",
        "",
        "карточку",
        lead="У кого какая категория, когда она заканчивается и на какой день запланирована новая аттестация.",
    ),
    Room(
        kinds.AWARDS,
        "/awards",
        "Награды",
        ("награда", "награды", "наград"),
        "Добавить награду",
        "Убрать награду в архив?",
        "Вернуть награду из архива?",
        "награду",
    ),
    Room(
        kinds.EXPERT_WORK,
        "/expert-work",
        "Экспертная работа",
        _RECORD,
        "Добавить запись об экспертной работе",
        "Убрать запись об экспертной работе в архив?",
        "Вернуть запись об экспертной работе из архива?",
        lead="Жюри, экспертные группы, предметные комиссии.",
    ),
    Room(
        kinds.MENTOR_BANK,
        "/mentor-bank",
        "Банк наставников",
        _RECORD,
        "Добавить в банк наставников",
        "Убрать запись из банка наставников в архив?",
        "Вернуть запись в банк наставников?",
        lead="Кто в каком году готов быть наставником.",
    ),
    Room(
        kinds.PROGRAMMES,
        "/programmes",
        "Банк программ",
        ("программа", "программы", "программ"),
        "Добавить программу",
        "Убрать программу в архив?",
        "Вернуть программу из архива?",
        "программу",
        lead="Программы повышения квалификации и переподготовки, которые можно предложить педагогам.",
    ),
    Room(
        kinds.POSITIONS,
        "/positions",
        "Должности",
        ("должность", "должности", "должностей"),
        "Добавить должность",
        "Убрать должность в архив?",
        "Вернуть должность из архива?",
        "должность",
        lead="Список общий для всех муниципалитетов, меняет его администратор установки.",
    ),
    Room(
        kinds.SUBJECTS,
        "/subjects",
        "Предметы",
        ("предмет", "предмета", "предметов"),
        "Добавить предмет",
        "Убрать предмет в архив?",
        "Вернуть предмет из архива?",
        "предмет",
        lead="Список общий для всех муниципалитетов, меняет его администратор установки.",
    ),
)
PATHS = {room.code: room.path for room in ROOMS}
BY_CODE = {room.code: room for room in ROOMS}
TABS = tuple(room for room in ROOMS if room.kind not in {kinds.TEACHERS, kinds.ORGANISATIONS, kinds.ASSOCIATIONS})
"""Tables behind one entry of the menu."""


def called(room: Room, settings: Mapping[str, Any]) -> Room:
    """The room as this municipality calls it: associations are РМО in one place and ГМО in another."""
    words = settings.get("words") or {}
    short, plural = words.get("association_short"), words.get("association_plural")
    if room.kind is not kinds.ASSOCIATIONS or not short or not plural:
        return room
    return replace(
        room,
        title=plural[:1].upper() + plural[1:],
        add=f"Добавить {short}",
        archive=f"Убрать {short} в архив?",
        restore=f"Вернуть {short} из архива?",
        word=short,
    )
