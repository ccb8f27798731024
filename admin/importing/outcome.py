"""What will happen, or has happened, in numbers and sentences."""

from admin.importing import facts
from admin.importing.reach import ImportPlace
from admin.shell.formatting import plural
from core.importing.model import ImportState, Verdict
from core.importing.views import RunView

Tile = tuple[str, int, str]
"""Title, count, note."""
Advice = tuple[str, str]
"""Tone and sentence."""


def tiles(run: RunView) -> list[Tile]:
    if run.state is ImportState.READY:
        return [
            ("Добавятся", run.counts.get(Verdict.ADDED, 0), ""),
            ("Изменятся", run.counts.get(Verdict.CHANGED, 0), ""),
            ("Останутся как есть", run.counts.get(Verdict.LEFT, 0), ""),
            ("Не пройдут", run.counts.get(Verdict.PROBLEM, 0), ""),
            ("Нет в файле", run.missing, "с ними ничего не случится"),
        ]
    return [
        ("Добавлено", run.counts.get(Verdict.ADDED, 0), ""),
        ("Изменено", run.counts.get(Verdict.CHANGED, 0), ""),
        ("Уже было так", run.counts.get(Verdict.LEFT, 0), ""),
    ]


def advice(place: ImportPlace) -> list[Advice]:
    match place.run.state:
        case ImportState.READY:
            return told_before(place.run)
        case ImportState.UNDONE:
            kept_some = bool(kept(place.run))
            said = (
                "Загрузка отменена, кроме того, чем уже успели воспользоваться."
                if kept_some
                else ("Загрузка отменена: в реестре всё так, как было до неё.")
            )
            return [("act" if kept_some else "good", said)]
        case _:
            return []


def told_before(run: RunView) -> list[Advice]:
    said: list[Advice] = []
    if run.problems:
        many = plural(run.problems, "ошибку", "ошибки", "ошибок")
        said.append(("bad", f"Загрузить пока нельзя: сначала исправьте {many}. {_where(run)}"))
    elif not facts.changes(run):
        said.append(("good", "Всё, что есть в файле, уже внесено. Загружать нечего."))
    else:
        said.append(("good", "Ошибок нет. Проверьте, что получится, и загружайте."))
    if any(not one.certain for sheet in run.sheets for one in sheet.columns):
        said.append(("act", "Про некоторые столбцы мы не уверены, что поняли их верно. Посмотрите «Столбцы и листы»."))
    return said


def _where(run: RunView) -> str:
    if run.unknown or run.namesakes:
        return "Часть из них можно исправить прямо здесь, остальные — в файле."
    return "Исправьте их в файле и загрузите его снова."


def kept(run: RunView) -> list[str]:
    """What an undone import has left in the registry, and why."""
    return [f"{one.label}: {one.reason}" for one in run.kept]
