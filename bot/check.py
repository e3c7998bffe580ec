"""`acht check`: a line for each part that must be well, without a secret in any of them."""

from collections.abc import Awaitable, Callable

import aiohttp
import typer
from pydantic import BaseModel
from slack_sdk.errors import SlackApiError

from bot import settings as bot_settings
from bot.coaching import playbooks
from bot.kit import i18n
from bot.kit.content import ContentError
from bot.kit.database import Database, DatabaseAway, newest_migration
from bot.kit.embedding.embedder import EmbedderAway
from bot.kit.encryption import Keyring
from bot.kit.llm.model import ModelFailed
from bot.kit.prompts import load_prompt
from bot.kit.slack import app as slack
from bot.kit.slack.errors import reason_of
from bot.services import embedder_for, language_model_for
from bot.settings import Settings, SettingsError


class Amiss(Exception):
    """A part is not well; the text says what to do."""


async def check() -> bool:
    """Prints a line for each part. True when nothing is amiss."""
    try:
        settings = bot_settings.load()
    except SettingsError as error:
        return _line("settings", str(error), well=False)
    results = [_line("settings", "Socket Mode" if settings.uses_socket_mode else "HTTP", well=True)]
    parts: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "database": _database,
        "content": _content,
        "Slack": _slack,
        "language model": _model,
        "embeddings": _embeddings,
    }
    for name, look in parts.items():
        try:
            results.append(_line(name, await look(settings), well=True))
        except Amiss as amiss:
            results.append(_line(name, str(amiss), well=False))
    return all(results)


async def _database(settings: Settings) -> str:
    database = Database(settings.database_url, Keyring(settings.encryption_keys))
    try:
        version = await database.version()
    except DatabaseAway as away:
        raise Amiss(f"DATABASE_URL does not answer ({away})") from None
    finally:
        await database.close()
    if version != newest_migration():
        raise Amiss(f"is at {version or 'nothing'}, should be at {newest_migration()}: run `acht migrate`")
    return f"{database.url.get_backend_name()}, at {version}"


async def _content(settings: Settings) -> str:
    try:
        playbook = playbooks.load(settings.acht_playbooks_dir)
        load_prompt("coaching/answer")
        i18n.dictionary()
    except ContentError as error:
        raise Amiss(str(error)) from None
    return f"{len(playbook.ids)} plays in {len(i18n.Language)} languages"


async def _slack(settings: Settings) -> str:
    token = settings.slack_bot_token.get_secret_value()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        client = slack.web_client(token, str(settings.slack_api_url), session, slack.patience())
        name = "SLACK_BOT_TOKEN"
        try:
            known = await slack.Workspaces(client, token).greet()
            if settings.slack_app_token is not None:
                name = "SLACK_APP_TOKEN"
                await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
        except SlackApiError as error:
            raise Amiss(f"{name} is refused ({reason_of(error)})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Amiss(f"does not answer ({type(error).__name__})") from None
    return f"workspace {known.team_id}, as {known.bot_user_id}"


class _Yes(BaseModel):
    ready: bool


async def _model(settings: Settings) -> str:
    model = language_model_for(settings)
    if model is None:
        return "none: answers come from the playbooks, word for word"
    try:
        await model.ask("You are asked whether you are ready. Answer with ready: true.", "Ready?", _Yes, [])
    except ModelFailed as failed:
        raise Amiss(f"{settings.openai_model}: {failed}") from None
    finally:
        await model.close()
    return settings.openai_model


async def _embeddings(settings: Settings) -> str:
    embedder = embedder_for(settings)
    if embedder is None:
        return "none: search goes by words"
    try:
        await embedder.embed(["ready?"])
    except EmbedderAway as away:
        raise Amiss(f"{embedder.name}: {away}") from None
    finally:
        await embedder.close()
    return embedder.name


def _line(part: str, what: str, *, well: bool) -> bool:
    typer.echo(f"{'ok  ' if well else 'FAIL'}  {part}: {what}")
    return well
