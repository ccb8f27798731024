"""Opens the ballots of a campaign that closes, keeps what may be published, erases the ballots.

Works inside the transaction that closes the campaign: when anything fails, everything is as before.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.disclosure import Person, disclose, disclose_bands
from core.errors import AppError
from core.releases.ballot import decode
from core.releases.model import ALL, Ballot, Cell, Cut, band_measure, scale_measure
from core.sealing import Sealer
from core.surveys.model import Scale, SurveyDefinition
from core.surveys.scoring import band_of
from storage.models import Ballot as BallotRow
from storage.models import ReleaseCell


async def make_release(
    session: AsyncSession, campaign_id: int, k: int, definition: SurveyDefinition, sealer: Sealer
) -> int:
    """Number of figures published. Raises AppError sealing.wrong_key or release.damaged_ballot."""
    sealed = list(await session.scalars(select(BallotRow.sealed).where(BallotRow.campaign_id == campaign_id)))
    cells = await asyncio.to_thread(_cells, sealed, k, definition, sealer)
    if cells:
        await session.execute(insert(ReleaseCell), [_row(campaign_id, cell) for cell in cells])
    await session.execute(delete(BallotRow).where(BallotRow.campaign_id == campaign_id))
    return len(cells)


def tally(ballots: Sequence[Ballot], k: int, definition: SurveyDefinition) -> list[Cell]:
    """Means of the scales in every cut, and in the municipality the shares of their levels, as far as disclosed."""
    people = [
        Person(
            ballot.cuts.kind,
            ballot.cuts.cluster,
            ballot.cuts.experience,
            {scale_measure(name): value for name, value in ballot.scales.items()},
        )
        for ballot in ballots
    ]
    cells = [Cell(one.cut, one.group, one.measure, one.n, one.value) for one in disclose(people, k)]
    whole = {cell.measure for cell in cells if cell.cut is Cut.MUNICIPALITY}
    for scale in definition.scales:
        if scale_measure(scale.name) in whole:
            cells.extend(_levels(ballots, k, scale))
    return cells


def _levels(ballots: Sequence[Ballot], k: int, scale: Scale) -> list[Cell]:
    reached = [band_of(scale, ballot.scales[scale.name]) for ballot in ballots if scale.name in ballot.scales]
    counted = Counter(band.code for band in reached if band is not None)
    counts = {band.code: counted[band.code] for band in scale.bands}
    shares = disclose_bands(counts, len(ballots) - sum(counts.values()), k)
    return [
        Cell(Cut.MUNICIPALITY, ALL, band_measure(scale.name, band), len(ballots), share)
        for band, share in shares.items()
    ]


def _cells(sealed: Sequence[bytes], k: int, definition: SurveyDefinition, sealer: Sealer) -> list[Cell]:
    try:
        ballots = [decode(sealer.open(one)) for one in sealed]
    except ValueError as error:
        raise AppError("release.damaged_ballot") from error
    return tally(ballots, k, definition)


def _row(campaign_id: int, cell: Cell) -> dict[str, object]:
    return {
        "campaign_id": campaign_id,
        "cut": cell.cut,
        "group": cell.group,
        "measure": cell.measure,
        "n": cell.n,
        "value": cell.value,
    }
