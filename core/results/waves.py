"""The wave before: what a campaign's figures are set beside, and where the two asked differently."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignDetail, CampaignState
from core.results.figures import SHAPES, wording
from core.results.model import Earlier
from core.results.source import Source, source_of
from core.surveys.drafts import definition_of
from core.surveys.model import Question, Scale, SurveyDefinition, SurveyPrivacy
from storage.models import Campaign, SurveyVersion


@dataclass(frozen=True, slots=True)
class Wave:
    """A campaign and what it asked."""

    campaign: Campaign
    definition: SurveyDefinition

    @property
    def source(self) -> Source:
        return source_of(SurveyPrivacy(self.definition.privacy))

    @property
    def is_ready(self) -> bool:
        """A protected campaign has nothing to tell before it closes."""
        return self.source is Source.ANSWERS or self.campaign.state == CampaignState.CLOSED


async def wave(session: AsyncSession, campaign_id: int) -> Wave:
    """One that exists and that the actor was found to reach."""
    campaign = await session.get_one(Campaign, campaign_id)
    version = await session.get_one(SurveyVersion, campaign.survey_version_id)
    return Wave(campaign, definition_of(version))


async def wave_before(session: AsyncSession, detail: CampaignDetail) -> Wave | None:
    """The campaign of the same survey that opened before."""
    before = detail.row.previous
    return None if before is None else await wave(session, before.id)


def earlier(now: Wave, before: Wave | None) -> Earlier | None:
    if before is None:
        return None
    return Earlier(
        before.campaign.id,
        before.campaign.title,
        comparable=is_comparable(now, before),
        same_version=before.campaign.survey_version_id == now.campaign.survey_version_id,
    )


def is_comparable(now: Wave, before: Wave) -> bool:
    """Shares of a named survey are of those who answered a question, of a protected one of all ballots."""
    return now.source is before.source and before.is_ready


def same_question(question: Question, before: SurveyDefinition) -> Question | None:
    """The question of that name, when it is of the same kind."""
    if not before.has(question.name):
        return None
    found = before.by_name(question.name)
    return found if SHAPES.get(found.type) == SHAPES.get(question.type) else None


def is_reworded(question: Question, before: Question) -> bool:
    return _wordings(question) != _wordings(before)


def same_scale(scale: Scale, before: SurveyDefinition) -> Scale | None:
    return next((one for one in before.scales if one.name == scale.name), None)


def is_recounted(scale: Scale, before: Scale) -> bool:
    """It is made of other items, or these count otherwise."""
    return (scale.items, scale.points, scale.reversed) != (before.items, before.points, before.reversed)


def _wordings(question: Question) -> tuple[str, dict[str, str]]:
    return wording(question.label), {choice.name: wording(choice.label) for choice in question.choices}
