"""What can be chosen about a stand-in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StandInSettings:
    """Numbers of the Bot API and who the bot is.

    Limits, from the Bot FAQ (https://core.telegram.org/bots/faq): about 30 messages a second in all;
    in one chat "avoid sending more than one message per second. We may allow short bursts that go over
    this limit, but eventually you'll begin receiving 429 errors". Times are in seconds, sizes in bytes.
    """

    token: str = field(default="1000000001:stand-in-token", repr=False)
    bot_username: str = "metodkabinet_bot"
    bot_name: str = "Методкабинет"

    limits_on: bool = True
    overall_rate: float = 30.0
    overall_burst: int = 30
    chat_rate: float = 1.0
    chat_burst: int = 3

    callback_lifetime: float = 30.0
    """A press not answered in this time can't be answered any more. Telegram names no number."""

    update_lifetime: float = 24 * 3600.0
    delete_window: float = 48 * 3600.0
    photo_bytes: int = 10 * 1024 * 1024
    document_bytes: int = 50 * 1024 * 1024
    download_bytes: int = 20 * 1024 * 1024

    webhook_first_retry: float = 1.0
    webhook_longest_retry: float = 60.0
    webhook_timeout: float = 30.0

    keep_calls: int | None = None
    """How many of the bot's latest requests are remembered; None: all (for tests)."""

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token, as with real bots."""
        return int(self.token.partition(":")[0])
