"""Whom a campaign is put to, in words."""

from collections.abc import Iterable, Mapping

from admin.shell.words import KINDS, POSITION_GROUPS
from core.audiences.model import Audience
from core.campaigns.model import Recipients
from core.surveys.model import Respondent

_EVERYBODY = {
    Respondent.TEACHER: "Все педагоги и руководители",
    Respondent.ORGANISATION: "Ответственные всех организаций, каждый за свою",
    Respondent.PAIR: "Все наставники и наставляемые",
}
_SOME = {
    Respondent.TEACHER: "",
    Respondent.ORGANISATION: "Ответственные организаций: ",
    Respondent.PAIR: "Наставники и наставляемые из организаций: ",
}


def describe(whom: Recipients, event_title: str, organisations: Mapping[int, str]) -> str:
    """In one sentence; `organisations`: names by id."""
    if whom.respondent is Respondent.PARTICIPANT:
        return f"Участники мероприятия «{event_title}»"
    if whom.audience.is_everybody:
        return _EVERYBODY[whom.respondent]
    sentence = _SOME[whom.respondent] + "; ".join(_conditions(whom.audience, organisations))
    return sentence[:1].upper() + sentence[1:]


def _conditions(audience: Audience, organisations: Mapping[int, str]) -> list[str]:
    parts: list[str] = []
    if audience.kinds:
        parts.append(_listed(KINDS[one] for one in sorted(audience.kinds)))
    if audience.organisations:
        parts.append(", ".join(organisations.get(one, "другая организация") for one in sorted(audience.organisations)))
    if audience.position_groups:
        parts.append(_listed(POSITION_GROUPS[one] for one in sorted(audience.position_groups)))
    if audience.management is not None:
        parts.append("только руководители" if audience.management else "без руководителей")
    if audience.young_only:
        parts.append("только молодые педагоги")
    return parts


def _listed(words: Iterable[str]) -> str:
    return ", ".join(word[:1].lower() + word[1:] for word in words)
