"""What a refusal or a silence of Telegram means for the message (Bot API, "Making requests").

States are those of storage.models.Delivery. Reasons are short codes: Telegram's own description can quote
the text of the message, and no text belongs into a log or a report.
"""

from dataclasses import dataclass

from core.people.model import Unreachable

UNREACHABLE = (
    ("bot was blocked by the user", Unreachable.BLOCKED),
    ("user_is_blocked", Unreachable.BLOCKED),
    ("user is deactivated", Unreachable.DEACTIVATED),
    ("input_user_deactivated", Unreachable.DEACTIVATED),
    ("bot can't initiate conversation", Unreachable.GONE),
    ("bot was kicked", Unreachable.GONE),
    ("chat not found", Unreachable.GONE),
    ("user not found", Unreachable.GONE),
    ("peer_id_invalid", Unreachable.GONE),
)
REFUSALS = (
    ("message is not modified", "not_modified"),
    ("query is too old", "press_too_old"),
    ("message to edit not found", "message_gone"),
    ("message to delete not found", "message_gone"),
    ("message_id_invalid", "message_gone"),
    ("message can't be deleted", "not_deletable"),
    ("message can't be edited", "not_editable"),
    ("no text in the message", "not_a_text"),
    ("no caption in the message", "not_a_picture"),
    ("no media in the message", "not_a_picture"),
    ("too long", "too_long"),
    ("too_long", "too_long"),
    ("can't parse entities", "bad_markup"),
    ("button_data_invalid", "bad_button"),
    ("file identifier", "bad_file"),
    ("file_reference", "bad_file"),
    ("image_process_failed", "bad_picture"),
    ("photo_invalid_dimensions", "bad_picture"),
    ("too big", "too_big"),
    ("too large", "too_big"),
)
OUR_FAULT_FOR_ALL = frozenset({401, 404, 409})
"""A wrong token or address: every message would be refused alike, none is to blame."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`state`: unreachable, failed (for good), retrying (nothing has happened), unknown (it may have arrived)."""

    state: str
    reason: str
    wait: float | None = None
    """Seconds that Telegram told us to be silent."""
    unreachable: Unreachable | None = None
    doubtful: bool = False
    """It may have arrived."""

    @property
    def passes(self) -> bool:
        """Trying again later helps."""
        return self.state in ("retrying", "unknown")


class Undelivered(Exception):
    """Something did not reach the messenger, or its answer did not come. `code` is the HTTP status, if any."""

    def __init__(self, trouble: Trouble, code: int | None = None) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble
        self.code = code


def refused(code: int, description: str, retry_after: float | None = None) -> Trouble:
    """What an answer with an error means; `code` is the HTTP status."""
    words = description.lower()
    if code == 429 or retry_after is not None:
        return Trouble("retrying", "too_many", wait=1.0 if retry_after is None else retry_after)
    if code >= 500 or code in OUR_FAULT_FOR_ALL:
        return Trouble("retrying", f"http_{code}")
    for phrase, why in UNREACHABLE:
        if phrase in words:
            return Trouble("unreachable", why.value, unreachable=why)
    for phrase, reason in REFUSALS:
        if phrase in words:
            return Trouble("failed", reason)
    return Trouble("failed", f"http_{code}")


NOT_CONNECTED = Trouble("retrying", "not_connected")
"""No connection: nothing can have arrived."""
CUT = Trouble("retrying", "connection_cut", doubtful=True)
"""The connection broke before an answer. Sent again: better twice than never (SPEC §5)."""
NO_ANSWER = Trouble("unknown", "no_answer", doubtful=True)
"""The request was written and the time for an answer ran out; it may well have arrived."""
GARBLED = Trouble("unknown", "garbled_answer", doubtful=True)
"""An answer that is not the Bot API's."""


def gateway(code: int) -> Trouble:
    """The 5xx page of something between Telegram and us: Telegram's own answer has not arrived."""
    return Trouble("retrying", f"http_{code}", doubtful=True)
