"""All indicators of this version. A new one is a file with PASSPORT and compute, and one more line here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.indicators import burnout_coverage, burnout_levels, deficit_profile, diagnosed, diagnosed_by_area
from core.indicators.context import Context, Values
from core.indicators.model import Passport


@dataclass(frozen=True, slots=True)
class Indicator:
    passport: Passport
    compute: Callable[[Context], Awaitable[Values]]


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        module.PASSPORT.code: Indicator(module.PASSPORT, module.compute)
        for module in (diagnosed, diagnosed_by_area, deficit_profile, burnout_coverage, burnout_levels)
    }
)
"""By code, in the order that pages show them."""
