"""A ballot is sealed so that its length tells nothing, and read back word for word (decision 0002)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.releases.ballot import BLOCK, decode, encode
from core.releases.model import Ballot, BallotCuts

values = st.one_of(
    st.integers(-1000, 1000), st.text(max_size=40), st.lists(st.integers(1, 9), min_size=1, max_size=5).map(tuple)
)
ballots = st.builds(
    Ballot,
    st.builds(BallotCuts, st.text(max_size=20), st.text(max_size=10), st.text(max_size=30)),
    st.dictionaries(st.text(min_size=1, max_size=20), values, max_size=12),
    st.dictionaries(st.text(min_size=1, max_size=20), st.floats(0, 100), max_size=4),
)


@given(ballots)
def test_what_was_sealed_is_read_back(ballot: Ballot) -> None:
    payload = encode(ballot)
    assert decode(payload) == ballot
    assert len(payload) % BLOCK == 0


def test_all_ballots_of_a_burnout_survey_have_one_length() -> None:
    cuts = BallotCuts("supplementary", "unknown", "supplementary-12")
    full = Ballot(cuts, {f"question_number_{n}": 5 for n in range(19)}, {f"scale_{n}": 99.99 for n in range(3)})
    assert len(encode(full)) == len(encode(Ballot(cuts))) == BLOCK


@given(st.binary(max_size=200))
def test_anything_else_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which words it has is of no matter
        decode(payload)


def test_a_ballot_that_was_cut_or_grew_is_refused() -> None:
    payload = encode(Ballot(BallotCuts("school", "0-3", "school-1"), {"q": 1}))
    for changed in (payload[:20], payload[:-1] + b"x", b"\xff" * 4 + payload[4:]):
        with pytest.raises(ValueError, match="not a ballot"):
            decode(changed)
