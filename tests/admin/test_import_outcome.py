"""What is said before and after an import, with the right forms of words. No pages, no database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from admin.importing import facts, outcome, questions
from core.importing.model import Column, ColumnUse, ImportKind, ImportState, Mapping, SheetUse
from core.importing.views import Kept, RunView, UnknownName


def run(state: ImportState = ImportState.READY, *, added: int = 0, changed: int = 0, **more: Any) -> RunView:
    values: dict[str, Any] = {
        "id": 5,
        "municipality_id": 1,
        "kind": ImportKind.STAFF,
        "state": state,
        "file_name": "кадры.csv",
        "created_at": datetime(2026, 11, 20, tzinfo=UTC),
        "author": "Методист",
        "stage_done": 0,
        "stage_whole": 0,
        "options": {},
        "mapping": Mapping(),
        "sheets": (),
        "counts": {"added": added, "changed": changed},
        "problems": 0,
        "remarks": 0,
        "unknown": (),
        "namesakes": 0,
        "missing": 0,
        "failure": {},
        "kept": (),
        "can_undo": False,
    }
    return RunView(**{**values, **more})


def said(question: questions.Question | None) -> str:
    assert question is not None
    return " ".join(question.sentences).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("added", "changed", "missing", "sentences"),
    [
        (1, 0, 0, ("Добавим в реестр 1 педагога.",)),
        (22, 1, 0, ("Добавим в реестр 22 педагогов.", "изменятся у 1 педагога.")),
        (0, 21, 3, ("изменятся у 21 педагога.", "В файле нет 3 педагогов")),
    ],
)
def test_people_are_counted_in_their_case(added: int, changed: int, missing: int, sentences: tuple[str, ...]) -> None:
    text = said(questions.asked(run(added=added, changed=changed, missing=missing), "apply"))
    assert [one for one in sentences if one not in text] == []
    assert ("Добавим" in text) == bool(added)


def test_nothing_is_asked_that_cannot_be_done() -> None:
    assert questions.asked(run(added=1, problems=1), "apply") is None
    assert questions.asked(run(), "apply") is None
    assert questions.asked(run(ImportState.APPLIED, added=1), "undo") is None
    assert questions.asked(run(ImportState.APPLYING, added=1), "discard") is None
    assert questions.asked(run(added=1), "nonsense") is None
    assert "Уберём из реестра 1 педагога" in said(
        questions.asked(run(ImportState.APPLIED, added=1, can_undo=True), "undo")
    )


def test_the_way_on_leads_to_what_can_be_put_right_here() -> None:
    unknown = (UnknownName("subject", "матем.", 3, ()),)
    assert facts.next_step(run(problems=3, unknown=unknown, namesakes=1)) == ("names", "Объяснить названия")
    assert facts.next_step(run(problems=3, namesakes=1)) == ("namesakes", "Выбрать, кто это")
    assert facts.next_step(run(problems=3)) == ("problems", "Посмотреть ошибки")
    assert facts.next_step(run(added=3)) is None


def test_tabs_without_anything_are_left_out() -> None:
    found = facts.tabs(run(added=2, remarks=1))
    assert [(one.code, one.count) for one in found] == [("columns", None), ("problems", 1), ("added", 2)]


def test_doubt_about_a_column_is_told() -> None:
    column = ColumnUse(1, "Дата", Column.CATEGORY_DATE, certain=False)
    told = outcome.told_before(run(added=1, sheets=(SheetUse("Лист1", 2, (column,)),)))
    assert [tone for tone, _ in told] == ["good", "act"]


def test_what_an_undone_import_left_is_told() -> None:
    undone = run(ImportState.UNDONE, kept=(Kept("Примерова Проба", "человек уже подключился"),))
    assert outcome.kept(undone) == ["Примерова Проба: человек уже подключился"]
