"""Argon2, in a thread since it takes its time on purpose."""

import asyncio

from pwdlib import PasswordHash

from core.accounts import rules

_passwords = PasswordHash.recommended()
_NOBODY = _passwords.hash("nobody has this password")
"""Checked when there is no password to check, so that the answer takes as long."""


async def hash_password(password: str, login: str | None = None) -> str:
    """Raises what `rules.check_password` raises."""
    rules.check_password(password, login)
    return await asyncio.to_thread(_passwords.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Without a stored hash never, after the same work."""
    right = await asyncio.to_thread(_passwords.verify, password, stored or _NOBODY)
    return right and stored is not None
