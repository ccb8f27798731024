"""Pages of accounts, for administrators."""

import secrets
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from admin.account.browsers import in_words
from admin.accounts.words import ROLES, ROLES_EXPLAINED
from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.accounts.model import LINK_TERM
from core.errors import AppError, Denied
from core.invites import actions as invites
from core.people.model import Role
from core.staff import actions, queries, rules
from core.staff.model import Search

router = APIRouter()

EVERYWHERE = "everywhere"
"""Where a role holds, beside the municipality in view."""
STAFF_ROLES = (Role.ADMINISTRATOR, Role.METHODIST, Role.COORDINATOR, Role.LEADER)
STATES = {"on": True, "off": False}


@router.get("/accounts")
async def listing(
    request: Request,
    services: ServicesHere,
    viewer: CurrentViewer,
    text: Annotated[str, Query(max_length=100)] = "",
    role: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[str, Query(max_length=10)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    search = Search(text.strip(), Role(role) if role in STAFF_ROLES else None, STATES.get(state), number)
    async with services.db.read() as session:
        found = await queries.listing(session, viewer.actor, viewer.municipality.id, search)
    asked = {"text": search.text, "role": search.role or "", "state": state if state in STATES else ""}
    turn = {one: f"/accounts?{urlencode({**asked, 'page': one})}" for one in (found.page - 1, found.page + 1)}
    return page(
        request, "accounts/list.html", viewer, found=found, asked=asked, roles=ROLES, staff=STAFF_ROLES, turn=turn
    )


@router.get("/accounts/new")
async def new(request: Request, viewer: CurrentViewer) -> Response:
    return _form(request, viewer)


@router.post("/accounts/new")
async def create(
    request: Request,
    services: ServicesHere,
    viewer: CheckedViewer,
    name: Annotated[str, Form(max_length=1000)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
    form_id: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    try:
        wanted, municipality = _role(viewer, role)

        async def work() -> str:
            made = await actions.create(services.db, services.clock, viewer.actor, name, wanted, municipality)
            return f"/accounts/{made}"

        place = await services.once.run(f"account:{viewer.session_token}:{form_id}", work)
    except AppError as error:
        if isinstance(error, Denied):
            raise
        return _form(request, viewer, name=name, role=role, errors={"name": texts.sentence(error)})
    return flash.redirect(place, "staff.created")


def _form(
    request: Request, viewer: Viewer, name: str = "", role: str = "", errors: dict[str, str] | None = None
) -> Response:
    offered = _offered(viewer)
    if not offered:
        raise Denied
    status = 422 if errors else 200
    chosen = role or offered[0][0]
    return page(
        request,
        "accounts/new.html",
        viewer,
        status=status,
        offered=offered,
        name=name,
        chosen=chosen,
        errors=errors or {},
        form_id=secrets.token_urlsafe(12),
    )


def _offered(viewer: Viewer) -> list[tuple[str, str, str]]:
    """Roles that the viewer may give: value of the form, words, what it may do."""
    here = viewer.municipality
    found = [
        (role.value, f"{ROLES[role]}, {here.name}", ROLES_EXPLAINED[role])
        for role in rules.GIVEN_HERE
        if rules.may_give(viewer.actor, role, here.id)
    ]
    if rules.may_give(viewer.actor, Role.ADMINISTRATOR, None):
        found.append(
            (EVERYWHERE, "администратор всей программы", "все муниципалитеты, справочники должностей и предметов")
        )
    return found


def _role(viewer: Viewer, value: str) -> tuple[Role, int | None]:
    """Raises Denied for a value that no form of ours offers."""
    if value not in {one for one, *_ in _offered(viewer)}:
        raise Denied
    return (Role.ADMINISTRATOR, None) if value == EVERYWHERE else (Role(value), viewer.municipality.id)


@router.get("/accounts/{account_id}")
async def card(request: Request, services: ServicesHere, viewer: CurrentViewer, account_id: RowId) -> Response:
    return await _card(request, services, viewer, account_id)


async def _card(
    request: Request, services: Services, viewer: Viewer, account_id: int, handed: tuple[str, str] | None = None
) -> Response:
    """`handed`: which kind of link was just made, and the link; it is shown this once."""
    async with services.db.read() as session:
        found = await queries.card(session, services.clock, viewer.actor, account_id, viewer.municipality.id)
    held = {(one.role, one.municipality_id) for one in found.row.roles}
    offered = [one for one in _offered(viewer) if (_role(viewer, one[0])) not in held]
    return page(
        request,
        "accounts/card.html",
        viewer,
        card=found,
        roles=ROLES,
        offered=offered,
        sessions=[(one, in_words(one.agent)) for one in found.sessions],
        handed=handed,
        minutes=int(LINK_TERM.total_seconds()) // 60,
    )


@router.post("/accounts/{account_id}/roles")
async def give_role(
    services: ServicesHere, viewer: CheckedViewer, account_id: RowId, role: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    wanted, municipality = _role(viewer, role)
    await actions.give_role(services.db, services.clock, viewer.actor, account_id, wanted, municipality)
    return flash.redirect(f"/accounts/{account_id}", "staff.role_given")


@router.post("/accounts/{account_id}/roles/{grant_id}/end")
async def take_role(services: ServicesHere, viewer: CheckedViewer, account_id: RowId, grant_id: RowId) -> Response:
    place = f"/accounts/{account_id}"
    try:
        await actions.take_role(services.db, services.clock, viewer.actor, account_id, grant_id)
    except AppError as error:
        return _told(error, place, "staff.last_administrator")
    # Whoever took their own last right has nothing to see here any more.
    own_last = account_id == viewer.actor.account_id
    return flash.redirect("/" if own_last else place, "staff.role_taken")


@router.post("/accounts/{account_id}/switch")
async def switch(
    services: ServicesHere, viewer: CheckedViewer, account_id: RowId, active: Annotated[str, Form(max_length=5)] = ""
) -> Response:
    place, on = f"/accounts/{account_id}", active == "yes"
    try:
        await actions.switch(services.db, services.clock, viewer.actor, account_id, active=on)
    except AppError as error:
        return _told(error, place, "staff.own_account")
    return flash.redirect(place, "staff.switched_on_now" if on else "staff.switched_off_now")


@router.post("/accounts/{account_id}/link")
async def link(request: Request, services: ServicesHere, viewer: CheckedViewer, account_id: RowId) -> Response:
    try:
        token = await actions.make_link(services.db, services.clock, viewer.actor, account_id)
    except AppError as error:
        return _told(error, f"/accounts/{account_id}", "staff.no_role", "staff.switched_off")
    address = f"{services.settings.public_admin_url}/enter/{token}"
    return await _card(request, services, viewer, account_id, ("link", address))


@router.post("/accounts/{account_id}/invite")
async def invite(request: Request, services: ServicesHere, viewer: CheckedViewer, account_id: RowId) -> Response:
    """Asks Telegram for the bot's name first, so that no code is made for a link that cannot be shown."""
    place = f"/accounts/{account_id}"
    try:
        await actions.check_invite(services.db, viewer.actor, account_id)
    except AppError as error:
        return _told(error, place, "staff.switched_off")
    if await services.invite_link("") is None:
        return flash.redirect(place, "staff.no_bot", good=False)
    code = await invites.make_invite(services.db, services.clock, account_id, actor=viewer.actor)
    return await _card(request, services, viewer, account_id, ("invite", await services.invite_link(code) or code))


@router.post("/accounts/{account_id}/sessions/{session_id}/end")
async def end_session(services: ServicesHere, viewer: CheckedViewer, account_id: RowId, session_id: RowId) -> Response:
    await actions.end_session(services.db, services.clock, viewer.actor, account_id, session_id)
    return flash.redirect(f"/accounts/{account_id}", "staff.session_ended")


def _told(error: AppError, place: str, *keys: str) -> RedirectResponse:
    """One of these errors becomes a message on the page; others go on."""
    if error.key not in keys:
        raise error
    return flash.redirect(place, error.key, good=False)
