"""Whatever is on a card, what is shown stays within what Slack takes, and what is wrong says how to put it right."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.customers import card_views, form_views, screening, views
from bot.customers.card_views import NextSteps
from bot.customers.form import Consent, Draft
from bot.customers.rules import (
    BY_FILE,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    Card,
    DayOfYear,
    Details,
    Found,
    Meant,
    Mistake,
)
from bot.customers.signs import Kind
from bot.kit import i18n
from bot.kit.i18n import Language, Words
from bot.kit.slack import blocks as b
from bot.sandbox.blocks import check_message, check_options, checked_view
from bot.teams.rules import TeamSeen
from bot.trade import Channel, Phase, Wish
from tests.customers.shop import NOOR, a_customer
from tests.world import buttons_of, refuse_to_cut, texts

WORDS = i18n.dictionary()
NL, EN = WORDS[Language.NL], WORDS[Language.EN]
TODAY = date(2026, 11, 23)
STEPS = NextSteps("gestures.suggest", "promises.open_form", "cases.open_form", "moments.open_form")
NASTY = "<!channel> *b* `c` & <https://e.example|x> :tada: "

EVERYTHING = a_customer(
    (NASTY * 10)[:LONGEST_NAME],
    reference="K" * LONGEST_REFERENCE,
    preferences=(NASTY * 100)[:LONGEST_TEXT],
    note="\n".join(["😀" * 9] * 100),
    birthday=DayOfYear(2, 29),
    customer_since=date(1999, 12, 31),
    phase=Phase.TRUST,
    wish=Wish.TOLD_FIRST,
    channels=frozenset(Channel),
    has_consented=True,
    consent_on=date(2026, 1, 5),
    last_contact_on=date(2026, 11, 2),
)


def kept(details: Details) -> Card:
    return Card(
        id=7,
        details=details,
        version=3,
        changed_by=NOOR,
        changed_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        silent_since=date(2026, 11, 2),
    )


def a_team(n: int) -> TeamSeen:
    return TeamSeen(channel_id=f"C{n:09}", name=f"Team {n}", vision=None, step=1)


def field(form: dict[str, Any], block_id: str) -> dict[str, Any]:
    [block] = [block for block in form["blocks"] if block.get("block_id") == block_id]
    return block["element"]


# --- the card ----------------------------------------------------------------------------------------


def test_a_card_that_came_from_a_file_names_nobody_as_who_wrote_it() -> None:
    shown = "\n".join(texts(card_views.card(replace(kept(EVERYTHING), changed_by=BY_FILE), STEPS, [], EN)["blocks"]))
    assert "Brought in from a file on 2 November" in shown
    assert f"<@{BY_FILE}>" not in shown


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("details", [EVERYTHING, a_customer(channel_id=None)])
def test_a_card_is_one_that_slack_takes_and_nothing_on_it_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, _: Words, details: Details
) -> None:
    refuse_to_cut(monkeypatch)
    more = [[b.section("an open case")], [], [b.section("what is coming")]]
    shown = card_views.card(kept(details), STEPS, more, _, said=["Saved."])
    checked_view(shown, "modal")
    assert shown["private_metadata"] == "7"
    assert {"an open case", "what is coming"} <= set(texts(shown["blocks"]))
    assert [button["action_id"] for button in buttons_of(shown["blocks"])] == [
        *("gestures.suggest", "promises.open_form", "cases.open_form", "moments.open_form"),
        *("customers.change", "customers.erase"),
    ]


def test_what_has_to_be_put_right_stands_above_all_and_nothing_invites_to_a_gesture_before_it() -> None:
    wrong = b.section("Something went wrong.")
    well, not_well = (
        card_views.card(kept(EVERYTHING), STEPS, [], EN, pressing=part)["blocks"] for part in ([], [wrong])
    )
    assert [block["type"] for block in not_well[:2]] == ["header", "section"]
    assert not_well[1] == wrong
    styles = [
        {button["action_id"]: button.get("style") for button in buttons_of(blocks)} for blocks in (well, not_well)
    ]
    assert [of_card[STEPS.gesture] for of_card in styles] == ["primary", None]


def test_what_somebody_wrote_is_nowhere_markup() -> None:
    shown = card_views.card(kept(EVERYTHING), STEPS, [], EN)
    marked = [block for block in shown["blocks"] if block["type"] not in {"rich_text", "header"}]
    without_the_question = [block for block in marked if block["type"] != "actions"]
    assert "e.example" not in str(without_the_question)


def test_a_card_has_a_line_for_everything_that_is_known_and_none_for_what_is_not() -> None:
    of_everything = {line.field for line in card_views.lines(EVERYTHING, EN)}
    assert of_everything == {each.name for each in fields(Details)} - {"consent_on"}, "which stands with the answer"
    of_a_name = {line.field for line in card_views.lines(a_customer(channel_id=None), EN)}
    assert of_a_name == {"name", "phase", "wish", "language", "contact_id", "has_consented"}


@pytest.mark.parametrize("wish", Wish)
def test_who_asked_to_be_told_first_stands_out(wish: Wish) -> None:
    shown = card_views.card(kept(replace(EVERYTHING, wish=wish)), STEPS, [], EN)
    assert ("Tell this customer first." in shown["blocks"][1].get("text", {}).get("text", "")) is (
        wish is Wish.TOLD_FIRST
    )


@pytest.mark.parametrize(
    ("has_consented", "on", "said"),
    [
        (True, date(2026, 1, 5), "yes, on 5 January 2026"),
        (False, None, "not asked yet"),
        (False, date(2026, 1, 5), "no, on 5 January 2026"),
    ],
)
def test_whether_they_agreed_is_said_in_words(*, has_consented: bool, on: date | None, said: str) -> None:
    details = a_customer(has_consented=has_consented, consent_on=on)
    [line] = [line for line in card_views.lines(details, EN) if line.field == "has_consented"]
    assert said in line.said[0]["text"]


# --- the form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("teams", [0, 1, 120])
@pytest.mark.parametrize(
    ("draft", "details"),
    [(Draft(), a_customer("")), (Draft(customer_id=7, version=3), EVERYTHING)],
)
def test_the_form_is_one_that_slack_takes_and_has_a_field_for_everything_that_is_written(
    monkeypatch: pytest.MonkeyPatch, _: Words, teams: int, draft: Draft, details: Details
) -> None:
    refuse_to_cut(monkeypatch)
    form = form_views.form(draft, details, [a_team(n) for n in range(teams)], TODAY, _)
    checked_view(form, "modal")
    names = {block["block_id"] for block in form["blocks"] if block["type"] == "input"}
    assert names == {each.name for each in fields(Details)} - {"last_contact_on"}, "which is noted as it happens"
    assert Draft.model_validate_json(form["private_metadata"]) == draft


def test_without_a_team_nobody_is_asked_for_one() -> None:
    form = form_views.form(Draft(), a_customer("", channel_id=None), [], TODAY, EN)
    assert "channel_id" not in str(form["blocks"])


def test_a_team_that_one_is_not_in_stays_until_somebody_chooses_another() -> None:
    form = form_views.form(Draft(), a_customer(channel_id="CELSEWHERE"), [a_team(1)], TODAY, EN)
    team = field(form, "channel_id")
    assert [option["value"] for option in team["options"]] == ["C000000001", "CELSEWHERE", "none"]
    assert team["initial_option"]["value"] == "CELSEWHERE"


@pytest.mark.parametrize(
    ("details", "consent", "on"),
    [
        (a_customer(), Consent.NOT_ASKED, "2026-11-23"),
        (a_customer(consent_on=date(2026, 1, 5)), Consent.NO, "2026-01-05"),
        (a_customer(has_consented=True, consent_on=date(2026, 1, 5)), Consent.YES, "2026-01-05"),
    ],
)
def test_the_form_begins_with_what_is_known_of_consent(details: Details, consent: Consent, on: str) -> None:
    form = form_views.form(Draft(), details, [], TODAY, EN)
    assert field(form, "has_consented")["initial_option"]["value"] == consent
    assert field(form, "consent_on")["initial_date"] == on


@pytest.mark.parametrize("_", [NL, EN])
def test_every_mistake_is_said_beside_a_field_of_the_form(_: Words) -> None:
    form = form_views.form(Draft(), a_customer(), [], TODAY, _)
    there = {block.get("block_id") for block in form["blocks"]}
    for made in set(Mistake) - {Mistake.CONTACT_IN_THE_FUTURE}:
        [(name, said)] = form_views.complaints([made], {}, _).items()
        assert name in there
        assert said.endswith((".", "?"))


A_FEW_TOO_MANY = "diabetes, kanker, epilepsie, reuma, slechtziend"


@pytest.mark.parametrize("_", [NL, EN])
def test_of_much_that_may_not_be_kept_the_first_few_are_said(_: Words) -> None:
    findings = screening.screen(A_FEW_TOO_MANY)
    assert len(findings) > form_views.FINDINGS_SAID
    said = form_views.complaints([], {"note": findings}, _)["note"]
    assert said.count("“") == 2 * form_views.FINDINGS_SAID, "what was said, and what would be better"


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("kind", Kind)
def test_of_each_kind_that_may_not_be_kept_it_is_said_why_and_what_would_be_better(kind: Kind, _: Words) -> None:
    finding = screening.Finding(kind, "said", "eats no nuts")
    said = form_views.complaints([], {"note": [finding]}, _)["note"]
    assert "“said”" in said
    assert _("eats no nuts") in said


@pytest.mark.parametrize("_", [NL, EN])
def test_who_comes_second_reads_what_of_theirs_is_different(_: Words) -> None:
    shown = form_views.changed_meanwhile(7, NOOR, EVERYTHING, ["note", "consent_on", "last_contact_on", "phase"], _)
    checked_view(shown, "modal")
    wrote = [block for block in shown["blocks"] if block["type"] == "rich_text"]
    assert EVERYTHING.note in texts(wrote)
    assert EVERYTHING.preferences not in texts(wrote)
    nothing = form_views.changed_meanwhile(7, NOOR, EVERYTHING, [], _)
    checked_view(nothing, "modal")


# --- finding -----------------------------------------------------------------------------------------

LONG = Found(1, "x" * LONGEST_NAME, "K" * LONGEST_REFERENCE, is_own=True)


def test_the_reference_which_tells_two_apart_is_never_cut_off() -> None:
    options = views.offered([LONG, Found(2, NASTY, None, is_own=False), Found(3, "Jansen", "K-17", is_own=False)])
    check_options({"options": options})
    assert options[0]["text"]["text"].endswith("K" * LONGEST_REFERENCE)
    assert options[2]["text"]["text"] == "Jansen · K-17"
    assert len(views.offered([replace(LONG, id=n) for n in range(300)])) == 100


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("name", ["", "Jansen", NASTY * 60])
def test_what_is_said_of_a_name_is_what_slack_takes(_: Words, name: str) -> None:
    checked_view(views.which(_), "modal")
    checked_view(views.told(views.erased(_), _), "modal")
    found = [Found(n, name or "?", None, is_own=True) for n in range(views.LISTED)]
    for said in (
        views.nobody(name, _, is_new_next=True),
        views.several(Meant(found), name, _),
        views.nobody(name, _, near=found, is_new_next=False),
    ):
        check_message(said.blocks)
        assert "<!channel>" not in str([block for block in said.blocks if block["type"] == "section"])
