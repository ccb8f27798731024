"""Minutes, branches, traps and invitations of a rehearsal, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from admin.shell.formatting import NBSP, decimal, moment, plural
from admin.shell.words import POSITION_GROUPS
from core.rehearsal.model import Invitations, Minutes, Part, Rehearsal, Unreached
from core.surveys.model import Respondent, SurveyDefinition
from core.surveys.wording import filled

_PARTS = {Part.SECTION: "Раздел", Part.QUESTION: "Вопрос", Part.CHOICE: "Вариант ответа"}
_NEARLY_AT_ONCE = 2
"""Seconds below which nobody would notice a wait."""
_FEW_SECONDS = 120


@dataclass(frozen=True, slots=True)
class MinutesView:
    """`tiles`: title, value, note; `groups`: position group, people, usual minutes."""

    tone: str
    verdict: str
    tiles: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class BranchView:
    part: str
    label: str
    inside: str
    condition: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrapView:
    label: str
    share: str
    condition: str
    message: str


def wording(text: str) -> str:
    """A label as it stands in the survey; what is filled in for each respondent is left open."""
    return filled(text, lambda _: "…")


def minutes(found: Minutes | None) -> MinutesView | None:
    if found is None:
        return None
    tone, verdict = _verdict(found)
    return MinutesView(
        tone,
        verdict,
        (
            ("Обещано на карточке", _minutes(found.promised), ""),
            ("Обычно уйдёт", _minutes(found.median), "у половины меньше, у половины больше"),
            ("Девяти из десяти хватит", _minutes(found.usual_longest), ""),
            ("Самое долгое", _minutes(found.longest), ""),
        ),
        tuple(
            (POSITION_GROUPS.get(one.position_group, one.position_group), str(one.people), _minutes(one.median))
            for one in found.by_group
        ),
    )


def _verdict(found: Minutes) -> tuple[str, str]:
    if round(found.median) > found.promised:
        return "act", "Анкета длиннее, чем обещано. Поправьте время на её карточке или уберите часть вопросов."
    if round(found.usual_longest) > found.promised:
        return "calm", "Большинству обещанного времени хватит, но не всем."
    return "good", "Обещанного времени хватит почти всем."


def _minutes(value: float) -> str:
    return f"{decimal(value)}{NBSP}мин"


def branches(found: Sequence[Unreached]) -> list[BranchView]:
    return [
        BranchView(_PARTS[one.part], wording(one.label), wording(one.inside), one.condition, _titles(one))
        for one in found
    ]


def _titles(one: Unreached) -> tuple[tuple[str, str], ...]:
    return tuple((name, wording(title)) for name, title in one.names if title)


def traps(found: Rehearsal) -> list[TrapView]:
    views = []
    for one in found.traps:
        constraint = one.question.constraint
        views.append(
            TrapView(
                wording(one.question.label),
                f"{decimal(one.share, 0)}{NBSP}%",
                constraint.source if constraint is not None else "",
                wording(one.question.constraint_message or ""),
            )
        )
    return views


def invitations(found: Invitations, definition: SurveyDefinition, zone: str) -> list[str]:
    """One sentence a line."""
    lines = []
    if found.last_at is None:
        lines.append("Пока приглашать некого: к боту не подключён никто из тех, кого вы хотите спросить.")
    else:
        begins = moment(found.first_at, zone)
        last = found.last_at.astimezone(ZoneInfo(zone))
        many = plural(found.now, "приглашение", "приглашения", "приглашений")
        lines.append(f"Уйдёт {many}: первое {begins}, последнее в {last:%H:%M:%S}, {_later(found)}.")
    if found.waiting:
        waiting = plural(found.waiting, "приглашение дождётся", "приглашения дождутся", "приглашений дождутся")
        lines.append(f"{'Ещё ' if found.now else ''}{waiting} тех, кто пока не подключился к боту.")
    if definition.respondent is Respondent.PAIR:
        lines.append("Кто состоит в нескольких парах, получит по приглашению о каждой.")
    return lines


def _later(found: Invitations) -> str:
    seconds = (found.last_at - found.first_at).total_seconds() if found.last_at else 0
    if seconds < _NEARLY_AT_ONCE:
        return "почти сразу"
    if seconds < _FEW_SECONDS:
        return f"через {plural(round(seconds), 'секунду', 'секунды', 'секунд')}"
    return f"через {plural(round(seconds / 60), 'минуту', 'минуты', 'минут')}"
