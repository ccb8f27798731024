"""Passwords that are guessed first, numbers for the chat, browsers in words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.account.browsers import in_words
from core.accounts import rules
from core.accounts.rules import NUMBERS
from core.errors import AppError


@pytest.mark.parametrize(
    "password",
    [
        "методкабинет",
        "Методкабинет2026!",
        "МЕТОДИСТ-1234567",
        "passwordpassword",
        "1234567890",
        "8 (395) 123-45-67",
        "9876543210",
        "abcdefghijkl",
        "ааааааааааб",
        "mylogin-2026-mylogin",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(AppError, match=r"password\.obvious"):
        rules.check_password(password, "my.login")


@pytest.mark.parametrize(
    "password", ["верная-лошадь-скрепка", "три школы у реки", "Kj4-nTz9!qLm", "методкабинет под дождём"]
)
def test_a_phrase_will_do(password: str) -> None:
    rules.check_password(password, "methodist")


@pytest.mark.parametrize(("password", "key"), [("ЖучокПаук", "password.short"), ("аб вг" * 201, "password.long")])
def test_a_password_has_a_length(password: str, key: str) -> None:
    with pytest.raises(AppError, match=key):
        rules.check_password(password)


@given(st.text(max_size=60), st.text(max_size=60) | st.none())
def test_any_password_is_taken_or_refused(password: str, login: str | None) -> None:
    with contextlib.suppress(AppError):
        rules.check_password(password, login)


@pytest.mark.parametrize("login", ["", "аб", "с пробелом", "x" * 81, "-минус", "имя<b>", "a\nb"])
def test_what_is_no_login_is_refused(login: str) -> None:
    with pytest.raises(AppError, match=r"login\.unsound"):
        rules.normal_login(login)


def test_a_login_has_small_letters() -> None:
    assert rules.normal_login(" Иванова.М@Школа-1 ") == "иванова.м@школа-1"


@given(st.sampled_from(NUMBERS), st.text(max_size=64))
def test_the_chat_offers_the_right_number_among_two_others(number: int, seed: str) -> None:
    offered = rules.offered(number, seed)
    assert number in offered
    assert len(set(offered)) == 3
    assert set(offered) <= set(NUMBERS)
    assert offered == rules.offered(number, seed)


def test_the_mark_of_a_browser_follows_the_password() -> None:
    mark = rules.browser_mark("hash one")
    assert rules.is_known(mark, "hash one")
    assert not rules.is_known(mark, "hash two")
    assert not rules.is_known("", "hash one")
    assert not rules.is_known("кириллица", "hash one")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome на Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 YaBrowser/24.12 Safari/537.36", "Яндекс Браузер на Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari на iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox на Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36", "Chrome на Android"),
        ("", "неизвестный браузер"),
        ("<script>", "неизвестный браузер"),
    ],
)
def test_a_browser_is_called_so_that_its_owner_knows_it(agent: str, said: str) -> None:
    assert in_words(agent) == said
