"""Invites and joining by them. Each function is one transaction."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock, local_date
from core.errors import AppError, NotFound
from core.invites import queries, rules
from core.invites.codes import end_codes, make_codes
from core.invites.model import Person, Sheet, SheetRequest, Slip
from core.people import queries as people
from core.people.accounts import account_of
from core.people.model import Actor
from core.people.rules import token_hash
from storage.models import Account, Chat, ConsentText, Invite, Municipality, Organisation, Teacher
from storage.session import Store

TERM = timedelta(days=rules.USUAL_TERM)
OPERATOR = Actor(account_id=0, teacher_id=None, municipality_id=None, everywhere=True)


async def make_invite(
    store: Store, clock: Clock, account_id: int, term: timedelta = TERM, *, actor: Actor | None = None
) -> str:
    """A one-time code for this account; its earlier codes end.

    Only its hash is kept, so it is shown once and never again. Whether `actor` may do so is the caller's question.
    """
    async with store.write() as session:
        now = clock.now()
        account = await session.get(Account, account_id)
        if account is None:
            raise NotFound
        (code,) = await make_codes(session, now, now + term, [account_id])
        if actor is not None:
            audit.note(session, now, actor, "invite.made", _subject(account), municipality_id=account.municipality_id)
    return code


async def make_sheet(store: Store, clock: Clock, actor: Actor | None, request: SheetRequest) -> Sheet:
    """New codes for everybody on the sheet, whose earlier ones end; the codes are in the answer and nowhere else.

    Without an actor it is whoever has the machine with the data, and may do everything (cli).
    Raises NotFound for an organisation out of reach, `invite.term_unknown`, `invite.nobody`, and
    `invite.sheet_changed` when invites of this organisation were made since the page was shown.
    """
    if request.days not in rules.TERMS:
        raise AppError("invite.term_unknown")
    async with store.write() as session:
        now = clock.now()
        who = actor or OPERATOR
        place = await _alone(session, who, request.organisation_id)
        if await queries.newest(session, place.id) != request.seen:
            raise AppError("invite.sheet_changed")
        allowed, _withheld = await queries.of_sheet(session, who, request, now)
        if not allowed:
            raise AppError("invite.nobody")
        ending = sum(one.until is not None for one in allowed)
        details = {"people": len(allowed), "ended": ending, "days": request.days}
        _note(session, clock, actor, "invite.made", place, [one.teacher_id for one in allowed], details)
        return await _sheet(session, now, place, allowed, request.days)


async def revoke(
    store: Store, clock: Clock, actor: Actor, organisation_id: int, teachers: frozenset[int] | None = None
) -> int:
    """Ends the working invites of these teachers, or of all of the organisation; returns whose many.

    An invite of somebody with wider rights can be ended as well: that gives nobody anything.
    """
    async with store.write() as session:
        now = clock.now()
        place = await _alone(session, actor, organisation_id)
        found = await queries.working(session, actor, organisation_id, teachers, now)
        await end_codes(session, now, [one.account_id for one in found if one.account_id is not None])
        teachers_ended = [one.teacher_id for one in found]
        if found:
            _note(session, clock, actor, "invite.revoked", place, teachers_ended, {"people": len(found)})
        return len(found)


async def note_paper(
    store: Store, clock: Clock, actor: Actor, organisation_id: int, teachers: frozenset[int], day: date
) -> int:
    """The signed paper form of the consent was received on this day; returns for how many it was noted anew."""
    async with store.write() as session:
        place = await _alone(session, actor, organisation_id)
        rows = select(Teacher).where(
            Teacher.organisation_id == place.id, Teacher.id.in_(sorted(teachers)), Teacher.archived_at.is_(None)
        )
        changed = [one for one in await session.scalars(rows) if one.paper_consent_on != day]
        for one in changed:
            change = {"paper_consent_on": (one.paper_consent_on, day)}
            one.paper_consent_on = day
            audit.note(
                session,
                clock.now(),
                actor,
                "consent.paper",
                f"teacher:{one.id}",
                municipality_id=place.municipality_id,
                changes=change,
            )
        return len(changed)


async def note_export(store: Store, clock: Clock, actor: Actor, municipality_id: int, place: int | None) -> None:
    """Somebody takes the list of those who have not joined away: of one organisation, or of all within reach."""
    async with store.write() as session:
        subject = None if place is None else f"organisation:{place}"
        audit.note(session, clock.now(), actor, "invite.exported", subject, municipality_id=municipality_id)


async def join(store: Store, clock: Clock, channel: str, address: str, code: str) -> int:
    """Links a chat with the account that the code was made for; returns the account's id.

    A code that is used, revoked, expired or guessed, or whose owner has left, is refused alike (`invite.refused`), so
    the answer tells a guesser nothing; the owner pressing the link again is simply welcomed back.
    """
    async with store.write() as session:
        invite = await _invite(session, code)
        chat = await session.scalar(select(Chat).where(Chat.channel == channel, Chat.address == address))
        if invite is not None and chat is not None and chat.account_id == invite.account_id:
            chat.unreachable = None
            return chat.account_id
        if invite is None or invite.used_at or invite.revoked_at or invite.expires_at <= clock.now():
            raise AppError("invite.refused")
        if chat is not None:
            raise AppError("invite.other_chat")
        await _link(session, clock, invite, channel, address)
        return invite.account_id


async def _invite(session: AsyncSession, code: str) -> Invite | None:
    rows = (
        select(Invite)
        .join(Account, Account.id == Invite.account_id)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .where(Invite.code_hash == token_hash(code), Account.active, Teacher.archived_at.is_(None))
    )
    return await session.scalar(rows.with_for_update(of=Invite))


async def _link(session: AsyncSession, clock: Clock, invite: Invite, channel: str, address: str) -> None:
    invite.used_at = clock.now()
    # A new code for the same person means a new phone: the old chat must get nothing any more.
    await session.execute(delete(Chat).where(Chat.account_id == invite.account_id, Chat.channel == channel))
    session.add(Chat(account_id=invite.account_id, channel=channel, address=address))
    actor = await people.actor_of_account(session, invite.account_id)
    account = await session.get_one(Account, invite.account_id)
    audit.note(session, clock.now(), actor, "people.joined", _subject(account))


async def _alone(session: AsyncSession, actor: Actor, organisation_id: int) -> Organisation:
    """The organisation, with nobody else making or ending its invites until this transaction is over."""
    place = await queries.organisation(session, actor, organisation_id)
    await session.execute(select(Organisation.id).where(Organisation.id == place.id).with_for_update())
    return place


async def _sheet(session: AsyncSession, now: datetime, place: Organisation, whose: list[Person], days: int) -> Sheet:
    zone = (await session.get_one(Municipality, place.municipality_id)).timezone
    ends = rules.last_moment(now, days, zone)
    accounts = [
        one.account_id or await account_of(session, now, one.teacher_id, place.municipality_id) for one in whose
    ]
    codes = await make_codes(session, now, ends, accounts)
    slips = tuple(Slip(one.name, code) for one, code in zip(whose, codes, strict=True))
    newest = select(ConsentText).order_by(ConsentText.published_at.desc(), ConsentText.version.desc()).limit(1)
    consent = await session.scalar(newest)
    version, text = (consent.version, consent.text) if consent is not None else (None, None)
    return Sheet(place.name, local_date(ends - timedelta(seconds=1), zone), slips, version, text)


def _note(
    session: AsyncSession,
    clock: Clock,
    actor: Actor | None,
    action: str,
    place: Organisation,
    teachers: list[int],
    details: dict[str, int],
) -> None:
    """One line for the organisation with the numbers, and one in the history of each person."""
    now, town = clock.now(), place.municipality_id
    audit.note(session, now, actor, action, f"organisation:{place.id}", municipality_id=town, details=details)
    for one in teachers:
        audit.note(session, now, actor, action, f"teacher:{one}", municipality_id=town)


def _subject(account: Account) -> str:
    return audit.whose(account.id, account.teacher_id)
