"""What a page of one import shows whatever part of it is looked at: state, counts, tabs, what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin.importing.reach import ImportPlace
from admin.importing.upload_form import sources
from admin.importing.words import KINDS, STATES
from admin.shell import texts
from core.errors import AppError
from core.importing.model import ImportKind, ImportState, Verdict
from core.importing.views import RunView


@dataclass(frozen=True, slots=True)
class Tab:
    """`code` is the end of its address; `count` is None where there is nothing to count."""

    code: str
    title: str
    count: int | None = None


def tabs(run: RunView) -> list[Tab]:
    """Of an import that waits for a decision: what needs a look comes first, empty ones are left out."""
    counted = [
        Tab("names", "Незнакомые названия", len(run.unknown)),
        Tab("namesakes", "Кто это из двоих", run.namesakes),
        Tab("problems", "Ошибки и замечания", run.problems + run.remarks),
        Tab("added", "Добавятся", run.counts.get(Verdict.ADDED, 0)),
        Tab("changed", "Изменятся", run.counts.get(Verdict.CHANGED, 0)),
        Tab("left", "Останутся как есть", run.counts.get(Verdict.LEFT, 0)),
        Tab("missing", "Нет в файле", run.missing),
    ]
    return [Tab("columns", "Столбцы и листы"), *(one for one in counted if one.count)]


def of(place: ImportPlace) -> dict[str, Any]:
    """Values for the frame of all its pages."""
    run = place.run
    return {
        "run": run,
        "address": place.address,
        "state": STATES[run.state],
        "kind": _kind(run, place.viewer.municipality.settings),
        "ready": run.state is ImportState.READY,
        "tabs": tabs(run) if run.state is ImportState.READY else [],
        "failure": failure(run),
        "may_apply": run.state is ImportState.READY and not run.problems and changes(run) > 0,
        "next_step": next_step(run),
    }


def next_step(run: RunView) -> tuple[str, str] | None:
    """The part where a file that cannot go in yet is put right, and what the button there says."""
    if run.state is not ImportState.READY or not run.problems:
        return None
    if run.unknown:
        return "names", "Объяснить названия"
    return ("namesakes", "Выбрать, кто это") if run.namesakes else ("problems", "Посмотреть ошибки")


def changes(run: RunView) -> int:
    """How many people's records the import touches."""
    return run.counts.get(Verdict.ADDED, 0) + run.counts.get(Verdict.CHANGED, 0)


def failure(run: RunView) -> str:
    """A sentence, or '' when nothing failed."""
    if not run.failure:
        return ""
    return texts.sentence(AppError(run.failure["key"], **run.failure.get("params", {})))


def _kind(run: RunView, settings: Mapping[str, Any]) -> str:
    if run.kind is not ImportKind.DIAGNOSES:
        return KINDS[run.kind]
    source = str(run.options.get("source", ""))
    return f"{KINDS[run.kind]}: {sources(settings).get(source, source)}"
