"""Limits: usual ones, a workspace's in their place, and a team's that are never looser."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gestures import limits, rules
from bot.gestures.gesture import Currency, Sector
from bot.gestures.limits import DAYS, MONEY, OF_ALL, Decided, Mistake, NotLimits, OwnLimits
from bot.gestures.rules import Limits, Reason
from bot.kit import audit
from bot.people.roles import Role
from bot.people.roles_given import NotAnAdministrator
from bot.teams.service import NotTheirTeam
from bot.trade import Wish
from tests.customers.shop import DAAN, NOOR
from tests.gestures.counter import CAKE, HAMPER, TALK, Counter
from tests.teams.plans import C1, FEMKE, T1, TOM

EURO = Decimal(1)


def decided(workspace: OwnLimits, team: OwnLimits | None = None) -> Decided:
    return Decided(workspace=workspace, team=team or OwnLimits(), changed_by={})


def test_where_nobody_decided_the_usual_holds() -> None:
    found = decided(OwnLimits())
    assert found.of_team == found.of_workspace == rules.usual_limits(Sector.SHOP)


def test_the_sector_brings_its_own_limit_of_gifts() -> None:
    assert decided(OwnLimits(sector=Sector.BANK)).of_team.gifts_a_year == 50
    assert decided(OwnLimits(sector=Sector.BANK, gifts_a_year=20 * EURO)).of_team.gifts_a_year == 20


@pytest.mark.parametrize(("days", "for_less"), [(0, 0), (1, 3), (7, 20), (21, 60), (365, 1043)])
def test_who_wants_less_contact_has_as_many_times_more_peace_as_is_usual(days: int, for_less: int) -> None:
    between = decided(OwnLimits(days_between=days)).of_workspace.days_between
    assert between == {Wish.NORMAL: days, Wish.TOLD_FIRST: days, Wish.LESS: for_less}


def test_a_team_may_be_tighter() -> None:
    workspace = OwnLimits(colleague_decides=10 * EURO, days_between=14)
    found = decided(workspace, OwnLimits(colleague_decides=2 * EURO, days_between=28, gifts_a_year=30 * EURO))
    assert (found.of_team.colleague_decides, found.of_team.gifts_a_year) == (2, 30)
    assert found.of_team.days_between[Wish.NORMAL] == 28
    assert found.of_workspace.colleague_decides == 10


def test_a_workspace_that_becomes_tighter_holds_for_its_teams() -> None:
    found = decided(OwnLimits(team_a_month=40 * EURO), OwnLimits(team_a_month=90 * EURO))
    assert found.of_team.team_a_month == 40


_own = st.builds(
    OwnLimits,
    **{name: st.none() | st.integers(0, 365) for name in DAYS},
    **{name: st.none() | st.decimals(0, 10_000, places=2) for name in MONEY},
)


@given(workspace=_own, team=_own)
def test_no_team_is_ever_looser_than_its_workspace(workspace: OwnLimits, team: OwnLimits) -> None:
    found = decided(workspace, team)
    _is_as_tight(found.of_team, found.of_workspace)
    if not limits.mistakes(team, found, C1):
        for name in ("days_after_case", *MONEY):
            assert getattr(team, name) in {None, getattr(found.of_team, name)}


def _is_as_tight(team: Limits, workspace: Limits) -> None:
    assert all(team.days_between[wish] >= workspace.days_between[wish] for wish in Wish)
    assert team.days_after_case >= workspace.days_after_case
    for name in MONEY:
        allowed = getattr(workspace, name)
        assert allowed is None or getattr(team, name) <= allowed


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (OwnLimits(days_between=-1), {"days_between": Mistake.NO_SUCH_NUMBER}),
        (OwnLimits(days_after_case=366), {"days_after_case": Mistake.NO_SUCH_NUMBER}),
        (OwnLimits(most_per_gesture=Decimal("2.505")), {"most_per_gesture": Mistake.NO_SUCH_NUMBER}),
        (OwnLimits(team_a_month=Decimal("NaN")), {"team_a_month": Mistake.NO_SUCH_NUMBER}),
        (OwnLimits(team_a_month=Decimal("Infinity")), {"team_a_month": Mistake.NO_SUCH_NUMBER}),
        (OwnLimits(colleague_a_month=Decimal(10_001)), {"colleague_a_month": Mistake.NO_SUCH_NUMBER}),
        (
            OwnLimits(sector=Sector.BANK, currency=Currency.USD, known_as="The Quay"),
            dict.fromkeys(OF_ALL, Mistake.OF_WORKSPACE),
        ),
        (OwnLimits(team_a_month=151 * EURO), {"team_a_month": Mistake.LOOSER}),
        (OwnLimits(days_between=20, days_after_case=13), dict.fromkeys(DAYS, Mistake.LOOSER)),
        (OwnLimits(team_a_month=150 * EURO, days_between=21, gifts_a_year=EURO), {}),
    ],
)
async def test_a_team_decides_within_what_the_workspace_allows(
    counter: Counter, wanted: OwnLimits, wrong: dict[str, Mistake]
) -> None:
    if not wrong:
        await counter.gestures.limits.decide(T1, C1, wanted, by=FEMKE)
        assert (await counter.gestures.limits.of(T1, C1)).own == wanted
        return
    with pytest.raises(NotLimits) as refused:
        await counter.gestures.limits.decide(T1, C1, wanted, by=FEMKE)
    assert refused.value.mistakes == wrong


async def test_an_administrator_decides_for_the_workspace_and_a_lead_for_the_team(counter: Counter) -> None:
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    wanted = OwnLimits(sector=Sector.BANK, colleague_a_month=12 * EURO)
    for person in (FEMKE, NOOR):
        with pytest.raises(NotAnAdministrator):
            await counter.gestures.limits.decide(T1, None, wanted, by=person)
    await counter.gestures.limits.decide(T1, None, wanted, by=TOM)
    tighter = OwnLimits(colleague_a_month=6 * EURO)
    with pytest.raises(NotTheirTeam):
        await counter.gestures.limits.decide(T1, C1, tighter, by=DAAN)
    await counter.gestures.limits.decide(T1, C1, tighter, by=FEMKE)
    await counter.gestures.limits.decide(T1, C1, tighter, by=TOM)
    seen = await counter.gestures.limits.of(T1, C1)
    assert (seen.sector, seen.own, seen.changed_by) == (Sector.BANK, tighter, FEMKE)
    assert (seen.holds.colleague_a_month, seen.at_most.colleague_a_month, seen.holds.gifts_a_year) == (6, 12, 50)
    of_workspace = await counter.gestures.limits.of(T1, None)
    assert (of_workspace.own, of_workspace.changed_by) == (wanted, TOM)
    assert of_workspace.at_most == rules.usual_limits(Sector.BANK)


async def test_what_is_decided_is_written_down_once_with_the_fields(counter: Counter) -> None:
    for _twice in range(2):
        await counter.gestures.limits.decide(T1, C1, OwnLimits(days_between=30), by=FEMKE)
    async with counter.database.reading() as session:
        entries = await audit.entries(session, T1, skip=0, limit=20)
    [entry] = [entry for entry in entries if entry.what == limits.LIMITS_SET]
    assert (entry.by, entry.about, entry.detail) == (FEMKE, C1, {"fields": ["days_between"]})


async def test_a_form_that_is_saved_as_it_was_decides_nothing(counter: Counter) -> None:
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    decide, of = counter.gestures.limits.decide, counter.gestures.limits.of
    seen = await of(T1, None)
    await decide(T1, None, OwnLimits(sector=seen.sector, currency=seen.currency), by=TOM)
    assert (await of(T1, None)).changed_by is None
    await decide(T1, None, OwnLimits(sector=Sector.BANK, currency=seen.currency), by=TOM)
    await decide(T1, None, OwnLimits(sector=seen.sector, currency=seen.currency), by=TOM)
    assert (await of(T1, None)).own == OwnLimits(sector=seen.sector), "it was decided before"


async def test_what_was_decided_holds_from_now_on_and_in_this_workspace_only(counter: Counter) -> None:
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    customer = await counter.add()
    await counter.gestures.limits.decide(T1, None, OwnLimits(colleague_decides=3 * EURO), by=TOM)
    assert (await counter.give(customer, CAKE)).verdict.reason is Reason.NEEDS_APPROVAL
    await counter.gestures.limits.decide(T1, None, OwnLimits(colleague_decides=10 * EURO, days_between=0), by=TOM)
    assert (await counter.give(customer, CAKE)).verdict.allowed
    assert (await counter.give(customer, HAMPER)).verdict.allowed
    await counter.gestures.limits.decide(T1, C1, OwnLimits(days_between=5), by=FEMKE)
    assert (await counter.give(customer, TALK)).verdict.reason is Reason.NEEDS_SPACE
    assert (await counter.gestures.limits.of("T2", None)).own == OwnLimits()


async def test_gifts_to_one_customer_stay_within_the_limit_of_the_sector(counter: Counter) -> None:
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    decided_here = OwnLimits(sector=Sector.CARE, gifts_a_year=11 * EURO, colleague_decides=10 * EURO, days_between=0)
    await counter.gestures.limits.decide(T1, None, decided_here, by=TOM)
    customer = await counter.add()
    await counter.given(customer, HAMPER)
    assert (await counter.give(customer, CAKE)).verdict.reason is Reason.GIFT_LIMIT
    assert (await counter.give(customer, CAKE, on_day=counter.in_days(60))).verdict.allowed
