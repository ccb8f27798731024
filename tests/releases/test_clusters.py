"""SPEC §3: cuts are fixed beforehand; small organisations are put together into clusters of a kind."""

from hypothesis import given
from hypothesis import strategies as st

from core.releases.rules import AudienceSize, kind_of, make_clusters, organisations_of

sizes = st.lists(
    st.builds(
        AudienceSize, st.integers(1, 60), st.sampled_from(["school", "preschool", "supplementary"]), st.integers(0, 40)
    ),
    unique_by=lambda one: one.organisation_id,
    max_size=30,
)


@given(sizes, st.integers(3, 12))
def test_every_organisation_is_in_one_cluster_of_its_kind_that_is_large_enough(
    organisations: list[AudienceSize], k: int
) -> None:
    clusters = make_clusters(organisations, k)
    people = {one.organisation_id: one.people for one in organisations}
    kinds = {one.organisation_id: one.kind for one in organisations}
    of_kind = {kind: sum(one.people for one in organisations if one.kind == kind) for kind in kinds.values()}
    for one in organisations:
        found = [code for code, members in clusters.items() if one.organisation_id in members]
        assert len(found) == (1 if one.people else 0)
    for code, members in clusters.items():
        assert {kinds[one] for one in members} == {kind_of(code)}
        total = sum(people[one] for one in members)
        assert total >= 2 * k or of_kind[kind_of(code)] < 2 * k


def test_a_large_organisation_stands_alone_and_the_rest_joins_the_last_cluster() -> None:
    sizes = [
        AudienceSize(1, "school", 30),
        AudienceSize(2, "school", 8),
        AudienceSize(3, "school", 9),
        AudienceSize(4, "school", 12),
        AudienceSize(5, "school", 3),
    ]
    clusters = make_clusters(sizes, 10)
    assert clusters == {"school-1": (1,), "school-2": (2, 3, 4, 5)}
    assert organisations_of(clusters) == {1: "school-1", **dict.fromkeys((2, 3, 4, 5), "school-2")}


def test_the_order_of_the_rows_does_not_matter() -> None:
    sizes = [AudienceSize(number, "school", 7) for number in range(1, 9)]
    assert make_clusters(sizes, 10) == make_clusters(list(reversed(sizes)), 10)
