"""Guards of the house that import-linter cannot express (decision 0001)."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("admin", "bot", "cli", "core", "playground", "storage")
RUSSIAN = re.compile("[А-Яа-яЁё]{2}")
BINS = {"utils", "util", "common", "commons", "services", "helpers", "misc", "shared", "base_utils"}
ALLOWED_BINS = {Path("admin/services.py")}
"""What every page needs, put together once; a list of parts, not a bin of functions."""


def _modules(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _feature(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 2 and parts[0] == "core" else None


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _docstrings(tree: ast.Module) -> set[int]:
    """Numbers of the constants that are documentation: expression statements on their own."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def test_a_feature_does_not_call_the_actions_of_another() -> None:
    wrong = []
    for path in _modules("core"):
        own = path.relative_to(ROOT / "core").parts[0]
        for module in _imports(_tree(path)):
            feature = _feature(module)
            if feature not in (None, own) and module.endswith(".actions"):
                wrong.append(f"{path.relative_to(ROOT)}: {module}")
    assert wrong == []


def _sentences(path: Path) -> list[str]:
    tree = _tree(path)
    documentation = _docstrings(tree)
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and RUSSIAN.search(node.value)
        and id(node) not in documentation
    ]


@pytest.mark.parametrize("folder", ["bot/handlers", "bot/jobs", "storage"])
def test_what_people_read_stands_in_the_texts(folder: str) -> None:
    assert [place for path in _modules(folder) for place in _sentences(path)] == []


def test_the_bot_speaks_only_through_its_texts() -> None:
    assert [place for path in (ROOT / "bot").glob("*.py") for place in _sentences(path)] == []


def _writes(path: Path) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"write", "commit"}
        if isinstance(node.func.value, ast.Name | ast.Attribute)
        and _name(node.func.value) in {"db", "_db", "store", "_store", "database", "session", "connection"}
    ]


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_only_actions_and_storage_open_transactions() -> None:
    seeding = ROOT / "playground" / "seed.py"  # made-up teachers in bulk, for which there is no action yet
    free = {seeding, *(ROOT / "storage").rglob("*.py"), *(ROOT / "core").rglob("actions.py")}
    wrong = [place for package in PACKAGES for path in _modules(package) if path not in free for place in _writes(path)]
    assert wrong == []


def test_there_is_no_bin_for_odds_and_ends() -> None:
    found = {
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.stem in BINS and path.suffix in {"", ".py"}
    }
    assert found == ALLOWED_BINS


def test_every_package_is_under_the_import_contract() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        tools = tomllib.load(file)["tool"]
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert set(tools["importlinter"]["root_packages"]) == folders
    assert set(tools["mypy"]["packages"]) == folders | {"benchmarks"}


def test_every_folder_of_code_is_a_package() -> None:
    bare = {
        path.parent.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in _modules(package)
        if not (path.parent / "__init__.py").exists()
    }
    assert bare == set()
