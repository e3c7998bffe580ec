"""Whatever the amount of data: the Home tab is one that Slack takes, and says how much more there is."""

from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from bot.administration import views as administration
from bot.administration.service import Overview
from bot.cases import home_views as cases
from bot.cases.rules import LISTED, CaseSeen, Cause, FirstOf
from bot.customers import rules as customers
from bot.first_day import views as first_day
from bot.gestures import home_views as gestures
from bot.gestures.course import Felt, Line, Month, Purse, Request, State
from bot.gestures.gesture import Currency
from bot.home import views
from bot.home.composing import FROM_MOMENTS
from bot.kit.i18n import Language, Words, dictionary
from bot.kit.outbox.tables import Hold
from bot.kit.slack import blocks as b
from bot.moments import calendar
from bot.moments import home_views as moments
from bot.moments.rules import MOST_TOLD_FIRST, Coming
from bot.people import views as people_views
from bot.people.preferences import Pause
from bot.people.roles import GIVEN
from bot.people.roles_given import Holders
from bot.promises import home_views as promises
from bot.promises.rules import Due, PromiseSeen
from bot.promises.rules import State as OfPromise
from bot.sandbox import blocks
from bot.sandbox.records import Json
from bot.teams import home_views as teams
from bot.teams.rules import LONGEST_NAME, LONGEST_VISION, Standing, TeamSeen, TeamsSeen
from bot.trade import Occasion, Step, step_names
from tests.stand_ins.clock import NOON
from tests.world import texts

LONG = ["<", "😀", "W"]
CUT = "There is more than fits here. It comes back as you get done what stands on top."


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


def for_customers(number: int, character: str, _: Words) -> list[list[b.Block]]:
    """All that somebody can have to do, of each as much as is read of it."""
    today, customer = NOON.date(), character * customers.LONGEST_NAME
    promise = PromiseSeen(
        id=1,
        customer_id=1,
        customer=customer,
        what=character * 300,
        made_by="U0NOOR00000",
        contact_id="U0DAAN00000",
        due=Due(today),
        due_at=NOON,
        state=OfPromise.OPEN,
        times_moved=0,
        ended_at=None,
        case_id=None,
    )
    case = CaseSeen(
        id=1,
        customer_id=1,
        customer=customer,
        what=character * 300,
        cause=Cause.BY_HAND,
        promise_id=None,
        handled_by="U0NOOR00000",
        contact_id="U0NOOR00000",
        opened_by="U0NOOR00000",
        opened_at=NOON,
        done=frozenset(),
        closed_by=None,
        closed_at=None,
        closed_on=None,
    )
    request = Request(
        given_id=1,
        gesture_id="a-card",
        occasion=Occasion.EVERYDAY,
        cost=Decimal(9),
        currency=Currency.EUR,
        on_day=today,
        colleague_id="U0NOOR00000",
        channel_id="C0000000001",
        team_left=Decimal(1),
        customer=customer,
        words=character,
        state=State.ASKED,
    )
    line = Line(
        id=1,
        customer_id=1,
        customer=customer,
        gesture_id="a-card",
        occasion=Occasion.EVERYDAY,
        words=character,
        cost=Decimal(9),
        state=State.PLANNED,
        on_day=today,
        tell_at=None,
        reminds=True,
        asked_of=(),
        answered_by=None,
        was_received=False,
    )
    first = [Coming(customer_id=n, name=customer, occasion=Occasion.TOLD_FIRST) for n in range(MOST_TOLD_FIRST)]
    silent = Coming(customer_id=1, name=customer, occasion=Occasion.NOT_FORGOTTEN, silent_since=today)
    coming = [replace(silent, customer_id=n) for n in range(100, 100 + number)]
    listed, read = range(min(number, LISTED)), range(min(number, gestures.SHOWN + 1))
    return [
        promises.my_promises(FirstOf([replace(promise, id=n) for n in listed], number), "U0NOOR00000", NOON, _),
        cases.open_cases(FirstOf([replace(case, id=n) for n in listed], number), _),
        gestures.requests([(request.model_copy(update={"given_id": n}), character * 60) for n in read], today, _),
        gestures.about_to_do([(replace(line, id=n), character * 60) for n in read], today, _),
        moments.coming_this_week([*coming, *first[:number]], calendar.load().by_id, today, FROM_MOMENTS, _),
    ]


