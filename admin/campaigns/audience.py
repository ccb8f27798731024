"""An audience in words."""

from collections.abc import Iterable, Mapping

from admin.shell.words import KINDS, POSITION_GROUPS
from core.audiences.model import Audience


def describe(audience: Audience, organisations: Mapping[int, str]) -> str:
    """All its conditions in one sentence; `organisations`: names by id."""
    if audience.is_everybody:
        return "Все педагоги и руководители"
    parts: list[str] = []
    if audience.kinds:
        parts.append(_listed(KINDS[one] for one in sorted(audience.kinds)))
    if audience.organisations:
        parts.append(", ".join(organisations.get(one, "другая организация") for one in sorted(audience.organisations)))
    if audience.position_groups:
        parts.append(_listed(POSITION_GROUPS[one] for one in sorted(audience.position_groups)))
    if audience.management is not None:
        parts.append("только руководители" if audience.management else "без руководителей")
    if audience.young_only:
        parts.append("только молодые педагоги")
    sentence = "; ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(word[:1].lower() + word[1:] for word in words)
