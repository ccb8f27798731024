"""Whom one can act as on the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person given by the program.

    `subtitle` is post and organisation, `group` the heading in the list (such as «Педагоги»). With `start_payload` the
    page offers to start the bot by this code (their invite). The name is shown on the page and is the first name of
    the account.
    """

    user_id: int
    name: str
    subtitle: str
    group: str
    start_payload: str | None = None
