"""The next wave of a campaign: the same settings, another title, new dates."""

import re
from dataclasses import replace

from admin.campaigns import forms
from admin.campaigns.forms import CampaignForm
from core.campaigns.model import CampaignDetail, SurveyChoice

_WAVE = re.compile(r",? \d+-я волна$")


def repeated(fresh: CampaignForm, detail: CampaignDetail, survey: SurveyChoice, wave: int) -> CampaignForm:
    """`fresh` has the new dates; options that the survey's newest version no longer has are left out."""
    earlier = forms.filled(detail, "UTC")
    return replace(
        earlier,
        form_id=fresh.form_id,
        title=wave_title(earlier.title, wave),
        opens_at=fresh.opens_at,
        closes_at=fresh.closes_at,
        options=earlier.options & {name for name, _label, _on in survey.options},
        help_contact=earlier.help_contact or fresh.help_contact,
    )


def wave_title(title: str, wave: int) -> str:
    """«Осень, 2-я волна», whatever wave the title named before; never longer than a title may be."""
    ending = f", {wave}-я волна"
    return _WAVE.sub("", title)[: forms.TITLE_LENGTH - len(ending)] + ending
