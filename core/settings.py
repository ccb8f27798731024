"""Every setting of the program, read from the environment or `.env`; `.env.example` explains them in Russian."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """A name here is the variable's name in capitals; a wrong value raises `pydantic.ValidationError`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = Field(None, description="Token of the bot; without it the playground starts")
    telegram_api_url: str = Field("https://api.telegram.org", description="Where the Bot API answers")
    telegram_updates: Literal["polling", "webhook"] = Field("polling", description="How updates arrive")
    telegram_webhook_secret: SecretStr | None = Field(None, description="Needed when updates arrive by webhook")

    data_dir: Path = Field(Path("data"), description="Folder of the database and of the secret key")
    database_url: str | None = Field(None, description="SQLite in data_dir unless a PostgreSQL address is given")
    secret_key: SecretStr | None = Field(None, description="Seals anonymous answers; a file in data_dir otherwise")

    profile: str = Field("zima", description="Which file of profiles/ an empty database is filled from")

    admin_host: str = Field("127.0.0.1", description="Address that the admin listens on")
    admin_port: int = Field(8080, ge=0, le=65535, description="Port that the admin listens on")
    admin_url: str | None = Field(None, description="How people reach the admin, when that is another address")
    allowed_hosts: str | None = Field(None, description="Further names that the admin answers to, with commas")
    trusted_proxy: str = Field("127.0.0.1", description="Whose word the admin takes about where a request comes from")
    playground_port: int = Field(8081, ge=0, le=65535, description="Port of the stand-in for Telegram")

    keep_archived_days: int = Field(365, ge=30, description="After which people who have left are erased")
    keep_answers_days: int = Field(1826, ge=365, description="After which answers linked to a person are erased")
    keep_audit_days: int = Field(1826, ge=365, description="After which entries of the audit are deleted")
    keep_deliveries_days: int = Field(365, ge=30, description="After which messages that were sent are forgotten")
    keep_passing_days: int = Field(30, ge=1, description="After which used links and ended sessions are forgotten")
    keep_imports_days: int = Field(30, ge=1, description="How long the last import can be taken back")

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least severity that is logged")
    log_format: Literal["console", "json"] = Field("console", description="How a line of the log looks")

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> "Settings":
        if self.telegram_updates == "webhook" and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET is needed when TELEGRAM_UPDATES=webhook")
        return self

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'metodkabinet.db').as_posix()}"

    @property
    def public_admin_url(self) -> str:
        """Address of the admin for links, without a slash at the end."""
        return (self.admin_url or f"http://{self.admin_host}:{self.admin_port}").rstrip("/")
