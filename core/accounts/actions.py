"""Accounts of staff, and how they come into the admin. Each function is one transaction."""

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.accounts import checks, rules, sessions
from core.accounts.model import LINK_TERM, SEEN_EVERY, AskedInChat, OpenSession, SignedIn
from core.accounts.passwords import hash_password, matches
from core.accounts.queries import actor_of_session
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.people import queries
from core.people.model import Actor, CheckState, LinkPurpose, Role
from core.people.rules import new_token, token_hash
from storage.models import Account, Grant, SignInCheck, SignInLink, WebSession
from storage.session import Store


async def create_staff(
    store: Store,
    clock: Clock,
    name: str,
    role: Role,
    municipality_id: int | None,
    *,
    login: str | None = None,
    password: str | None = None,
) -> int:
    """By whoever runs the program: an account that is not in the registry, with one role; returns its id."""
    login = None if login is None else rules.normal_login(login)
    hashed = await hash_password(password, login) if password is not None else None
    async with store.write() as session:
        account = Account(municipality_id=municipality_id, name=name, password_hash=hashed, created_at=clock.now())
        session.add(account)
        await _set_login(session, account, login)
        session.add(Grant(account_id=account.id, role=role, municipality_id=municipality_id))
        subject = sessions.subject(account)
        audit.note(
            session,
            clock.now(),
            None,
            "staff.created",
            subject,
            municipality_id=municipality_id,
            changes={"role": (None, role)},
        )
        return account.id


async def set_password(store: Store, clock: Clock, account_id: int, login: str, password: str) -> None:
    """By whoever runs the program."""
    login = rules.normal_login(login)
    hashed = await hash_password(password, login)
    async with store.write() as session:
        account = await session.get_one(Account, account_id)
        account.password_hash = hashed
        await _set_login(session, account, login)
        await sessions.shut_doors(session, account_id)
        audit.note(session, clock.now(), None, "staff.password", sessions.subject(account))


async def set_own_password(
    store: Store, clock: Clock, actor: Actor, login: str, password: str, *, old: str, agent: str
) -> SignedIn:
    """Every browser is signed out, the one that asks gets a new session.

    `password.wrong` unless `old` is the present password, when there is one; also what `check_password` and
    `normal_login` raise, and `login.taken`.
    """
    login = rules.normal_login(login)
    await _check_own_password(store, actor, old)
    hashed = await hash_password(password, login)
    async with store.write() as session:
        account = await session.get_one(Account, actor.account_id, with_for_update=True)
        before = account.login
        account.password_hash = hashed
        await _set_login(session, account, login)
        await sessions.shut_doors(session, account.id)
        audit.note(
            session,
            clock.now(),
            actor,
            "staff.password",
            sessions.subject(account),
            changes={"login": (before, login)},
        )
        return await _enter(session, clock, account, "password changed", agent)


async def set_second_factor(store: Store, clock: Clock, actor: Actor, password: str, *, on: bool) -> None:
    """`password.wrong` unless it is the present one: an unlocked computer must not be enough."""
    await _check_own_password(store, actor, password)
    async with store.write() as session:
        account = await session.get_one(Account, actor.account_id, with_for_update=True)
        before, account.second_factor = account.second_factor, on
        changes = {"second_factor": (before, on)}
        audit.note(session, clock.now(), actor, "staff.second_factor", sessions.subject(account), changes=changes)


async def _check_own_password(store: Store, actor: Actor, given: str) -> None:
    async with store.read() as session:
        stored = (await session.get_one(Account, actor.account_id)).password_hash
    if stored is not None and not await matches(given, stored):
        raise AppError("password.wrong")


async def _set_login(session: AsyncSession, account: Account, login: str | None) -> None:
    """Writes the account down as well; `login.taken` when somebody else is called so."""
    account.login = login
    try:
        await session.flush()
    except IntegrityError as error:
        raise AppError("login.taken") from error


async def make_sign_in_link(store: Store, clock: Clock, account_id: int) -> str:
    """A token that opens the admin once within a quarter of an hour; only staff get one (`denied`)."""
    token = new_token()
    async with store.write() as session:
        if not (await queries.actor_of_account(session, account_id)).is_staff:
            raise Denied
        session.add(SignInLink(token_hash=token_hash(token), account_id=account_id, expires_at=clock.now() + LINK_TERM))
    return token


async def enter_by_link(store: Store, clock: Clock, token: str, agent: str = "") -> SignedIn:
    """Uses the link up and begins a session; `sign_in.refused` for any other token."""
    async with store.write() as session:
        link = await session.get(SignInLink, token_hash(token), with_for_update=True)
        spent = link is None or link.used_at is not None or link.expires_at <= clock.now()
        if link is None or spent or link.purpose != LinkPurpose.ADMIN:
            raise AppError("sign_in.refused")
        link.used_at = clock.now()
        account = await session.get_one(Account, link.account_id)
        return await _enter(session, clock, account, "link", agent)


