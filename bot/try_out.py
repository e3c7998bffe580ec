"""`acht sandbox`: the local Slack with its company, the bot connected to it, and a page to see it all.

Everything lives in a folder of its own that is gone when it ends.
"""

import asyncio
import json
import tempfile
from pathlib import Path

import typer
from pydantic import AnyHttpUrl
from sqlalchemy import delete

from bot import settings as bot_settings
from bot.app import Acht
from bot.kit import content, logs
from bot.kit.clock import SystemClock
from bot.kit.database import Base
from bot.kit.embedding.store import ContentVector
from bot.kit.encryption import new_key
from bot.sandbox.company import company
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from bot.settling_in import settle_in


async def try_out(port: int, told_to_stop: asyncio.Event) -> None:
    """Runs until told to stop. Raises ContentError, SettingsError."""
    logs.set_up("WARNING")
    workspace = Workspace(now=SystemClock().now)
    workspace.install(json.loads(content.path_of("manifest.json").read_text(encoding="utf-8")))
    company(workspace)
    with tempfile.TemporaryDirectory(prefix="acht-") as folder:
        settings = _settings(workspace, Path(folder) / "sandbox.db")
        bot = _Bot(settings, workspace)
        slack = await _open_slack(workspace, port, bot)
        await bot.start(slack.api_url)
        typer.echo(f"Acht is at {slack.url}  (Ctrl-C stops it)")
        try:
            await told_to_stop.wait()
        finally:
            await bot.stop()
            await slack.stop()


class _Bot:
    def __init__(self, settings: Settings, workspace: Workspace) -> None:
        self.settings = settings
        self._workspace = workspace

    async def start(self, api_url: str) -> None:
        self.settings = self.settings.model_copy(update={"slack_api_url": AnyHttpUrl(api_url)})
        await self._start()

    async def _start(self) -> None:
        self._acht = Acht(self.settings, SystemClock())
        await self._acht.start()
        await settle_in(self._acht, self._workspace)

    async def stop(self) -> None:
        await self._acht.stop()

    async def forget_everything(self) -> None:
        """As at the start, but for the vectors of the playbooks, which take a while to compute."""
        async with self._acht.database.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table is not ContentVector.__table__:
                    await session.execute(delete(table))
        await self.stop()
        await self._start()


async def _open_slack(workspace: Workspace, port: int, bot: _Bot) -> LocalSlack:
    settings = bot.settings
    model = settings.openai_model if settings.openai_api_key else None

    def slack_at(port: int) -> LocalSlack:
        return LocalSlack(workspace, port=port, on_reset=bot.forget_everything, language_model=model)

    slack = slack_at(port)
    try:
        await slack.start()
    except OSError:
        typer.echo(f"Port {port} is in use, so I take another one.")
        slack = slack_at(0)
        await slack.start()
    return slack


def _settings(workspace: Workspace, database: Path) -> Settings:
    """The sandbox's own; what concerns the language model may come from the environment."""
    return bot_settings.load(
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        database_url=f"sqlite+aiosqlite:///{database}",
        host="127.0.0.1",
        port=0,
        acht_encryption_keys=new_key(),
        acht_language="nl",
    )
