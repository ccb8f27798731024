"""The web admin as one application: frame, checks, pages in one list."""

from collections.abc import Callable
from pathlib import Path

import font_manrope
import starlette_admin
from fastapi import Depends, FastAPI, Request
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from admin.account.routes import router as account
from admin.accounts.routes import router as accounts
from admin.announcements.routes import router as announcements
from admin.audiences.routes import router as audiences
from admin.audit.routes import router as audit
from admin.campaigns.routes import router as campaigns
from admin.home.routes import router as home
from admin.importing.routes import router as importing
from admin.indicators.routes import router as indicators
from admin.invites.routes import router as invites
from admin.people.routes import router as people
from admin.registry.routes import router as registry
from admin.rehearsal.routes import router as rehearsal
from admin.reminders.routes import router as reminders
from admin.results.routes import router as results
from admin.rights.routes import router as rights
from admin.sending.routes import router as sending
from admin.services import Health, InviteLink, Services, Spawn, services_of
from admin.shell import failures
from admin.shell.headers import HeadersMiddleware
from admin.shell.hosts import HostMiddleware, allowed
from admin.shell.origin import check_origin
from admin.signing_in.routes import router as signing_in
from admin.surveys.preview import router as survey_preview
from admin.surveys.routes import router as surveys
from admin.system.routes import router as system
from admin.unreachable.routes import router as unreachable
from core.charts.raster import Rasteriser
from core.clock import Clock
from core.sealing import Sealer
from core.settings import Settings
from storage.session import Database

ROUTERS = (
    home,
    rights,
    accounts,
    audit,
    # Before the card of a person, whose address looks like that of a new one.
    registry,
    people,
    survey_preview,
    surveys,
    rehearsal,
    results,
    campaigns,
    announcements,
    audiences,
    reminders,
    indicators,
    importing,
    invites,
    unreachable,
    sending,
    system,
    account,
    signing_in,
)


def create_app(  # noqa: PLR0913 - the parts of a running program
    settings: Settings,
    db: Database,
    clock: Clock,
    sealer: Sealer,
    rasteriser: Rasteriser,
    *,
    sign_in_hint: str | None = None,
    health: Health,
    wake_sender: Callable[[], None],
    spawn: Spawn,
    invite_link: InviteLink,
) -> FastAPI:
    """The admin. Whoever shuts it down sets `app.state.services.stopping` first, so that open streams end.

    `sign_in_hint` is a sentence under the sign-in form; `health` is asked by /healthz and the system page;
    `wake_sender` is called after invitations were queued; `spawn` starts work that outlasts an answer;
    `invite_link` gives the address that joins by a code.
    """
    services = Services(settings, db, clock, sealer, rasteriser, health, wake_sender, spawn, invite_link, sign_in_hint)
    app = FastAPI(
        title="Методкабинет",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(_own_forms_only)],
        middleware=[
            Middleware(HeadersMiddleware, secure=services.secure),
            Middleware(HostMiddleware, allowed=allowed(settings)),
        ],
    )
    app.state.services = services
    _mount_assets(app)
    for router in ROUTERS:
        app.include_router(router)
    failures.install(app)
    return app


def _own_forms_only(request: Request) -> None:
    check_origin(request, services_of(request).settings.public_admin_url)


def _mount_assets(app: FastAPI) -> None:
    """Tabler out of starlette-admin and the font out of its package, served from where they are installed."""
    folders = {
        "/assets": _package_folder(starlette_admin.__file__) / "static",
        "/font": _package_folder(font_manrope.__file__) / "files",
        "/own": Path(__file__).parent / "static",
    }
    for path, folder in folders.items():
        app.mount(path, GZipMiddleware(StaticFiles(directory=folder), minimum_size=1000), name=path.strip("/"))


def _package_folder(file: str | None) -> Path:
    assert file is not None, "an installed package has a file"
    return Path(file).parent
