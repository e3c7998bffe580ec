"""Whom the bot knew before there were first days, and before everybody's profile was read."""

from datetime import timedelta

from alembic import command
from sqlalchemy import text

from bot.first_day.service import is_welcomed_now
from bot.kit.clock import HeldClock, SystemClock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.kit.migrate import config, migrate
from tests.kit.test_migrate import connected
from tests.people.personnel import Personnel

BEFORE = "0003"
KNOWN = "insert into colleagues (workspace_id, slack_id, language) values (:workspace_id, :slack_id, 'nl')"


async def test_who_was_known_needs_no_welcome_and_is_read_in_the_first_census(database: Database) -> None:
    with connected(database) as connection:
        command.downgrade(config(connection), BEFORE)
        for workspace_id, slack_id in (("T1", "U1"), ("T1", "U2"), ("T2", "U1")):
            connection.execute(text(KNOWN), {"workspace_id": workspace_id, "slack_id": slack_id})
        connection.commit()
    await migrate(database.url)

    now = SystemClock().now() + timedelta(minutes=1)
    personnel = Personnel(database, HeldClock(now))
    for workspace_id, slack_id in (("T1", "U1"), ("T2", "U1")):
        known = await personnel.people.known(workspace_id, slack_id)
        assert known.heard is Language.NL
        assert not is_welcomed_now(known, now)
    assert is_welcomed_now(await personnel.people.known("T1", "UNEW"), now)
    pages = [await personnel.register.due() for _workspace in range(3)]
    assert {page and page.workspace_id for page in pages} == {"T1", "T2", None}
