"""What administrators see stays within Slack's limits and within its lines, in both languages."""

import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.administration import views
from bot.administration.service import ENTRIES_SHOWN, Overview, Post
from bot.administration.views import Health
from bot.kit.audit import Entry
from bot.kit.i18n import Language, Words, dictionary
from bot.kit.outbox.tables import Hold
from bot.kit.slack import blocks as b
from bot.people.roles import GIVEN, Role
from bot.people.roles_given import Holders
from bot.sandbox import blocks
from tests.stand_ins.clock import NOON
from tests.world import refuse_to_cut, texts

PEOPLE = tuple(f"U0{n:09}" for n in range(2_000))
EVERYTHING = Overview(
    holders={
        role: Holders(by_hand=PEOPLE, by_settings=PEOPLE[:50], by_group=PEOPLE, group="S012345678", handle="&<>" * 7)
        for role in GIVEN
    },
    hold=Hold(workspace_id="T1", by=PEOPLE[0], since=NOON),
    guests_may_browse=True,
)
NOTHING = Overview(holders=dict.fromkeys(GIVEN, Holders()), hold=None, guests_may_browse=False)
WELL = Health({"database": True, "content": True, "slack": True, "socket": True}, "gpt-5", by_meaning=True)
ILL = Health({"database": False, "content": True, "slack": False, "socket": False}, None, by_meaning=False)


@pytest.fixture(params=Language)
def words(request: pytest.FixtureRequest) -> Words:
    return dictionary()[request.param]


def an_entry(what: str, **more: Any) -> Entry:
    detail: dict[str, Any] = {"role": Role.LEAD, "handle": "&" * 80, "guests": True, "fields": ["vision"]}
    return Entry(**{"what": what, "by": PEOPLE[0], "about": PEOPLE[1], "at": NOON, "detail": detail, **more})


def modals(now: Overview, _: Words) -> Iterator[dict[str, Any]]:
    yield views.roles_modal(now, _)
    yield views.roles_modal(now, _, said=views.given(Role.LEAD, PEOPLE[:20], PEOPLE[20:40], _))
    yield views.roles_modal(now, _, said=views.taken(Role.LEAD, PEOPLE[:20], PEOPLE[10:20], _))
    yield views.roles_modal(now, _, said=views.last_administrator(_))
    yield views.groups_modal(now, _)
    yield views.groups_saved_modal(_)
    yield views.limits_modal(now, _)
    yield views.limits_saved_modal(_)
    page = [an_entry("group_followed") for _line in range(ENTRIES_SHOWN)]
    yield views.changes_modal(page, 20, 100_000, UTC, _)
    yield views.changes_modal([], 0, 0, UTC, _)
    yield views.health_modal(WELL, Post(0, 0, None), UTC, _)
    yield views.health_modal(ILL, Post(100_000, 100_000, NOON - timedelta(days=30)), UTC, _)


@pytest.mark.parametrize("now", [EVERYTHING, NOTHING], ids=["everything", "nothing"])
def test_every_form_is_one_that_slack_takes_and_none_of_it_is_cut(
    now: Overview, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_cut(monkeypatch)
    for modal in modals(now, words):
        blocks.checked_view(modal, "modal")
    for has_teams in (True, False):
        section = views.section(now, has_teams=has_teams, zone=UTC, _=words)
        blocks.checked_view(b.home(section), "home")


def test_of_many_people_some_are_named_and_the_others_counted_and_the_form_names_more(words: Words) -> None:
    now = Overview(dict.fromkeys(GIVEN, Holders(by_hand=PEOPLE[:100])), None, guests_may_browse=False)
    section = " ".join(texts(views.section(now, has_teams=True, zone=UTC, _=words)))
    assert section.count(PEOPLE[9]) == 3
    assert section.count(PEOPLE[10]) == 0
    assert section.count("90") == 3
    form = " ".join(texts(views.roles_modal(now, words)["blocks"]))
    assert all(form.count(person) == 3 for person in PEOPLE[:100]), "that is where the others are seen"


NOTED = re.compile(r'(?:audit\.note\(\s*session,\s*[\w.]+,\s*|self\._note\(session, |what, detail = \()"(\w+)"')


def test_everything_that_is_written_down_has_words(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_cut(monkeypatch)
    code = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "bot").rglob("*.py"))
    names = {*NOTED.findall(code), "team_set_up"}
    assert {"role_given", "role_taken", "group_followed", "group_left", "group_gone"} < names
    assert {"limits_set", "all_stopped", "all_goes_on", "team_changed", "team_set_up"} < names
    modal = views.changes_modal([an_entry(name) for name in sorted(names)], 0, len(names), UTC, words)
    blocks.checked_view(modal, "modal")
    shown = texts(modal["blocks"])
    assert not [name for name in names if name in " ".join(shown)], "the names are for the code"
    assert all(f"<@{PEOPLE[0]}>" in line for line in shown[: len(names)])


@pytest.mark.parametrize("role", GIVEN)
def test_what_people_are_told_of_roles_is_in_their_own_language(role: Role) -> None:
    english, dutch = dictionary()[Language.EN], dictionary()[Language.NL]
    assert views.role_given(role, PEOPLE[0], english) != views.role_given(role, PEOPLE[0], dutch)
    told = views.group_gone(role, "<!channel>", 2, english)
    assert "&lt;!channel&gt;" in told
    assert "2 people" in told
    assert told != views.group_gone(role, "<!channel>", 2, dutch)


def test_of_customers_from_a_file_it_is_told_how_many_and_that_it_was_a_file() -> None:
    entry = an_entry("customers_brought_in", by=None, about=None, detail={"new": 18, "changed": 2})
    shown = " ".join(texts(views.changes_modal([entry], 0, 1, UTC, dictionary()[Language.EN])["blocks"]))
    assert "A file: brought in customers: 18 new, 2 changed" in shown
