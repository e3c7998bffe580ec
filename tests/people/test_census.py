"""Everybody's profile is read page by page, so that what changed in Slack unheard is caught up."""

from datetime import timedelta
from functools import partial

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.people.census import PAGE, Census
from bot.people.register import BETWEEN_PAGES, EVERY, PAGE_WITHIN, Page
from bot.people.roles import Role, Standing
from bot.people.tables import Colleague, Workspace
from bot.sandbox.server import LocalSlack
from tests.people.personnel import T1, Personnel, a_profile
from tests.world import DAAN, LIES, NOOR, PRIYA

TOM = "U0TOM000000"


@pytest.fixture
def census(personnel: Personnel, client: AsyncWebClient) -> Census:
    return Census(client, personnel.register)


async def next_page(personnel: Personnel) -> str | None:
    async with personnel.database.reading() as session:
        return (await session.get_one(Workspace, T1)).profiles_cursor


async def taken(personnel: Personnel) -> Page:
    """The page that is to be read now."""
    page = await personnel.register.due()
    assert page is not None
    return page


async def zone_of_work(personnel: Personnel, person: str) -> str:
    async with personnel.database.reading() as session:
        return (await personnel.working_times.hours_of(session, T1, person))[0].zone.key


async def test_what_changed_unheard_holds_after_the_census_and_of_strangers_nothing_is_kept(
    personnel: Personnel, slack: LocalSlack, census: Census
) -> None:
    for person in (NOOR, DAAN, TOM):
        await personnel.people.meets(T1, a_profile(person, zone="Europe/Amsterdam"))
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.LEAD, [NOOR, DAAN], by=TOM)
    async with personnel.database.writing() as session:
        await personnel.people.expects(session, T1, [PRIYA])
    slack.workspace.person(NOOR).tz = "Asia/Tokyo"
    slack.workspace.person(DAAN).deleted = True
    slack.workspace.person(TOM).tz = "Mars/Olympus_Mons"
    await personnel.register.wanted(T1)
    await census.go_on()

    noor, daan, tom, priya = [await personnel.people.known(T1, person) for person in (NOOR, DAAN, TOM, PRIYA)]
    assert (noor.zone, await zone_of_work(personnel, NOOR)) == ("Asia/Tokyo", "Asia/Tokyo")
    assert (daan.standing, await personnel.people.roles(T1, DAAN)) == (Standing.GONE, frozenset())
    assert (await personnel.hold(Role.LEAD)).everybody == (NOOR,)
    assert (tom.zone, tom.is_slack_admin) == ("Mars/Olympus_Mons", True)
    assert await zone_of_work(personnel, TOM) != "Mars/Olympus_Mons", "a zone that nobody knows moves nobody"
    assert (priya.standing, priya.zone) == (Standing.MEMBER, "Europe/London"), "she is in a team, and now known"
    async with personnel.database.reading() as session:
        assert set(await session.scalars(select(Colleague.slack_id))) == {NOOR, DAAN, TOM, PRIYA}


async def test_a_guest_who_was_a_colleague_loses_roles_and_somebody_whose_account_is_back_is_known_again(
    personnel: Personnel, slack: LocalSlack, census: Census
) -> None:
    await personnel.met(NOOR, DAAN)
    await personnel.people.meets(T1, a_profile(LIES, Standing.GONE))
    await personnel.roles.claim(T1, NOOR)
    await personnel.roles.appoint(T1, Role.ADMINISTRATOR, [DAAN], by=NOOR)
    slack.workspace.person(DAAN).guest = "multi_channel"
    await personnel.register.wanted(T1)
    await census.go_on()
    assert await personnel.administrators() == [NOOR]
    assert await personnel.people.roles(T1, DAAN) == {Role.GUEST}
    assert await personnel.people.roles(T1, LIES) == {Role.FRONT_LINE}


