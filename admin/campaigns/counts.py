"""How many would be asked, in words, and how many minutes they have had."""

from sqlalchemy.ext.asyncio import AsyncSession

from admin.audiences import counting
from admin.auth import Viewer
from admin.services import Services
from admin.shell.formatting import NBSP, decimal, plural
from core.campaigns import planning, recipients
from core.campaigns.model import Burden, Reached, Recipients
from core.clock import local_date
from core.surveys.model import Respondent


async def lines(session: AsyncSession, services: Services, viewer: Viewer, whom: Recipients, minutes: int) -> list[str]:
    """Whom the conditions reach, whom they leave out, and the burden with these minutes more; one sentence a line."""
    if whom.respondent is Respondent.PARTICIPANT and whom.event_id is None:
        return ["Выберите мероприятие, и здесь появится число участников"]
    today = local_date(services.clock.now(), viewer.municipality.timezone)
    found = await recipients.reached(session, whom, today)
    said = [reach(whom.respondent, found)]
    if found.uncovered:
        said.append(f"Некому ответить за организации: {', '.join(found.uncovered)}")
    if found.people:
        said.append(burden(await planning.burden(session, services.clock, viewer.actor, whom, minutes)))
    return said


def reach(respondent: Respondent, found: Reached) -> str:
    """How many would be asked, counted as it is said of such a survey."""
    people = plural(found.people, "человек", "человека", "человек")
    match respondent:
        case Respondent.ORGANISATION if found.subjects:
            places = plural(found.subjects, "организация", "организации", "организаций")
            return f"{places}, {plural(found.people, 'ответственный', 'ответственных', 'ответственных')}"
        case Respondent.PAIR if found.people:
            return f"{plural(found.subjects, 'пара', 'пары', 'пар')}: {people}"
        case Respondent.PARTICIPANT if found.people:
            return plural(found.people, "участник", "участника", "участников")
        case _:
            return counting.reach(found.people)


def burden(found: Burden) -> str:
    """Minutes of questions this year, before and with the campaign that is being made."""
    with_it = f"С этой анкетой станет {_minutes(found.average_with, found.most_with)}"
    if not found.most:
        return f"С начала года этих людей ещё не спрашивали. {with_it}"
    return f"С начала года этих людей уже спрашивали {_minutes(found.average, found.most)}. {with_it}"


def _minutes(average: float, most: int) -> str:
    if round(average) == most:
        return f"{most}{NBSP}мин"
    return f"в среднем {decimal(average, 0)}{NBSP}мин, самое большее {most}{NBSP}мин"
