"""Whether it is really oneself who is signing in: the second factor (core.accounts)."""

from collections.abc import Sequence

from bot.screens.model import Button, Screen
from bot.texts import plain, text

ANSWER = "signin:"
NOT_ME = "no"


def sign_in_check(check_id: int, numbers: Sequence[int]) -> Screen:
    """Which of the numbers does the browser show? Nothing here opens the admin by itself."""
    return Screen(
        text("sign_in_check.text"),
        (
            tuple(Button(str(number), f"{ANSWER}{check_id}:{number}") for number in numbers),
            (Button(plain("sign_in_check.not_me"), f"{ANSWER}{check_id}:{NOT_ME}"),),
        ),
    )


def approved() -> Screen:
    return Screen(text("sign_in_check.approved"))


def refused() -> Screen:
    """A wrong number or «not me»: whoever typed the password may not be its owner."""
    return Screen(text("sign_in_check.refused"))


def over() -> Screen:
    return Screen(text("sign_in_check.over"))
