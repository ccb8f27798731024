"""Every field, code, column, filter and deed of the registry has its words."""

import re
from pathlib import Path

import pytest

from admin.registry import headings, words
from admin.registry.rooms import ROOMS
from admin.shell import navigation, texts
from core.audit.words import actions
from core.registry.columns import columns_of, filters_of
from core.registry.history import OF_REGISTRY
from core.registry.kinds import ALL
from core.registry.model import Kind

CORE = Path(__file__).parents[2] / "core"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_a_kind_is_in_words(kind: Kind) -> None:
    for field in kind.fields:
        assert words.label(kind, field.name)
        if field.choices is not None:
            assert list(words.of(field.choices)) == [str(code) for code in field.choices]
    for column in columns_of(kind):
        assert headings.column(kind, column)
        assert column.choices is None or words.of(column.choices)
    for one in filters_of(kind):
        assert headings.filter_label(kind, one.name)
    shown = [name for _, names in words.sections(kind) for name in names]
    assert sorted(shown) == sorted(field.name for field in kind.fields)


@pytest.mark.parametrize("room", [room for room in ROOMS if not room.kind.view], ids=lambda room: room.code)
def test_a_room_has_its_sentences(room: object) -> None:
    code = getattr(room, "code", "")
    for key in ("added", "archiving", "restoring"):
        assert texts.knows(f"registry.{key}.{code}")


def test_every_room_is_behind_one_entry_of_the_menu() -> None:
    for room in ROOMS:
        for path in (room.path, f"{room.path}/5/edit"):
            assert len([entry for entry in navigation.ENTRIES if entry.is_current(path)]) == 1, path


def test_everything_that_can_be_wrong_has_a_sentence() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (CORE / "registry").glob("*.py"))
    keys = set(re.findall(r'"(registry\.[a-z_]+)"', source)) - {"registry.exported"}
    assert keys
    assert {key for key in keys if not texts.knows(key)} == set()


def test_every_deed_of_a_history_has_words() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in CORE.rglob("*.py"))
    noted = set(re.findall(r'_?note\([^)]*?"([a-z_]+\.[a-z_]+)"', source, re.DOTALL))
    expected = {action for action in noted if action.partition(".")[0] in OF_REGISTRY}
    assert "teacher.moved" in expected
    assert expected - set(actions()) == set()
    assert {f"{kind.noun}.{deed}" for kind in ALL for deed in ("added", "changed", "archived", "restored")} <= set(
        actions()
    )
