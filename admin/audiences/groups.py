"""Choices of an audience in the groups in which forms show them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.options import Option, Part, chosen, options
from core.people.model import Actor

LONG = 12
"""A list with more choices gets a box to search in it."""
TOLD = 2
"""So many choices are named beside the heading; of more, their number is told."""

_RADIOS = MappingProxyType({Part.MANAGEMENT: "Все", Part.ANSWERED: "Все, кого спрашивали"})
_SELECTS = MappingProxyType({Part.CAMPAIGN: "Не важно", Part.EVENT: "Не важно"})
_HINTS = MappingProxyType(
    {
        Part.ASSOCIATIONS: "Участники и руководители объединений.",
        Part.PAIRS: "По действующим парам наставничества.",
        Part.DEFICIT_AREAS: (
            "По последней именной анкете о дефицитах, которую отправил педагог; дефицит средний или высокий."
        ),
    }
)
_TOGETHER = MappingProxyType({Part.ANSWERED: Part.CAMPAIGN})
"""Parts that stand in the group of another one."""
_OPEN = frozenset({Part.KINDS})


@dataclass(frozen=True, slots=True)
class Field:
    part: Part
    widget: str
    """checkbox, radio or select."""
    options: Sequence[Option]
    chosen: frozenset[str]
    none: str
    """How the choice of nothing is called; checkboxes have none."""

    @property
    def told(self) -> list[str]:
        return [one.label for one in self.options if one.value in self.chosen]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    hint: str
    fields: Sequence[Field]
    always_open: bool

    @property
    def note(self) -> str:
        """What is chosen, beside the heading."""
        told = [label for field in self.fields for label in field.told]
        return ", ".join(told) if len(told) <= TOLD else f"отмечено: {len(told)}"

    @property
    def open(self) -> bool:
        return self.always_open or bool(self.note)

    @property
    def long(self) -> bool:
        return any(field.widget == "checkbox" and len(field.options) > LONG for field in self.fields)


async def groups(
    session: AsyncSession, actor: Actor, municipality_id: int, audience: Audience, parts: Collection[Part]
) -> list[Group]:
    """A group in which there is nothing to choose from is left out."""
    fields = [await _field(session, actor, municipality_id, audience, part) for part in Part if part in parts]
    there = [one for one in fields if one.options]
    return [
        Group(
            heading=leading.part.heading,
            hint=_HINTS.get(leading.part, ""),
            fields=[one for one in there if _TOGETHER.get(one.part, one.part) is leading.part],
            always_open=leading.part in _OPEN,
        )
        for leading in there
        if leading.part not in _TOGETHER
    ]


async def _field(session: AsyncSession, actor: Actor, municipality_id: int, audience: Audience, part: Part) -> Field:
    widget = "radio" if part in _RADIOS else "select" if part in _SELECTS else "checkbox"
    return Field(
        part=part,
        widget=widget,
        options=await options(session, actor, municipality_id, part),
        chosen=chosen(audience, part),
        none=_RADIOS.get(part) or _SELECTS.get(part, ""),
    )
