"""Response rate of campaigns, counted by the database."""

from collections.abc import Sequence

from core.campaigns.counting import by_organisation
from core.campaigns.scope import place
from core.indicators.context import Context, Wave
from core.indicators.model import Evidence

Rates = dict[int, dict[int, tuple[int, int]]]
"""(invited, submitted) by campaign and organisation."""


async def rates(context: Context, found: Sequence[Wave]) -> Rates:
    campaigns = {wave.campaign.id: wave.definition.respondent for wave in found}
    here = () if context.organisation_id is None else (place() == context.organisation_id,)
    return await by_organisation(context.session, campaigns, *here)


def total(by_organisation: dict[int, tuple[int, int]]) -> tuple[int, int]:
    invited = sum(one[0] for one in by_organisation.values())
    return invited, sum(one[1] for one in by_organisation.values())


async def evidence(context: Context, found: Sequence[Wave]) -> tuple[Evidence, ...]:
    """Which campaigns stand behind a number, newest first."""
    counts = await rates(context, found)
    return tuple(
        Evidence(
            campaign_id=wave.campaign.id,
            title=wave.campaign.title,
            opened_at=wave.campaign.opened_at or wave.campaign.opens_at,
            closed_at=wave.campaign.closed_at,
            invited=total(counts[wave.campaign.id])[0],
            submitted=total(counts[wave.campaign.id])[1],
        )
        for wave in reversed(found)
    )
