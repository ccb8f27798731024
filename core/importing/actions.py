"""One uploaded file from its arrival to its undoing. Nothing of the registry changes but in `apply` and `undo`."""

from collections.abc import Mapping as MappingType
from contextlib import aclosing
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError, Denied
from core.importing import checking, memory, progress, source, storing
from core.importing.applying import Applied, apply_run, check_ready
from core.importing.encoding import mapping_json
from core.importing.intake import Intake
from core.importing.model import ImportKind, ImportState, Mapping
from core.importing.queries import last_applied
from core.importing.reach import reachable
from core.importing.undoing import Undone, forget_changes, take_back
from core.people.model import Actor
from storage.models import ImportRun
from storage.session import Store

_LONGEST_NAME = 200
MOST_KEPT = 500
"""People of whom an undone import says that something has stayed."""


async def upload(  # noqa: PLR0913, PLR0917 - what an upload form sends
    store: Store,
    clock: Clock,
    actor: Actor,
    municipality_id: int,
    kind: ImportKind,
    file_name: str,
    content: bytes,
    options: MappingType[str, Any],
) -> int:
    """Keeps the file to be read; returns the id of the import. Raises Denied, AppError upload.* by the first bytes.

    `options` of DIAGNOSES: `source`, a code of the municipality's `diagnosis_sources`, and `taken_on`, ISO 8601.
    """
    if not actor.manages(municipality_id):
        raise Denied
    checking.check_upload(content)
    async with store.write() as session:
        known = await memory.remembered(session, municipality_id, kind)
        await checking.check_options(session, municipality_id, kind, options)
        run = ImportRun(
            municipality_id=municipality_id,
            kind=kind,
            state=ImportState.READING,
            file_name=file_name[:_LONGEST_NAME],
            content=content,
            options=dict(options),
            mapping=mapping_json(known),
            created_by=actor.account_id,
            created_at=clock.now(),
        )
        session.add(run)
        await session.flush()
        _note(session, clock, actor, run, "import.uploaded")
        return run.id


async def read(store: Store, clock: Clock, run_id: int) -> None:
    """Reads the file and compares it with the registry; long. Safe to begin again. Never raises for what the file is.

    The import ends READY, or FAILED with the reason; nothing happens to one that waits for no reading.
    """
    async with store.write() as session:
        intake = await Intake.begin(session, run_id)
    if intake is None:
        return
    try:
        async with aclosing(source.items(store, clock, intake.scope)) as items:
            async for item in items:
                if intake.take(item) and not await _keep(store, intake):
                    return
        intake.last()
        if await _keep(store, intake):
            async with store.write() as session:
                await intake.end(session)
    except AppError as error:
        async with store.write() as session:
            await intake.fail(session, error)


async def _keep(store: Store, intake: Intake) -> bool:
    """Each part is compared in a read of its own and stored in a short transaction: writers wait for hundredths of a
    second. False when nobody wants the rest."""
    async with store.read() as session:
        lines = await intake.compare(session)
    async with store.write() as session:
        return await intake.keep(session, lines)


async def set_mapping(store: Store, clock: Clock, actor: Actor, run_id: int, mapping: Mapping) -> None:
    """What was put right by hand; the file has to be read again. Raises NotFound, AppError import.not_ready."""
    async with store.write() as session:
        run = await _locked(session, actor, run_id)
        if run.state != ImportState.READY:
            raise AppError("import.not_ready")
        run.mapping, run.state = mapping_json(mapping), ImportState.READING
        run.stage_done = run.stage_whole = 0
        _note(session, clock, actor, run, "import.corrected")