async def enter_by_password(
    store: Store, clock: Clock, login: str, password: str, *, agent: str = "", mark: str = "", wary: bool = False
) -> SignedIn | AskedInChat:
    """A session at once, or a question in the account's chat first.

    `sign_in.refused` whether the login or the password is wrong. `wary`: so many have tried this login that the
    password alone is not enough; it takes the chat, or a browser whose `mark` says that it was signed in before,
    and everything else is refused alike (`sign_in.too_many`).
    """
    refused = AppError("sign_in.too_many" if wary else "sign_in.refused")
    async with store.read() as session:
        found = await session.scalar(select(Account).where(Account.login == login.strip().casefold(), Account.active))
    stored = found.password_hash if found is not None else None
    if not await matches(password, stored) or found is None or stored is None:
        await _note_failure(store, clock, found)
        raise refused
    async with store.write() as session:
        account = await session.get_one(Account, found.id)
        if not (await queries.actor_of_account(session, account.id)).is_staff:
            raise Denied
        if await checks.due(session, account):
            return AskedInChat(await checks.open_check(session, clock, account))
        if wary and not rules.is_known(mark, stored):
            raise refused
        return await _enter(session, clock, account, "password", agent)


async def _note_failure(store: Store, clock: Clock, account: Account | None) -> None:
    """Also for a login that nobody has, so that an answer takes as long; what was typed is not kept."""
    subject = sessions.subject(account) if account is not None else None
    town = account.municipality_id if account is not None else None
    async with store.write() as session:
        audit.note(session, clock.now(), None, "sign_in.failed", subject, municipality_id=town)


async def answer_check(store: Store, clock: Clock, actor: Actor, check_id: int, number: int | None) -> bool:
    """What was pressed in the chat: True when the number is the one that the browser shows; None is «not me».

    Raises NotFound for somebody else's check, `sign_in.check_over` when nobody waits for the answer any more.
    """
    async with store.write() as session:
        check = await session.get(SignInCheck, check_id, with_for_update=True)
        if check is None or check.account_id != actor.account_id:
            raise NotFound
        right = number == check.number
        if check.state == CheckState.APPROVED and right:
            return True
        if check.state != CheckState.WAITING or check.expires_at <= clock.now():
            raise AppError("sign_in.check_over")
        check.state = CheckState.APPROVED if right else CheckState.REFUSED
        account = await session.get_one(Account, actor.account_id)
        action = "sign_in.approved" if right else "sign_in.disowned"
        audit.note(session, clock.now(), actor, action, sessions.subject(account))
        return right


async def enter_by_check(store: Store, clock: Clock, secret: str, agent: str = "") -> SignedIn:
    """Uses the approval up. `sign_in.check_waiting`, `sign_in.check_refused` or `sign_in.check_over` without one."""
    async with store.write() as session:
        check = await session.scalar(
            select(SignInCheck).where(SignInCheck.token_hash == token_hash(secret)).with_for_update()
        )
        if check is None or check.expires_at <= clock.now():
            raise AppError("sign_in.check_over")
        if check.state != CheckState.APPROVED:
            raise AppError(f"sign_in.check_{CheckState(check.state)}")
        account = await session.get_one(Account, check.account_id)
        await session.delete(check)
        return await _enter(session, clock, account, "password and chat", agent)


async def _enter(session: AsyncSession, clock: Clock, account: Account, way: str, agent: str) -> SignedIn:
    secret = await sessions.begin(session, clock, account, way, agent)
    return SignedIn(secret, rules.browser_mark(account.password_hash) if account.password_hash else None)


async def note_seen(store: Store, clock: Clock, here: OpenSession) -> None:
    """Notes that the browser is used, once in a few minutes."""
    if clock.now() - here.seen_at < SEEN_EVERY:
        return
    async with store.write() as session:
        await session.execute(update(WebSession).where(WebSession.id == here.id).values(seen_at=clock.now()))


async def leave(store: Store, clock: Clock, secret: str) -> None:
    """Ends this browser's session; one that has ended by itself leaves no entry."""
    async with store.write() as session:
        actor = await actor_of_session(session, clock, secret)
        await session.execute(delete(WebSession).where(WebSession.token_hash == token_hash(secret)))
        if actor is not None:
            await _note_leaving(session, clock, actor, "sign_out")


async def leave_one(store: Store, clock: Clock, actor: Actor, session_id: int) -> None:
    """Ends one of the actor's own sessions; NotFound for a foreign one."""
    async with store.write() as session:
        row = await session.get(WebSession, session_id)
        if row is None or row.account_id != actor.account_id:
            raise NotFound
        await session.delete(row)
        await _note_leaving(session, clock, actor, "sign_out.elsewhere")


async def leave_others(store: Store, clock: Clock, actor: Actor, secret: str) -> None:
    """Ends every session of the actor but the one that asks."""
    async with store.write() as session:
        others = WebSession.account_id == actor.account_id, WebSession.token_hash != token_hash(secret)
        await session.execute(delete(WebSession).where(*others))
        await _note_leaving(session, clock, actor, "sign_out.others")


async def leave_everywhere(store: Store, clock: Clock, actor: Actor) -> None:
    """Ends every browser's session of this account."""
    async with store.write() as session:
        await sessions.end_all(session, actor.account_id)
        await _note_leaving(session, clock, actor, "sign_out.everywhere")


async def _note_leaving(session: AsyncSession, clock: Clock, actor: Actor, action: str) -> None:
    account = await session.get_one(Account, actor.account_id)
    audit.note(session, clock.now(), actor, action, sessions.subject(account))
