"""The installation's settings, from the environment (`DIBS_…`). docs/settings.md describes each."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """What the operator decides. A wrong value stops the start with one line."""

    model_config = SettingsConfigDict(env_prefix="DIBS_", extra="ignore")

    data_dir: Path = Field(Path("dibs-data"), description="Holds everything that is not in a database server.")
    database_url: str = Field("", description="`sqlite:///…` or `postgresql://…`; SQLite in DIBS_DATA_DIR when empty.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="Server processes; more than 1 needs PostgreSQL.")
    rate_limit_per_minute: int = Field(600, ge=0, description="Requests per key and minute; 0 switches it off.")
    sign_in_limit_per_minute: int = Field(20, ge=0, description="Sign-in attempts per address and minute; 0 = off.")
    visitor_limit_per_minute: int = Field(120, ge=0, description="Widget requests per visitor and minute; 0 = off.")
    max_body_bytes: int = Field(262_144, ge=1_024, description="Largest request body that is read.")
    pool_size: int = Field(10, ge=1, le=200, description="Connections to PostgreSQL per process.")
    event_retention_days: int = Field(7, ge=1, description="Days for which a live cursor can be resumed.")
    socket_queue: int = Field(1_000, ge=1, description="Events a socket may lag before it is closed with 4408.")
    sweep_seconds: float = Field(1.0, gt=0, le=60, description="Pause between looks for due timers.")
    public_url: str = Field("", description="Where people reach this installation; used in links.")
    cookie_secure: bool = Field(False, description="Send session cookies over TLS only.")
    trust_proxy: bool = Field(False, description="Take the client's address from X-Forwarded-For.")
    secret_key: str = Field(
        "", description="Seals channels' passwords and signs links; a file in DIBS_DATA_DIR if empty."
    )
    allow_private_targets: bool = Field(False, description="Let requests go out to private and loopback addresses.")
    max_upload_bytes: int = Field(20_971_520, ge=1_024, description="Largest file that is taken in.")
    delivery_seconds: float = Field(0.5, gt=0, le=60, description="Pause between looks for messages to deliver.")
    mail_poll_seconds: float = Field(
        30.0, gt=0, le=3_600, description="Pause between looks into a mailbox without IDLE."
    )
    smtp_listen_host: str = Field("127.0.0.1", description="Address on which mail is taken in over SMTP.")
    smtp_listen_port: int = Field(0, ge=0, le=65_535, description="Port for mail that is handed over by SMTP; 0 = off.")
    mail_max_bytes: int = Field(36_700_160, ge=65_536, description="Largest mail that is taken in.")
    log_format: Literal["json", "console"] = Field("json", description="Log lines as JSON or for a terminal.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")

    @field_validator("database_url")
    @classmethod
    def _known_scheme(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("use sqlite:///path/to/file.db or postgresql://user:password@host/database")
        return url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: str) -> str:
        if key and len(key) < SHORTEST_SECRET:
            raise ValueError(f"use {SHORTEST_SECRET} random characters or more, or leave it empty")
        return key

    @property
    def url(self) -> str:
        """The database's URL with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'dibs.db'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.url.startswith("sqlite:")