async def test_two_and_a_half_thousand_people_are_six_pages_that_another_process_goes_on_with(
    database: Database, slack: LocalSlack, client: AsyncWebClient, clock: HeldClock
) -> None:
    personnel = Personnel(database, clock)
    census = Census(client, personnel.register)
    people = [slack.workspace.add_person(f"p{n}", f"P {n}", tz="Asia/Tokyo").id for n in range(2_500)]
    last = people[-1]
    async with personnel.database.writing() as session:
        await personnel.people.expects(session, T1, [*people[::7], last])
    await personnel.register.wanted(T1)
    for _page in range(3):
        await census.go_on()
        clock.move(BETWEEN_PAGES)
    assert (await personnel.people.known(T1, last)).standing is None
    after_a_restart = Census(client, Personnel(database, clock).register)
    for _page in range(6):
        await after_a_restart.go_on()
        clock.move(BETWEEN_PAGES)
    everybody = len(slack.workspace.people) + 1  # and Slackbot
    assert slack.accepted["users.list"] == -(-everybody // PAGE) == 6
    clock.move(timedelta(seconds=30))
    assert (await personnel.people.known(T1, last)).standing is Standing.MEMBER
    assert await zone_of_work(personnel, last) == "Asia/Tokyo"
    clock.move(EVERY)
    await census.go_on()
    assert slack.accepted["users.list"] == 7, "tomorrow again"


async def test_a_cursor_that_slack_does_not_know_any_more_begins_it_anew(
    personnel: Personnel, slack: LocalSlack, census: Census, clock: HeldClock
) -> None:
    await personnel.met(NOOR)
    await personnel.register.wanted(T1)
    await personnel.register.counted(await taken(personnel), [], next_page="bm9uc2Vuc2U=")
    clock.move(BETWEEN_PAGES)
    slack.workspace.person(NOOR).tz = "Asia/Tokyo"
    await census.go_on()
    assert await next_page(personnel) is None
    await census.go_on()
    assert (await personnel.people.known(T1, NOOR)).zone == "Asia/Tokyo"


async def test_a_page_that_does_not_come_is_asked_for_again_in_a_minute(
    personnel: Personnel, slack: LocalSlack, census: Census, clock: HeldClock
) -> None:
    await personnel.met(NOOR)
    await personnel.register.wanted(T1)
    slack.workspace.person(NOOR).tz = "Asia/Tokyo"
    faults = slack.faults
    for fault in (faults.fail, faults.rate_limit, partial(faults.drop_before, times=2)):
        fault("users.list")
        await census.go_on()
        await census.go_on()
        assert (await personnel.people.known(T1, NOOR)).zone is None
        clock.move(PAGE_WITHIN)
    await census.go_on()
    assert (await personnel.people.known(T1, NOOR)).zone == "Asia/Tokyo"


async def test_what_slack_told_of_somebody_after_their_page_was_asked_for_stays(
    personnel: Personnel, clock: HeldClock
) -> None:
    await personnel.met(NOOR, DAAN)
    await personnel.register.wanted(T1)
    page = await taken(personnel)
    clock.move(timedelta(seconds=1))
    await personnel.met(NOOR, standing=Standing.GONE)
    before = [a_profile(person, zone="Asia/Tokyo") for person in (NOOR, DAAN)]
    await personnel.register.counted(page, before, next_page=None)
    noor, daan = [await personnel.people.known(T1, person) for person in (NOOR, DAAN)]
    assert (noor.standing, noor.zone) == (Standing.GONE, None)
    assert (daan.standing, daan.zone) == (Standing.MEMBER, "Asia/Tokyo")


# --- how it is wanted ---------------------------------------------------------------------------------


async def test_a_census_that_is_wanted_during_another_follows_it(personnel: Personnel, clock: HeldClock) -> None:
    """Somebody on an earlier page has just come into a team."""
    await personnel.register.wanted(T1)
    first = await taken(personnel)
    assert await personnel.register.due() is None, "nobody else reads the same page"
    await personnel.register.wanted(T1)
    await personnel.register.counted(first, [], next_page="second")
    clock.move(BETWEEN_PAGES)
    second = await taken(personnel)
    assert second.cursor == "second", "it comes to its end first"
    for _team in range(3):
        await personnel.register.wanted(T1)
    await personnel.register.counted(second, [], next_page=None)
    clock.move(BETWEEN_PAGES)
    again = await taken(personnel)
    assert again.cursor is None
    await personnel.register.counted(again, [], next_page=None)
    clock.move(EVERY - BETWEEN_PAGES)
    assert await personnel.register.due() is None, "one follows, however often it was wanted"


async def test_while_teams_are_rolled_out_a_census_comes_to_its_end(personnel: Personnel, clock: HeldClock) -> None:
    """Another one is read for the first time before the census is half way, again and again."""
    ends, pages = 0, 8
    for tick in range(40):
        if tick % 3 == 0:
            await personnel.register.wanted(T1)
        page = await taken(personnel)
        number = int(page.cursor or 1)
        ends += number == pages
        await personnel.register.counted(page, [], next_page=str(number + 1) if number < pages else None)
        clock.move(BETWEEN_PAGES)
    assert ends == 40 // pages


async def test_all_processes_together_read_no_more_pages_than_slack_allows(
    personnel: Personnel, clock: HeldClock
) -> None:
    processes = [Personnel(personnel.database, clock) for _process in range(3)]
    await processes[0].register.wanted(T1)
    pages = 0
    for _second in range(60):
        for process in processes:
            if page := await process.register.due():
                pages += 1
                await process.register.counted(page, [], next_page=str(pages))
        clock.move(timedelta(seconds=1))
    assert pages == 15, "Slack allows twenty a minute"


async def test_everybody_is_read_again_when_the_bot_starts(
    personnel: Personnel, census: Census, slack: LocalSlack
) -> None:
    await personnel.register.wanted(T1)
    await census.go_on()
    await census.go_on()
    assert slack.accepted["users.list"] == 1
    await personnel.register.all_wanted()
    await census.go_on()
    assert slack.accepted["users.list"] == 2


@pytest.mark.parametrize("is_under_way", [True, False])
async def test_half_a_census_is_begun_anew_by_a_start(
    personnel: Personnel, clock: HeldClock, is_under_way: bool
) -> None:
    """What changed on its first pages while nobody listened would else wait for a day."""
    await personnel.register.wanted(T1)
    await personnel.register.counted(await taken(personnel), [], next_page="second")
    clock.move(BETWEEN_PAGES)
    second = await taken(personnel)
    if not is_under_way:
        await personnel.register.counted(second, [], next_page="third")
    await personnel.register.all_wanted()
    if is_under_way:  # in another process
        await personnel.register.counted(second, [], next_page="third")
    assert (await taken(personnel)).cursor is None
