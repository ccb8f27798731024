"""Guards that nobody must remember: what the files around the code promise is kept."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from core.settings import Settings

ROOT = Path(__file__).parents[2]
MARKDOWN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LOCKS = ("requirements.lock", "requirements-dev.lock")
OUTSIDE = re.compile(r"^(https?:|mailto:|#)")


def _tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split("\0") if name]


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, flags=re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_has_a_comment_above_it() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    bare = [line for before, line in pairwise(lines) if "=" in line and not before.startswith("# ")]
    assert [line for line in bare if re.match(r"#?[A-Z_]+=", line)] == []


def test_the_example_gives_the_defaults() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = {name.lower(): value for name, value in re.findall(r"^#([A-Z0-9_]+)=(\S+)$", text, flags=re.MULTILINE)}
    defaults = {name: str(field.default) for name, field in Settings.model_fields.items() if field.default is not None}
    assert given == defaults


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index|--extra-index|--find-links|file:", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
    assert len(entries) > 50
    assert [one for one in entries if not re.match(r"[\w.\-\[\]]+==\S+", one) or "--hash=sha256:" not in one] == []


def test_both_locks_agree() -> None:
    run, dev = (set(re.findall(r"^[\w.-]+==\S+", (ROOT / n).read_text("utf-8"), flags=re.MULTILINE)) for n in LOCKS)
    assert run <= dev


@pytest.mark.parametrize("file", MARKDOWN, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_in_documents_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in links if not OUTSIDE.match(link)]
    assert [link for link in local if not (file.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in sorted(folder.glob("0*.md")) if f"({page.name})" not in listed] == []


@pytest.mark.parametrize("command", ["", "run", "playground", "backup", "restore", "doctor", "invites", "staff"])
def test_every_command_explains_itself(command: str) -> None:
    arguments = [sys.executable, "-m", "cli", *filter(None, [command]), "--help"]
    shown = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert shown.returncode == 0, shown.stderr
    assert re.search("[а-я]{4}", shown.stdout)


def test_nothing_of_one_machine_is_in_a_file() -> None:
    here = {str(ROOT), str(Path.home())} - {"/", "/app", "/src"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _tracked()
        if path.is_file() and any(f"{one}/".encode() in path.read_bytes() for one in here)
    ]
    assert found == []
