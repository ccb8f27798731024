"""What is published of the whole municipality only: levels of a scale, its items, ranks, texts."""

from collections import Counter
from collections.abc import Mapping, Sequence

from core.disclosure.model import DECIMALS


def disclose_bands(counts: Mapping[str, int], silent: int, k: int) -> dict[str, float]:
    """Shares (0–100) of the levels of a scale in the whole municipality; empty when they must be withheld.

    Levels add up to a known total, so one level or the `silent` (ballots without a value) with 1 to k−1
    people withholds all of them; so does everybody being on one level.
    """
    total = sum(counts.values())
    held = [count for count in counts.values() if count > 0]
    if len(held) < 2 or any(0 < count < k for count in [*held, silent]):
        return {}
    return {band: round(count / total * 100, DECIMALS) for band, count in counts.items()}


def levels_hold(values: Mapping[str, Sequence[float]], k: int) -> bool:
    """Whether the shares of levels may stand beside the mean of the scale; `values` are by level.

    With both, a reader knows how far people are in all from the lowest value of their levels. Where 1 to k−1
    are away from it, or from the highest, they could be told apart from the others of their level.
    """
    away = [_sides(level) for level in values.values()]
    return all(people == 0 or people >= k for people in map(sum, zip(*away, strict=True)))


def mean_holds(values: Sequence[float], k: int) -> bool:
    """At least k people above the lowest and at least k below the highest of these values."""
    above, below = _sides(values)
    return above >= k and below >= k


def _sides(values: Sequence[float]) -> tuple[int, int]:
    """How many lie above the lowest, and how many below the highest."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return sum(value > low for value in values), sum(value < high for value in values)


def items_to_show(points: Mapping[str, Sequence[float | None]], k: int) -> list[str]:
    """Items of one scale whose means may be published beside the mean of the scale.

    `points` are by item, one place for every ballot, None where it was not answered. The mean of the scale less
    the items that are shown gives the sum of those that are not; so these must hold together, and when one is
    withheld another may have to be withheld with it.
    """
    shown = [item for item, given in points.items() if mean_holds([one for one in given if one is not None], k)]
    withheld = [item for item in points if item not in shown]
    while withheld and shown and not _hold_together([points[item] for item in withheld], k):
        next_one = min(shown, key=lambda item: (_away([points[item]]), item))
        shown.remove(next_one)
        withheld.append(next_one)
    return shown


def _hold_together(items: Sequence[Sequence[float | None]], k: int) -> bool:
    return _away(items) >= k


def _away(items: Sequence[Sequence[float | None]]) -> int:
    """Ballots with any of the items above its lowest answer, or with any below its highest: the fewer of both."""
    given = [[one for one in item if one is not None] for item in items]
    lows, highs = [min(one, default=0.0) for one in given], [max(one, default=0.0) for one in given]
    above = below = 0
    for ballot in zip(*items, strict=True):
        above += any(one is not None and one > low for one, low in zip(ballot, lows, strict=True))
        below += any(one is not None and one < high for one, high in zip(ballot, highs, strict=True))
    return min(above, below)


def ranks_hold(orders: Sequence[tuple[int, ...]], k: int) -> bool:
    """Whether the mean places of the choices may be published; each order has all choices, the first place first.

    Places add up: when the choices of some set have the smallest sum of places that they can have, everybody has
    them at the top. So for every length at least k people must have another top of that length than the most
    frequent one.
    """
    length = len(orders[0]) if orders else 0
    if length < 2:
        return False
    for top in range(1, length):
        (_, most), *_rest = Counter(frozenset(order[:top]) for order in orders).most_common()
        if len(orders) - most < k:
            return False
    return all(mean_holds([order.index(choice) for order in orders], k) for choice in orders[0])


def texts_hold(wrote: int, ballots: int, k: int) -> bool:
    """Whether texts may be kept: k people wrote, and nobody or k people did not."""
    return wrote >= k and (wrote == ballots or ballots - wrote >= k)
