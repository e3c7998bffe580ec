"""Whatever the amount of data: the Home tab is one that Slack takes, and says how much more there is."""

from datetime import UTC

import pytest

from bot.administration import views as administration
from bot.administration.service import Overview
from bot.first_day import views as first_day
from bot.home import views
from bot.kit.i18n import Language, Words, dictionary
from bot.kit.outbox.tables import Hold
from bot.people import views as people_views
from bot.people.preferences import Pause
from bot.people.roles import GIVEN
from bot.people.roles_given import Holders
from bot.sandbox import blocks
from bot.sandbox.records import Json
from bot.teams import home_views as teams
from bot.teams.rules import LONGEST_NAME, LONGEST_VISION, Standing, TeamSeen, TeamsSeen
from bot.trade import Step, step_names
from tests.stand_ins.clock import NOON
from tests.world import texts

LONG = ["<", "😀", "W"]


def a_team(n: int, character: str) -> TeamSeen:
    return TeamSeen(
        channel_id=f"C{n:010}",
        name=f"{n:06}".ljust(LONGEST_NAME, character),
        vision=character * LONGEST_VISION,
        step=n % 8 + 1,
        standing=list(Standing)[n % 4],
        is_dry_run=True,
        members=20_000,
        members_read=9_999,
        members_expected=20_000,
        was_read=False,
    )


def fullest(number: int, character: str, _: Words) -> Json:
    """For somebody who is everything: new, in all teams, leads them all, and looks after the bot."""
    many = [a_team(n, character) for n in range(number)]
    people = tuple(f"U0{n:09}" for n in range(number))
    holders = Holders(by_hand=people, by_settings=people, by_group=people, group="S01", handle=character * 21)
    hold = Hold(workspace_id="T1", by="U0TOM000000", since=NOON)
    overview = Overview(dict.fromkeys(GIVEN, holders), hold, guests_may_browse=True)
    some = TeamsSeen(many[: teams.SHOWN], number, 20_000)
    return views.home(
        [
            first_day.welcome(_),
            views.asking(_),
            teams.my_teams(many, step_names, _),
            teams.led_teams(some, step_names, _) or views.no_team_yet(_),
            administration.section(overview, has_teams=number > 0, zone=UTC, _=_),
            teams.all_teams(some, step_names, _),
            views.roadmap(dict.fromkeys(Step, 10_000), _),
            people_views.in_the_home_tab(Pause(NOON.date(), NOON.date()), _),
        ]
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("character", LONG)
@pytest.mark.parametrize("number", [0, 1, 6, 2_000])
def test_the_fullest_home_tab_there_is_is_one_that_slack_takes(number: int, character: str, language: Language) -> None:
    view = fullest(number, character, dictionary()[language])
    blocks.checked_view(view, "home")
    assert view["blocks"][0]["type"] != "divider"
    assert view["blocks"][-1]["type"] != "divider"


def test_what_does_not_fit_is_counted_and_one_click_away() -> None:
    view = fullest(2_000, "W", dictionary()[Language.EN])
    shown = texts(view["blocks"])
    assert shown.count("And 1995 more") == 3
    opens = {block["accessory"]["action_id"] for block in view["blocks"] if "accessory" in block}
    assert {teams.Action.SHOW_LED, teams.Action.SHOW_ALL} <= opens
    [chooses] = [
        block for block in view["blocks"] if block.get("accessory", {}).get("action_id") == teams.Action.CHOOSE
    ]
    assert len(chooses["accessory"]["options"]) == 100


@pytest.mark.parametrize("language", Language)
def test_a_section_that_has_nothing_to_show_is_not_there(language: Language) -> None:
    _ = dictionary()[language]
    preferences = people_views.in_the_home_tab(Pause(None, NOON.date()), _)
    view = views.home([[], views.asking(_), [], preferences, []])
    assert [block["type"] for block in view["blocks"]] == ["header", "section", "context", "divider", "actions"]
    blocks.checked_view(views.home_of_a_guest(_), "home")