def fullest(number: int, character: str, _: Words, *, is_busy: bool) -> Json:
    """For somebody who is everything: new, in all teams, leads them all, and looks after the bot; with everything to
    do for customers, or on a calm day.
    """
    many = [a_team(n, character) for n in range(number)]
    people = tuple(f"U0{n:09}" for n in range(number))
    holders = Holders(by_hand=people, by_settings=people, by_group=people, group="S01", handle=character * 21)
    hold = Hold(workspace_id="T1", by="U0TOM000000", since=NOON)
    overview = Overview(dict.fromkeys(GIVEN, holders), hold, guests_may_browse=True)
    some = TeamsSeen(many[: teams.SHOWN], number, 20_000)
    to_do = for_customers(number, character, _) if is_busy else []
    in_short = any(to_do)
    at_most = teams.SHOWN_IN_SHORT if in_short else teams.SHOWN
    purse = Purse(spent=Decimal(1), limit=Decimal(10), currency=Currency.EUR)
    purses = [gestures.TeamPurse(team.channel_id, team.name, purse) for team in some.teams]
    month = Month(
        first_day=date(2026, 10, 1),
        gestures=2_000,
        customers=1_000,
        spent=Decimal(9_999),
        currency=Currency.EUR,
        without_cost=1,
        told=900,
        felt=dict.fromkeys(Felt, 300),
        ambassadors=1,
    )
    return views.home(
        [
            first_day.welcome(_),
            *to_do,
            views.asking(_),
            teams.my_teams(many, step_names, _, at_most=at_most),
            teams.led_teams(some, step_names, _, is_stopped=True, at_most=at_most) or views.no_team_yet(_),
            gestures.budgets(purses, _),
            [
                *administration.section(overview, has_teams=number > 0, zone=UTC, _=_),
                *gestures.limits_of_all(_),
            ],
            teams.all_teams(some, step_names, _, in_short=in_short),
            gestures.last_month(month, _),
            views.roadmap(dict.fromkeys(Step, 10_000), _, in_short=in_short),
            people_views.in_the_home_tab(Pause(NOON.date(), NOON.date()), _),
        ],
        _,
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("character", LONG)
@pytest.mark.parametrize("number", [0, 1, 6, 2_000])
def test_the_fullest_home_tab_there_is_is_one_that_slack_takes(number: int, character: str, language: Language) -> None:
    for is_busy in (False, True):
        view = fullest(number, character, dictionary()[language], is_busy=is_busy)
        blocks.checked_view(view, "home")
        assert view["blocks"][0]["type"] != "divider"
        assert view["blocks"][-1]["type"] != "divider"
        assert dictionary()[language](CUT) not in texts(view["blocks"]), "the sections keep it short enough"


def test_of_what_would_be_too_long_the_least_pressing_makes_room() -> None:
    _ = dictionary()[Language.EN]
    sections = [[b.section(f"{n} of {m}") for n in range(20)] for m in range(7)]
    view = views.home(sections, _)
    blocks.checked_view(view, "home")
    seen = texts(view["blocks"])
    assert {"0 of 0", "19 of 2", "0 of 6", "19 of 6", CUT} < set(seen)
    assert "0 of 5" not in seen


def test_what_does_not_fit_is_counted_and_one_click_away() -> None:
    view = fullest(2_000, "W", dictionary()[Language.EN], is_busy=False)
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
    view = views.home([[], views.asking(_), [], preferences, []], _)
    assert [block["type"] for block in view["blocks"]] == ["header", "section", "context", "divider", "actions"]
    blocks.checked_view(views.home_of_a_guest(_), "home")
