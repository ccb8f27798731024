"""Pure decisions about coming in: which passwords do, which numbers the chat offers, which browser is known."""

import hashlib
import hmac
import re
from itertools import count, pairwise

from core.errors import AppError

PASSWORD_LENGTH = 10
PASSWORD_LONGEST = 1000
"""Argon2 takes any length; a bound keeps a giant form from becoming work."""
NUMBERS = range(10, 100)
"""Two digits, so that no zero is lost between the screen and the chat."""

_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,78}[^\W]", re.UNICODE)
_WORDS = (
    *("методкабинет", "metodkabinet", "методист", "администратор", "учитель", "пароль", "школа", "россия"),
    *("password", "qwerty", "qwertyuiop", "йцукен", "йцукенгшщз", "admin", "administrator", "welcome", "letmein"),
    *("iloveyou", "adminadmin", "qazwsxedc", "zxcvbnm", "asdfghjkl", "фывапролд", "ячсмить", "абвгдежз", "abcdefgh"),
)
"""What guessers try first, apart from figures and repetitions around it."""


def normal_login(login: str) -> str:
    """Small letters, nothing around; `login.unsound` for what is no login."""
    small = login.strip().casefold()
    if not _LOGIN.fullmatch(small):
        raise AppError("login.unsound")
    return small


def check_password(password: str, login: str | None = None) -> None:
    """Raises `password.short`, `password.long`, or `password.obvious` for what is guessed first (ASVS 5, 6.2)."""
    if len(password) < PASSWORD_LENGTH:
        raise AppError("password.short", least=PASSWORD_LENGTH)
    if len(password) > PASSWORD_LONGEST:
        raise AppError("password.long", most=PASSWORD_LONGEST)
    if _obvious(password.casefold(), login):
        raise AppError("password.obvious")


def _obvious(password: str, login: str | None) -> bool:
    """A known word or the login with nothing but figures and signs around, figures alone, few characters, a row."""
    letters = re.sub(r"[\W\d_]+", "", password)
    known = {*_WORDS, re.sub(r"[\W\d_]+", "", (login or "").casefold())} - {""}
    repeated = any(letters and letters == word * (len(letters) // len(word)) for word in known)
    return repeated or not letters or len(set(password)) < 5 or _is_row(password)


def _is_row(password: str) -> bool:
    """1234567890, abcdefghij: every character follows the one before."""
    return len({ord(after) - ord(before) for before, after in pairwise(password)}) == 1


def offered(number: int, seed: str) -> tuple[int, ...]:
    """The right number among two others, in order of size; the same for the same seed."""
    found = {number}
    for turn in count():
        digest = hashlib.sha256(f"{seed}:{turn}".encode()).digest()
        found.add(NUMBERS[int.from_bytes(digest[:4]) % len(NUMBERS)])
        if len(found) == 3:
            break
    return tuple(sorted(found))


def browser_mark(password_hash: str) -> str:
    """What a browser keeps that was once signed in with this password; a new password makes another one."""
    return hmac.new(password_hash.encode(), b"known browser", hashlib.sha256).hexdigest()


def is_known(mark: str, password_hash: str) -> bool:
    return hmac.compare_digest(mark.encode(), browser_mark(password_hash).encode())
