"""Who a campaign is for: a few conditions that all must hold; a condition left empty lets everybody through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.people.model import OrganisationKind, PositionGroup


@dataclass(frozen=True, slots=True)
class Audience:
    """Equal audiences compare equal and give the same JSON, whatever order they were built in."""

    kinds: frozenset[OrganisationKind] = frozenset()
    organisations: frozenset[int] = frozenset()
    position_groups: frozenset[PositionGroup] = frozenset()
    management: bool | None = None
    """True: only managers; False: everybody but managers; None: both."""
    young_only: bool = False
    """Only young teachers, by the municipality's own rule (SPEC §2)."""

    @property
    def is_everybody(self) -> bool:
        return self == Audience()

    def to_json(self) -> dict[str, Any]:
        """Only conditions that are set, in a fixed order."""
        content: dict[str, Any] = {
            "kinds": sorted(self.kinds),
            "organisations": sorted(self.organisations),
            "position_groups": sorted(self.position_groups),
            "management": self.management,
            "young_only": self.young_only,
        }
        default = {"management": None, "young_only": False}
        return {key: value for key, value in content.items() if value != default.get(key, [])}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Audience":
        """Raises ValueError for anything that `to_json` does not write."""
        unknown = set(content) - {"kinds", "organisations", "position_groups", "management", "young_only"}
        management = content.get("management")
        young_only = content.get("young_only", False)
        organisations = content.get("organisations", [])
        if unknown or not isinstance(management, bool | None) or not isinstance(young_only, bool):
            raise ValueError("not an audience")
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in organisations):
            raise ValueError("not an audience")
        return cls(
            kinds=frozenset(OrganisationKind(kind) for kind in content.get("kinds", [])),
            organisations=frozenset(organisations),
            position_groups=frozenset(PositionGroup(group) for group in content.get("position_groups", [])),
            management=management,
            young_only=young_only,
        )
