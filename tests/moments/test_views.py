"""Whatever people write and however much is going on, what is shown stays within what Slack takes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.rules import FirstOf
from bot.customers.rules import LONGEST_NAME, Card, Details, Found
from bot.kit import i18n
from bot.kit.i18n import Language, Words
from bot.moments import calendar, home_views, rules, views
from bot.moments.rules import LONGEST_ABOUT, LONGEST_WORDS, Beginning, Coming, Mistake, MomentNow, Noted
from bot.moments.views import Elsewhere
from bot.sandbox.blocks import checked_view
from bot.trade import Occasion
from tests.stand_ins.clock import NOON
from tests.world import buttons_of, refuse_to_cut, texts

MOMENTS = calendar.load()
TODAY = date(2026, 11, 24)
NL, EN = (i18n.dictionary()[language] for language in (Language.NL, Language.EN))
FROM_HERE = Elsewhere(suggest="gestures.suggest", open_card="customers.open")
NASTY = ("<!channel> *b* `c` & <https://e.example|x> " * 10)[:LONGEST_NAME]
CARD = Card(
    id=10**9,
    details=Details(name=NASTY, contact_id="UNOOR"),
    version=1,
    changed_by="UNOOR",
    changed_at=NOON,
    silent_since=TODAY,
)
TOLD = [moment for moment in MOMENTS.moments if moment.is_told]


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("how_many", [0, 1, 20])
def test_the_form_is_one_that_slack_takes(monkeypatch: pytest.MonkeyPatch, _: Words, how_many: int) -> None:
    refuse_to_cut(monkeypatch)
    found = [Found(n, f"Customer {n}", None, is_own=True) for n in range(how_many)]
    for chosen, day in ((None, None), (TOLD[0], TODAY)):
        form = checked_view(views.form(found, TOLD, chosen, day, _), "modal")
        assert len([block for block in form["blocks"] if not block.get("optional", True)]) == 3, "three are asked for"
    assert all(views.mistake(mistake, _) for mistake in Mistake)


@pytest.mark.parametrize("_", [NL, EN])
@pytest.mark.parametrize("moment", TOLD, ids=lambda moment: moment.id)
def test_what_it_means_for_the_trade_is_shown_after_noting(_: Words, moment: calendar.Moment) -> None:
    day = TODAY - timedelta(days=moment.days_later)
    view = checked_view(views.noted(CARD, moment, day, FROM_HERE, _, by="UNOOR", today=TODAY), "modal")
    assert set(moment.in_language(_.language).also) <= set(texts(view))
    gesture, card = buttons_of(view["blocks"])
    assert (gesture["value"], card["value"]) == (f"{CARD.id}:{moment.occasion}", str(CARD.id))
    checked_view(views.forgotten(CARD.id, FROM_HERE, _), "modal")


def test_of_a_purchase_it_is_said_when_it_comes_back() -> None:
    purchase = MOMENTS.moment("after-purchase")
    view = checked_view(views.noted(CARD, purchase, TODAY, FROM_HERE, EN, by="UNOOR", today=TODAY), "modal")
    said = " ".join(texts(view))
    assert "A purchase" in said
    assert purchase.en.name not in said
    assert "I remind you in 3 months in your Home tab: Monday 22 February 2027." in said
    of_daan = views.noted(CARD, purchase, TODAY, FROM_HERE, EN, by="UDAAN", today=TODAY)
    assert "I remind the contact in 3 months in their Home tab" in " ".join(texts(of_daan))
    assert [one["action_id"] for one in buttons_of(view["blocks"])] == ["customers.open"], "nothing fits today"
    options = [option["text"]["text"] for option in _moments_offered(NL)]
    assert "Aankoop" in options
    assert purchase.nl.name not in options
    [comes_back] = [option["description"]["text"] for option in _moments_offered(EN) if "description" in option]
    assert comes_back == "I remind you in 3 months"


@pytest.mark.parametrize("_", [NL, EN])
def test_what_is_off_is_found_with_a_name_or_without_and_what_is_left_out_is_said(_: Words) -> None:
    noted = [(NASTY, Noted(id=n, moment_id="moving", day=TODAY)) for n in range(rules.MOST_TO_CALL_OFF)]
    elsewhere = _("Not in this list? Look on the card: `/acht customer` and the name.")
    for in_all, is_named, left_out, says_where in ((20, True, 0, False), (23, True, 3, True), (20, False, 0, True)):
        found = FirstOf(noted, in_all)
        view = checked_view(views.called_off(found, MOMENTS.moment("moving"), TODAY, _, is_named=is_named), "modal")
        assert len(buttons_of(view["blocks"])) == len(noted)
        assert (elsewhere in texts(view)) is says_where
        assert (_.plural("And one more", "And {n} more", 3) in texts(view)) is bool(left_out)
    nothing = [
        texts(views.called_off(FirstOf([], 0), MOMENTS.moment("moving"), TODAY, _, is_named=is_named)["blocks"])
        for is_named in (True, False)
    ]
    assert nothing[0] != nothing[1]


def _moments_offered(_: Words) -> list[dict[str, Any]]:
    form = views.form([], TOLD, None, None, _)
    return next(block["element"]["options"] for block in form["blocks"] if block.get("block_id") == "moment")


@pytest.mark.parametrize("_", [NL, EN])
def test_a_card_shows_what_is_going_on_but_for_the_season(_: Words) -> None:
    now = [
        MomentNow(
            occasion=Occasion.MOVING,
            moment_id="moving",
            falls_on=TODAY + timedelta(days=3),
            about="x" * LONGEST_ABOUT,
            their_words="<!here>" + "x" * (LONGEST_WORDS - 7),
            noted_id=1,
        ),
        MomentNow(occasion=Occasion.NOT_FORGOTTEN),
        MomentNow(occasion=Occasion.HOLIDAY_SEASON, moment_id="holiday-season", falls_on=date(2026, 12, 25)),
    ]
    others = [Noted(id=n, moment_id="new-job", day=TODAY) for n in range(2, 9)]
    others.append(Noted(id=9, moment_id="our-open-day", day=TODAY))
    blocks = views.on_the_card(now, others, MOMENTS.by_id, TODAY, _)
    checked_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": blocks}, "modal")
    seen = texts(blocks)
    assert not any(MOMENTS.moment("holiday-season").in_language(_.language).name in text for text in seen)
    also = MOMENTS.moment("moving").in_language(_.language).also
    assert [point in seen for point in also] == [n < views.ALSO_ON_A_CARD for n in range(len(also))]
    quotes = [part for block in blocks for part in block.get("elements", []) if part["type"] == "rich_text_quote"]
    assert quotes[0]["elements"][0]["text"].startswith("<!here>")
    assert len([one for one in buttons_of(blocks) if one["action_id"].startswith("moments.forget")]) == 6


def test_a_purchase_stands_on_the_card_with_the_day_on_which_it_was_bought() -> None:
    purchase = MomentNow(
        occasion=Occasion.AFTER_PURCHASE,
        moment_id="after-purchase",
        falls_on=date(2026, 11, 21),
        was_on=date(2026, 8, 23),
    )
    seen = " ".join(texts(views.on_the_card([purchase], [], MOMENTS.by_id, TODAY, NL)))
    assert "23 augustus" in seen
    assert "21 november" not in seen
    named = MOMENTS.moment("after-purchase").nl
    assert f"{named.noted_as} · " in seen, "as in the Home tab"
    assert named.name not in seen


@pytest.mark.parametrize("_", [NL, EN])
def test_what_is_put_right_is_not_asked_to_be_closed_once_more(_: Words) -> None:
    now = MomentNow(
        occasion=Occasion.PUT_RIGHT, moment_id="put-right", falls_on=TODAY + timedelta(days=7), was_on=TODAY
    )
    seen = " ".join(texts(views.on_the_card([now], [], MOMENTS.by_id, TODAY, _))).lower()
    assert _("Also think of").lower() in seen
    assert "zaak" not in seen
    assert "case" not in seen


def test_a_card_of_somebody_with_whom_nothing_is_going_on_says_nothing() -> None:
    assert views.on_the_card([], [], MOMENTS.by_id, TODAY, EN) == []
    assert home_views.coming_this_week([], MOMENTS.by_id, TODAY, FROM_HERE, EN) == []


def a_line(n: int = 1, occasion: Occasion = Occasion.BIRTHDAY) -> Coming:
    return Coming(
        customer_id=n, name=f"Customer {n}", occasion=occasion, moment_id=occasion, falls_on=TODAY + timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (a_line(), "Customer 1 · Birthday · tomorrow"),
        (replace(a_line(), falls_on=date(2026, 11, 22)), "Customer 1 · Birthday · Sunday 22 November"),
        (replace(a_line(), about="the party"), "Customer 1 · Birthday · tomorrow · the party"),
        (replace(a_line(1, Occasion.ANNIVERSARY), years=1), "Customer 1 · 1 year as a customer · tomorrow"),
        (replace(a_line(1, Occasion.ANNIVERSARY), years=7), "Customer 1 · 7 years as a customer · tomorrow"),
        (
            replace(a_line(1, Occasion.AFTER_PURCHASE), was_on=date(2026, 8, 27), about="the bicycle"),
            "Customer 1 · A purchase · Thursday 27 August · the bicycle · how is it going now?",
        ),
        (a_line(1, Occasion.PUT_RIGHT), "Customer 1 · put right last week: is all well now?"),
        (
            Coming(customer_id=1, name="Customer 1", occasion=Occasion.NOT_FORGOTTEN, silent_since=date(2026, 1, 5)),
            "Customer 1 · no contact since Monday 5 January",
        ),
    ],
)
def test_what_is_coming_is_said_in_plain_words(one: Coming, says: str) -> None:
    section = home_views.coming_this_week([one], MOMENTS.by_id, TODAY, FROM_HERE, EN)[1]
    assert section["text"]["text"] == says
    assert section["accessory"]["value"] == f"1:{one.occasion}"


def test_for_whom_something_is_planned_there_is_no_button_that_could_only_refuse() -> None:
    arranged = {(1, Occasion.BIRTHDAY): "planned for Thursday"}
    coming = [a_line(1), a_line(2), a_line(1, Occasion.MOVING)]
    blocks = home_views.coming_this_week(coming, MOMENTS.by_id, TODAY, FROM_HERE, EN, arranged)
    assert blocks[1]["text"]["text"].endswith("tomorrow · planned for Thursday")
    assert [one["value"] for one in buttons_of(blocks) if "suggest" in one["action_id"]] == ["2:birthday", "1:moving"]


@pytest.mark.parametrize("_", [NL, EN])
def test_however_much_is_coming_the_home_tab_and_the_list_hold_it(_: Words) -> None:
    first = [
        Coming(customer_id=1000 + n, name=NASTY, occasion=Occasion.TOLD_FIRST) for n in range(rules.MOST_TOLD_FIRST)
    ]
    coming = [replace(a_line(n), name=NASTY) for n in range(2_000)] + first
    blocks = home_views.coming_this_week(coming, MOMENTS.by_id, TODAY, FROM_HERE, _)
    checked_view({"type": "home", "blocks": blocks}, "home")
    assert len(blocks) == 1 + home_views.SHOWN + 3
    assert not [block for block in blocks if block.get("text", {}).get("type") == "mrkdwn" and "<!" in str(block)]
    planned = {(7, Occasion.BIRTHDAY): "planned"}
    view = checked_view(home_views.all_coming(coming, MOMENTS.by_id, TODAY, FROM_HERE, _, planned), "modal")
    assert len(view["blocks"]) == home_views.IN_A_LIST + 1
    assert [block["text"]["text"] for block in view["blocks"] if "planned" in str(block)]


@given(
    st.builds(
        Beginning,
        customer_id=st.none() | st.integers(1),
        moment_id=st.none() | st.sampled_from([moment.id for moment in TOLD]),
        name=st.none() | st.sampled_from(["Mrs Jansen", "de heer 't Hoen"]),
        day=st.none() | st.dates(),
    )
)
def test_what_is_known_travels_in_a_button_and_comes_out_as_it_went_in(beginning: Beginning) -> None:
    assert beginning.value
    assert Beginning.read(beginning.value) == beginning
