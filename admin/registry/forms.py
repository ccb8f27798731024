"""A form of one record: what its fields show, from what is stored or from what was typed before an error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from admin.registry import words
from admin.registry.rooms import Room
from admin.shell import texts
from core.people.model import Actor
from core.registry import kinds, queries
from core.registry.fields import Typed
from core.registry.model import Field, Problem, Type


@dataclass(frozen=True, slots=True)
class FieldView:
    """`values` are as a form sends them; `fixed` is the name of what cannot be chosen here."""

    field: Field
    label: str
    hint: str
    values: Sequence[str]
    options: Sequence[tuple[str, str]] = ()
    fixed: str | None = None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def type(self) -> Type:
        return self.field.type

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(slots=True)
class Form:
    """`record_id` is None for a new record; `mark` is of the record that the form shows."""

    room: Room
    actor: Actor
    municipality_id: int
    typed: Typed
    record_id: int | None = None
    mark: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    async def sections(self, session: AsyncSession) -> list[tuple[str, list[FieldView]]]:
        kind = self.room.kind
        return [
            (title, [await self._view(session, kind.field(name)) for name in names])
            for title, names in words.sections(kind)
        ]

    async def _view(self, session: AsyncSession, one: Field) -> FieldView:
        label, hint = words.label(self.room.kind, one.name), words.HINTS.get(one.name, "")
        values = list(self.typed.get(one.name, ()))
        if self._is_fixed(one):
            return FieldView(one, label, hint, values, fixed=await self._name(session, one, values[0]))
        return FieldView(one, label, hint, values, await self._options(session, one, values))

    def _is_fixed(self, one: Field) -> bool:
        """Whose record it is was chosen on a page before; what is settled stays."""
        return one.target == kinds.TEACHERS.code or (one.settled and self.record_id is not None)

    async def _options(self, session: AsyncSession, one: Field, values: Sequence[str]) -> list[tuple[str, str]]:
        """What was chosen before it went to the archive stays among them."""
        if one.choices is not None:
            return list(words.of(one.choices).items())
        if not one.target:
            return []
        chosen = [int(value) for value in values if value.isdigit()] if self.record_id is not None else []
        found = await queries.options(session, self.actor, self.municipality_id, one, chosen)
        return [(str(each.id), each.name) for each in found]

    async def _name(self, session: AsyncSession, one: Field, value: str) -> str:
        return await queries.name_of(session, kinds.BY_CODE[one.target], int(value))


async def typed_in(request: Request, room: Room) -> dict[str, list[str]]:
    """What the form sent, by name of field; files and foreign names are left aside."""
    form = await request.form()
    return {one.name: [value for value in form.getlist(one.name) if isinstance(value, str)] for one in room.kind.fields}


def sentences(problems: Mapping[str, Problem]) -> dict[str, str]:
    return {name: texts.text(problem.key, **problem.params) for name, problem in problems.items()}
