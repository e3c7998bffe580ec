"""Every environment variable: its name, its type, what it is for. `.env.example` and the README say the same."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DATABASES = {"sqlite+aiosqlite", "postgresql+psycopg", "postgresql"}


class SettingsError(Exception):
    """One sentence: which variable, and what to do about it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(description="Token of the bot (xoxb-…), from “OAuth & Permissions”")
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="App-level token (xapp-…); with it the bot uses Socket Mode and needs no public address",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="From “Basic Information”; without an app token the bot listens for Slack's requests",
    )
    slack_api_url: AnyHttpUrl = Field(
        default=AnyHttpUrl("https://slack.com/api/"),
        description="Slack's Web API; for a proxy, GovSlack or a local stand-in",
    )
    host: str = Field(default="0.0.0.0", description="Address to listen on")  # noqa: S104 — a container's port is published
    port: int = Field(default=3000, ge=0, le=65535, description="Port to listen on; 0 takes any free one")
    database_url: str = Field(
        default="sqlite+aiosqlite:///acht.db",
        description="sqlite+aiosqlite:///file.db, or postgresql+psycopg://user:password@host/name",
    )
    openai_api_key: SecretStr | None = Field(
        default=None, description="Without it the coach answers from the playbooks, word for word"
    )
    openai_base_url: AnyHttpUrl | None = Field(
        default=None, description="Another server that speaks OpenAI's API: Azure, Ollama, vLLM, LM Studio"
    )
    openai_model: str = Field(default="gpt-5-mini", description="Model that writes the answers")
    openai_embedding_model: str | None = Field(
        default=None,
        description="Model of the API to search by meaning with; without it the one that comes with Acht",
    )
    acht_encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        description="keys for what people write, separated by commas, the first encrypts: `acht keys` makes one"
    )
    acht_language: Literal["nl", "en"] = Field(
        default="en", description="nl or en: the language until a colleague has written something"
    )
    acht_admins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Slack ids of Acht's administrators, separated by commas; without it, whoever of Slack's own"
        " admins opens the Home tab first",
    )
    acht_playbooks_dir: Path | None = Field(
        default=None, description="A folder of your own plays, added to ours or in their place"
    )
    acht_embeddings: bool = Field(default=True, description="false: search by words only, which saves 60 MB")
    acht_answers_at_once: int = Field(
        default=4, ge=1, le=100, description="Questions that are answered at the same time"
    )
    acht_model_tokens_per_day: int = Field(
        default=1_000_000,
        ge=0,
        description="Daily budget of the language model per workspace; after it the playbooks answer",
    )
    acht_model_seconds: float = Field(
        default=20, gt=0, le=60, description="Patience with the language model for one answer"
    )
    acht_log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("acht_encryption_keys", mode="before")
    @classmethod
    def _split_keys(cls, given: Any) -> Any:
        return tuple(key.strip() for key in given.split(",") if key.strip()) if isinstance(given, str) else given

    @field_validator("acht_encryption_keys")
    @classmethod
    def _are_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not keys:
            raise ValueError("make one with `acht keys`")
        for key in keys:
            if not re.fullmatch(r"[\w-]{43}=", key.get_secret_value(), re.ASCII):
                raise ValueError("this is no key; make one with `acht keys`")
        return keys

    @field_validator("acht_admins", mode="before")
    @classmethod
    def _split_admins(cls, given: Any) -> Any:
        return tuple(name.strip() for name in given.split(",") if name.strip()) if isinstance(given, str) else given

    @field_validator("acht_admins")
    @classmethod
    def _are_people(cls, admins: tuple[str, ...]) -> tuple[str, ...]:
        for admin in admins:
            if not re.fullmatch(r"[UW][A-Z0-9]{5,}", admin):
                raise ValueError(
                    "must hold Slack ids such as U012AB3CD, from somebody's profile under “Copy member ID”"
                )
        return admins

    @field_validator("slack_bot_token")
    @classmethod
    def _is_a_bot_token(cls, token: SecretStr) -> SecretStr:
        return _starts_with(token, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _is_an_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return token and _starts_with(token, "xapp-")

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        try:
            driver = make_url(url).drivername
        except (ArgumentError, ValueError):
            raise ValueError("must look like sqlite+aiosqlite:///acht.db") from None
        if driver not in DATABASES:
            raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+psycopg://")
        return url

    @field_validator("acht_playbooks_dir")
    @classmethod
    def _is_a_folder(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError("must be a folder that exists")
        return folder

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def encryption_keys(self) -> list[str]:
        return [key.get_secret_value() for key in self.acht_encryption_keys]


def load(**given: Any) -> Settings:
    """The settings from the environment, `.env` and `given`. Raises SettingsError with one sentence."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(_one_sentence(error)) from None
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise SettingsError(
            "SLACK_APP_TOKEN (for Socket Mode) or SLACK_SIGNING_SECRET (to listen for Slack's requests) is missing:"
            " set one of them, see the README."
        )
    return settings


def _starts_with(token: SecretStr, start: str) -> SecretStr:
    if not token.get_secret_value().startswith(start):
        raise ValueError(f"must begin with {start}")
    return token


def _one_sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    name = str(first["loc"][0]).upper()
    if first["type"] == "missing":
        about = Settings.model_fields[name.lower()].description
        return f"{name} is missing: {about}."
    problem = first["msg"].removeprefix("Value error, ")
    return f"{name} is not right: {problem}."
