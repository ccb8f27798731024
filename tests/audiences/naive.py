"""Who belongs to an audience, read off plain values one person at a time."""

from core.audiences.model import Answered, Audience
from tests.audiences.town import Person, Town


def belongs(town: Town, one: Person, audience: Audience) -> bool:
    return (
        one.place.town == town.here
        and not one.archived
        and not one.place.archived
        and _works(one, audience)
        and _is(one, audience)
        and _does(one, audience)
        and _needs(one, audience)
    )


def _works(one: Person, audience: Audience) -> bool:
    return (
        (not audience.kinds or one.place.kind in audience.kinds)
        and (not audience.organisations or one.place.id in audience.organisations)
        and (not audience.positions or one.position in audience.positions)
        and (not audience.position_groups or one.group in audience.position_groups)
    )


def _is(one: Person, audience: Audience) -> bool:
    new = one.first_work_year is not None and 2026 - one.first_work_year <= 3
    young = one.birth_year is not None and 2026 - one.birth_year < 35
    return (
        (not audience.categories or one.category in audience.categories)
        and (audience.management is None or one.management is audience.management)
        and (not audience.young_only or (new and young))
        and (not audience.subjects or bool(audience.subjects & one.subjects))
    )


def _does(one: Person, audience: Audience) -> bool:
    paired = (audience.mentors and one.mentor) or (audience.mentees and one.mentee)
    return (
        (not audience.associations or bool(audience.associations & one.circles))
        and (not (audience.mentors or audience.mentees) or paired)
        and (audience.campaign is None or _answered(one, audience))
        and (audience.event is None or audience.event in one.events)
    )


def _answered(one: Person, audience: Audience) -> bool:
    states = one.asked.get(audience.campaign or 0)
    if states is None:
        return False
    done = all(state == "submitted" for state in states)
    return {None: True, Answered.YES: done, Answered.NO: not done}[audience.answered]


def _needs(one: Person, audience: Audience) -> bool:
    if not audience.deficit_areas:
        return True
    sheets = [sheet for sheet in one.sheets if sheet.named and sheet.deficits]
    if not sheets:
        return False
    latest = max(sheets, key=lambda sheet: sheet.moment)
    return any(latest.bands.get(area) in {"medium", "high"} for area in audience.deficit_areas)
