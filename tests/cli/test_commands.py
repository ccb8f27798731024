"""What the small commands print, and how they end."""

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from tests.databases import migrated_sqlite

RUN = CliRunner()
TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGgg"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own, and no `.env` of whoever runs it."""
    folder = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_TOKEN", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setattr("cli.logs.set_up", lambda settings: None)
    return folder


def _lines(*arguments: str, code: int = 0) -> str:
    result = RUN.invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_doctor_on_a_new_machine_has_only_notes(data: Path) -> None:
    shown = _lines("doctor")
    assert "TELEGRAM_TOKEN не задан" in shown
    assert "плохо" not in shown


def test_doctor_finds_doors_left_open(data: Path) -> None:
    data.mkdir(mode=0o755)
    (data / "secret.key").write_text("key", encoding="ascii")
    (data / "secret.key").chmod(0o644)
    shown = _lines("doctor", code=1)
    assert "chmod 700" in shown
    assert "chmod 600" in shown


def test_doctor_finds_an_empty_key(data: Path) -> None:
    data.mkdir(mode=0o700)
    (data / "secret.key").touch(mode=0o600)
    assert "пуст" in _lines("doctor", code=1)


def test_doctor_knows_the_revision_of_the_tables(data: Path) -> None:
    data.mkdir(mode=0o700)
    migrated_sqlite(data).rename(data / "metodkabinet.db")
    assert "открывается, таблицы версии" in _lines("doctor")


def test_the_first_administrator_gets_a_link_that_is_shown_once(data: Path) -> None:
    shown = _lines("staff", "add", "Учебный администратор")
    assert "http://127.0.0.1:8080/enter/" in shown
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert "Учебный администратор" in _lines("staff", "list")


def test_a_password_that_is_too_short_is_refused_in_words(data: Path) -> None:
    result = RUN.invoke(app, ["staff", "add", "Кто-то", "--login", "kto"], input="short\nshort\n")
    assert result.exit_code == 1
    assert "не меньше 10 знаков" in result.output


def test_a_methodist_belongs_to_the_municipality_of_the_profile(data: Path) -> None:
    _lines("staff", "add", "Учебный методист", "--role", "methodist")
    assert "методист" in _lines("staff", "list")


def test_an_unknown_role_is_refused(data: Path) -> None:
    assert "administrator или methodist" in _lines("staff", "add", "Кто-то", "--role", "king", code=2)


def test_invites_need_a_bot(data: Path) -> None:
    _lines("staff", "add", "Учебный методист", "--role", "methodist")
    assert "нет. Есть:" in _lines("invites", "--organisation", "none", code=2)


def test_backup_and_restore(data: Path, tmp_path: Path) -> None:
    _lines("staff", "add", "Первый")
    copy = tmp_path / "copy.db"
    assert "secret.key в копию не входит" in _lines("backup", str(copy)).replace("\n", " ")
    _lines("staff", "add", "Второй")
    assert "Прежняя лежит рядом" in _lines("restore", str(copy))
    assert "Второй" not in _lines("staff", "list")


def test_a_wrong_setting_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PORT", "many")
    assert "ADMIN_PORT" in _lines("doctor", code=2)
