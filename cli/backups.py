"""The commands backup and restore."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from cli.console import give_up, say
from core.settings import Settings
from storage import backup
from storage.backup import BadCopy, NotSqlite

POSTGRESQL = (
    "База работает на PostgreSQL: копию делает его программа pg_dump, возвращает pg_restore. "
    "Не забудьте отдельно сохранить SECRET_KEY."
)


def make_backup(settings: Settings, file: Path) -> None:
    try:
        backup.copy_database(settings.database, file)
    except NotSqlite:
        give_up(POSTGRESQL)
    except FileNotFoundError:
        give_up("Базы данных ещё нет: сначала запустите программу.")
    except (sqlite3.Error, OSError, BadCopy) as error:
        give_up(f"Копия не получилась: {error}")
    say(f"Копия готова и проверена: {file}")
    if settings.secret_key is None:
        key = settings.data_dir / "secret.key"
        say(f"Ключ {key} в копию не входит. Храните его отдельно: без него не открыть запечатанные анонимные ответы.")


def bring_back(settings: Settings, file: Path) -> None:
    aside = f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    try:
        if backup.in_use(settings.database):
            give_up("Программа ещё работает с базой. Остановите её и повторите команду.")
        kept = backup.bring_back(settings.database, file, aside)
    except NotSqlite:
        give_up(POSTGRESQL)
    except BadCopy as error:
        give_up(f"Файл {file} не годится, база не тронута: {error}")
    except (sqlite3.Error, OSError) as error:
        give_up(f"Не получилось: {error}")
    say(f"База возвращена из копии {file}.")
    if kept is not None:
        say(f"Прежняя лежит рядом: {kept}")
