"""Who belongs to which association, who leads one, who co-ordinates an organisation."""

from collections.abc import Sequence
from datetime import date
from random import Random

from core.profiles.model import Association, AssociationGroup
from playground.people.draft import Draft

CLASS_TEACHERS = 0.6
TOPIC = 0.06
# Whom a director or head asks first to be responsible for the methodical work.
COORDINATORS = ("deputy-methodical", "deputy-teaching", "deputy-head", "director", "head")


def join_associations(drafts: Sequence[Draft], associations: Sequence[Association], rng: Random) -> None:
    """Everybody joins those that are meant for them; of several with the same condition, one."""
    alike: dict[str, list[Association]] = {}
    for association in associations:
        alike.setdefault(f"{association.group} {association.members.model_dump_json()}", []).append(association)
    for group in alike.values():
        turn = rng.randrange(len(group))
        share = _share(group[0])
        for draft in drafts:
            if _fits(draft, group[0]) and rng.random() < share:
                draft.associations.append(group[turn % len(group)].code)
                turn += 1


def _share(association: Association) -> float:
    if not association.members.voluntary:
        return 1
    return CLASS_TEACHERS if association.group is AssociationGroup.CLASS_TEACHERS else TOPIC


def _fits(draft: Draft, association: Association) -> bool:
    members = association.members
    if members.kinds and draft.kind not in members.kinds:
        return False
    if members.positions and draft.position not in members.positions:
        return False
    if members.subjects and not set(members.subjects) & set(draft.subjects):
        return False
    return draft.attestable


def choose_leaders(drafts: Sequence[Draft], associations: Sequence[Association], today: date) -> None:
    """The most experienced member who leads no other association yet; smaller associations choose first."""
    members = {each.code: [draft for draft in drafts if each.code in draft.associations] for each in associations}
    for code in sorted(members, key=lambda code: (len(members[code]), code)):
        free = [draft for draft in members[code] if not draft.leads]
        if free:
            max(free, key=lambda draft: (not draft.is_management, draft.years_of_work(today))).leads.append(code)


def choose_coordinators(drafts: Sequence[Draft]) -> None:
    """One manager of each organisation."""
    for organisation in dict.fromkeys(draft.organisation for draft in drafts):
        managers = [draft for draft in drafts if draft.organisation == organisation and draft.is_management]
        ranked = sorted(managers, key=_coordinator_rank)
        if ranked:
            ranked[0].is_coordinator = True


def _coordinator_rank(draft: Draft) -> int:
    return COORDINATORS.index(draft.position) if draft.position in COORDINATORS else len(COORDINATORS)
