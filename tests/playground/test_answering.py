"""A playground filled from a profile: every survey of the catalogue is answered by those it is meant for."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select

from cli.preparing import CATALOGUE, PROFILES, publish_built_in
from core.people import queries
from core.people.model import Role
from core.sealing import Sealer
from core.surveys.drafts import answers_of, definition_of
from core.surveys.loading import parse_definition
from playground.answering import Answering
from playground.campaigns import SURVEYS, open_campaigns
from playground.cast import Groups
from playground.seed import fill, made_up_people
from storage.models import Ballot, Campaign, Event, Grant, MentoringPair, Organisation, Participation, Response
from storage.models import SurveyVersion as Version
from storage.session import Database
from tests.clocks import SetClock

SHARE = 0.1


class Silent:
    def stage(self, title: str, total: int) -> Callable[[], None]:
        return lambda: None


def test_there_is_an_example_of_every_survey() -> None:
    codes = {parse_definition(file.read_text(encoding="utf-8"), file.name).code for file in CATALOGUE.glob("*.yaml")}
    assert set(SURVEYS) == codes


async def test_everybody_who_should_answers(sqlite_db: Database) -> None:
    clock = SetClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    await publish_built_in(sqlite_db, clock, "zima")
    cast = await fill(sqlite_db, clock, PROFILES, "zima", Silent())
    await _the_municipality_is_alive(sqlite_db)
    groups = Counter(one.group for one in cast.members)
    assert all(groups[group] > 0 for group in Groups)
    assert groups[Groups.COORDINATORS] == 19

    async with sqlite_db.read() as session:
        methodist = await queries.actor_of_account(session, cast.methodist.account_id)
        municipality = (await queries.municipalities(session, methodist))[0]
    opened = await open_campaigns(sqlite_db, clock, methodist, municipality.id)
    answering = Answering(sqlite_db, clock, Sealer("secret"))
    people = made_up_people(PROFILES, cast)
    submitted = await answering.answer_all(list(opened.values()), people, SHARE, "Asia/Irkutsk", Silent())
    again = await answering.answer_all(list(opened.values()), people, SHARE, "Asia/Irkutsk", Silent())
    assert (submitted > 120, again) == (True, 0)
    await _answers_are_there(sqlite_db, opened)


async def _the_municipality_is_alive(db: Database) -> None:
    async with db.read() as session:
        events = (await session.execute(select(func.count()).select_from(Event))).scalar_one()
        pairs = (await session.execute(select(func.count()).select_from(MentoringPair))).scalar_one()
        covered = set(await session.scalars(select(Grant.organisation_id).where(Grant.role == Role.COORDINATOR)))
        assert covered == set(await session.scalars(select(Organisation.id)))
    assert events == 3
    assert pairs > 5


async def _answers_are_there(db: Database, opened: dict[str, int]) -> None:
    async with db.read() as session:
        states = await session.execute(
            select(Participation.campaign_id, func.count())
            .where(Participation.state == "submitted")
            .group_by(Participation.campaign_id)
        )
        done = {one: many for one, many in states}  # noqa: C416 - dict() does not know rows
        answered: set[str] = set()
        asked: set[str] = set()
        for code, campaign in opened.items():
            row = await session.get_one(Campaign, campaign)
            definition = definition_of(await session.get_one(Version, row.survey_version_id))
            assert done[campaign] > 0, code
            responses = list(await session.scalars(select(Response.id).where(Response.campaign_id == campaign)))
            ballots = select(func.count()).select_from(Ballot).where(Ballot.campaign_id == campaign)
            anonymous = (await session.execute(ballots)).scalar_one()
            assert done[campaign] == (anonymous if code == "burnout" else len(responses)), code
            asked |= {one.type for one in definition.questions if one.is_asked}
            for response in responses:
                answered |= {definition.question(n).type for n in await answers_of(session, definition, response)}
    assert asked <= answered
