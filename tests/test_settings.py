"""Settings: right or one sentence that names the variable and says what to do, without a secret in it."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest

import bot
from bot import settings
from bot.kit.encryption import new_key
from bot.settings import Settings, SettingsError

TOP = Path(bot.__file__).parents[1]
KEY = base64.urlsafe_b64encode(b"0123456789abcdef0123456789abcdef").decode()
SECRET = "hunter2"
RIGHT: dict[str, str] = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "ACHT_ENCRYPTION_KEYS": KEY,
}


@pytest.fixture(autouse=True)
def _the_right_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)


def sentence() -> str:
    with pytest.raises(SettingsError) as error:
        settings.load()
    return str(error.value)


def assert_is_one_sentence(told: str) -> None:
    assert "\n" not in told
    assert told.endswith(".")
    assert not re.search(r"[.!?] [A-Z`]", told), "more than one"


# --- right -------------------------------------------------------------------------------------------


def test_three_settings_are_enough_and_the_rest_has_a_default() -> None:
    loaded = settings.load()
    assert loaded.uses_socket_mode
    assert loaded.encryption_keys == [KEY]
    assert loaded.openai_api_key is None
    assert loaded.acht_language == "en"


def test_without_an_app_token_the_bot_listens_for_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    assert not settings.load().uses_socket_mode


def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "PORT", "DATABASE_URL", "ACHT_LANGUAGE", "ACHT_PLAYBOOKS_DIR"):
        monkeypatch.setenv(name, "")
    loaded = settings.load()
    assert loaded.openai_api_key is None
    assert loaded.port == 3000


def test_a_file_beside_the_bot_is_read_and_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ACHT_LANGUAGE=nl\nPORT=3001\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "3002")
    loaded = settings.load()
    assert (loaded.acht_language, loaded.port) == ("nl", 3002)


@pytest.mark.parametrize(
    ("given", "keys"),
    [("{a}", ["a"]), ("{a},{b}", ["a", "b"]), (" {a} , {b} ,", ["a", "b"]), ("{b},{a}", ["b", "a"])],
)
def test_keys_are_separated_by_commas_and_keep_their_order(
    monkeypatch: pytest.MonkeyPatch, given: str, keys: list[str]
) -> None:
    known = {"a": KEY, "b": new_key()}
    monkeypatch.setenv("ACHT_ENCRYPTION_KEYS", given.format(**known))
    assert settings.load().encryption_keys == [known[key] for key in keys]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:///acht.db",
        "sqlite+aiosqlite:////data/acht.db",
        "postgresql+psycopg://acht:secret@db/acht",
        "postgresql://acht:secret@db:5432/acht?sslmode=require",
    ],
)
def test_databases_that_we_know_are_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert settings.load().database_url == url


def test_no_secret_shows_in_what_is_printed_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("SLACK_BOT_TOKEN", f"xoxb-{SECRET}"),
        ("SLACK_APP_TOKEN", f"xapp-{SECRET}"),
        ("SLACK_SIGNING_SECRET", SECRET),
        ("OPENAI_API_KEY", SECRET),
    ):
        monkeypatch.setenv(name, value)
    shown = f"{settings.load()!r} {settings.load()}"
    assert SECRET not in shown
    assert KEY not in shown


# --- missing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "what_to_do"),
    [
        ("SLACK_BOT_TOKEN", "OAuth & Permissions"),
        pytest.param(
            "ACHT_ENCRYPTION_KEYS",
            "acht keys",
        ),
        ("SLACK_APP_TOKEN", "set one of them"),
    ],
)
def test_what_is_missing_is_named_in_one_sentence_that_says_where_to_get_it(
    monkeypatch: pytest.MonkeyPatch, name: str, what_to_do: str
) -> None:
    monkeypatch.delenv(name)
    told = sentence()
    assert told.startswith(name)
    assert "is missing" in told
    assert what_to_do in told
    assert_is_one_sentence(told)


def test_of_socket_mode_and_http_one_is_asked_for_not_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    assert "SLACK_SIGNING_SECRET" in sentence()


def test_with_nothing_set_the_first_that_is_needed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in RIGHT:
        monkeypatch.delenv(name)
    assert sentence().startswith("SLACK_BOT_TOKEN is missing")


# --- wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "what_to_do"),
    [
        ("SLACK_BOT_TOKEN", f"xoxp-{SECRET}", "must begin with xoxb-"),
        ("SLACK_BOT_TOKEN", f" xoxb-{SECRET}", "must begin with xoxb-"),
        ("SLACK_APP_TOKEN", f"xoxb-{SECRET}", "must begin with xapp-"),
        ("SLACK_API_URL", SECRET, "valid URL"),
        ("PORT", SECRET, "valid integer"),
        ("PORT", "-1", "greater than or equal to 0"),
        ("PORT", "65536", "less than or equal to 65535"),
        ("DATABASE_URL", SECRET, "must look like sqlite+aiosqlite:///acht.db"),
        ("DATABASE_URL", "sqlite:///acht.db", "must begin with sqlite+aiosqlite://"),
        ("DATABASE_URL", f"mysql://acht:{SECRET}@db/acht", "must begin with"),
        ("DATABASE_URL", f"postgresql+asyncpg://acht:{SECRET}@db/acht", "must begin with"),
        ("DATABASE_URL", f"postgresql+psycopg2://acht:{SECRET}@db/acht", "must begin with"),
        pytest.param("DATABASE_URL", f"postgres://acht:{SECRET}@db/acht", "must begin with"),
        pytest.param("DATABASE_URL", f"oracel://acht:{SECRET}@db/acht", "must begin with"),
        ("OPENAI_BASE_URL", SECRET, "valid URL"),
        ("ACHT_ENCRYPTION_KEYS", SECRET, "make one with `acht keys`"),
        ("ACHT_ENCRYPTION_KEYS", f"{KEY},{SECRET}", "make one with `acht keys`"),
        pytest.param(
            "ACHT_ENCRYPTION_KEYS",
            f"{KEY};{KEY}",
            "make one with `acht keys`",
        ),
        ("ACHT_ENCRYPTION_KEYS", ",", "make one with `acht keys`"),
        ("ACHT_LANGUAGE", "de", "'nl' or 'en'"),
        ("ACHT_PLAYBOOKS_DIR", "/no/such/folder", "must be a folder that exists"),
        ("ACHT_EMBEDDINGS", "perhaps", "valid boolean"),
        ("ACHT_ANSWERS_AT_ONCE", "0", "greater than or equal to 1"),
        ("ACHT_ANSWERS_AT_ONCE", "101", "less than or equal to 100"),
        ("ACHT_MODEL_TOKENS_PER_DAY", "-1", "greater than or equal to 0"),
        ("ACHT_MODEL_SECONDS", "0", "greater than 0"),
        ("ACHT_MODEL_SECONDS", "61", "less than or equal to 60"),
        ("ACHT_LOG_LEVEL", "LOUD", "DEBUG"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence_that_says_how_it_must_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what_to_do: str
) -> None:
    monkeypatch.setenv(name, value)
    told = sentence()
    assert told.startswith(f"{name} is not right: ")
    assert what_to_do in told
    assert SECRET not in told
    assert KEY not in told
    assert_is_one_sentence(told)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://acht:{SECRET}/@db:x/acht",
        f"postgresql+psycopg://acht@db:{SECRET}@db/acht",
        f"postgresql+psycopg//acht:{SECRET}@db/acht",
        f"acht:{SECRET}@db/acht",
        pytest.param(
            f"postgresql+psycopg://acht:p@w:{SECRET}@db/acht",
        ),
    ],
)
def test_a_password_that_breaks_the_address_does_not_end_up_in_the_sentence(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    try:
        settings.load()
    except SettingsError as error:
        told = str(error)
    else:
        told = ""
    assert SECRET not in told


def test_a_setting_can_not_be_changed_afterwards() -> None:
    loaded = settings.load()
    with pytest.raises(ValueError, match="frozen"):
        loaded.port = 1


# --- three lists that say the same -------------------------------------------------------------------


def names() -> set[str]:
    return {name.upper() for name in Settings.model_fields}


def test_the_example_file_has_every_setting_and_no_other() -> None:
    text = (TOP / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE)) == names()


def test_the_readmes_table_has_every_setting_and_no_other() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", text, re.MULTILINE)) == names()


def test_every_setting_is_explained() -> None:
    explained: dict[str, Any] = {name: field.description for name, field in Settings.model_fields.items()}
    assert all(explained.values()), explained
