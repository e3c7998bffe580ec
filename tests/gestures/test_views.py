"""Whatever is suggested, refused or told, it is said in both languages, and Slack takes it."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.customers.rules import Details, Found
from bot.gestures import (
    catalogue,
    diary_views,
    home_views,
    limits_views,
    refusal_views,
    suggestion_views,
    views,
)
from bot.gestures.course import (
    Ambassador,
    Answered,
    AnsweredData,
    CardLine,
    Emotion,
    Felt,
    Line,
    Month,
    Purse,
    ReceptionData,
    ReminderData,
    Request,
    State,
    Taken,
)
from bot.gestures.drafting import YOUR_NAME
from bot.gestures.gesture import LONGEST_WORDS, Currency, Need, Sector
from bot.gestures.home_views import TeamPurse
from bot.gestures.limits import DAYS, MONEY, OF_ALL, LimitsSeen, Mistake, OwnLimits
from bot.gestures.offers import Offer
from bot.gestures.ranking import Suggestion, Why
from bot.gestures.refusal_views import Elsewhere
from bot.gestures.rules import Instead, Limits, Reason, Verdict, usual_limits
from bot.gestures.service import Suggested
from bot.gestures.suggestion_views import ROOM, SHOWN, Choosing, Seen, Showing
from bot.gestures.views import Action
from bot.kit import i18n
from bot.kit.i18n import Language, Words
from bot.kit.outbox.kinds import of_a_reminder
from bot.kit.slack import blocks as b
from bot.moments.rules import MomentNow
from bot.sandbox.blocks import check_message, checked_view
from bot.trade import Occasion
from tests.world import buttons_of, refuse_to_cut, texts

WORDS = i18n.dictionary()
BOTH = [pytest.param(WORDS[language], id=language) for language in Language]
TODAY = date(2026, 11, 23)
NAME, NASTY = "Mevr. A. Jansen", "<!channel> *A* & <https://e.example|x> Jansen"
ELSEWHERE = Elsewhere(open_card="customers.open", find_customer="c.find", read_play="c.read")
SEEN = Seen(today=TODAY, zone=UTC, elsewhere=ELSEWHERE)
GESTURES = catalogue.load().gestures


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_cut(monkeypatch)


def said(blocks: list[dict[str, Any]]) -> str:
    return " ".join(texts(blocks))


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("until", [None, date(2026, 12, 14), date(2027, 1, 1)])
def test_every_refusal_says_which_rule_until_when_and_what_to_do_instead(_: Words, until: date | None) -> None:
    for reason, instead in itertools.product(Reason, Instead):
        verdict = Verdict(allowed=False, reason=reason, until=until, instead=instead)
        blocks = refusal_views.refused(verdict, 12, NAME, TODAY, ELSEWHERE, _)
        check_message(blocks)
        text = said(blocks[:1])
        assert "{" not in text
        assert text.endswith((".", "”"))
        assert str(until.day) in text if until else True
        assert ("2027" in text) is (until == date(2027, 1, 1)), "the year only when it is another"
        assert 2 <= text.count(".") <= 7


@pytest.mark.parametrize("_", BOTH)
def test_each_reason_and_each_way_on_is_said_in_its_own_words(_: Words) -> None:
    verdicts = [Verdict(allowed=False, reason=reason, instead=Instead.ANOTHER) for reason in Reason]
    assert len({refusal_views.refusal(verdict, NAME, TODAY, _) for verdict in verdicts}) == len(Reason)
    verdicts = [Verdict(allowed=False, reason=Reason.TOO_DEAR, instead=instead) for instead in Instead]
    assert len({refusal_views.refusal(verdict, NAME, TODAY, _) for verdict in verdicts}) == len(Instead)


@pytest.mark.parametrize(
    ("reason", "instead", "leads_to"),
    [
        (Reason.NO_CONSENT, Instead.ASK_CONSENT, [(Action.SAID_YES, "12"), ("customers.open", "12")]),
        (
            Reason.OPEN_CASE,
            Instead.PUT_RIGHT,
            [("c.read", "put-right-before-surprise"), ("customers.open", "12")],
        ),
        (Reason.BROKEN_PROMISE, Instead.PUT_RIGHT, [("c.read", "i-forgot-you"), ("customers.open", "12")]),
        (Reason.JUST_PUT_RIGHT, Instead.ASK_HOW_IT_IS, [(Action.SUGGEST, "12:put-right")]),
        (Reason.NEEDS_SPACE, Instead.LEAVE_IN_PEACE, [(Action.SUGGEST, "12::asked"), ("customers.open", "12")]),
        (Reason.OWN_BUDGET_SPENT, Instead.WITHOUT_COST, [(Action.SUGGEST, "12::free")]),
        (Reason.GIVEN_BEFORE, Instead.ANOTHER, [(Action.SUGGEST, "12")]),
        (Reason.NEEDS_APPROVAL, Instead.ASK_LEAD, []),
    ],
)
def test_a_refusal_leads_on(reason: Reason, instead: Instead, leads_to: list[tuple[str, str]]) -> None:
    verdict = Verdict(allowed=False, reason=reason, instead=instead)
    buttons = buttons_of(refusal_views.refused(verdict, 12, NAME, TODAY, ELSEWHERE, WORDS[Language.EN]))
    assert [(button["action_id"], button["value"]) for button in buttons] == leads_to


# --- the three ---------------------------------------------------------------------------------------


def a_suggested(*gestures: Any, name: str = NAME, language: Language = Language.NL, **other: Any) -> Suggested:
    fits = tuple(
        Suggestion(gesture=gesture, why_now=gesture.occasions[0], why_this=(Why.PHASE,), points=1)
        for gesture in gestures
    )
    known = dict.fromkeys(Need, "wat er over is gezegd")
    usual: dict[str, Any] = {
        "customer_id": 12,
        "customer": Details(name=name, contact_id="UNOOR", language=language),
        "suggestions": fits[:3],
        "askable": fits[3] if len(fits) > 3 else None,
        "hindrance": None,
        "moments": [MomentNow(occasion=Occasion.BIRTHDAY, falls_on=date(2026, 11, 26))],
        "us": "De Kade",
        "currency": Currency.EUR,
        "known": dict.fromkeys(Occasion, known),
    }
    return Suggested(**{**usual, **other})


def an_offer(suggested: Suggested, **showing: Any) -> Offer:
    return Offer(
        workspace_id="T1",
        colleague="noor",
        suggested=suggested,
        showing=Showing(customer_id=12, **showing),
        seen=SEEN,
    )


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("gestures", [GESTURES[n : n + 4] for n in range(0, len(GESTURES), 4)], ids=lambda g: g[0].id)
@pytest.mark.parametrize("language", Language)
def test_every_gesture_can_be_shown_to_every_colleague_for_every_customer(
    _: Words, gestures: tuple[Any, ...], language: Language
) -> None:
    view = an_offer(a_suggested(*gestures, name=NASTY, language=language)).view(_, is_drafting=True)
    checked_view(view, "modal")
    for gesture in gestures:
        assert b.escaped(gesture.in_language(_.language).title) in said(view["blocks"])
        for escaped in ("<!channel>", "<https"):
            marked = [text for text in _markup(view["blocks"]) if escaped in text]
            assert not marked


def _markup(value: Any) -> list[str]:
    """What Slack reads as markup."""
    if isinstance(value, list):
        return [text for item in value for text in _markup(item)]
    if isinstance(value, dict):
        here = [value["text"]] if value.get("type") == "mrkdwn" else []
        return here + [text for item in value.values() for text in _markup(item)]
    return []


@pytest.mark.parametrize("_", BOTH)
def test_a_gesture_says_why_this_one_why_now_and_what_it_takes(_: Words) -> None:
    [card] = [gesture for gesture in GESTURES if gesture.id == "birthday-card-in-their-words"]
    text = said(an_offer(a_suggested(card)).view(_, is_drafting=False)["blocks"])
    day = "donderdag 26 november" if _.language is Language.NL else "Thursday 26 November"
    assert day in text
    assert _("it suits how well you know each other") in text
    assert ("€\xa02" if _.language is Language.NL else "€2") in text
    assert "“wat er over is gezegd”" in text


def test_of_a_family_of_several_it_is_said_in_good_english() -> None:
    _, several = WORDS[Language.EN], "The Hendersons"
    why_now = views.why_now(Occasion.ANNIVERSARY, several, None, TODAY, _, years=3)
    assert why_now == "The Hendersons have been customers for 3 years"
    no_consent = Verdict(allowed=False, reason=Reason.NO_CONSENT, instead=Instead.ASK_CONSENT)
    assert refusal_views.refusal(no_consent, several, TODAY, _).startswith("The Hendersons have not agreed yet")


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("occasion", Occasion)
def test_why_now_and_why_this_one_is_one_sentence(_: Words, occasion: Occasion) -> None:
    for reason in set(Why) - {Why.OCCASION}:
        fits = Suggestion(gesture=GESTURES[0], why_now=occasion, why_this=(reason,), points=1)
        sentence = views.why(fits, NAME, TODAY, TODAY, _, this=reason)
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert views.why(fits, NAME, None, TODAY, _, this=None)


def test_what_speaks_for_all_three_is_not_said_of_each() -> None:
    _ = WORDS[Language.EN]
    reasons = [(Why.PHASE, Why.CHANNEL), (Why.PHASE, Why.LITTLE_EFFORT), (Why.PHASE,)]
    three = tuple(
        Suggestion(gesture=gesture, why_now=Occasion.EVERYDAY, why_this=why, points=1)
        for gesture, why in zip(GESTURES, reasons, strict=False)
    )
    text = said(an_offer(a_suggested(*GESTURES[:3], suggestions=three)).view(_, is_drafting=False)["blocks"])
    assert _("it suits how well you know each other") not in text
    assert _("this is how they like to hear from us") in text
    assert _("it takes little time") in text
    assert text.count("any day") == 3, "there is a birthday, and none of these is for it"
    nothing = an_offer(a_suggested(*GESTURES[:3], suggestions=three, moments=[])).view(_, is_drafting=False)["blocks"]
    text = said(nothing)
    assert text.count("any day") == 1
    assert "Nothing special is going on for Ms Jansen now: this can be done any day." in text
    assert "This is how they like to hear from us." in text


@pytest.mark.parametrize(
    ("leads", "named"),
    [
        (("UA",), "<@UA>"),
        (("UA", "UB"), "<@UA> and <@UB>"),
        (("UA", "UB", "UC"), "<@UA>, <@UB> and one other"),
        (("UA", "UB", "UC", "UD"), "<@UA>, <@UB> and 2 others"),
    ],
)
def test_of_the_leads_who_are_asked_two_are_named(leads: tuple[str, ...], named: str) -> None:
    line = a_line(state=State.ASKED, asked_of=leads)
    assert f"I have asked {named} whether" in said(
        suggestion_views.noted(line, "A", SEEN, WORDS[Language.EN])["blocks"]
    )


def test_who_has_been_a_customer_for_years_is_said_to_be_with_how_many() -> None:
    day, customer = date(2026, 11, 26), Details(name=NAME, contact_id="UNOOR", customer_since=date(2021, 11, 26))
    [gesture] = [one for one in GESTURES if one.id == "anniversary-how-it-began"]
    moments = [MomentNow(occasion=Occasion.ANNIVERSARY, falls_on=day)]
    offer = an_offer(a_suggested(gesture, customer=customer, moments=moments))
    text = said(offer.view(WORDS[Language.EN], is_drafting=False)["blocks"])
    assert "has been a customer for 5 years (Thursday 26 November)" in text


def test_what_is_past_is_named_with_its_own_day() -> None:
    bought = MomentNow(
        occasion=Occasion.AFTER_PURCHASE, falls_on=date(2026, 11, 21), was_on=date(2026, 8, 23), about="de kraan"
    )
    [gesture] = [one for one in GESTURES if one.id == "the-upkeep-it-needs-now"]
    text = said(an_offer(a_suggested(gesture, moments=[bought])).view(WORDS[Language.NL], is_drafting=False)["blocks"])
    assert "23 augustus" in text
    assert "21 november" not in text


def test_a_customer_is_called_as_people_do() -> None:
    [card] = [gesture for gesture in GESTURES if gesture.id == "birthday-card-by-hand"]
    suggested = a_suggested(card, name="De heer Henk Bakker")
    text = said(an_offer(suggested).view(WORDS[Language.NL], is_drafting=False)["blocks"])
    assert "Beste meneer Bakker," in text
    assert "De heer Bakker is jarig" in text
    assert "Voor de heer Henk Bakker" in text


@pytest.mark.parametrize("_", BOTH)
def test_when_nothing_fits_there_is_a_way_on(_: Words) -> None:
    view = an_offer(a_suggested()).view(_, is_drafting=False)
    checked_view(view, "modal")
    assert [button["action_id"] for button in buttons_of(view["blocks"])] == ["customers.open"]
    verdict = Verdict(allowed=False, reason=Reason.OPEN_CASE, instead=Instead.PUT_RIGHT)
    refused = an_offer(a_suggested(hindrance=verdict)).view(_, is_drafting=False)
    assert refusal_views.refusal(verdict, NAME, TODAY, _) in said(refused["blocks"])


@pytest.mark.parametrize("_", BOTH)
def test_what_only_needs_a_leads_yes_has_a_button_to_ask(_: Words) -> None:
    suggested = a_suggested(*GESTURES[:4], suggestions=())
    view = an_offer(suggested).view(_, is_drafting=False)
    checked_view(view, "modal")
    gesture_id = GESTURES[3].id
    ids = [button["action_id"] for button in buttons_of(view["blocks"])]
    assert ids == [f"{Action.ASK_LEAD}.{gesture_id}", f"{Action.NOT_THIS}.{gesture_id}"]


@given(words=st.text(min_size=1, max_size=LONGEST_WORDS))
def test_drafts_travel_with_the_three_as_far_as_there_is_room(words: str) -> None:
    offer = an_offer(a_suggested(*GESTURES[:4]), about="x" * 80, occasion=Occasion.HOLIDAY_SEASON)
    with_drafts = offer.with_drafts({gesture.id: words for gesture in GESTURES[:8]})
    travels = suggestion_views.as_travels(with_drafts.showing)
    assert len(travels.encode()) <= ROOM
    back = Showing.model_validate_json(travels)
    assert back == with_drafts.showing
    assert set(back.drafts.values()) <= {words}
    if len(words.encode()) == len(words) and '"' not in words and "\\" not in words and words.isprintable():
        assert len(back.drafts) == 4, "ordinary words fit"


@pytest.mark.parametrize("_", BOTH)
def test_the_names_that_we_do_not_keep_are_left_open_in_italics(_: Words) -> None:
    quote = views.quoted(f"It's {YOUR_NAME[_.language]} of De Kade.")["elements"][0]["elements"]
    assert [run["text"] for run in quote if run.get("style", {}).get("italic")] == [YOUR_NAME[_.language]]


# --- for whom, when, and what comes next ----------------------------------------------------------------


@pytest.mark.parametrize("_", BOTH)
def test_for_whom_is_a_form_that_slack_takes(_: Words) -> None:
    form = suggestion_views.for_whom([(occasion, "Something") for occasion in Occasion], ELSEWHERE, _)
    checked_view(form, "modal")
    required = [block["block_id"] for block in form["blocks"] if not block["optional"]]
    assert required == ["customer"]


@pytest.mark.parametrize("_", BOTH)
def test_of_many_customers_some_are_named(_: Words) -> None:
    found = [Found(n, NASTY, f"K-{n}", True) for n in range(SHOWN + 1)]
    several = suggestion_views.which_customer(found, _)
    check_message(several.blocks)
    assert len(buttons_of(several.blocks)) == SHOWN
    assert not [text for text in _markup(several.blocks) if "<!channel>" in text]


CHOOSING = Choosing(customer_id=12, name=NAME, gesture_id="a-card", occasion=Occasion.EVERYDAY, words="Hello you.")


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("is_no_day", [False, True])
def test_when_it_is_done_takes_one_tap(_: Words, is_no_day: bool) -> None:
    view = suggestion_views.when(CHOOSING, "A card & more", SEEN, _, is_no_day=is_no_day)
    stopped = suggestion_views.when(CHOOSING, "A card & more", replace(SEEN, is_stopped=True), _)
    checked_view(view, "modal")
    sentence = of_a_reminder("", _, is_stopped=True)
    assert [sentence in said(each["blocks"]) for each in (view, stopped)] == [False, True]
    assert Choosing.model_validate_json(view["private_metadata"]) == CHOOSING


def a_line(**other: Any) -> Line:
    usual: dict[str, Any] = {
        "id": 7,
        "customer_id": 12,
        "customer": NASTY,
        "gesture_id": "a-card",
        "occasion": Occasion.BIRTHDAY,
        "words": "Hello [your name]",
        "cost": Decimal("2.5"),
        "state": State.PLANNED,
        "on_day": date(2026, 11, 24),
        "tell_at": datetime(2026, 11, 24, 9, tzinfo=UTC),
        "reminds": True,
        "asked_of": ("UFEMKE",),
        "answered_by": None,
        "was_received": False,
    }
    return Line(**{**usual, **other})


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("tell_at", [None, datetime(2026, 11, 24, tzinfo=UTC)])
def test_how_it_stands_is_said_of_every_state(_: Words, state: State, tell_at: datetime | None) -> None:
    line = a_line(state=state, tell_at=tell_at, reminds=tell_at is not None)
    view = suggestion_views.noted(line, "A card", SEEN, _)
    checked_view(view, "modal")
    assert view["clear_on_close"]
    check_message(diary_views.how_it_is_now(line, "A card", SEEN, _).blocks)
    assert not [text for text in _markup(view["blocks"]) if "<!channel>" in text]
    stopped = said(suggestion_views.noted(line, "A card", replace(SEEN, is_stopped=True), _)["blocks"])
    assert (stopped != said(view["blocks"])) is (
        state is State.ASKED or (tell_at is not None and state in {State.PLANNED, State.DONE})
    )


# --- what is told later ------------------------------------------------------------------------------


REMINDER = ReminderData(
    given_id=7,
    gesture_id="a-card",
    customer_id=12,
    customer=NASTY,
    occasion=Occasion.BIRTHDAY,
    on_day=TODAY,
    words="Hello you.",
)


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("held_by", [None, *Reason])
@pytest.mark.parametrize("until", [None, date(2026, 12, 1)])
def test_a_reminder_has_the_words_or_says_why_it_has_to_wait(
    _: Words, held_by: Reason | None, until: date | None
) -> None:
    told = REMINDER.model_copy(update={"held_by": held_by, "until": until})
    said_now = diary_views.reminder(told, "A card", TODAY, ELSEWHERE, _)
    check_message(said_now.blocks)
    assert "<!channel>" not in said_now.text
    ids = [button["action_id"] for button in buttons_of(said_now.blocks)]
    assert (Action.DONE in ids) is (held_by is None)
    assert Action.DROP in ids


@pytest.mark.parametrize("_", BOTH)
def test_how_it_was_received_takes_two_taps_at_most(_: Words) -> None:
    told = ReceptionData(given_id=7, gesture_id="a-card", customer=NASTY, on_day=TODAY)
    question = diary_views.how_was_it_received(told, "A card", _)
    check_message(question.blocks)
    values = [button["value"] for button in buttons_of(question.blocks)]
    assert values == [*(f"7:{felt}" for felt in Felt), "7:not_so_much", "7"]
    more = diary_views.thanks(a_line(state=State.DONE), "A card", _)
    check_message(more.blocks)
    [row] = [block for block in more.blocks if block["type"] == "actions"]
    offered = [[option["value"] for option in select["options"]] for select in row["elements"]]
    assert offered == [[f"7:{one}" for one in Emotion], [f"7:{one}" for one in Ambassador], ["7:asked", "7:own"]]
    check_message(diary_views.skipped(_).blocks)


def a_request(**other: Any) -> Request:
    usual: dict[str, Any] = {
        "given_id": 7,
        "gesture_id": "a-card",
        "occasion": Occasion.MOVING,
        "cost": Decimal(6),
        "currency": Currency.EUR,
        "on_day": TODAY,
        "colleague_id": "UNOOR",
        "channel_id": "C1",
        "team_left": Decimal("130.5"),
        "customer": NASTY,
        "words": "Hello you.",
        "state": State.ASKED,
    }
    return Request(**{**usual, **other})


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("serves", [True, False])
def test_a_request_holds_all_that_it_takes_to_answer_it(_: Words, state: State, serves: bool) -> None:
    who: Mapping[str, Any] = {} if serves else {"customer": None, "words": None, "team_left": None}
    told = a_request(state=state, answered_by=None if state is State.ASKED else "UFEMKE", **who)
    message = diary_views.request(told, "A bag", "Fill a bag.", TODAY, _)
    check_message(message.blocks)
    text = said(message.blocks)
    assert ("Jansen" in text) is serves
    assert ("Hello you." in text) is serves
    assert bool(buttons_of(message.blocks)) is (state is State.ASKED)
    assert not [one for one in [message.text, *_markup(message.blocks)] if "<!channel>" in one]


def test_a_lead_who_does_not_serve_the_customer_is_told_of_a_customer_in_mid_sentence() -> None:
    planned = Verdict(allowed=False, reason=Reason.PLANNED, planned_for=TODAY, instead=Instead.LEAVE_IN_PEACE)
    said_no = Answered(request=a_request(customer=None, words=None), verdict=planned, is_new=False)
    text = diary_views.may_not_be(said_no, TODAY, WORDS[Language.EN])
    assert text.startswith("Something is already planned for a customer: today.")


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("state", [State.PLANNED, State.DECLINED, State.UNANSWERED])
def test_an_answer_is_told_with_what_comes_next(_: Words, state: State) -> None:
    told = AnsweredData(
        given_id=7,
        gesture_id="a-card",
        customer=NASTY,
        on_day=TODAY,
        words="Hello you.",
        state=state,
        answered_by="UFEMKE",
        reminds=True,
    )
    message = diary_views.answered(told, "A bag", TODAY, _)
    check_message(message.blocks)
    stopped = diary_views.answered(told.model_copy(update={"is_stopped": True}), "A bag", TODAY, _)
    assert (of_a_reminder("", _, is_stopped=True) in said(stopped.blocks)) is (state is State.PLANNED)
    assert bool(buttons_of(message.blocks)) is (state is State.PLANNED)
    assert not [one for one in [message.text, *_markup(message.blocks)] if "<!channel>" in one]


@pytest.mark.parametrize(
    ("occasion", "says"),
    [
        (Occasion.BIRTHDAY, "already arranged"),
        (Occasion.MOVING, "done on Thursday"),
        (Occasion.WEDDING, "done on 13 November"),
        (Occasion.EVERYDAY, "done today"),
        (Occasion.ANNIVERSARY, "again from 15 December"),
    ],
)
def test_the_home_tab_says_what_was_chosen_for_this_and_of_the_rest_when_there_is_space(
    occasion: Occasion, says: str
) -> None:
    chosen_for = {
        Occasion.WEDDING: (State.DONE, date(2026, 11, 13)),
        Occasion.MOVING: (State.DONE, date(2026, 11, 19)),
        Occasion.EVERYDAY: (State.DONE, TODAY),
        Occasion.BIRTHDAY: (State.PLANNED, date(2026, 11, 24)),
    }
    taken = Taken(chosen_for=chosen_for, last_on=date(2026, 11, 24), until=date(2026, 12, 15))
    assert home_views.taken(taken, occasion, TODAY, WORDS[Language.EN]) == says


def test_who_it_is_for_is_said_as_in_the_middle_of_a_sentence_also_to_a_lead() -> None:
    _ = WORDS[Language.NL]
    told = ReceptionData(given_id=7, gesture_id="a-card", customer="Mevrouw Anneke Jansen", on_day=TODAY)
    line, request = a_line(customer=told.customer, state=State.DONE), a_request(customer=told.customer)
    answer = AnsweredData(**{**request.model_dump(include=set(AnsweredData.model_fields)), "state": State.PLANNED})
    for message in (
        diary_views.reminder(REMINDER.model_copy(update={"customer": told.customer}), "Kaart", TODAY, ELSEWHERE, _),
        diary_views.how_was_it_received(told, "Kaart", _),
        diary_views.thanks(line, "Kaart", _),
        diary_views.request(request, "Kaart", "Schrijf.", TODAY, _),
        diary_views.answered(answer, "Kaart", TODAY, _),
    ):
        text = said(message.blocks)
        assert "mevrouw Anneke Jansen" in text
        assert "Mevrouw Anneke" not in text


def test_a_reminder_is_announced_with_its_hour_and_a_request_with_the_limit() -> None:
    _ = WORDS[Language.EN]
    at = datetime(2026, 11, 26, 8, tzinfo=UTC)
    reminder = "I remind you Thursday 26 November at 08:00."
    assert reminder in said(suggestion_views.noted(a_line(tell_at=at), "A card", SEEN, _)["blocks"])
    answer = {**a_request().model_dump(include=set(AnsweredData.model_fields)), "state": State.PLANNED}
    yes = AnsweredData(**answer, reminds=True, remind_at=at)
    assert reminder in said(diary_views.answered(yes, "A card", TODAY, _).blocks)
    request = diary_views.request(a_request(above=Decimal(5)), "A bag", "Fill it.", TODAY, _)
    assert "(€6, above the €5 that colleagues decide by themselves)" in said(request.blocks)


@pytest.mark.parametrize("_", BOTH)
def test_the_card_says_what_was_done_and_who_did_it_only_to_themselves(_: Words) -> None:
    lines = [
        CardLine(gesture_id="a", occasion=Occasion.BIRTHDAY, state=state, on_day=TODAY, is_own=is_own)
        for state, is_own in itertools.product((State.DONE, State.PLANNED), (True, False))
    ]
    blocks = diary_views.on_the_card([(line, "A card") for line in lines], TODAY, _)
    check_message(blocks)
    assert "UNOOR" not in str(blocks)
    assert diary_views.on_the_card([], TODAY, _) == []


def a_purse(spent: Decimal, limit: Decimal) -> Purse:
    return Purse(spent=spent, limit=limit, currency=Currency.EUR)


# --- the Home tab --------------------------------------------------------------------------------------


@pytest.mark.parametrize("_", BOTH)
def test_the_home_tab_shows_five_and_says_that_there_is_more(_: Words) -> None:
    lines = [(a_line(id=n, state=state), "A card") for n, state in enumerate([State.PLANNED, State.ASKED] * 4)]
    asked = [(a_request(given_id=n, customer=None), "A bag") for n in range(7)]
    purses = [TeamPurse(f"C{n}", NASTY, a_purse(Decimal(n), Decimal(10))) for n in range(5)]
    blocks = [
        *home_views.about_to_do(lines, TODAY, _),
        *home_views.requests(asked, TODAY, _),
        *home_views.budgets(purses, _),
        *home_views.limits_of_all(_),
    ]
    checked_view(b.home(blocks), "home")
    assert _("There is more: it moves up as you get these done.") in said(blocks)
    assert _("There is more: it moves up as you answer these.") in said(blocks)
    assert not [text for text in _markup(blocks) if "<!channel>" in text]


def test_what_is_not_there_takes_no_room() -> None:
    _ = WORDS[Language.EN]
    assert home_views.about_to_do([], TODAY, _) == home_views.requests([], TODAY, _) == []
    assert home_views.budgets([], _) == home_views.last_month(None, _) == []


@pytest.mark.parametrize(
    ("spent", "limit", "full"),
    [("0", "150", 0), ("0.5", "150", 1), ("75", "150", 5), ("149", "150", 9), ("150", "150", 10), ("160", "150", 10),
     ("0", "0", 10)],
)  # fmt: skip
def test_a_meter_is_full_only_when_nothing_is_left(spent: str, limit: str, full: int) -> None:
    purse = a_purse(Decimal(spent), Decimal(limit))
    assert home_views.meter(purse, WORDS[Language.EN]).count("▰") == full


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("is_told", [True, False])
def test_leadership_sees_sums(_: Words, is_told: bool) -> None:
    month = Month(
        first_day=date(2026, 10, 1),
        gestures=1234,
        customers=1,
        spent=Decimal("99.5"),
        currency=Currency.EUR,
        without_cost=1000,
        told=40 if is_told else None,
        felt={Felt.HEARD: 20, Felt.SURPRISED: 10} if is_told else None,
        ambassadors=3 if is_told else None,
    )
    blocks = home_views.last_month(month, _)
    checked_view(b.home(blocks), "home")
    assert ("1.234" if _.language is Language.NL else "1,234") in said(blocks)
    assert (_("felt heard") in said(blocks)) is is_told


# --- limits --------------------------------------------------------------------------------------------


SEEN_LIMITS = LimitsSeen(
    sector=Sector.BANK,
    currency=Currency.GBP,
    own=OwnLimits(
        sector=Sector.BANK,
        currency=Currency.GBP,
        known_as="De Kade & Zn.",
        colleague_decides=Decimal("7.50"),
        team_a_month=Decimal(1250),
        days_between=30,
    ),
    holds=usual_limits(Sector.BANK),
    at_most=usual_limits(Sector.BANK),
    changed_by="UTOM",
)


@pytest.mark.parametrize("reason", [Reason.OWN_BUDGET_SPENT, Reason.TEAM_BUDGET_SPENT])
def test_a_lead_is_not_told_of_a_budget_of_their_own(reason: Reason) -> None:
    verdict = Verdict(allowed=False, reason=reason, instead=Instead.WITHOUT_COST)
    _ = WORDS[Language.EN]
    text = refusal_views.refusal(verdict, NAME, TODAY, _, for_lead=True)
    assert text != refusal_views.refusal(verdict, NAME, TODAY, _)
    assert "your" not in text.lower()
    assert "jouw" not in text.lower()


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("team", [None, NASTY])
def test_the_limits_are_filled_in_and_come_out_as_they_went_in(_: Words, team: str | None) -> None:
    form = limits_views.form(SEEN_LIMITS, "C1" if team else None, team, _)
    checked_view(form, "modal")
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    for name in OF_ALL:
        assert (name in fields) is (team is None)
    assert "£" in fields["team_a_month"]["placeholder"]["text"]
    if team is not None:
        return
    written = {name: fields[name].get("initial_value") for name in ("known_as", *DAYS, *MONEY)}
    chosen = {name: fields[name]["initial_option"]["value"] for name in ("sector", "currency")}
    read = limits_views.read({**written, **chosen})
    assert read == limits_views.Written(SEEN_LIMITS.own)


@pytest.mark.parametrize("_", BOTH)
def test_without_a_gift_limit_it_says_so(_: Words) -> None:
    nothing = LimitsSeen(
        sector=Sector.SHOP,
        currency=Currency.EUR,
        own=OwnLimits(),
        holds=Limits(),
        at_most=Limits(),
        changed_by=None,
    )
    assert _("Empty: {amount}", amount=_("no limit")) in said(limits_views.form(nothing, None, None, _)["blocks"])


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("7,50", "7.50"),
        ("7.5", "7.5"),
        ("€ 7", "7"),
        ("£7.50", "7.5"),
        ("US$\xa07,50", "7.5"),
        ("US$7", "7"),
        (" 12 ", "12"),
        ("0", "0"),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_is_read_as_people_type_it(written: str | None, amount: str | None) -> None:
    read = limits_views.read({"colleague_decides": written})
    assert read == limits_views.Written(OwnLimits(colleague_decides=Decimal(amount) if amount else None))


@pytest.mark.parametrize(
    ("field", "written"),
    [
        *(("colleague_decides", written) for written in ("veel", "1.500", "1,500", "1e2", "-3", "3,", "NaN")),
        *(("days_after_case", written) for written in ("1,5", "NaN", "1e40", "-1", "²")),
    ],
)
def test_what_is_no_figure_is_said_beside_its_field(field: str, written: str) -> None:
    assert limits_views.read({field: written}).unclear == (field,)


@pytest.mark.parametrize("_", BOTH)
@pytest.mark.parametrize("mistake", Mistake)
@pytest.mark.parametrize("field", ["days_between", "team_a_month"])
def test_each_mistake_in_a_limit_can_be_said(_: Words, mistake: Mistake, field: str) -> None:
    assert limits_views.mistake(mistake, field, Currency.USD, _)


@pytest.mark.parametrize(
    ("amount", "currency", "in_dutch", "in_english"),
    [
        ("2", "EUR", "€\xa02", "€2"),
        ("2.5", "EUR", "€\xa02,50", "€2.50"),
        ("1250", "EUR", "€\xa01.250", "€1,250"),
        ("2.5", "GBP", "£\xa02,50", "£2.50"),
        ("2", "USD", "US$\xa02", "$2"),
    ],
)
def test_money_is_said_as_each_language_does(amount: str, currency: str, in_dutch: str, in_english: str) -> None:
    assert views.money(Decimal(amount), Currency(currency), WORDS[Language.NL]) == in_dutch
    assert views.cost(Decimal(amount), Currency(currency), WORDS[Language.EN]) == in_english
    assert views.cost(Decimal(0), Currency(currency), WORDS[Language.EN]) == "costs nothing"
