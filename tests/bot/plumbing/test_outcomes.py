"""What a refusal of Telegram means; needs no aiogram and no network."""

from traceback import format_exception

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backoff import delay
from bot.botapi import BotApi, result_of, silence
from bot.outcomes import NO_ANSWER, NOT_CONNECTED, Undelivered, refused
from core.people.model import Unreachable


@pytest.mark.parametrize(
    ("code", "description", "why"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable.BLOCKED),
        (403, "Forbidden: user is deactivated", Unreachable.DEACTIVATED),
        (403, "Forbidden: bot can't initiate conversation with a user", Unreachable.GONE),
        (400, "Bad Request: chat not found", Unreachable.GONE),
        (400, "Bad Request: USER_IS_BLOCKED", Unreachable.BLOCKED),
    ],
)
def test_who_cannot_be_reached(code: int, description: str, why: Unreachable) -> None:
    trouble = refused(code, description)
    assert (trouble.state, trouble.unreachable, trouble.passes) == ("unreachable", why, False)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: message is not modified: specified new message content…", "not_modified"),
        ("Bad Request: message to edit not found", "message_gone"),
        ('Bad Request: can\'t parse entities: Unsupported start tag "иванов" at byte offset 1', "bad_markup"),
        ("Bad Request: message to delete not found", "message_gone"),
        ("Bad Request: message can't be deleted for everyone", "not_deletable"),
        ("Bad Request: wrong remote file identifier specified: can't unserialize it", "bad_file"),
        ("Bad Request: IMAGE_PROCESS_FAILED", "bad_picture"),
        ("Request Entity Too Large", "too_big"),
        ("Bad Request: something new about Иванов", "http_400"),
    ],
)
def test_a_refusal_is_final_and_its_reason_quotes_nothing(description: str, reason: str) -> None:
    trouble = refused(400, description)
    assert (trouble.state, trouble.reason) == ("failed", reason)


@pytest.mark.parametrize("code", [500, 502, 503, 504, 401, 404])
def test_what_no_message_is_to_blame_for_is_tried_again(code: int) -> None:
    assert refused(code, "whatever").state == "retrying"


def test_silence_is_as_long_as_told() -> None:
    trouble = refused(429, "Too Many Requests: retry after 35", 35)
    assert (trouble.state, trouble.wait) == ("retrying", 35)


def test_only_what_was_written_may_have_arrived() -> None:
    assert silence(aiohttp.ConnectionTimeoutError()) == NOT_CONNECTED
    assert silence(TimeoutError()) == NO_ANSWER
    assert silence(aiohttp.SocketTimeoutError()) == NO_ANSWER
    assert silence(aiohttp.ServerDisconnectedError()).state == "retrying"


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (502, b"<html>Bad Gateway</html>", "retrying"),
        (200, b"<html>hotel wifi</html>", "unknown"),
        (404, b"<html>not found</html>", "unknown"),
        (200, b"[]", "unknown"),
        (400, b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', "unreachable"),
    ],
)
def test_answers_that_are_not_the_bot_apis(status: int, body: bytes, state: str) -> None:
    with pytest.raises(Undelivered) as raised:
        result_of(status, body)
    assert raised.value.trouble.state == state


def test_a_gateway_that_gives_up_may_have_let_the_message_through() -> None:
    with pytest.raises(Undelivered) as raised:
        result_of(504, b"<html>Gateway Timeout</html>")
    assert raised.value.trouble.doubtful
    assert not refused(504, "Gateway Timeout").doubtful


def test_a_page_of_something_in_between_does_not_blame_the_token() -> None:
    with pytest.raises(Undelivered) as raised:
        result_of(404, b"<html>")
    assert raised.value.code is None


@given(st.integers(1, 10_000), st.floats(0.1, 10), st.floats(10, 600))
def test_waiting_grows_and_ends_somewhere(attempt: int, first: float, longest: float) -> None:
    assert 0.75 * first <= delay(attempt, first=first, longest=longest) <= 1.25 * longest


async def test_no_error_shows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    def timed_out(_session: aiohttp.ClientSession, url: str, **_given: object) -> None:
        raise aiohttp.ConnectionTimeoutError(f"Connection timeout to host {url}")

    monkeypatch.setattr(aiohttp.ClientSession, "post", timed_out)
    async with BotApi("http://127.0.0.1:1", "1:secret") as api:
        with pytest.raises(Undelivered) as raised:
            await api.call("getMe", {})
    assert "secret" not in "".join(format_exception(raised.value))
