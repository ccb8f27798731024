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
}
"""Which field an error of core is about; others belong to publishing."""


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

    def about(self) -> About:
        """As typed, sound or not."""
        return About(
            code=self.code,
            title=self.title,
            purpose=self.purpose,
            privacy=SurveyPrivacy(self.privacy),
            respondent=Respondent(self.respondent),
            minutes=_whole(self.minutes),
            k=_whole(self.k),
        )

    def is_sound(self) -> bool:
        """What is wrong stands among the errors then."""
        try:
            rules.check_about(self.about())
        except AppError as error:
            self.errors[FIELD_OF[error.key]] = texts.sentence(error)
        return not self.errors


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
    """A field that was not sent, and a choice that the page does not offer, leave things as they are."""
    form = filled(definition)
    form.code = _text(sent, "code", form.code)
    form.title = _text(sent, "title", form.title)
    form.purpose = _text(sent, "purpose", form.purpose).replace("\r\n", "\n")
    form.minutes = _text(sent, "minutes", form.minutes)
    form.k = _text(sent, "k", form.k)
    privacy, respondent = _text(sent, "privacy", ""), _text(sent, "respondent", "")
    form.privacy = privacy if privacy in PRIVACY else form.privacy
    form.respondent = respondent if respondent in RESPONDENTS else form.respondent
    return form


def _text(sent: FormData, name: str, otherwise: str) -> str:
    value = sent.get(name, otherwise)
    return value.strip() if isinstance(value, str) else otherwise


def _whole(text: str) -> int:
    """0, which nothing allows, for what is no number."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
