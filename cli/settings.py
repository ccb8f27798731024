"""Settings for a command, or a message about what is wrong with them."""

from pydantic import ValidationError

from cli.console import WRONG_USE, give_up
from core.settings import Settings


def load_settings(**changes: object) -> Settings:
    """From the environment and `.env`; `changes` that are not None go before both."""
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, one['loc'])).upper() or 'настройки'}: {one['msg']}" for one in error.errors()]
        give_up("\n".join(["Настройки не подходят (файл .env или переменные окружения):", *lines]), WRONG_USE)
