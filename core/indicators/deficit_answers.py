"""What D1, D2 and D3 are counted from: campaigns of the `deficits` survey and questionnaires handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from core.campaigns.model import ResponseState
from core.indicators.context import Context, Wave, waves
from core.indicators.model import OutsideEvidence
from core.indicators.outside import sources, who_passed
from core.profiles.rules import self_assessment_counts
from core.surveys.drafts import definition_of
from core.surveys.model import Scale, SurveyPrivacy
from core.surveys.queries import visible_to
from storage.models import Campaign, Position, Response, Survey, SurveyVersion, Teacher

SURVEY = "deficits"
SOURCE = "анкета «Профессиональные дефициты», загруженные внешние диагностики и реестр педагогов"
STAFF = (
    "Все педагогические работники и руководители из реестра, которые работают на конец периода "
    "(или на сегодня, пока он не кончился). Кто уволился и перенесён в архив, не считается."
)

_NO_SURVEY = "За этот период анкету о дефицитах ещё не проводили."
_NOT_OFFICIAL = (
    "По настройкам муниципалитета самооценка не входит в официальную долю, а другие диагностики не загружены."
)
_ONLY_SELF = "Учтена только самооценка: результаты внешних диагностик не загружены."


@dataclass(frozen=True, slots=True)
class StaffCount:
    """Staff of one organisation in one position, and how many of them passed the diagnosis."""

    organisation: int
    position: int
    staff: int
    passed: int


async def deficit_waves(context: Context) -> list[Wave]:
    """Campaigns of the survey that were open at some time in the period."""
    start, end = context.moments
    return await waves(
        context, SURVEY, Campaign.opened_at < end, or_(Campaign.closed_at.is_(None), Campaign.closed_at >= start)
    )


def submitted(context: Context) -> Select[int, int]:
    """Ids of named questionnaires handed in during the period, with the teacher's id."""
    start, end = context.moments
    return (
        select(Response.id, Response.teacher_id)
        .join(Campaign, Campaign.id == Response.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Campaign.municipality_id == context.municipality_id,
            Survey.code == SURVEY,
            SurveyVersion.privacy == SurveyPrivacy.NAMED,
            Response.state == ResponseState.SUBMITTED,
            Response.submitted_at >= start,
            Response.submitted_at < end,
        )
    )


def latest(context: Context) -> Select[int, int]:
    """Of these the last one of every teacher."""
    nth = func.row_number().over(
        partition_by=Response.teacher_id, order_by=(Response.submitted_at.desc(), Response.id.desc())
    )
    ranked = submitted(context).add_columns(nth.label("nth")).subquery()
    return select(ranked.c.id, ranked.c.teacher_id).where(ranked.c.nth == 1)


async def scales_of(context: Context, found: list[Wave]) -> tuple[Scale, ...]:
    """The areas of the newest questionnaire of the period, or of the newest one there is."""
    if found:
        return found[-1].definition.scales
    version = await context.session.scalar(
        select(SurveyVersion)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.code == SURVEY, visible_to(context.municipality_id))
        .order_by(SurveyVersion.published_at.desc(), SurveyVersion.id.desc())
        .limit(1)
    )
    return definition_of(version).scales if version else ()


def missing(context: Context, found: list[Wave], outside: Sequence[OutsideEvidence] = ()) -> tuple[str, ...]:
    """What the share lacks, in sentences."""
    if outside:
        return ()
    if not self_assessment_counts(context.settings):
        return (_NOT_OFFICIAL,)
    if not found:
        return (_NO_SURVEY,)
    return (_ONLY_SELF,) if sources(context) else ()


async def staff_counts(context: Context, outside: Sequence[OutsideEvidence] = ()) -> list[StaffCount]:
    """Staff and diagnosed by organisation and position; everything else is a sum of these."""
    place = (Teacher.organisation_id, Teacher.position_id)
    staff = await context.session.execute(select(*place, func.count()).where(context.staff()).group_by(*place))
    sent = who_passed(context, submitted(context), outside).subquery()
    # Counted apart and put together here: SQLite takes minutes to join 100,000 people with a subquery.
    passed = await context.session.execute(
        select(*place, func.count(Teacher.id.distinct()))
        .join(sent, sent.c.teacher_id == Teacher.id)
        .where(context.staff())
        .group_by(*place)
    )
    done = {(organisation, position): people for organisation, position, people in passed}
    return [
        StaffCount(organisation, position, people, done.get((organisation, position), 0))
        for organisation, position, people in staff
    ]


def is_counted(context: Context, found: list[Wave], outside: Sequence[OutsideEvidence] = ()) -> bool:
    """Whether there is anything to count; without it a value is None, not 0."""
    return bool(outside) or (bool(found) and self_assessment_counts(context.settings))


async def position_titles(context: Context) -> dict[int, str]:
    """By id, in the order of the reference."""
    rows = await context.session.execute(select(Position.id, Position.title).order_by(Position.id))
    return dict(rows.all())


def sums(rows: Iterable[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    """Adds up the pairs of each key."""
    found: dict[int, tuple[int, int]] = {}
    for key, first, second in rows:
        before = found.get(key, (0, 0))
        found[key] = (before[0] + first, before[1] + second)
    return found
