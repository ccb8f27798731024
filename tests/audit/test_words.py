"""Everything that is written down can be read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import core
from core.audit import words
from core.registry.kinds import ALL

CORE = Path(core.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_]+|sign_in|sign_out")
DEEDS = ("added", "changed", "archived", "restored")
NOTERS = ("note", "_note", "_note_leaving")


def written() -> set[str]:
    """Codes of actions in the source: what is handed to a function that notes, and what a name `action` gets."""
    found = {f"{kind.noun}.{deed}" for kind in ALL for deed in DEEDS}
    for file in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found.update(code for code in _codes(node) if CODE.fullmatch(code))
    return found


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _called(node.func) in NOTERS:
        yield from _texts(*node.args, *(one.value for one in node.keywords))
    elif isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == "action" for one in node.targets):
        yield from _texts(node.value)


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(*nodes: ast.AST) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def test_every_action_has_words() -> None:
    assert {"teacher.moved", "staff.switched_off", "sign_in.disowned", "campaign.opened"} <= written()
    assert written() - set(words.actions()) == set()


def test_no_words_for_what_is_never_written() -> None:
    assert set(words.actions()) - written() == set()


def test_every_action_stands_in_one_group() -> None:
    several = [code for group in words.groups() for code in words.actions_of(group)]
    assert sorted(several) == sorted(words.actions())
    assert all(words.groups().values())


def test_an_action_of_another_version_is_named_by_its_code() -> None:
    assert words.action_said("moon.landed") == "moon.landed"
    assert words.action_said("teacher.moved") == "Переход в другую организацию"
