"""What the form holds when it is opened, what is wrong with a plan, and where the first post goes."""

from datetime import time
from typing import Any

import pytest

from bot.kit.i18n import Language
from bot.teams import rules
from bot.teams.rules import Mistake, Standing, TeamAsItIs, TeamPlan
from tests.stand_ins.clock import NOON
from tests.teams.plans import FEMKE, a_plan


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        ("team-utrecht", "Team Utrecht"),
        ("service_desk-leeds", "Service Desk Leeds"),
        ("zwolle", "Zwolle"),
        ("ijsselstein-é", "Ijsselstein É"),
        ("---", ""),
        ("", ""),
        ("x" * 80, "X" + "x" * 79),
    ],
)
def test_a_team_is_called_after_its_channel(channel: str, name: str) -> None:
    assert rules.usual_name(channel) == name


@pytest.mark.parametrize(
    ("language", "zone", "expected", "country", "region"),
    [
        (Language.NL, "Europe/Amsterdam", "Europe/Amsterdam", "NL", None),
        (Language.NL, "Europe/Brussels", "Europe/Brussels", "BE", None),
        (Language.EN, "Europe/London", "Europe/London", "GB", "ENG"),
        (Language.EN, "Asia/Kolkata", "Asia/Kolkata", "IN", None),
        (Language.NL, "Etc/GMT-1", "Etc/GMT-1", None, None),
        (Language.NL, None, "Europe/Amsterdam", "NL", None),
        (Language.EN, "Mars/Olympus", "Europe/London", "GB", "ENG"),
        (Language.EN, "../../etc/passwd", "Europe/London", "GB", "ENG"),
    ],
)
def test_the_country_follows_from_the_zone_and_an_unknown_zone_from_the_language(
    language: Language, zone: str | None, expected: str, country: str | None, region: str | None
) -> None:
    plan = rules.usual("team-x", language, zone, [FEMKE])
    assert (plan.zone, plan.country, plan.region) == (expected, country, region)


def test_what_is_filled_in_beforehand_has_no_mistakes() -> None:
    plan = a_plan()
    assert rules.mistakes(plan) == []
    assert (plan.days, plan.goal_time, plan.challenge_day, plan.challenge_time) == (
        (0, 1, 2, 3, 4),
        time(9),
        0,
        time(9, 15),
    )
    assert (plan.step, plan.is_dry_run, plan.leads) == (1, False, (FEMKE,))


@pytest.mark.parametrize(
    ("wrong", "mistake", "field"),
    [
        ({"name": ""}, Mistake.NO_NAME, "name"),
        ({"name": "x" * 81}, Mistake.NAME_TOO_LONG, "name"),
        ({"vision": "x" * 301}, Mistake.VISION_TOO_LONG, "vision"),
        ({"vision": "x" * 3000}, Mistake.VISION_TOO_LONG, "vision"),
        ({"step": 9}, Mistake.NO_SUCH_STEP, "step"),
        ({"step": 0}, Mistake.NO_SUCH_STEP, "step"),
        ({"challenge_day": 6}, Mistake.CHALLENGE_ON_A_DAY_OFF, "challenge_day"),
        ({"zone": "Mars/Olympus"}, Mistake.UNKNOWN_ZONE, "zone"),
        ({"zone": ""}, Mistake.UNKNOWN_ZONE, "zone"),
        ({"country": "ZZ"}, Mistake.UNKNOWN_COUNTRY, "country"),
        ({"country": "NL", "region": "ENG"}, Mistake.UNKNOWN_COUNTRY, "country"),
        ({"leads": ()}, Mistake.NO_LEAD, "leads"),
        ({"leads": tuple(f"U{n}" for n in range(11))}, Mistake.TOO_MANY_LEADS, "leads"),
    ],
)
def test_each_mistake_has_a_name_and_its_field(wrong: dict[str, Any], mistake: Mistake, field: str) -> None:
    assert rules.mistakes(a_plan(**wrong)) == [mistake]
    assert mistake.field == field
    assert field in TeamPlan.__dataclass_fields__


def test_leads_from_outside_are_a_mistake_and_a_field_has_only_one() -> None:
    assert rules.mistakes(a_plan(), ["UGUEST"]) == [Mistake.LEAD_FROM_OUTSIDE]
    assert Mistake.LEAD_FROM_OUTSIDE.field == "leads"
    assert rules.mistakes(a_plan(leads=tuple(f"U{n}" for n in range(11))), ["U1"]) == [Mistake.TOO_MANY_LEADS]


def test_without_a_working_day_there_is_no_day_for_the_challenge_either() -> None:
    assert rules.mistakes(a_plan(days=())) == [Mistake.NO_WORKING_DAY, Mistake.CHALLENGE_ON_A_DAY_OFF]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  one\nsentence\r\n and  more ", "one sentence and more"),
        ("with\u2028what\u2029is\tpasted", "with what is pasted"),
        ("half a character \ud800.", "half a character ."),
        ("<!channel> *bold* <https://x.example|y>", "<!channel> *bold* <https://x.example|y>"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("\n", ""),
        (None, ""),
    ],
)
def test_a_sentence_is_one_line_of_what_can_be_seen(typed: str | None, kept: str) -> None:
    assert rules.one_line(typed) == kept


def there_is(standing: Standing = Standing.ACTIVE, *, is_introduced: bool = False) -> TeamAsItIs:
    return TeamAsItIs(a_plan(), 1, standing, is_introduced, FEMKE, NOON)


@pytest.mark.parametrize(
    ("is_dry_run", "there", "goes_to"),
    [
        (False, None, ("C1",)),
        (True, None, ("U1", "U2")),
        (True, there_is(), ()),
        (False, there_is(), ("C1",)),  # the dry run is switched off, or the post could not be delivered
        (False, there_is(is_introduced=True), ()),
        (True, there_is(is_introduced=True), ()),
        *((False, there_is(standing), ()) for standing in Standing if standing is not Standing.ACTIVE),
    ],
)
def test_the_first_post_goes_to_a_channel_that_is_there_once_and_to_each_lead_in_a_dry_run(
    is_dry_run: bool, there: TeamAsItIs | None, goes_to: tuple[str, ...]
) -> None:
    plan = a_plan(is_dry_run=is_dry_run, leads=("U1", "U2", "U1"))
    assert rules.first_post_goes_to(plan, "C1", there) == goes_to


@pytest.mark.parametrize(
    ("goal", "challenge", "hours"),
    [
        (time(9), time(9, 15), (time(9), time(17))),
        (time(7, 30), time(9), (time(7, 30), time(17))),
        (time(18), time(9), (time(9), time(19))),
        (time(16, 30), time(9), (time(9), time(17, 30))),
        (time(23, 30), time(9), (time(9), time(0))),
    ],
)
def test_working_hours_hold_the_teams_own_posts(goal: time, challenge: time, hours: tuple[time, time]) -> None:
    assert rules.hours(a_plan(goal_time=goal, challenge_time=challenge)) == hours


def test_what_was_changed_is_told_by_name() -> None:
    before = a_plan(leads=("U1", "U2"))
    assert rules.changed_fields(before, a_plan(leads=("U2", "U1"))) == []
    assert rules.changed_fields(before, a_plan(leads=("U1",), vision="x")) == ["vision", "leads"]