async def apply(store: Store, clock: Clock, actor: Actor, run_id: int) -> Applied:
    """All of the file goes into the registry, or nothing; long.

    Raises NotFound and AppError: import.not_ready, import.has_problems, import.nothing_to_do, import.outdated (the
    registry has changed since: the file has to be read again).
    """
    async with store.write() as session:
        run = await _locked(session, actor, run_id)
        check_ready(run)
        run.state, run.failure = ImportState.APPLYING, {}
    after = ImportState.READY
    applied = None
    try:
        with progress.shown(run_id) as going:
            async with store.write() as session:
                run = await _locked(session, actor, run_id)
                applied = await apply_run(session, clock, actor, run, going)
                _note(session, clock, actor, run, "import.applied", added=applied.added, changed=applied.changed)
    except AppError as error:
        after = ImportState.READING if error.key == "import.outdated" else after
        raise
    finally:
        if applied is None:
            await _stop_applying(store, run_id, after)
    return applied


async def _stop_applying(store: Store, run_id: int, state: ImportState) -> None:
    async with store.write() as session:
        run = await storing.locked_run(session, run_id)
        if run is not None and run.state == ImportState.APPLYING:
            run.state = state


async def undo(store: Store, clock: Clock, actor: Actor, run_id: int) -> Undone:
    """Takes the municipality's last import back; one that is undone already stays so.

    Raises NotFound and AppError: import.not_applied, import.not_last.
    """
    async with store.write(scrub=True) as session:
        run = await _locked(session, actor, run_id)
        if run.state == ImportState.UNDONE:
            return Undone(**run.summary["undone"])
        if run.state != ImportState.APPLIED:
            raise AppError("import.not_applied")
        if await last_applied(session, run.municipality_id) != run.id:
            raise AppError("import.not_last")
        done, kept = await take_back(session, run.id)
        run = await _locked(session, actor, run_id)
        told = {"removed": done.removed, "restored": done.restored, "kept": done.kept}
        people = [[teacher_id, str(reason)] for teacher_id, reason in sorted(kept.items())[:MOST_KEPT]]
        run.state, run.undone_at = ImportState.UNDONE, clock.now()
        run.summary = {**run.summary, "undone": told, "kept": people}
        await forget_changes(session, run.id)
        _note(session, clock, actor, run, "import.undone", **told)
        return done


async def discard(store: Store, clock: Clock, actor: Actor, run_id: int) -> None:
    """The file and all that was made of it go. Raises NotFound, AppError import.not_ready."""
    async with store.write(scrub=True) as session:
        run = await _locked(session, actor, run_id)
        if run.state not in {ImportState.READING, ImportState.READY, ImportState.FAILED}:
            raise AppError("import.not_ready")
        _note(session, clock, actor, run, "import.discarded")
        await session.delete(run)


async def broke(store: Store, clock: Clock, run_id: int, number: str) -> None:
    """An unexpected error has ended the work on the file; `number` is the one under which it is logged."""
    async with store.write() as session:
        run = await storing.locked_run(session, run_id)
        if run is None or run.state not in {ImportState.READING, ImportState.READY, ImportState.APPLYING}:
            return
        if run.state == ImportState.READING:
            run.state = ImportState.FAILED
        run.failure = {"key": "import.broken", "params": {"number": number}}
        audit.note(
            session,
            clock.now(),
            None,
            "import.broke",
            f"import:{run_id}",
            municipality_id=run.municipality_id,
            details={"number": number},
        )


async def note_export(
    store: Store, clock: Clock, actor: Actor, municipality_id: int, details: MappingType[str, Any]
) -> None:
    """Somebody takes the registry away as a file. Raises Denied."""
    if not actor.manages(municipality_id):
        raise Denied
    async with store.write() as session:
        audit.note(
            session,
            clock.now(),
            actor,
            "registry.exported",
            f"municipality:{municipality_id}",
            municipality_id=municipality_id,
            details=dict(details),
        )


async def _locked(session: AsyncSession, actor: Actor, run_id: int) -> ImportRun:
    """Raises NotFound for one out of the actor's reach."""
    return reachable(await storing.locked_run(session, run_id), actor)


def _note(session: AsyncSession, clock: Clock, actor: Actor, run: ImportRun, action: str, **details: int) -> None:
    audit.note(
        session,
        clock.now(),
        actor,
        action,
        f"import:{run.id}",
        municipality_id=run.municipality_id,
        details={"kind": run.kind, **details},
    )
