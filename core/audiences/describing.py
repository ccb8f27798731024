"""An audience as one Russian sentence, the same in the admin and in the chat."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.checking import named
from core.audiences.model import Audience
from core.audiences.titles import Shelf, titles
from core.audiences.words import known, labels
from core.people.model import Actor

MOST_NAMES = 7
"""Of a list; how many more there are is said as a number."""

Titles = Mapping[Shelf, Mapping[int, str]]


async def describe(
    session: AsyncSession, actor: Actor | None, municipality_id: int, audience: Audience, who: str = ""
) -> str:
    """Without a full stop. `who` takes the place of «педагоги» where only some of them are meant, such as coordinators.

    What is gone or another municipality's is said to be another one. Named answers are read by methodists: to others
    who see whom it reached, the area would tell what these people answered.
    """
    found = {one: await titles(session, actor, municipality_id, one, ids=ids) for one, ids in named(audience)}
    return said(audience, found, who, secret=actor is not None and not actor.manages(municipality_id))


def said(audience: Audience, found: Titles, who: str = "", *, secret: bool = False) -> str:
    """`found`: titles of the rows that the audience names, as far as they are known; `secret`: without the areas."""
    if audience.is_everybody:
        return who or _word("heads", "everybody")
    clauses = [_whose(audience, found, who), *_clauses(audience, found), *_needs(audience, secret=secret)]
    return "; ".join(clauses)


def _whose(audience: Audience, found: Titles, who: str) -> str:
    """«Педагоги школ и детских садов: Школа № 1, Сад № 2»."""
    head = who or _word("heads", _head(audience))
    if audience.kinds:
        kinds = known()["of_kinds"]
        head += " " + _joined([kinds[one] for one in kinds if one in audience.kinds])
    if not audience.organisations:
        return head
    return f"{head}: {_names(Shelf.ORGANISATIONS, audience.organisations, found)}"


def _head(audience: Audience) -> str:
    if audience.young_only:
        return "young_managers" if audience.management else "young"
    if audience.management is not None:
        return "managers" if audience.management else "teachers"
    return "teachers" if audience.positions or audience.position_groups else "all"


def _clauses(audience: Audience, found: Titles) -> Iterator[str]:
    if audience.management is False:
        yield known()["without_managers"]
    if audience.position_groups:
        yield _joined(_chosen("position_groups", audience.position_groups))
    yield from _listed("positions", audience.positions, found)
    yield from _listed("subjects", audience.subjects, found)
    yield from _coded("categories", audience.categories)
    yield from _listed("associations", audience.associations, found)
    if audience.mentors or audience.mentees:
        sides = "both" if audience.mentors and audience.mentees else "mentors" if audience.mentors else "mentees"
        yield _word("pairs", sides)
    if audience.campaign is not None:
        name = _one(Shelf.CAMPAIGN, audience.campaign, found)
        yield _word("campaign", audience.answered or "any").format(name=name)
    if audience.event is not None:
        yield known()["event"].format(name=_one(Shelf.EVENT, audience.event, found))


def _needs(audience: Audience, *, secret: bool) -> Iterator[str]:
    if audience.deficit_areas and secret:
        yield known()["secret"]
    elif audience.deficit_areas:
        yield from _coded("deficit_areas", audience.deficit_areas)


def _listed(part: str, ids: frozenset[int], found: Titles) -> Iterator[str]:
    if ids:
        yield _counted(part, len(ids), _names(Shelf(part), ids, found))


def _coded(part: str, codes: Iterable[str]) -> Iterator[str]:
    if several := _chosen(part, codes):
        yield _counted(part, len(several), ", ".join(several))


def _counted(part: str, count: int, names: str) -> str:
    one, several = known()["lists"][part]
    return str(one if count == 1 else several).format(names=names)


def _chosen(part: str, codes: Iterable[str]) -> list[str]:
    """Labels inside a sentence, in the order in which they are offered; a code that is unknown stays a code."""
    wanted = {str(code) for code in codes}
    offered = labels(part)
    return [_small(offered[code]) for code in offered if code in wanted] + sorted(wanted - set(offered))


def _names(shelf: Shelf, ids: frozenset[int], found: Titles) -> str:
    here = found.get(shelf, {})
    told = [here[one] for one in here if one in ids]
    foreign = len(ids) - len(told)
    if foreign:
        told.append(known()["others"][shelf][foreign > 1])
    return _shortened(told)


def _shortened(names: list[str]) -> str:
    if len(names) <= MOST_NAMES + 1:
        return ", ".join(names)
    more = len(names) - MOST_NAMES
    return str(known()["more"]).format(names=", ".join(names[:MOST_NAMES]), count=more)


def _one(shelf: Shelf, identity: int, found: Titles) -> str:
    name = found.get(shelf, {}).get(identity)
    return str(known()["gone"]) if name is None else str(known()["quoted"]).format(name=name)


def _joined(parts: list[str]) -> str:
    """«школ, детских садов и методических центров»."""
    return " и ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _small(label: str) -> str:
    """Abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _word(*path: str) -> str:
    place: Any = known()
    for key in path:
        place = place[key]
    return str(place)
