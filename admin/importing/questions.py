"""What is asked before an import changes anything, with the numbers that it is about."""

from dataclasses import dataclass

from admin.importing import facts
from admin.shell.formatting import plural
from core.importing.model import ImportKind, ImportState, Verdict
from core.importing.views import RunView


@dataclass(frozen=True, slots=True)
class Question:
    """`code` is the end of its address."""

    code: str
    title: str
    sentences: tuple[str, ...]
    confirm: str


def asked(run: RunView, code: str) -> Question | None:
    """None when there is nothing to decide."""
    match code:
        case "apply" if run.state is ImportState.READY and not run.problems and facts.changes(run):
            return Question("apply", "Загрузить?", _loading(run), "Загрузить")
        case "discard" if run.state in {ImportState.READY, ImportState.FAILED}:
            return Question(
                "discard",
                "Отказаться от загрузки?",
                ("В реестре ничего не изменится, а файл мы удалим. Загрузить его можно будет снова.",),
                "Отказаться",
            )
        case "undo" if run.can_undo:
            return Question("undo", "Отменить загрузку?", _undoing(run), "Отменить загрузку")
    return None


def _loading(run: RunView) -> tuple[str, ...]:
    added, changed = run.counts.get(Verdict.ADDED, 0), run.counts.get(Verdict.CHANGED, 0)
    said = []
    if run.kind is ImportKind.DIAGNOSES:
        said.append(f"Результаты диагностики внесём {_to(added + changed)}.")
    elif added:
        said.append(f"Добавим в реестр {_of(added)}.")
    if changed and run.kind is ImportKind.STAFF:
        said.append(f"Сведения изменятся у {_of(changed)}.")
    if run.missing:
        said.append(f"В файле нет {_of(run.missing)} из тех же организаций. С ними ничего не случится.")
    return (*said, "Загрузится всё или ничего. Последнюю загрузку можно отменить.")


def _undoing(run: RunView) -> tuple[str, ...]:
    added, changed = run.counts.get(Verdict.ADDED, 0), run.counts.get(Verdict.CHANGED, 0)
    said = []
    if run.kind is ImportKind.DIAGNOSES:
        said.append(f"Уберём результаты диагностики у {_of(added + changed)}.")
    elif added:
        said.append(
            f"Уберём из реестра {_of(added)}, если они ещё не подключились к боту и их карточки никто не менял."
        )
    if changed and run.kind is ImportKind.STAFF:
        said.append(f"Прежние сведения вернём {_to(changed)}, если после загрузки их не правили.")
    return (*said, "Загрузить этот файл снова можно будет в любой день.")


def _of(people: int) -> str:
    """Genitive, and accusative of whoever is alive."""
    return plural(people, "педагога", "педагогов", "педагогов")


def _to(people: int) -> str:
    return plural(people, "педагогу", "педагогам", "педагогам")
