"""Whatever people write, a case stays within what Slack takes, and nothing of ours is cut off."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.cases import home_views, notices, views
from bot.cases.rules import LISTED_ALONE, LONGEST_WHAT, CaseSeen, Cause, FirstOf, GivenData, Mistake, Step
from bot.cases.views import Action, Elsewhere, Look
from bot.customers.rules import LONGEST_NAME, Found
from bot.kit import i18n
from bot.kit.i18n import Words
from bot.sandbox.blocks import check_message, checked_view
from tests.world import buttons_of, refuse_to_cut, texts

WORDS = list(i18n.dictionary().values())
NASTY = "<!channel> *b* `c` & <https://e.example|x> :tada: "
WHAT = (NASTY * 10)[:LONGEST_WHAT]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ELSEWHERE = Elsewhere(
    read_play="coaching.read_play",
    suggest="gestures.suggest",
    not_broken="promises.not_broken",
    put_right="put-right",
)
LOOK = Look("U0NOOR00000", NOW, surprises_from=date(2026, 12, 7))


def a_case(n: int = 1, **other: Any) -> CaseSeen:
    usual: dict[str, Any] = {
        "id": n,
        "customer_id": 7,
        "customer": (NASTY * 10)[:LONGEST_NAME],
        "what": WHAT,
        "cause": Cause.BY_HAND,
        "handled_by": "U0NOOR00000",
        "contact_id": "U0NOOR00000",
        "opened_by": "U0NOOR00000",
        "opened_at": datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        "done": frozenset[Step](),
        "closed_by": None,
        "closed_at": None,
        "closed_on": None,
        "promise_id": None,
    }
    return CaseSeen(**usual | other)


CASES = [
    a_case(),
    a_case(done=frozenset({Step.OPEN})),
    a_case(done=frozenset(Step), cause=Cause.BROKEN_PROMISE, promise_id=4),
    a_case(opened_at=NOW, cause=Cause.BROKEN_PROMISE, promise_id=4),
    a_case(closed_by="U0DAAN00000", closed_at=NOW, closed_on=date(2026, 11, 26)),
    a_case(closed_by="U0NOOR00000", closed_at=NOW, closed_on=date(2026, 11, 26)),
]


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("case", CASES)
def test_a_case_fits_a_phone_and_slack(case: CaseSeen, _: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_cut(monkeypatch)
    view = views.case(case, LOOK, ELSEWHERE, _, said=views.opened(case, "U0DAAN00000", _))
    checked_view(view, "modal")
    assert len(view["blocks"]) <= 6
    assert WHAT in texts(view["blocks"])


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("found", [0, 1, 20])
def test_the_form_is_one_that_slack_takes(found: int, _: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_cut(monkeypatch)
    customers = [Found(n, f"Customer {n}", f"K-{n}", is_own=True) for n in range(found)]
    view = views.form(
        customers, "U0NOOR00000", FirstOf(CASES[:2], 2) if found == 1 else None, _, note=views.nobody_found(_)
    )
    checked_view(_with_ids_once(view), "modal")


def _with_ids_once(view: dict[str, Any]) -> dict[str, Any]:
    """Two of the cases above are the same one."""
    for n, button in enumerate(buttons_of(view["blocks"])):
        button["action_id"] += str(n)
    return view


def test_what_was_done_just_now_can_be_undone_by_who_did_it() -> None:
    undone: dict[str, list[str]] = {}
    for name, case in {
        "noted": a_case(opened_at=NOW),
        "of a promise": a_case(opened_at=NOW, cause=Cause.BROKEN_PROMISE, promise_id=4),
        "by another": a_case(opened_at=NOW, opened_by="U0DAAN00000"),
        "long ago": a_case(),
        "begun": a_case(opened_at=NOW, done=frozenset({Step.OPEN})),
        "closed": a_case(closed_by="U0NOOR00000", closed_at=NOW, closed_on=NOW.date()),
        "closed by another": a_case(closed_by="U0DAAN00000", closed_at=NOW, closed_on=NOW.date()),
    }.items():
        ids = [button["action_id"] for button in buttons_of(views.case(case, LOOK, ELSEWHERE, WORDS[0])["blocks"])]
        undone[name] = [one for one in ids if one in {Action.TAKE_BACK, Action.REOPEN, ELSEWHERE.not_broken}]
    assert undone == {
        "noted": [Action.TAKE_BACK],
        "of a promise": [ELSEWHERE.not_broken],
        "by another": [],
        "long ago": [],
        "begun": [],
        "closed": [Action.REOPEN],
        "closed by another": [],
    }


@pytest.mark.parametrize("_", WORDS)
def test_lists_show_five_and_say_how_many_more(_: Words) -> None:
    assert home_views.open_cases(FirstOf([], 0), _) == []
    assert views.on_the_card(FirstOf([], 0), [], NOW.date(), _) == []
    blocks = home_views.open_cases(FirstOf([a_case(n) for n in range(5)], 7), _)
    check_message(blocks)
    assert [button["action_id"] for button in buttons_of(blocks)][5:] == [Action.LIST]
    assert "2" in texts(blocks)[-1]
    everything = views.listed(FirstOf([a_case(n) for n in range(LISTED_ALONE)], 99), views.NOBODY, _)
    checked_view(everything, "modal")
    on_the_card = views.on_the_card(FirstOf([a_case(n) for n in range(5)], 104), [], NOW.date(), _)
    check_message(on_the_card)
    assert "99" in texts(on_the_card)[-1]
    assert [button.get("style") for button in buttons_of(on_the_card)] == ["primary", None, None, None, None]


@pytest.mark.parametrize("_", WORDS)
def test_a_case_that_is_handed_over_is_a_message_in_which_nothing_is_markup(_: Words) -> None:
    told = GivenData(case_id=1, customer=NASTY, what=WHAT, by="U0NOOR00000")
    for said in (notices.given(told, _), notices.not_given(told, _)):
        check_message(said.blocks)
        assert "<!" not in said.text
        assert WHAT in texts(said.blocks)


@pytest.mark.parametrize("_", WORDS)
@pytest.mark.parametrize("mistake", Mistake)
def test_each_mistake_is_told(mistake: Mistake, _: Words) -> None:
    assert views.mistake(mistake, _)
