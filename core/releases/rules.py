"""Clusters: organisations, or several small ones of a kind, that protected results may be cut by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudienceSize:
    """How many people of an organisation a campaign asks."""

    organisation_id: int
    kind: str
    people: int


def make_clusters(sizes: Iterable[AudienceSize], k: int) -> dict[str, tuple[int, ...]]:
    """Code of cluster → ids of its organisations. Made once, when the campaign opens.

    An organisation with at least 2k people asked stands alone; smaller ones of the same kind are put
    together until they have 2k, in the order of their ids, which says nothing about answers. What is left
    over at the end joins the last cluster of its kind. Only a kind with under 2k people stays smaller.
    """
    by_kind: dict[str, list[AudienceSize]] = {}
    for size in sorted(sizes, key=lambda one: one.organisation_id):
        if size.people > 0:
            by_kind.setdefault(size.kind, []).append(size)
    clusters: dict[str, tuple[int, ...]] = {}
    for kind, members in sorted(by_kind.items()):
        for number, group in enumerate(_grouped(members, 2 * k), start=1):
            clusters[f"{kind}-{number}"] = tuple(sorted(one.organisation_id for one in group))
    return clusters


def organisations_of(clusters: Mapping[str, Iterable[int]]) -> dict[int, str]:
    """Organisation → code of its cluster; without those that nobody was asked in when it opened."""
    return {organisation: code for code, members in clusters.items() for organisation in members}


def kind_of(cluster: str) -> str:
    """Kind of organisation that a cluster was made in."""
    return cluster.rpartition("-")[0]


def _grouped(members: list[AudienceSize], least: int) -> list[list[AudienceSize]]:
    groups = [[one] for one in members if one.people >= least]
    pending: list[AudienceSize] = []
    for one in (one for one in members if one.people < least):
        pending.append(one)
        if _people(pending) >= least:
            groups.append(pending)
            pending = []
    if pending and groups:
        groups[-1] = groups[-1] + pending
    elif pending:
        groups.append(pending)
    return groups


def _people(group: list[AudienceSize]) -> int:
    return sum(one.people for one in group)
