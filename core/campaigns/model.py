"""States of a campaign and of a person's part in it."""

from enum import StrEnum


class CampaignState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class ParticipationState(StrEnum):
    INVITED = "invited"
    """Asked, has not begun."""
    BEGUN = "begun"
    """Has answered something, or paused."""
    SUBMITTED = "submitted"


class ResponseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
