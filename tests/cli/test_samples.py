"""Workbooks to try the import with."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from core.spreadsheets.tables import Bounds, open_tables
from playground.workbooks import Layout

RUN = CliRunner()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.logs.set_up", lambda settings: None)


def test_every_sample_is_a_table() -> None:
    result = RUN.invoke(app, ["samples", "new/samples"])
    assert result.exit_code == 0, result.output
    assert "вымышлены" in result.output
    files = list(Path("new/samples").iterdir())
    assert len(files) == len(Layout)
    for file in files:
        rows = sum(1 for sheet in open_tables(file.read_bytes(), file.name, Bounds()) for _ in sheet.rows)
        assert rows > 400


def test_nobodys_file_is_written_over() -> None:
    folder = Path("samples")
    folder.mkdir()
    own = folder / "Педагоги.ods"
    own.write_text("своё", encoding="utf-8")
    result = RUN.invoke(app, ["samples", "samples"])
    assert result.exit_code == 1
    assert "Педагоги.ods" in result.output.replace("\n", "")
    assert [file.name for file in folder.iterdir()] == ["Педагоги.ods"]
    assert own.read_text(encoding="utf-8") == "своё"


def test_a_folder_that_cannot_be_is_said() -> None:
    Path("taken").write_text("файл", encoding="utf-8")
    result = RUN.invoke(app, ["samples", "taken/samples"])
    assert result.exit_code == 1
    assert "Не получилось" in result.output
