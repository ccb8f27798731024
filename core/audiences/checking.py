"""Whether an audience names only what its municipality has."""

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.titles import Shelf, titles
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.registry.model import Area


async def check(session: AsyncSession, actor: Actor | None, municipality_id: int, audience: Audience) -> None:
    """Raises AppError `audience.foreign`, NotFound for a municipality that the actor does not manage.

    What has been archived since may be named: it only reaches nobody any more.
    """
    if actor is not None and not actor.manages(municipality_id):
        raise NotFound
    if not audience.deficit_areas <= set(Area):
        raise AppError("audience.foreign")
    if audience.answered is not None and audience.campaign is None:
        raise AppError("audience.foreign")
    for shelf, ids in named(audience):
        if set(await titles(session, actor, municipality_id, shelf, ids=ids)) != ids:
            raise AppError("audience.foreign")


def named(audience: Audience) -> Iterator[tuple[Shelf, frozenset[int]]]:
    """The rows that it names."""
    for shelf in Shelf:
        value = getattr(audience, shelf)
        ids = value if isinstance(value, frozenset) else frozenset() if value is None else frozenset({value})
        if ids:
            yield shelf, ids
