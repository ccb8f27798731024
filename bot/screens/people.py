"""Coming in: the invite, the consent, the menu, help, and what is stored."""

from markupsafe import Markup

from bot.screens.layout import one_below_another
from bot.screens.links import one_time
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.people.model import Actor

HEADING = "# "
Menu = tuple[tuple[str, ...], ...]


def invite_needed() -> Screen:
    """For a person the program does not know."""
    return Screen(text("join.needed"))


def refused(why: Markup) -> Screen:
    """Something was not possible."""
    return Screen(why)


def consent(document: str, version: str) -> Screen:
    """The consent and nothing else (152-ФЗ, ст. 9, since 1 September 2025). Lines that begin with `# ` are headings."""
    lines = [_line(line) for line in document.strip().splitlines()]
    words = text("consent_screen.text", document=Markup("\n").join(lines), version=version)
    return Screen(
        words,
        one_below_another(
            Button(plain("consent_screen.button.give"), f"consent:give:{version}"),
            Button(plain("consent_screen.button.later"), "consent:later"),
        ),
    )


def consent_put_off() -> Screen:
    return Screen(
        text("consent_screen.later"),
        one_below_another(
            Button(plain("consent_screen.button.again"), "consent:show"),
            Button(plain("menu.about_me"), "rights:show"),
        ),
    )


def welcome(actor: Actor, waiting: int) -> Screen:
    """The first screen with the menu; `waiting` counts the surveys that can be answered now."""
    return _with_menu(text("menu.welcome"), actor, waiting)


def menu(actor: Actor, waiting: int) -> Screen:
    return _with_menu(text("menu.text"), actor, waiting)


def unknown_words(actor: Actor) -> Screen:
    """An answer to a message that nothing here waits for."""
    return Screen(text("help.unknown"), menu=labels(actor))


def not_words(actor: Actor) -> Screen:
    """An answer to a picture, a voice message and the like."""
    return Screen(text("help.only_text"), menu=labels(actor))


def help_(actor: Actor) -> Screen:
    return Screen(text("help.text", surveys=plain("menu.surveys"), wishes=plain("menu.wishes")), menu=labels(actor))


def cabinet(url: str, minutes: int) -> Screen:
    """The one-time way into the admin."""
    beside, typed = text("cabinet.link", minutes=minutes), text("cabinet.typed", minutes=minutes, url=url)
    return one_time(url, plain("cabinet.button"), beside, typed)


def labels(actor: Actor) -> Menu:
    """The keyboard below the typing field."""
    rows: Menu = (
        (plain("menu.surveys"), plain("menu.wishes")),
        (plain("menu.help"), plain("menu.about_me")),
    )
    if not actor.is_staff:
        return rows
    cabinet_row = (plain("menu.cabinet"),)
    return (*rows, (plain("menu.announcements"), *cabinet_row) if is_methodist(actor) else cabinet_row)


def is_methodist(actor: Actor) -> bool:
    """Of some municipality, or an administrator: writes announcements."""
    return actor.everywhere or bool(actor.municipalities)


def _with_menu(words: Markup, actor: Actor, waiting: int) -> Screen:
    if waiting:
        words += Markup("\n\n") + text("menu.waiting", count=waiting)
    return Screen(words, menu=labels(actor))


def _line(line: str) -> Markup:
    if line.startswith(HEADING):
        return text("consent_screen.heading", words=line.removeprefix(HEADING))
    return text("consent_screen.line", words=line)
