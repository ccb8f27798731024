"""What pages of accounts show."""

from dataclasses import dataclass
from datetime import datetime

from core.accounts.model import SessionRow
from core.people.model import Role

PAGE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account holds. `scope` names where; `removable` by the one who looks, on this page."""

    grant_id: int
    role: Role
    scope: str
    municipality_id: int | None
    organisation_id: int | None
    association_id: int | None
    removable: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`place` is the organisation of somebody out of the registry; `seen_at` the last use of the admin."""

    id: int
    name: str
    place: str
    active: bool
    joined: bool
    roles: tuple[Held, ...]
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountList:
    rows: tuple[AccountRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Search:
    """Without words only staff is listed; with words everybody who has an account, so that they can get a role."""

    text: str = ""
    role: Role | None = None
    active: bool | None = None
    """Only accounts that are on, or off."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class AccountCard:
    row: AccountRow
    teacher_id: int | None
    municipality_id: int | None
    login: str | None
    second_factor: bool
    own: bool
    """It is the account of the one who looks."""
    may_switch: bool
    """Its owner's rights reach nowhere that those of the one who looks do not."""
    sessions: tuple[SessionRow, ...]
    offered: tuple[Role, ...]
    """Roles that may be given here."""
