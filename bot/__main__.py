"""The commands: run · sandbox · migrate · check · outbox · import-customers · reindex · keys."""

import asyncio
import gc
import re
import signal
import sys
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot import settings as bot_settings
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.app import Acht
    from bot.kit.i18n import Words
    from bot.services import Services

cli = typer.Typer(
    help="Acht: a Slack bot that coaches front-line colleagues in customer delight.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    cli()


@cli.command()
def run(
    *,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Only takes what Slack sends; others work.")] = False,
    worker_only: Annotated[
        bool, typer.Option("--worker-only", help="Only works; others take what Slack sends.")
    ] = False,
) -> None:
    """Connects to Slack and works until it is told to stop (SIGTERM or Ctrl-C).

    On PostgreSQL any number of processes share the work, each all of it or one of its halves.
    """
    if no_worker and worker_only:
        _end("--no-worker and --worker-only leave nothing to do: choose one.")
    gc.disable()  # what is loaded at the start stays: looking for rubbish in it costs a fifth of the start
    settings = _settings()
    _set_up_logs(settings)

    async def work() -> None:
        from bot.app import Acht  # noqa: PLC0415 — a wrong setting is told before everything is loaded
        from bot.kit.clock import SystemClock  # noqa: PLC0415

        told_to_stop = _listen_for_the_end()
        acht = Acht(settings, SystemClock(), listens=not worker_only, works=not no_worker)
        if await _begun(acht, told_to_stop):
            gc.freeze()
            gc.enable()
            await told_to_stop.wait()
        await acht.stop()

    _run(work(), settings)


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port of the page; another one is taken when it is in use.")] = 8008,
) -> None:
    """A Slack of your own in the browser, with the bot in it: no workspace, no key, nothing leaves this machine."""
    from bot.try_out import try_out  # noqa: PLC0415

    async def work() -> None:
        await try_out(port, _listen_for_the_end())

    _run(work(), None)


@cli.command()
def migrate() -> None:
    """Brings the database up to date (`acht run` does it too, at its start)."""
    settings = _settings()
    from sqlalchemy.engine import make_url  # noqa: PLC0415

    from bot.kit.database import newest_migration  # noqa: PLC0415
    from bot.kit.migrate import migrate as bring_up_to_date  # noqa: PLC0415

    _run(bring_up_to_date(make_url(settings.database_url)), settings)
    typer.echo(f"The database is at {newest_migration()}.")


@cli.command()
def check() -> None:
    """Looks at settings, database, content, Slack, language model and embeddings: a line each."""
    from bot.check import check as check_all  # noqa: PLC0415

    raise typer.Exit(0 if asyncio.run(check_all()) else 1)


@cli.command()
def outbox(
    retry: Annotated[str, typer.Option(help="The number of a failed notice, or “all”: it is sent once more.")] = "",
) -> None:
    """Shows what waits to be told, and what failed and why."""
    if retry and retry != "all" and not re.fullmatch(r"[0-9]{1,9}", retry):
        _end("--retry wants the number of a failed notice, or “all”.")
    settings = _settings()
    from bot import outbox as of_outbox  # noqa: PLC0415
    from bot.kit.clock import SystemClock  # noqa: PLC0415

    async def work() -> None:
        if retry:
            typer.echo(f"{await of_outbox.retry(settings, SystemClock(), retry)} wait again.")
        await of_outbox.show(settings, SystemClock())

    _run(work(), settings)


@cli.command()
def import_customers(
    file: Annotated[Path, typer.Argument(help="A CSV file with headings.", exists=True, dir_okay=False)],
    *,
    contact: Annotated[
        str, typer.Option(help="Slack's member id of the contact of new customers for whom the file names none.")
    ] = "",
    team: Annotated[
        str, typer.Option(help="Name or channel of the team of new customers for whom the file names none.")
    ] = "",
    workspace: Annotated[str, typer.Option(help="Where there are several: the id of the workspace.")] = "",
    all_lines: Annotated[bool, typer.Option("--all-lines", help="Name every line that is left out.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")] = False,
) -> None:
    """Brings in customers from your own system: shows what would be new, changed and left out, and asks.

    The same file once more changes nothing. Ends with 0 when all was well, with 3 when lines were left out, and with 1
    when nothing was written.
    """
    settings = _settings()
    with _sentences_for_errors(settings):
        from bot.customers.import_command import Asked, ImportCustomers  # noqa: PLC0415

        there, words = _use_cases(settings)
        run = ImportCustomers(there.database, there.many_customers, there.clock, words)
        asked = Asked(file, contact, team, workspace, all_lines=all_lines, dry_run=dry_run, yes=yes)
        raise typer.Exit(run.run(asked))


@cli.command()
def reindex() -> None:
    """Makes customers found again after the oldest of ACHT_ENCRYPTION_KEYS was dropped."""
    settings = _settings()
    with _sentences_for_errors(settings):
        from bot.customers.reindex_command import Reindex  # noqa: PLC0415

        there, words = _use_cases(settings)
        run = Reindex(there.database, there.many_customers, words)
        raise typer.Exit(0 if asyncio.run(run.run()) else 1)


@cli.command()
def keys() -> None:
    """Makes a key for ACHT_ENCRYPTION_KEYS."""
    from bot.kit.encryption import new_key  # noqa: PLC0415

    typer.echo(new_key())


def _settings() -> Settings:
    try:
        return bot_settings.load()
    except SettingsError as error:
        _end(str(error))


def _use_cases(settings: Settings) -> "tuple[Services, Words]":
    """For commands without Slack, with words in `ACHT_LANGUAGE`. Raises ContentError."""
    from bot.kit.clock import SystemClock  # noqa: PLC0415 — a wrong setting is told before everything is loaded
    from bot.kit.i18n import Language  # noqa: PLC0415
    from bot.kit.metrics import Metrics  # noqa: PLC0415
    from bot.services import services  # noqa: PLC0415

    there = services(settings, SystemClock(), Metrics())
    return there, there.dictionary[Language(settings.acht_language)]


def _set_up_logs(settings: Settings) -> None:
    from bot.kit import logs  # noqa: PLC0415

    logs.set_up(settings.acht_log_level)


def _run(work: Coroutine[Any, Any, None], settings: Settings | None) -> None:
    with _sentences_for_errors(settings):
        asyncio.run(work)


@contextmanager
def _sentences_for_errors(settings: Settings | None) -> Generator[None]:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from bot.kit.content import ContentError  # noqa: PLC0415
    from bot.kit.database import DatabaseAway  # noqa: PLC0415

    try:
        yield
    except (SettingsError, ContentError) as error:
        _end(str(error))
    except (DatabaseAway, SQLAlchemyError):
        _end("DATABASE_URL: the database does not answer: is it there, and may we in?")
    except OSError as error:
        _end(f"PORT {settings.port if settings else ''} cannot be listened on ({error.strerror}): choose another.")


async def _begun(acht: "Acht", told_to_stop: asyncio.Event) -> bool:
    """False when it is told to stop before it has started."""

    async def begin() -> None:
        await acht.refuse_a_wrong_clock()
        await acht.start()

    starting, stopping = asyncio.create_task(begin()), asyncio.create_task(told_to_stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return False
    await starting
    return True


def _listen_for_the_end() -> asyncio.Event:
    """Set when somebody tells the process to stop; from now on that ends it well."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    return told


def _end(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
