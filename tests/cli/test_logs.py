"""No secret gets into a log, wherever it turns up."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from cli import logs
from core.settings import Settings

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGgg"
OTHER = "987654321:ZZzzYYyyXXxxWWwwVVvvUUuuTTtt"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _settings(form: str) -> Settings:
    return Settings(
        _env_file=None,
        telegram_token=SecretStr(TOKEN),
        secret_key=SecretStr("very secret key"),
        log_format=form,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("form", ["console", "json"])
def test_secrets_are_hidden_in_both_forms(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(_settings(form))
    structlog.get_logger().warning("refused", address=f"https://host/bot{TOKEN}/getMe", key="very secret key")
    logging.getLogger("library").error("failed at %s", f"/bot{OTHER}/sendMessage")
    try:
        raise ValueError(f"bad address /bot{TOKEN}/x")
    except ValueError:
        structlog.get_logger().error("broken", exc_info=True)
    shown = capsys.readouterr().err
    assert "refused" in shown
    assert "broken" in shown
    for secret in (TOKEN, OTHER, "very secret key"):
        assert secret not in shown


def test_a_line_of_json_has_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(_settings("json"))
    structlog.get_logger().info("update set aside", update_id=7)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["update_id"], line["level"]) == ("update set aside", 7, "info")
    assert line["timestamp"].endswith("Z")
