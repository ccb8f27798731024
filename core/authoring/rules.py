"""Pure decisions about drafts: what may be published, under which version, what differs from before."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from core.authoring.model import About
from core.errors import AppError
from core.surveys.model import SurveyDefinition, SurveyPrivacy

TITLE, PURPOSE, VERSION = 200, 2_000, 20
"""Longest texts, in characters."""
MINUTES = range(1, 121)
K = range(3, 101)
"""Fewest people a published figure may describe (SPEC §3: never under three)."""
RESERVED = frozenset({"upload", "drafts"})
"""Codes that cannot be given: pages of the admin have these addresses."""

_CODE = re.compile(r"[^\W\d][\w.-]{0,59}")
_STRICTNESS = {SurveyPrivacy.NAMED: 0, SurveyPrivacy.CONFIDENTIAL: 1, SurveyPrivacy.ANONYMOUS: 2}


def about_of(definition: SurveyDefinition) -> About:
    return About(
        code=definition.code,
        title=definition.title,
        purpose=definition.purpose,
        privacy=definition.privacy,
        respondent=definition.respondent,
        minutes=definition.minutes,
        k=definition.k,
    )


def with_about(definition: SurveyDefinition, about: About) -> SurveyDefinition:
    """The same questions, otherwise announced. Raises AppError as `check_about` does."""
    check_about(about)
    return replace(
        definition,
        code=about.code,
        title=about.title.strip(),
        purpose=about.purpose.strip(),
        privacy=about.privacy,
        respondent=about.respondent,
        minutes=about.minutes,
        k=about.k,
    )


def check_about(about: About) -> None:
    """Raises AppError: authoring.code_unsound, authoring.title_unsound, authoring.purpose_unsound (limit),
    authoring.minutes_unsound, authoring.k_unsound (low, high).
    """
    if not _CODE.fullmatch(about.code) or about.code in RESERVED:
        raise AppError("authoring.code_unsound")
    if not 1 <= len(about.title.strip()) <= TITLE:
        raise AppError("authoring.title_unsound", limit=TITLE)
    if not 1 <= len(about.purpose.strip()) <= PURPOSE:
        raise AppError("authoring.purpose_unsound", limit=PURPOSE)
    if about.minutes not in MINUTES:
        raise AppError("authoring.minutes_unsound", low=MINUTES[0], high=MINUTES[-1])
    if about.k not in K:
        raise AppError("authoring.k_unsound", low=K[0], high=K[-1])


def next_version(taken: Collection[str]) -> str:
    """The whole number after the highest one that was used; versions of other kinds do not count."""
    return str(max((int(one) for one in taken if re.fullmatch(r"[0-9]{1,9}", one)), default=0) + 1)


def proposed_version(wanted: str, taken: Collection[str]) -> str:
    """The draft's own version where it is free."""
    return wanted if wanted and wanted not in taken else next_version(taken)


def check_version(version: str, taken: Collection[str]) -> None:
    """Raises AppError: authoring.version_unsound (limit), authoring.version_taken (version)."""
    if not 1 <= len(version) <= VERSION or not version.isprintable():
        raise AppError("authoring.version_unsound", limit=VERSION)
    if version in taken:
        raise AppError("authoring.version_taken", version=version)


def loosened(new: SurveyPrivacy, answered: Iterable[SurveyPrivacy]) -> SurveyPrivacy | None:
    """The strictest kind that somebody has answered under, when the new one is looser; SPEC §3 forbids that."""
    strictest = max(answered, key=_STRICTNESS.__getitem__, default=SurveyPrivacy.NAMED)
    return strictest if _STRICTNESS[new] < _STRICTNESS[strictest] else None


def check_privacy(new: SurveyPrivacy, answered: Iterable[SurveyPrivacy]) -> None:
    """What was promised to those who have answered is never loosened (SPEC §3).

    `answered` are the kinds of privacy under which somebody has. Raises AppError authoring.privacy_loosened
    (privacy: the strictest of them).
    """
    strictest = loosened(new, answered)
    if strictest is not None:
        raise AppError("authoring.privacy_loosened", privacy=strictest)
