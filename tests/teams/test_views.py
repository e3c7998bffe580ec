"""Whatever people write, what is shown stays within what Slack takes, and what travels fits where it travels."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import i18n
from bot.kit.i18n import Language, Words
from bot.sandbox.blocks import check_message, checked_view
from bot.teams import home_views, rules, views
from bot.teams.rules import (
    LONGEST_NAME,
    LONGEST_VISION,
    MOST_LEADS,
    BackData,
    ChannelGoneData,
    Mistake,
    Standing,
    TeamSeen,
    TeamsSeen,
    WelcomeData,
)
from bot.teams.views import Draft
from tests.teams.plans import C1, FEMKE, a_plan

WORDS = i18n.dictionary()
NL, EN = WORDS[Language.NL], WORDS[Language.EN]
NASTY = "<!channel> *b* `c` & <https://e.example|x> :tada: "
LONG_VISION = (NASTY * 10)[:LONGEST_VISION]
METADATA = 3000


def steps(_: Words) -> list[str]:
    return [f"Step number {n}" for n in range(1, 9)]


def a_team(n: int = 1, **other: Any) -> TeamSeen:
    usual = {"channel_id": f"C{n:09}", "name": f"Team {n}", "vision": "Nobody waits", "step": 3}
    return TeamSeen(**{**usual, **other})


# Of everything that a name or a vision can hold once it is one line.
sentence = st.text(max_size=LONGEST_VISION).map(rules.one_line)


@given(vision=sentence, name=st.text(max_size=LONGEST_NAME).map(rules.one_line))
def test_a_plan_travels_in_the_preview_and_comes_out_as_it_went_in(vision: str, name: str) -> None:
    plan = a_plan(vision=vision or None, name=name, leads=tuple(f"U0{n:09}" for n in range(MOST_LEADS)), sponsor=FEMKE)
    written = Draft(channel_id="C0123456789", version=10**6, plan=plan).model_dump_json()
    assert len(written.encode()) <= METADATA
    assert Draft.model_validate_json(written).plan == plan


@pytest.mark.parametrize("character", ["😀", "\\", '"', "\u200d", "\u0301", "\x7f", "é", "\U0010ffff"])
def test_the_longest_vision_of_any_character_travels_too(character: str) -> None:
    plan = a_plan(vision=rules.one_line(character * LONGEST_VISION), name=rules.one_line(character * LONGEST_NAME))
    assert len(Draft(channel_id=C1, version=1, plan=plan).model_dump_json().encode()) <= METADATA


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("is_new", [True, False])
def test_the_form_is_one_that_slack_takes_and_about_as_long_as_the_eye_holds(_: Words, is_new: bool) -> None:
    plan = a_plan(vision=LONG_VISION, name="x" * LONGEST_NAME, sponsor=FEMKE, is_dry_run=True, country=None)
    form = views.form(plan, Draft(channel_id=C1, version=None if is_new else 1), steps, _)
    checked_view(form, "modal")
    assert len(form["blocks"]) == 15
    assert not form["submit"]["text"].endswith("…")
    assert not form["title"]["text"].endswith("…")
    fields = [block["block_id"] for block in form["blocks"] if block["type"] == "input"]
    assert set(fields) == set(rules.TeamPlan.__dataclass_fields__) - {"region"}


def test_each_mistake_can_be_said() -> None:
    assert all(views.mistake(mistake, EN) for mistake in Mistake)


@pytest.mark.parametrize("vision", [None, "Nobody waits", LONG_VISION, "😀" * LONGEST_VISION])
@pytest.mark.parametrize("is_dry_run", [True, False])
def test_the_first_post_is_one_that_slack_takes_and_quotes_word_for_word(vision: str | None, is_dry_run: bool) -> None:
    plan = a_plan(vision=vision, name=NASTY, sponsor=FEMKE, is_dry_run=is_dry_run)
    said = views.first_post(rules.first_post_of(plan, C1), steps(EN), "coaching.read_step", EN)
    check_message(said.blocks)
    checked_view(views.preview(said, Draft(channel_id=C1, version=None, plan=plan), EN, is_dry_run=is_dry_run), "modal")
    quotes = [part for block in said.blocks for part in block.get("elements", []) if part["type"] == "rich_text_quote"]
    assert [quote["elements"][0]["text"] for quote in quotes] == ([vision] if vision else [])
    assert "<!channel>" not in said.text


@pytest.mark.parametrize("_", [NL, EN])
def test_messages_are_ones_that_slack_takes_and_names_in_them_are_no_markup(_: Words) -> None:
    said = [views.welcome(WelcomeData(channel_id=C1), _), views.back(BackData(channel_id=C1, name=NASTY), _)]
    gone = (Standing.ARCHIVED, Standing.LEFT, Standing.DELETED)
    said += [views.channel_gone(ChannelGoneData(channel_id=C1, name=NASTY, standing=why), _) for why in gone]
    for message in said:
        check_message(message.blocks)
        assert "<!channel>" not in message.text
        assert all(block["text"]["type"] == "plain_text" for block in message.blocks if NASTY.strip() in str(block))


# --- the Home tab ------------------------------------------------------------------------------------

EVERY_KIND = [
    a_team(1, name=NASTY, vision=LONG_VISION, members=24),
    a_team(2, vision=None, is_dry_run=True),
    a_team(3, was_read=False, members_read=1200, members_expected=2000),
    a_team(4, was_read=False, members_read=2000, members_expected=1999),
    a_team(5, was_read=False),
    *(a_team(6 + n, standing=standing) for n, standing in enumerate(Standing)),
    *(a_team(20 + n) for n in range(home_views.PAGE)),
]


@pytest.mark.parametrize("_", [NL, EN])
def test_any_number_of_teams_fits_in_the_home_tab_and_in_a_page(_: Words) -> None:
    seen = TeamsSeen(EVERY_KIND, teams_in_all=2_000, people_in_all=20_000)
    many = [a_team(n, name="x" * LONGEST_NAME, vision=LONG_VISION) for n in range(200)]
    home = [
        *home_views.my_teams(many, steps, _),
        *home_views.led_teams(seen, steps, _),
        *home_views.all_teams(seen, steps, _),
    ]
    checked_view({"type": "home", "blocks": home}, "home")
    assert len(home) < 50
    page = TeamsSeen(EVERY_KIND[: home_views.PAGE], teams_in_all=2_000, people_in_all=20_000)
    checked_view(home_views.led_list(page, 20, steps, _), "modal")
    checked_view(home_views.all_list(page, 20, steps, _, may_change=True), "modal")


def read(blocks: list[dict[str, Any]]) -> str:
    return str(blocks)


def test_how_far_reading_is_can_be_seen_in_numbers() -> None:
    shown = home_views.led_teams(TeamsSeen(EVERY_KIND[:4], 4), steps, EN)
    assert "24 people" in read(shown)
    assert "Reading: 1,200 of 2,000" in read(shown)
    assert "Reading: 1,999 of 1,999" in read(shown), "never more than there are"
    assert "No customer vision yet" in read(shown)


@pytest.mark.parametrize(("teams", "more"), [(5, None), (6, "And one more"), (17, "And 12 more")])
def test_what_does_not_fit_is_counted_and_one_click_away(teams: int, more: str | None) -> None:
    seen = TeamsSeen([a_team(n) for n in range(5)], teams_in_all=teams)
    for shown, show in (
        (home_views.led_teams(seen, steps, EN), views.Action.SHOW_LED),
        (home_views.all_teams(seen, steps, EN), views.Action.SHOW_ALL),
    ):
        assert (show in read(shown)) == (more is not None)
        assert more is None or more in read(shown)


def test_without_teams_there_is_nothing_to_see() -> None:
    nothing = TeamsSeen([], 0)
    assert home_views.my_teams([], steps, EN) == []
    assert home_views.led_teams(nothing, steps, EN) == home_views.all_teams(nothing, steps, EN) == []


def test_only_who_is_in_several_teams_is_asked_which() -> None:
    one = home_views.my_teams([a_team(1, is_first=True)], steps, EN)
    two = home_views.my_teams([a_team(1), a_team(2, is_first=True)], steps, EN)
    assert views.Action.CHOOSE not in read(one)
    select = two[-1]["accessory"]
    assert (select["action_id"], select["initial_option"]["value"]) == (views.Action.CHOOSE, "C000000002")
    assert two[1]["elements"][0]["elements"][0]["text"] == "Team 2", "the first team stands on top"


def test_times_of_the_form_are_the_teams_own() -> None:
    form = views.form(a_plan(goal_time=time(7, 5)), Draft(channel_id=C1, version=1), steps, EN)
    [goal] = [block for block in form["blocks"] if block.get("block_id") == "goal_time"]
    assert goal["element"]["initial_time"] == "07:05"
