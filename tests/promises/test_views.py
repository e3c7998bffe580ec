"""Whatever people write, a promise stays within what Slack takes, and nothing of ours is cut off."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.rules import LISTED_ALONE, LONGEST_WHAT, FirstOf, Mistake
from bot.customers.rules import LONGEST_NAME, Found
from bot.kit import i18n
from bot.kit.i18n import Language, Words
from bot.promises import home_views, making_views, notices, views
from bot.promises.calendar import Doubt, Question
from bot.promises.making_views import Draft
from bot.promises.rules import Due, Noted, PromiseSeen, State, ToldData, Understood
from bot.promises.views import Action, Elsewhere
from bot.sandbox.blocks import check_message, checked_view
from tests.world import buttons_of, refuse_to_cut, texts

WORDS = list(i18n.dictionary().values())
NASTY = "<!channel> *b* `c` & <https://e.example|x> :tada: "
WHAT = (NASTY * 10)[:LONGEST_WHAT]
NOW = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
WEDNESDAY = NOW.date()
DUE = Due(WEDNESDAY, time(17, 45))
ELSEWHERE = Elsewhere(show_case="cases.show", read_play="coaching.read_play")


def a_promise(n: int = 1, **other: Any) -> PromiseSeen:
    usual: dict[str, Any] = {
        "id": n,
        "customer_id": 7,
        "customer": (NASTY * 10)[:LONGEST_NAME],
        "what": WHAT,
        "made_by": "U0NOOR00000",
        "contact_id": "U0NOOR00000",
        "due": DUE,
        "due_at": datetime(2026, 11, 25, 16, 45, tzinfo=UTC),
        "state": State.OPEN,
        "times_moved": 0,
        "ended_at": None,
        "case_id": None,
    }
    return PromiseSeen(**usual | other)


PROMISES = [
    a_promise(),
    a_promise(state=State.KEPT, ended_at=NOW),
    a_promise(state=State.KEPT, ended_at=datetime(2026, 11, 26, tzinfo=UTC)),
    a_promise(state=State.BROKEN, ended_at=NOW, case_id=3),
]


def a_draft(what: str = WHAT, **other: Any) -> Draft:
    usual = {"on": WEDNESDAY, "at": time(17, 45), "instead_on": date(2026, 11, 26), "instead_at": time(10)}
    return Draft(customer_id=7, customer="Mevrouw Anneke Jansen", what=what, **usual | other)


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("found", [0, 1, 20])
@pytest.mark.parametrize("due", [None, Due(WEDNESDAY), DUE])
def test_the_form_is_one_that_slack_takes(
    found: int, due: Due | None, _: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_cut(monkeypatch)
    customers = [Found(n, f"Customer {n}", f"K-{n}", is_own=True) for n in range(found)]
    checked_view(making_views.form(customers, WHAT if due else "", due, _, note="*Note*"), "modal")


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize("due", [Due(WEDNESDAY), DUE, Due(date(2027, 9, 29), time(17, 45))])
def test_a_question_back_can_be_answered_with_one_tap(
    doubt: Doubt, due: Due, _: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_cut(monkeypatch)
    question = Question(doubt, Due(date(2027, 9, 30), time(10)))
    view = making_views.question_back(a_draft(on=due.on, at=due.at), question, NOW, _)
    checked_view(view, "modal")
    assert "Mevrouw Anneke Jansen" in texts(view["blocks"])
    assert len(buttons_of(view["blocks"])) == (2 if doubt in {Doubt.PAST, Doubt.TOO_FAR} else 3)


@given(st.text(max_size=LONGEST_WHAT))
def test_what_travels_with_the_question_comes_out_as_it_went_in(what: str) -> None:
    draft = a_draft(what, promise_id=10**9)
    written = draft.model_dump_json()
    assert len(written.encode()) <= 3000
    assert Draft.model_validate_json(written) == draft


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("promise", PROMISES)
def test_how_it_stands_fits_a_message_and_a_modal(
    promise: PromiseSeen, _: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_cut(monkeypatch)
    said = views.standing(promise, NOW, ELSEWHERE, _)
    check_message(said.blocks)
    checked_view(views.modal(said, _), "modal")
    assert "<!" not in said.text
    assert WHAT in texts(said.blocks)


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("reminder", [None, Due(WEDNESDAY, time(16, 45))])
@pytest.mark.parametrize("is_moved", [True, False])
def test_what_is_noted_says_by_when_and_when_it_is_reminded(reminder: Due | None, is_moved: bool, _: Words) -> None:
    promise = a_promise(what="altijd always guaranteed gegarandeerd")
    said = views.noted(Noted(promise=promise, reminder=reminder, today=WEDNESDAY), "U0DAAN00000", _, is_moved=is_moved)
    check_message(said.blocks)
    assert ":warning:" in " ".join(texts(said.blocks))
    assert len(buttons_of(said.blocks)) == (0 if is_moved else 1)


def test_while_all_is_stopped_no_reminder_is_promised() -> None:
    _ = i18n.dictionary()[Language.EN]
    made = Noted(promise=a_promise(), reminder=Due(WEDNESDAY, time(16, 45)), today=WEDNESDAY, is_stopped=True)
    said = " ".join(texts(views.noted(made, made.promise.made_by, _).blocks))
    assert "An administrator has stopped all my messages" in said
    assert "I remind" not in said


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("made_by", ["U0NOOR00000", "U0DAAN00000"])
def test_what_is_told_later_can_be_answered_with_one_tap(made_by: str, _: Words) -> None:
    told = ToldData(
        promise_id=1,
        times_moved=0,
        customer=NASTY,
        what=WHAT,
        on=WEDNESDAY,
        at=time(17),
        zone="Europe/Amsterdam",
        whom="U0NOOR00000",
        made_by=made_by,
        case_id=3,
    )
    shown = (
        (notices.reminder_said(told, WEDNESDAY, _), 3),
        (notices.question_said(told, WEDNESDAY, _), 4),
        (notices.given_up_said(told, WEDNESDAY, ELSEWHERE, _), 2),
    )
    for said, buttons in shown:
        check_message(said.blocks)
        assert "<!" not in said.text
        assert len(buttons_of(said.blocks)) == buttons
        assert ("<@U0DAAN00000>" in " ".join(texts(said.blocks))) == (made_by == "U0DAAN00000")


def test_of_a_family_of_several_it_is_said_in_good_english() -> None:
    told = ToldData(
        promise_id=1,
        times_moved=0,
        customer="The Hendersons",
        what=WHAT,
        on=WEDNESDAY,
        at=None,
        zone="Europe/Amsterdam",
        whom="U0NOOR00000",
        made_by="U0DAAN00000",
        case_id=3,
    )
    _ = i18n.dictionary()[Language.EN]
    assert notices.reminder_said(told, WEDNESDAY, _).text.startswith("The Hendersons were promised something")
    assert notices.question_said(told, WEDNESDAY, _).text.startswith("Is it done? The Hendersons were promised this")


@pytest.mark.parametrize("_", WORDS)
def test_a_move_asks_whether_the_customer_knows(_: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_cut(monkeypatch)
    checked_view(views.move_form(a_promise(), _), "modal")


@pytest.mark.parametrize("_", WORDS)
def test_lists_show_five_and_say_how_many_more(_: Words) -> None:
    assert home_views.my_promises(FirstOf([], 0), "U0NOOR00000", NOW, _) == []
    assert views.on_the_card(FirstOf([], 0), NOW, _) == []
    blocks = home_views.my_promises(FirstOf([a_promise(n) for n in range(5)], 8), "U0DAAN00000", NOW, _)
    check_message(blocks)
    assert [button["action_id"] for button in buttons_of(blocks)][15:] == [Action.LIST]
    assert "3" in texts(blocks)[-1]
    all_of_them = FirstOf([a_promise(n) for n in range(LISTED_ALONE)], 104)
    done = views.standing(a_promise(state=State.BROKEN, case_id=3), NOW, ELSEWHERE, _, may_undo=True).blocks
    checked_view(home_views.listed(all_of_them, "U0DAAN00000", NOW, _, said_above=done), "modal")
    on_the_card = views.on_the_card(FirstOf([a_promise(n) for n in range(5)], 104), NOW, _)
    check_message(on_the_card)
    assert "99" in texts(on_the_card)[-1]


@pytest.mark.parametrize("_", WORDS)
def test_what_is_overdue_says_so(_: Words) -> None:
    later = datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert views.when(a_promise(), NOW, _) != views.when(a_promise(), later, _)
    assert [button.get("style") for button in buttons_of([views.what_to_do(1, _, is_due=True)])] == [None] * 4


def test_a_day_is_said_as_people_say_it() -> None:
    _ = i18n.dictionary()[Language.EN]
    morning = datetime(2026, 11, 25, 8, tzinfo=UTC)
    at_nine, at_night = a_promise(due=Due(WEDNESDAY)), datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert [views.when(a_promise(), morning, _), views.when(at_nine, morning, _)] == ["Today, before 17:45", "Today"]
    assert views.when(a_promise(), at_night, _) == "Was due Wednesday 25 November at 17:45"


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("mistake", Mistake)
def test_each_mistake_is_told(mistake: Mistake, _: Words) -> None:
    assert making_views.mistake(mistake, _)


def understood(names: Sequence[str], due: Due | None, **other: Any) -> Understood:
    found = [Found(n, name, None, is_own=True) for n, name in enumerate(names)]
    return Understood(**{"customers": found, "is_sure": len(found) == 1, "what": "the quote", "due": due} | other)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (understood(["Jansen"], DUE), ""),
        (understood([], DUE), "I know no customer"),
        (understood(["Jansen", "Jansen-Vos"], DUE), "More than one customer has that name."),
        (understood(["Mrs Callaghan"], DUE, is_sure=False), "I think you mean Mrs Callaghan: "),
        (understood(["Jansen"], None), "I don't know yet by which day."),
        (understood(["Jansen"], None, no_day="31-11"), "31-11 doesn't exist."),
        (understood(["Jansen"], None, no_day="yesterday"), "That day has gone."),
        (understood(["Jansen"], None, no_day="asap"), "I can't note “asap” as a day."),
        (understood(["Mrs <!here>"], DUE, what=""), "What did you promise Mrs &lt;!here&gt;?"),
    ],
)
def test_a_form_says_why_it_is_there(line: Understood, why: str) -> None:
    said = making_views.why_the_form(line, i18n.dictionary()[Language.EN])
    assert said.startswith(why)
    assert bool(said) == bool(why)


def test_a_name_stands_in_a_sentence_as_people_say_it() -> None:
    promise = a_promise(customer="Mevrouw Anneke Jansen", state=State.KEPT, ended_at=NOW)
    dutch, english = (i18n.dictionary()[each] for each in (Language.NL, Language.EN))
    assert views.standing(promise, NOW, ELSEWHERE, dutch).text.endswith("tegenover mevrouw Anneke Jansen.")
    assert views.standing(promise, NOW, ELSEWHERE, english).text.endswith("to Mevrouw Anneke Jansen.")


def test_the_hour_of_closing_is_said_of_what_is_offered_for_today() -> None:
    question = Question(Doubt.OUTSIDE_HOURS, Due(WEDNESDAY), time(17, 30))
    view = making_views.question_back(a_draft(at=None), question, NOW, i18n.dictionary()[Language.EN])
    assert [button["text"]["text"] for button in buttons_of(view["blocks"])][:2] == ["Today, until 17:30", "Yes, today"]
