"""What a person may do with what is stored about them."""

from datetime import datetime

from bot.screens.layout import one_below_another
from bot.screens.links import one_time
from bot.screens.model import Button, Screen
from bot.texts import filters, plain, text

SHOW, FILE, BACK = "rights:show", "rights:file", "rights:back"
WITHDRAW, WITHDRAW_NOW = "rights:withdraw", "rights:withdraw:yes"
ERASE, ERASE_SURE, ERASE_NOW = "rights:erase", "rights:erase:sure", "rights:erase:yes"


def about_me(version: str | None, given_at: datetime | None, zone: str) -> Screen:
    """What is stored, in short; `version` and `given_at` are of the consent that stands, if one does."""
    since = None if given_at is None else f"{filters.day(given_at, zone)} {given_at.year}"
    return Screen(
        text("rights.text", version=version, since=since),
        one_below_another(
            Button(plain("rights.button.file"), FILE),
            Button(plain("rights.button.withdraw"), WITHDRAW) if version is not None else None,
            Button(plain("rights.button.erase"), ERASE),
        ),
    )


def file(url: str, minutes: int) -> Screen:
    """The registry's data do not go through a foreign messenger, so only the way to them is sent (SPEC §3)."""
    beside, typed = text("rights.file.link", minutes=minutes), text("rights.file.typed", minutes=minutes, url=url)
    return one_time(url, plain("rights.file.button"), beside, typed)


def withdraw() -> Screen:
    return _question("withdraw", WITHDRAW_NOW)


def erase() -> Screen:
    return _question("erase", ERASE_SURE)


def erase_sure() -> Screen:
    """Asked twice, for it cannot be taken back."""
    return _question("erase_sure", ERASE_NOW)


def _question(name: str, action: str) -> Screen:
    return Screen(
        text(f"rights.{name}.text"),
        one_below_another(Button(plain(f"rights.{name}.yes"), action), Button(plain(f"rights.{name}.no"), BACK)),
    )


def withdrawn() -> Screen:
    return Screen(text("rights.withdraw.done"), menu=())


def erased() -> Screen:
    return Screen(text("rights.erase.done"), menu=())
