"""Everything that must be there before the program starts; safe to repeat at every start."""

from pathlib import Path

from sqlalchemy import select

from bot.texts.consent import CONSENT_VERSION, consent_text
from cli.console import console
from core.clock import Clock
from core.people import actions as people
from core.profiles.actions import install
from core.profiles.loading import load_profile, load_reference
from core.settings import Settings
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.migrate import upgrade
from storage.models import ConsentText, Municipality
from storage.session import Database

ROOT = Path(__file__).parent.parent
PROFILES = ROOT / "profiles"
CATALOGUE = ROOT / "bot" / "surveys" / "catalogue"


async def prepare_database(settings: Settings) -> None:
    """The data folder, closed to others, and tables of the present shape in the database."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with console.status("Проверяю базу данных…"):
        await upgrade(settings.database)


async def publish_built_in(db: Database, clock: Clock, profile: str) -> None:
    """Surveys of the catalogue and the consent. Raises AppError when a published version was changed."""
    for file in sorted(CATALOGUE.glob("*.yaml")):
        definition = parse_definition(file.read_text(encoding="utf-8"), file.name)
        await surveys.publish(db, clock, definition)
    async with db.read() as session:
        published = await session.scalar(select(ConsentText.version).where(ConsentText.version == CONSENT_VERSION))
    if published is None:
        # The operator's name is part of the published document, so a later change of the profile leaves it alone.
        operator = load_profile(PROFILES / f"{profile}.yaml").words.authority
        await people.publish_consent(db, clock, CONSENT_VERSION, consent_text(operator))


async def install_profile(db: Database, clock: Clock, code: str) -> None:
    """Brings the municipality of the profile into a database that has none yet."""
    async with db.read() as session:
        known = await session.scalar(select(Municipality.id).limit(1))
    if known is None:
        await install(db, clock, load_profile(PROFILES / f"{code}.yaml"), load_reference(PROFILES / "reference.yaml"))
