"""Withdrawing, erasing, handing out what is stored, forgetting what is old. Each function is one transaction."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor, LinkPurpose
from core.people.rules import new_token, token_hash
from core.rights import erasing, people, retention
from core.rights.collecting import collect
from core.rights.model import Kept, Person, PersonData
from storage.models import Account, SignInLink, Teacher
from storage.searching import searchable
from storage.session import Store

LINK_TERM = timedelta(minutes=15)


async def withdraw(store: Store, clock: Clock, actor: Actor) -> None:
    """The actor takes the consent back and leaves. A second time there is nobody to ask."""
    async with store.write(scrub=True) as session:
        person = await people.myself(session, actor)
        await _withdraw(session, clock, actor, person)


async def withdraw_for(store: Store, clock: Clock, actor: Actor, teacher_id: int) -> None:
    """On a written application. Raises as core.rights.people.teacher."""
    async with store.write(scrub=True) as session:
        person = await people.teacher(session, actor, teacher_id)
        await _withdraw(session, clock, actor, person)


async def _withdraw(session: AsyncSession, clock: Clock, actor: Actor, person: Person) -> None:
    await erasing.withdraw(session, person, clock.now())
    subject, *_ = person.subjects
    audit.note(session, clock.now(), actor, "consent.withdrawn", subject, municipality_id=person.municipality_id)


async def erase(store: Store, clock: Clock, actor: Actor) -> None:
    """The actor's own rows go, in the registry too. It cannot be taken back. Raises as `erasing.erase`."""
    async with store.write(scrub=True) as session:
        person = await people.myself(session, actor)
        pseudonym = await erasing.erase(session, person)
        audit.note(session, clock.now(), None, "person.erased", pseudonym, municipality_id=person.municipality_id)


async def erase_person(store: Store, clock: Clock, actor: Actor, teacher_id: int, surname: str) -> None:
    """By an administrator, who types the surname so that nobody is erased by a slip (`rights.other_surname`).

    Raises as core.rights.people.teacher and as `erasing.erase`.
    """
    async with store.write(scrub=True) as session:
        person = await people.teacher(session, actor, teacher_id)
        if searchable(surname) != searchable((await session.get_one(Teacher, teacher_id)).surname):
            raise AppError("rights.other_surname")
        pseudonym = await erasing.erase(session, person)
        audit.note(session, clock.now(), actor, "person.erased", pseudonym, municipality_id=person.municipality_id)


async def make_data_link(store: Store, clock: Clock, actor: Actor) -> str:
    """A token that opens what is stored about the actor, once, for a quarter of an hour.

    The bot hands out the address and not the file: what stands in the registry does not go through a
    foreign messenger (SPEC §3, privacy mode).
    """
    token = new_token()
    async with store.write() as session:
        session.add(
            SignInLink(
                token_hash=token_hash(token),
                account_id=actor.account_id,
                purpose=LinkPurpose.MY_DATA,
                expires_at=clock.now() + LINK_TERM,
            )
        )
    return token


async def open_data_link(store: Store, clock: Clock, token: str) -> PersonData:
    """Uses the link up; `rights.link_refused` for any other token."""
    async with store.write() as session:
        link = await session.get(SignInLink, token_hash(token), with_for_update=True)
        if link is None or link.purpose != LinkPurpose.MY_DATA or link.used_at or link.expires_at <= clock.now():
            raise AppError("rights.link_refused")
        link.used_at = clock.now()
        account = await session.get_one(Account, link.account_id)
        person = await people.of_account(session, account)
        audit.note(
            session, clock.now(), None, "person.shown", person.subjects[0], municipality_id=person.municipality_id
        )
        return await collect(session, person, clock.now())


async def show_person(store: Store, clock: Clock, actor: Actor, teacher_id: int) -> PersonData:
    """For an administrator who was asked in writing; stands in the audit. Raises as core.rights.people.teacher."""
    async with store.write() as session:
        person = await people.teacher(session, actor, teacher_id)
        subject = person.subjects[0]
        audit.note(session, clock.now(), actor, "person.shown", subject, municipality_id=person.municipality_id)
        return await collect(session, person, clock.now())


async def forget_old(store: Store, clock: Clock, kept: Kept) -> int:
    """Everything whose time has come, batch by batch; returns how many rows and people went."""
    forgotten = 0
    while (gone := await _forget_batch(store, clock, kept)) > 0:
        forgotten += gone
    return forgotten


async def _forget_batch(store: Store, clock: Clock, kept: Kept) -> int:
    async with store.write(scrub=True) as session:
        left = await retention.archived(session, kept, clock.now())
        for teacher in left:
            person = await people.of_teacher(session, teacher)
            pseudonym = await erasing.erase(session, person)
            audit.note(session, clock.now(), None, "person.erased", pseudonym, municipality_id=person.municipality_id)
        return len(left) + await retention.forget_batch(session, kept, clock.now())
