"""A digest is made of what is still wanted by the time it goes."""

from collections.abc import Mapping

from bot.screens import digests
from bot.screens.errands import Drop, Errand, Hold, Show
from bot.screens.model import Document, Picture, Screen
from core.clock import Clock
from core.outgoing.model import DIGEST
from storage.outbox import Claimed
from storage.session import Database
from tests.bot.screens.checks import words
from tests.campaigns.world import World
from tests.outgoing.test_digest import TODAY, WAITING, row_of
from tests.outgoing.test_verdict import deliver, person


async def make(world: World, account: int, errands: Mapping[int, Errand]) -> Errand:
    """The digest of today; what its lines look like by id."""

    async def letter(_db: Database, _clock: Clock, delivery: Claimed) -> Errand:
        assert delivery.account_id == account
        return errands[delivery.id]

    claimed = Claimed(1, DIGEST, TODAY.toordinal(), account, {}, 1, "7", None)
    return await digests.digest(world.db, world.clock, claimed, letter)


async def test_lines_are_the_beginnings_of_words_or_the_names_of_files(world: World) -> None:
    account = await person(world)
    ids = await deliver(world, account, 3, **WAITING)
    screens = (
        Screen("<b>Курсы</b> &amp; семинары\nПодробности"),
        Screen("", picture=Picture(b"", "photo.jpg", "Фотография")),
        Screen("", picture=Document(b"", "Положение.docx")),
    )
    made = await make(world, account, {one: Show(screen) for one, screen in zip(ids, screens, strict=True)})
    assert isinstance(made, Show)
    said = words(made.screen)
    assert "1. Курсы & семинары\n" in said
    assert "2. Фотография" in said
    assert "3. Положение.docx" in said
    assert "Подробности" not in said


async def test_what_is_paused_waits_and_what_is_withdrawn_says_so(world: World) -> None:
    account = await person(world)
    first, paused, recalled, last = await deliver(world, account, 4, **WAITING)
    told = Show(Screen("Новость"))
    made = await make(world, account, {first: told, paused: Hold(), recalled: Drop("recalled"), last: told})
    assert isinstance(made, Show)
    found = [await row_of(world, one) for one in (first, paused, recalled, last)]
    assert [(one.state, one.reason) for one in found] == [
        ("merged", WAITING["reason"]),
        ("held", None),
        ("cancelled", "recalled"),
        ("merged", WAITING["reason"]),
    ]


async def test_a_single_one_is_let_go_and_an_empty_one_is_not_sent(world: World) -> None:
    account = await person(world)
    (one,) = await deliver(world, account, **WAITING)
    assert await make(world, account, {one: Show(Screen("Новость"))}) == Drop("released")
    assert (await row_of(world, one)).state == "queued"
    assert await make(world, account, {}) == Drop("nothing_left")
