"""All that has to be known of a customer, a colleague and a team to judge a gesture: read once, at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.rules import Standing
from bot.cases.service import Cases
from bot.customers.rules import Card
from bot.gestures import at_work, course, limits, queries, records, rules
from bot.gestures.course import State
from bot.gestures.gesture import Currency, Gesture, Sector
from bot.gestures.purses import Payers, month_of
from bot.gestures.ranking import Situation
from bot.gestures.records import Before, Fillings
from bot.gestures.requests import Requests
from bot.gestures.rules import CustomerFacts, Limits, Spent, Verdict
from bot.gestures.tables import Given
from bot.kit.clock import Clock
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.moments.rules import MomentNow
from bot.teams.service import Teams
from bot.trade import Occasion, Phase

DECLINED_FOR = timedelta(days=30)
"""How long a gesture to which a lead said no is not suggested to the same customer: that moment is past by then."""


A_YEAR = timedelta(days=365)
"""After this nobody has to get to know us any more."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One customer, and one colleague who wants to do something for them."""

    card: Card
    by: str
    channel_id: str | None
    """The team out of whose budget it goes; None: the colleague is in none."""
    now: datetime
    hours: Hours
    """The colleague's, without the days on which they are away."""
    sector: Sector
    currency: Currency
    known_as: str | None
    """What customers call the organisation."""
    limits: Limits
    decides: bool
    """Whether the colleague is one who says yes to others."""
    standing: Standing
    diary: Sequence[Before]
    """Of the customer, the newest day first."""

    @property
    def today(self) -> date:
        """The colleague's own date."""
        return self.now.astimezone(self.hours.zone).date()

    @property
    def own_limits(self) -> Limits:
        """Who says yes to others needs no yes."""
        return replace(self.limits, colleague_decides=self.limits.most_per_gesture) if self.decides else self.limits

    def payers(self, on_day: date) -> Payers:
        return Payers(self.by, self.channel_id, month_of(on_day))

    def customer_facts(self, on_day: date, month: date) -> CustomerFacts:
        return records.customer_facts(
            self.card, self.standing, self.diary, self.limits, on_day, month=month, by=self.by
        )

    def judge(
        self, gesture: Gesture, spent: Spent, *, occasion: Occasion, on_day: date, is_approved: bool = False
    ) -> Verdict:
        """As of the day on which it is to be given."""
        customer = self.customer_facts(on_day, month_of(on_day))
        return rules.judge(
            gesture, customer, spent, self.own_limits, occasion=occasion, today=on_day, is_approved=is_approved
        )

    def situation(
        self,
        moments: Sequence[MomentNow],
        known: Mapping[Occasion, Fillings],
        *,
        spent: Spent,
        occasion: Occasion | None,
        has_asked: bool,
        not_these: Collection[str],
    ) -> Situation:
        """For the ranking. `occasion`: what the colleague says presses most."""
        said = [occasion] if occasion else []
        details, today = self.card.details, self.today
        is_no_newcomer = details.customer_since is not None and today - details.customer_since > A_YEAR
        return Situation(
            customer=self.customer_facts(today, month_of(today)),
            spent=spent,
            limits=self.own_limits,
            sector=self.sector,
            # Of many cards that were brought in nobody has said more than that they begin.
            phase=Phase.LIKE if is_no_newcomer and details.phase is Phase.KNOW else details.phase,
            today=today,
            occasions=tuple(dict.fromkeys([*said, *(moment.occasion for moment in moments)])),
            # Of two with one occasion the first presses more.
            days_to={one.occasion: (one.falls_on - today).days for one in reversed(moments) if one.falls_on},
            has_asked=has_asked,
            known_of={each: frozenset(texts) for each, texts in known.items()},
            channels=details.channels,
            last_kind=records.last_kind(self.diary),
            is_no_newcomer=is_no_newcomer,
            not_these=frozenset(not_these) | records.declined(self.diary, self.now - DECLINED_FOR),
        )

    def without(self, given_id: int) -> "Scene":
        """As if that line of the diary were not there: nothing stands in its own way."""
        return replace(self, diary=[one for one in self.diary if one.id != given_id])

    def plan(self, given: Given) -> None:
        """With a reminder, where they want one, and the question what came of it, where they do not say so."""
        given.state, given.reminded, given.plans = State.PLANNED, 0, given.plans + 1
        given.tell_at = course.reminder_at(self.hours, given.on_day, self.now)
        if not given.remind:
            given.reminded, given.tell_at = 1, course.ask_again_at(self.hours, given.on_day)


class Scenes:
    """Every method is part of its caller's transaction."""

    def __init__(
        self, clock: Clock, *, cases: Cases, teams: Teams, requests: Requests, working_times: WorkingTimes
    ) -> None:
        self._clock = clock
        self._cases = cases
        self._teams = teams
        self._requests = requests
        self._working_times = working_times

    async def now(self, session: AsyncSession, workspace_id: str, card: Card, by: str) -> Scene:
        """It is done for the customer's team, else for the one that the colleague is pushed from."""
        team = records.team_of(card.details.channel_id, await self._teams.of_member(session, workspace_id, by))
        return await self.of_line(session, workspace_id, card, by, team.channel_id if team else None)

    async def of_line(
        self, session: AsyncSession, workspace_id: str, card: Card, by: str, channel_id: str | None
    ) -> Scene:
        """It is done for this team, as was decided before."""
        now = self._clock.now()
        decided = await limits.decided(session, workspace_id, channel_id)
        return Scene(
            card=card,
            by=by,
            channel_id=channel_id,
            now=now,
            hours=await at_work.hours_of(session, self._working_times, workspace_id, by, now),
            sector=decided.sector,
            currency=decided.currency,
            known_as=decided.workspace.known_as,
            limits=decided.of_team,
            decides=by in await self._requests.deciders(session, workspace_id, channel_id),
            standing=await self._cases.standing(session, workspace_id, card.id),
            diary=records.before(await queries.past(session, workspace_id, card.id)),
        )
