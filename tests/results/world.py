"""People who answered a survey with a question of every kind; the tests count by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.campaigns.model import ParticipationState, ResponseState
from core.people.model import Actor
from core.results import queries
from core.results.model import CampaignResults, Result, ResultCut
from core.surveys import actions as surveys
from core.surveys.encoding import encode
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition, Value
from core.surveys.rules import complete
from core.surveys.scoring import score
from storage.models import Answer, Campaign, Response, ScaleResult
from storage.session import Database
from tests.campaigns.world import World, build_world
from tests.clocks import SetClock

TEXT = (Path(__file__).parent / "survey.yaml").read_text(encoding="utf-8")

ANSWERS: tuple[Mapping[str, Value], ...] = (
    {
        "plans": 1,
        "marks": 3,
        "topic": 1,
        "topics": (1, 2),
        "order": (1, 2, 3),
        "hours": 18,
        "rate": 1.5,
        "mood": 10.0,
        "day": "2026-11-25",
        "hour": "14:30",
        "meeting": "2026-12-01T09:00",
        "words": "=1+1",
    },
    {
        "plans": 3,
        "marks": 3,
        "topic": 1,
        "topics": (2,),
        "order": (2, 1, 3),
        "hours": 24,
        "mood": 5.0,
        "day": "2026-11-02",
        "words": "Спасибо",
    },
    {"plans": 2, "topic": 2, "topics": (2, 3), "hours": 18, "mood": 5.0, "day": "2026-12-24"},
    {"topic": 3, "hours": 30},
)


def definition(*changes: tuple[str, str]) -> SurveyDefinition:
    """The survey of survey.yaml, with pieces of its text put in place of others."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_definition(text, "survey.yaml")


async def town(db: Database, clock: SetClock) -> World:
    world = await build_world(db, clock)
    await surveys.publish(db, clock, definition())
    return world


async def submit(world: World, campaign: int, teacher: int, given: Mapping[str, Value], form: SurveyDefinition) -> int:
    """As submission of a survey that keeps answers leaves them; returns the response."""
    by_number = {form.by_name(name).number: value for name, value in given.items()}
    answers = complete(form, by_number, {})
    async with world.db.write() as session:
        version = (await session.get_one(Campaign, campaign)).survey_version_id
        now = world.clock.now()
        response = Response(campaign_id=campaign, teacher_id=teacher, survey_version_id=version)
        response.state, response.started_at, response.submitted_at = ResponseState.SUBMITTED, now, now
        session.add(response)
        await session.flush()
        for number, value in answers.items():
            for cell in encode(form.question(number), value):
                row = Answer(response_id=response.id, question=number, item=cell.item)
                row.number, row.text = cell.number, cell.text
                session.add(row)
        for one in score(form, answers, {}):
            if one.value is not None:
                band = one.band.code if one.band else None
                session.add(ScaleResult(response_id=response.id, scale=one.name, value=one.value, band=band))
    await world.set_state(campaign, teacher, ParticipationState.SUBMITTED)
    return response.id


async def answer_all(
    world: World,
    campaign: int,
    teachers: Sequence[int],
    given: Sequence[Mapping[str, Value]] = ANSWERS,
    form: SurveyDefinition | None = None,
) -> list[int]:
    """One after another, from the beginning again when there are more people than answers."""
    survey = form or definition()
    return [await submit(world, campaign, one, given[place % len(given)], survey) for place, one in enumerate(teachers)]


async def look(
    world: World, campaign: int, cut: ResultCut | None = None, actor: Actor | None = None
) -> CampaignResults:
    async with world.db.read() as session:
        return await queries.results(session, actor or world.methodist, campaign, cut)


def one(found: CampaignResults, name: str) -> Result:
    return next(result for result in found.all if result.name == name)


def rows(result: Result) -> dict[str, tuple[int | None, float | None]]:
    """n and mean by title of group."""
    return {row.title: (row.figures.n, row.figures.mean) for row in result.rows}
