"""The command samples."""

from pathlib import Path

from cli.console import give_up, say
from playground.people.names import notice
from playground.workbooks import Layout, sample

SCHOOLS, PEOPLE, SEED = 20, 400, 1


def write_samples(folder: Path) -> None:
    """One workbook of each layout; files of other names in the folder are left alone."""
    made = [sample(layout, SCHOOLS, PEOPLE, SEED) for layout in Layout]
    taken = [each.file_name for each in made if (folder / each.file_name).exists()]
    if taken:
        give_up(f"В папке {folder} уже есть: {', '.join(taken)}. Назовите другую папку.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in made:
            (folder / each.file_name).write_bytes(each.content)
            say(f"Готово: {folder / each.file_name}")
    except OSError as error:
        give_up(f"Не получилось: {error}")
    say(notice())
