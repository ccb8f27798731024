"""Lists, cards and forms of the registry through the pages."""

import pytest

from admin.registry.rooms import ROOMS
from tests.admin.browser import words
from tests.admin.conftest import SignIn
from tests.admin.world import World

PATHS = [room.path for room in ROOMS]


@pytest.mark.parametrize("path", PATHS)
async def test_every_list_opens(sign_in: SignIn, world: World, path: str) -> None:
    browser = await sign_in(world.methodist)
    page = await browser.get(path)
    assert page.status_code == 200, words(page)
    assert page.text.count("<h1") == 1
