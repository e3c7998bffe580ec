"""What colleagues had chosen before there were three wishes, and what was only written down for them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alembic import command
from sqlalchemy import text

from bot.kit.database import Database
from bot.kit.migrate import config, migrate
from bot.kit.working_time import rules
from bot.kit.working_time.rules import USUAL, Wish
from bot.kit.working_time.service import WorkingTimes
from tests.kit.test_migrate import connected

BEFORE = "0004"
HOURS = "insert into working_times (workspace_id, whom, zone, days, begins, ends, works_on, is_pushed)"
CHOSE = f"{HOURS} values ('T1', :whom, :zone, :days, '09:00:00.000000', '17:00:00.000000', '[]', :is_pushed)"
TOLD = "insert into colleagues (workspace_id, slack_id, zone) values ('T1', :whom, :zone)"


async def test_what_somebody_chose_is_carried_over_and_what_they_did_not_is_left_open(database: Database) -> None:
    chosen = [("parttimer", "Asia/Tokyo", "02", True), ("quiet", "Asia/Tokyo", "02", False)]
    noted = [("noted", "UTC", "01234", True), ("noted, told of", "UTC", "01234", True)]
    with connected(database) as connection:
        command.downgrade(config(connection), BEFORE)
        for whom, zone, days, is_pushed in chosen + noted:
            row = {"whom": whom, "zone": zone, "days": days, "is_pushed": is_pushed}
            connection.execute(text(CHOSE), row)
        for whom in ("noted, told of", "never pushed"):
            connection.execute(text(TOLD), {"whom": whom, "zone": "Europe/Amsterdam"})
        connection.commit()
    await migrate(database.url)
    times = WorkingTimes()
    async with database.reading() as session:
        hours = {
            whom: await times.hours_of(session, "T1", whom)
            for whom in ("parttimer", "quiet", "noted", "noted, told of", "never pushed")
        }
        verdict = await times.judge(session, "T1", hours, datetime(2026, 11, 23, 12, tzinfo=UTC))
    tokyo, amsterdam = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Amsterdam")
    assert {whom: (of.zone, of.days) for whom, (of, _) in hours.items()} == {
        "parttimer": (tokyo, {0, 2}),
        "quiet": (tokyo, {0, 2}),
        "noted": (USUAL.zone, USUAL.days),
        "noted, told of": (amsterdam, USUAL.days),
        "never pushed": (amsterdam, USUAL.days),
    }
    assert {whom for whom, (_, wish) in hours.items() if wish is Wish.NOTHING} == {"quiet"}
    assert verdict["quiet"].reason == rules.Unwanted()


async def test_the_way_back_leaves_out_what_there_was_no_word_for(database: Database) -> None:
    times = WorkingTimes()
    async with database.writing() as session:
        await times.belongs_to(session, "T1", ["U1"], "C1")
        for whom, wish in (("U2", Wish.CHANNEL), ("U3", Wish.NOTHING), ("U4", Wish.MESSAGES)):
            await times.choose_hours(session, "T1", whom, days=[1], begins=USUAL.begins, ends=USUAL.ends)
            await times.wishes(session, "T1", whom, wish)
    with connected(database) as connection:
        command.downgrade(config(connection), BEFORE)
        connection.commit()
        found = connection.execute(text("select whom, zone, days, is_pushed from working_times order by whom")).all()
    assert [(whom, zone, days, bool(is_pushed)) for whom, zone, days, is_pushed in found] == [
        ("U1", "UTC", "01234", True),
        ("U2", "UTC", "1", False),
        ("U3", "UTC", "1", False),
        ("U4", "UTC", "1", True),
    ]
