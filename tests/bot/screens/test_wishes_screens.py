"""What a person mutes, and the digest, as screens."""

import pytest

from bot.screens import digests, wishes
from bot.screens.digests import Line
from core.announcements.model import MUTABLE
from core.outgoing.model import DIGEST, DigestLine
from tests.bot.screens.checks import buttons, check, labels, words

DAY = 739_943


def lines(count: int) -> list[Line]:
    return [
        Line(2**31 - 1 - one, f"<b>Слова & знаки</b> {'очень ' * 30}{one}"[: digests.BEGINNING]) for one in range(count)
    ]


def test_the_wishes_fit_whatever_is_muted() -> None:
    rules = ["С 21:00 до 8:00 сообщения не приходят.", "За день приходит не больше 3 сообщений."]
    for muted in ((), MUTABLE, MUTABLE[:1]):
        screen = check(wishes.wishes(muted, rules))
        assert len(buttons(screen)) == len(MUTABLE)
        assert sum(label.startswith("☐") for label in labels(screen)) == len(muted)
        assert rules[1] in words(screen)
    check(wishes.wishes((), []))


@pytest.mark.parametrize("category", MUTABLE)
def test_what_is_muted_can_be_taken_back(category: str) -> None:
    one = next(each for each in MUTABLE if each == category)
    assert check(wishes.muted(one)).rows[0][0].action == f"{wishes.BACK}{category}"
    check(wishes.wanted(one))


@pytest.mark.parametrize(("count", "number"), [(2, 0), (8, 0), (9, 0), (9, 1), (200, 0), (200, 12), (200, 24), (9, 7)])
def test_every_page_of_a_digest_fits(count: int, number: int) -> None:
    screen = check(digests.page(lines(count), DAY, number))
    shown = [one for one in buttons(screen) if (one.action or "").startswith(digests.SHOW)]
    assert 0 < len(shown) <= digests.ON_A_PAGE
    assert "<b>Слова & знаки</b>" in words(screen)


def test_pages_hold_every_line_once() -> None:
    made = lines(21)
    pages = [buttons(digests.page(made, DAY, number)) for number in range(3)]
    shown = [one.action for page in pages for one in page if (one.action or "").startswith(digests.SHOW)]
    assert shown == [f"{digests.SHOW}{one.delivery_id}" for one in made]
    assert [len(page) for page in pages] == [9, 10, 6]


def test_a_line_is_handed_over_as_the_sender_would() -> None:
    found = digests.claimed(DigestLine(5, DIGEST, 7, "slot", {"subject": 1}), 9)
    assert (found.id, found.kind, found.subject, found.account_id, found.slot, found.params) == (
        5,
        DIGEST,
        7,
        9,
        "slot",
        {"subject": 1},
    )
