"""Rows in memory keep their order, whatever has room."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.backlog import Backlog
from storage.inbox import Pending


def row(number: int, person: str = "a", *, applied: bool = False) -> Pending:
    return Pending(number, person, None if applied else "{}", applied, 0)


def test_a_row_without_room_is_not_overtaken_by_a_later_one() -> None:
    backlog = Backlog(most_of_one=2)
    assert backlog.offer(row(1))
    assert not backlog.offer(row(2))
    assert not backlog.offer(row(3))
    backlog.pop(backlog.head("a"))
    backlog.offer(row(4))
    assert [one.id for one in backlog.head("a")] == [2]
    backlog.pop(backlog.head("a"))
    assert backlog.head("a") == []
    assert backlog.left_behind("a")
    backlog.close("a")
    backlog.sweep()
    assert backlog.offer(row(3))


def test_a_known_row_is_not_taken_twice() -> None:
    backlog = Backlog()
    assert backlog.offer(row(1))
    backlog.pop(backlog.head("a"))
    backlog.close("a")
    assert not backlog.offer(row(1))
    backlog.forget([1])
    assert backlog.offer(row(1))


def test_leading_rows_that_owe_a_screen_go_together() -> None:
    backlog = Backlog()
    for one in (row(1, applied=True), row(2, applied=True), row(3), row(4, applied=True)):
        backlog.offer(one)
    assert [one.id for one in backlog.head("a")] == [1, 2]
    backlog.pop(backlog.head("a"))
    assert [one.id for one in backlog.head("a")] == [3]
    backlog.mark_applied(row(3))
    assert [one.id for one in backlog.head("a")] == [3, 4]


def test_what_nobody_serves_any_more_is_read_again() -> None:
    backlog = Backlog()
    backlog.offer(row(1))
    backlog.offer(row(2))
    backlog.close("a")
    assert len(backlog) == 0
    assert not backlog.offer(row(3))
    backlog.sweep()
    assert backlog.offer(row(1))


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 12), st.integers(1, 5), st.randoms())
def test_everybody_is_served_in_order_with_any_amount_of_memory(
    people: list[str], most: int, most_of_one: int, chance: Random
) -> None:
    stored = {number: row(number, person) for number, person in enumerate(people)}
    backlog, served = Backlog(most, most_of_one), []
    open_queues: set[str] = set()
    while stored:
        backlog.sweep()
        for one in list(stored.values()):
            if backlog.offer(one):
                open_queues.add(one.person)
        for person in sorted(open_queues, key=lambda _: chance.random()):
            while head := backlog.head(person):
                backlog.pop(head)
                served.extend(head)
            backlog.close(person)
        open_queues.clear()
        for one in served:
            stored.pop(one.id, None)
            backlog.forget([one.id])
    assert len(served) == len(people)
    for person in "abc":
        own = [one.id for one in served if one.person == person]
        assert own == sorted(own)
