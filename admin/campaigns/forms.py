"""What a methodist types about a campaign: kept as typed, checked field by field."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, QueryParams

from admin.audiences import fields as audience_fields
from admin.campaigns import reminder_fields
from core.audiences.model import Audience
from core.campaigns.model import HELP_CONTACT, CampaignDetail, NewCampaign, Recipients, SurveyChoice
from core.campaigns.reminders import ReminderPlan
from core.campaigns.rules import fitting
from core.surveys.model import Respondent

LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
"""What <input type="datetime-local"> sends and takes."""

DEFAULT_TERM = timedelta(days=14)
TITLE_LENGTH = 200
YEARS = range(2000, 2100)
"""A year outside is a slip of the finger."""


@dataclass(slots=True)
class CampaignForm:
    """Times are texts as the browser sends them, in the municipality's zone. `errors` by name of field."""

    title: str = ""
    opens_at: str = ""
    closes_at: str = ""
    event: str = ""
    audience: Audience = field(default_factory=Audience)
    options: frozenset[str] = frozenset()
    help_contact: str = ""
    remind_after: str = ""
    remind_before: str = ""
    remind_at: str = ""
    form_id: str = ""
    """Of the page that was shown: a doubled press sends it twice."""
    errors: dict[str, str] = field(default_factory=dict)

    def recipients(self, municipality_id: int, survey: SurveyChoice) -> Recipients:
        """Whom it would be put to as the form stands now."""
        audience = fitting(self.audience, survey.respondent)
        return Recipients(survey.respondent, municipality_id, audience, _event_id(self.event))

    def campaign(self, municipality_id: int, survey: SurveyChoice, zone: str) -> NewCampaign:
        """For `core.campaigns.actions`; only after `check` found no errors."""
        opens, closes = moment_of(self.opens_at, zone), moment_of(self.closes_at, zone)
        assert opens is not None
        assert closes is not None
        options: dict[str, Any] = {name: name in self.options for name, _label, _default in survey.options}
        if survey.needs_help_contact:
            options[HELP_CONTACT] = self.help_contact
        return NewCampaign(
            municipality_id,
            survey.code,
            self.title,
            self.audience,
            opens,
            closes,
            options,
            event_id=_event_id(self.event) if survey.respondent is Respondent.PARTICIPANT else None,
            survey_version_id=survey.version_id,
            reminders=reminder_fields.plan(self.remind_after, self.remind_before, self.remind_at),
        )


def blank(survey: SurveyChoice, now: datetime, zone: str, help_contact: str) -> CampaignForm:
    """A form filled with what most campaigns will have: from the next full hour, for two weeks, in the evening."""
    local = now.astimezone(ZoneInfo(zone))
    opens = (local + timedelta(hours=1)).replace(minute=0)
    closes = (local + DEFAULT_TERM).replace(hour=20, minute=0)
    return CampaignForm(
        form_id=secrets.token_urlsafe(12),
        title=survey.title,
        opens_at=opens.strftime(LOCAL_FORMAT),
        closes_at=closes.strftime(LOCAL_FORMAT),
        options=frozenset(name for name, _label, on in survey.options if on),
        help_contact=help_contact,
        **reminder_fields.texts(ReminderPlan()),
    )


def filled(detail: CampaignDetail, zone: str) -> CampaignForm:
    """The form as this campaign stands."""
    whom = detail.recipients
    return CampaignForm(
        title=detail.row.title,
        opens_at=local_text(detail.row.opens_at, zone),
        closes_at=local_text(detail.row.closes_at, zone),
        event="" if whom.event_id is None else str(whom.event_id),
        audience=whom.audience,
        options=frozenset(name for name, on in detail.options.items() if on),
        help_contact=detail.help_contact,
        **reminder_fields.texts(detail.reminders),
    )


def typed(form: FormData | QueryParams) -> CampaignForm:
    """What was sent; what can be no choice is dropped."""
    return CampaignForm(
        title=_text(form, "title"),
        opens_at=_text(form, "opens_at"),
        closes_at=_text(form, "closes_at"),
        event=_text(form, "event"),
        audience=audience_fields.typed(form),
        options=_chosen(form, "options"),
        help_contact=_text(form, "help_contact"),
        remind_after=_text(form, "remind_after"),
        remind_before=_text(form, "remind_before"),
        remind_at=_text(form, "remind_at"),
        form_id=_text(form, "form_id")[:40],
    )


def check(form: CampaignForm, survey: SurveyChoice, now: datetime, zone: str) -> None:
    """Fills `form.errors`."""
    if not form.title:
        form.errors["title"] = "Дайте анкетированию название."
    elif len(form.title) > TITLE_LENGTH:
        form.errors["title"] = f"Слишком длинно: уложитесь в {TITLE_LENGTH} знаков."
    _check_dates(form, now, zone)
    if survey.respondent is Respondent.PARTICIPANT and _event_id(form.event) is None:
        form.errors["event"] = "Выберите мероприятие, участников которого нужно спросить."
    if survey.needs_help_contact and not form.help_contact:
        form.errors["help_contact"] = "Без этого открыть анкету нельзя: человек должен знать, к кому обратиться."
    form.errors.update(reminder_fields.errors(form.remind_after, form.remind_before, form.remind_at))


def _check_dates(form: CampaignForm, now: datetime, zone: str) -> None:
    opens, closes = moment_of(form.opens_at, zone), moment_of(form.closes_at, zone)
    if opens is None:
        form.errors["opens_at"] = "Укажите день и время начала."
    if closes is None:
        form.errors["closes_at"] = "Укажите день и время окончания."
    elif opens is not None and closes <= opens:
        form.errors["closes_at"] = "Окончание должно быть позже начала."
    elif closes <= now:
        form.errors["closes_at"] = "Этот срок уже прошёл."


def moment_of(local: str, zone: str) -> datetime | None:
    """The moment that the text names by the zone's clocks; None when it names none."""
    try:
        # Seconds, which some browsers send as well, are cut off.
        moment = datetime.strptime(local[:16], LOCAL_FORMAT).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return moment if moment.year in YEARS else None


def local_text(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime(LOCAL_FORMAT)


def _event_id(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None


def _text(form: FormData | QueryParams, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _chosen(form: FormData | QueryParams, name: str) -> frozenset[str]:
    return frozenset(value for value in form.getlist(name) if isinstance(value, str))
