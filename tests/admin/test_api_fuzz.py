"""Schemathesis makes up what is sent to every address, of the right kind and of a wrong one: nothing breaks."""

import warnings
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from storage.session import Database
from tests.admin.browser import Browser
from tests.admin.conftest import SignIn
from tests.admin.rooms_full import fill
from tests.admin.test_access import STREAMS, account_of, order
from tests.admin.world import World
from tests.clocks import SetClock

EXAMPLES = 1
"""For each address, role and mode; the addresses are many."""
LEAVES = ("sign-out", "switch", "sessions", "erase")
"""They would end the walk itself; tests/admin/test_access.py goes there."""


def cases(app: FastAPI, mode: GenerationMode) -> list[Any]:
    schema = schemathesis.openapi.from_dict(app.openapi())
    operations = [one.ok() for one in schema.get_all_operations()]
    made: list[Any] = []
    for one in sorted(operations, key=lambda one: order((one.method.upper(), one.path))):
        if one.path not in STREAMS and not any(word in one.path for word in LEAVES):
            made += examples(one, mode)
    return made


def examples(operation: Any, mode: GenerationMode) -> list[Any]:
    found: list[Any] = []

    @seed(4)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def collect(case: Any) -> None:
        found.append(case)

    with suppress(Unsatisfiable):  # an address without any part that could be wrong
        collect()
    return found[:EXAMPLES]


@pytest.mark.parametrize("letter", ["", "M", "I"])
async def test_nothing_breaks(
    app: FastAPI,
    stranger: Browser,
    sign_in: SignIn,
    world: World,
    sqlite_db: Database,
    clock: SetClock,
    letter: str,
) -> None:
    await fill(sqlite_db, world, sign_in)
    browser = await sign_in(await account_of(letter, world, sqlite_db, clock)) if letter else stranger
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sent = [*cases(app, GenerationMode.POSITIVE), *cases(app, GenerationMode.NEGATIVE)]
    assert len(sent) > 150
    broken = [case.formatted_path for case in sent if await status(browser, case) >= 500]
    assert broken == []


async def status(browser: Browser, case: Any) -> int:
    query = case.query if isinstance(case.query, dict) else {}
    if case.method.upper() == "GET":
        return (await browser.get(case.formatted_path, params=query)).status_code
    body = case.body if isinstance(case.body, dict) else {}
    fields = {str(name): as_text(value) for name, value in body.items()}
    return (await browser.post(case.formatted_path, fields, params=query)).status_code


def as_text(value: Any) -> str:
    """A form sends texts; half a pair has no bytes."""
    return str(value).encode("utf-8", "replace").decode()
