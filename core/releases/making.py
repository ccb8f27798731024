"""A protected campaign closes: what may be published is counted and kept, anonymous ballots are erased.

Works inside the transaction that closes the campaign: when anything fails, everything is as before.
"""

import asyncio
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.disclosure import Wave
from core.errors import AppError
from core.releases.ballot import decode
from core.releases.gathering import linked_ballots
from core.releases.model import Ballot, Cell, Release
from core.releases.participants import most_ballots
from core.releases.tally import tally
from core.releases.waves import earlier_waves
from core.sealing import Sealer
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from storage.models import Ballot as BallotRow
from storage.models import Campaign, ReleaseCell, ReleaseText


async def make_release(session: AsyncSession, campaign: Campaign, definition: SurveyDefinition, sealer: Sealer) -> int:
    """Number of figures published. Raises AppError sealing.wrong_key or release.damaged_ballot.

    Anonymous ballots are opened and erased. Confidential answers stay with the person, for their own history.
    """
    # A person who answers about several pairs casts several ballots; k people stand behind k times as many.
    k = campaign.k * await most_ballots(session, campaign.id)
    if definition.privacy is SurveyPrivacy.ANONYMOUS:
        sealed = list(await session.scalars(select(BallotRow.sealed).where(BallotRow.campaign_id == campaign.id)))
        waves = await earlier_waves(session, campaign, len(sealed))
        release = await asyncio.to_thread(_opened, sealed, k, definition, sealer, waves)
        await session.execute(delete(BallotRow).where(BallotRow.campaign_id == campaign.id))
    else:
        ballots = await linked_ballots(session, campaign, definition)
        waves = await earlier_waves(session, campaign, len(ballots))
        release = await asyncio.to_thread(tally, ballots, k, definition, waves)
    await _keep(session, campaign.id, release)
    return len(release.cells)


def _opened(
    sealed: Sequence[bytes], k: int, definition: SurveyDefinition, sealer: Sealer, waves: Sequence[Wave]
) -> Release:
    try:
        ballots: list[Ballot] = [decode(sealer.open(one)) for one in sealed]
    except ValueError as error:
        raise AppError("release.damaged_ballot") from error
    return tally(ballots, k, definition, waves)


async def _keep(session: AsyncSession, campaign_id: int, release: Release) -> None:
    if release.cells:
        await session.execute(insert(ReleaseCell), [_cell(campaign_id, cell) for cell in release.cells])
    if release.texts:
        rows = [
            {"id": secrets.token_hex(16), "campaign_id": campaign_id, "question": question, "text": text}
            for question, text in release.texts
        ]
        # On PostgreSQL rows lie in the order in which they came; by their ids that is no order at all.
        await session.execute(insert(ReleaseText), sorted(rows, key=lambda row: str(row["id"])))


def _cell(campaign_id: int, cell: Cell) -> dict[str, object]:
    return {
        "campaign_id": campaign_id,
        "cut": cell.cut,
        "group": cell.group,
        "measure": cell.measure,
        "n": cell.n,
        "value": cell.value,
    }
