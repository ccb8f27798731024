"""Pure decisions about people: who is young, how experienced, and what their secrets look like."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from core.people.model import Actor, Experience, Role

TOKEN_BYTES = 18
"""144 random bits: cannot be guessed, and 24 characters fit Telegram's 64 for a deep link's payload."""

BANDS = ((3, Experience.UP_TO_3), (10, Experience.UP_TO_10), (20, Experience.UP_TO_20))


@dataclass(frozen=True, slots=True)
class YoungTeacherRule:
    """Who counts as a young teacher; the documents of municipalities differ, so it is a setting."""

    under_age: int = 35
    up_to_years: int = 3
    both: bool = True


@dataclass(frozen=True, slots=True)
class GrantView:
    role: Role
    municipality_id: int | None
    organisation_id: int | None
    association_id: int | None


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored instead of a one-time code; plain SHA-256 is enough for 144 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def years_of_work(first_work_year: int | None, year: int) -> int | None:
    return None if first_work_year is None else max(0, year - first_work_year)


def experience(first_work_year: int | None, year: int) -> Experience:
    """The band of years of work that protected results may be cut by."""
    years = years_of_work(first_work_year, year)
    if years is None:
        return Experience.UNKNOWN
    return next((band for limit, band in BANDS if years <= limit), Experience.OVER_20)


def is_young(birth_year: int | None, first_work_year: int | None, year: int, rule: YoungTeacherRule) -> bool:
    """Unknown years count as not young: nobody is drawn into a programme by a gap in the registry."""
    young = birth_year is not None and year - birth_year < rule.under_age
    years = years_of_work(first_work_year, year)
    new = years is not None and years <= rule.up_to_years
    return (young and new) if rule.both else (young or new)


def actor(account_id: int, teacher_id: int | None, municipality_id: int | None, grants: Iterable[GrantView]) -> Actor:
    """Adds up what an account's grants allow."""
    held = list(grants)
    managing = [one for one in held if one.role in {Role.METHODIST, Role.ADMINISTRATOR}]
    roles = {one.role for one in held} | ({Role.TEACHER} if teacher_id is not None else set())
    return Actor(
        account_id=account_id,
        teacher_id=teacher_id,
        municipality_id=municipality_id,
        municipalities=frozenset(one.municipality_id for one in managing if one.municipality_id is not None),
        administered=_scope(held, Role.ADMINISTRATOR, "municipality_id"),
        organisations=_scope(held, Role.COORDINATOR, "organisation_id"),
        associations=_scope(held, Role.LEADER, "association_id"),
        everywhere=any(one.role is Role.ADMINISTRATOR and one.municipality_id is None for one in held),
        roles=frozenset(roles),
    )


def _scope(grants: Iterable[GrantView], role: Role, column: str) -> frozenset[int]:
    found = (getattr(one, column) for one in grants if one.role is role)
    return frozenset(one for one in found if one is not None)
