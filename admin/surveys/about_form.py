"""What a methodist types about a draft: kept as typed, errors beside the fields."""

import re
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from admin.shell import texts
from admin.shell.words import PRIVACY, RESPONDENTS
from core.authoring import rules
from core.authoring.model import About
from core.errors import AppError
from core.surveys.model import Respondent, SurveyDefinition, SurveyPrivacy

FIELD_OF = {
    "authoring.code_unsound": "code",
    "authoring.title_unsound": "title",
    "authoring.purpose_unsound": "purpose",
    "authoring.minutes_unsound": "minutes",
    "authoring.k_unsound": "k",
    "authoring.version_unsound": "version",
    "authoring.version_taken": "version",
}
"""Where on the page an error of core belongs; others stand above all fields."""


@dataclass(slots=True)
class AboutForm:
    code: str
    title: str
    purpose: str
    privacy: str
    respondent: str
    minutes: str
    k: str
    errors: dict[str, str] = field(default_factory=dict)

    def about(self) -> About | None:
        """None when something is wrong, which then is among the errors."""
        about = About(
            code=self.code,
            title=self.title,
            purpose=self.purpose,
            privacy=SurveyPrivacy(self.privacy),
            respondent=Respondent(self.respondent),
            minutes=_whole(self.minutes),
            k=_whole(self.k),
        )
        try:
            rules.check_about(about)
        except AppError as error:
            self.errors[FIELD_OF[error.key]] = texts.sentence(error)
            return None
        return about


def filled(definition: SurveyDefinition) -> AboutForm:
    return AboutForm(
        code=definition.code,
        title=definition.title,
        purpose=definition.purpose,
        privacy=definition.privacy,
        respondent=definition.respondent,
        minutes=str(definition.minutes),
        k=str(definition.k),
    )


def typed(sent: FormData, definition: SurveyDefinition) -> AboutForm:
    """A choice that the page does not offer leaves things as they are."""
    privacy, respondent = _text(sent, "privacy"), _text(sent, "respondent")
    return AboutForm(
        code=_text(sent, "code"),
        title=_text(sent, "title"),
        purpose=_text(sent, "purpose").replace("\r\n", "\n"),
        privacy=privacy if privacy in PRIVACY else definition.privacy,
        respondent=respondent if respondent in RESPONDENTS else definition.respondent,
        minutes=_text(sent, "minutes"),
        k=_text(sent, "k"),
    )


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _whole(text: str) -> int:
    """0, which nothing allows, for what is no number."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
