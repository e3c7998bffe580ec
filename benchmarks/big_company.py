"""A company of 20,000 people in 2,000 teams, and the database that it has after a year with the bot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Insert, SQLColumnExpression, insert, literal, select, text

from benchmarks import payloads
from bot.coaching import tables as coaching
from bot.coaching.tables import Place, Question
from bot.first_day.service import FirstDay
from bot.kit import audit
from bot.kit.clock import SystemClock
from bot.kit.database import Base, Database
from bot.kit.i18n import Language
from bot.kit.migrate import migrate
from bot.kit.outbox import tables as outbox
from bot.kit.outbox.rules import TURN, Manner
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.tables import Push, WorkingTime
from bot.people.roles import Role, Standing
from bot.people.roles_given import BY_HAND
from bot.people.tables import Colleague, RoleGiven, Workspace
from bot.sandbox.workspace import Workspace as SlackWorkspace
from bot.teams import records
from bot.teams import rules as teams
from bot.teams.tables import Team, TeamLead, TeamMember

PEOPLE, TEAMS, LARGE, IN_LARGE = 20_000, 2_000, 5, 2_000
"""`LARGE` channels of `IN_LARGE` people, who are in no team yet, and of whom the bot knows nothing."""

QUESTIONS, KEPT, KEPT_NOTICES, CHANGES = 10, 90, 30, 5_000
"""Questions of each in a year, days for which pushes and notices are kept, and lines in the audit log."""

UNANSWERED, WEEKEND = 5, {5, 6}
"""Of the pushes those of the last days are still unanswered."""

OPENED = 60
"""People of each kind who open their Home tab."""

LED_BY_ONE = 12
ZONE, VISION = "Europe/Amsterdam", "Whoever comes to us feels expected."
ASK = "A customer is angry because the parcel is late again. What do I say?"


@dataclass(frozen=True)
class Company:
    slack: SlackWorkspace
    people: Sequence[str]
    teams: Sequence[str]
    large: Sequence[str]
    """Channels that are no team yet."""

    @property
    def leads(self) -> dict[str, list[str]]:
        """Of each team its first member; of twelve in a row somebody else as well, who leads them all."""
        size = len(self.people) // len(self.teams)
        leads = {channel: [self.people[n * size]] for n, channel in enumerate(self.teams)}
        for n, channel in enumerate(self.teams[: OPENED * LED_BY_ONE]):
            leads[channel].append(self.leads_of_twelve[n // LED_BY_ONE])
        return leads

    @property
    def leads_of_twelve(self) -> Sequence[str]:
        return self._each(1, LED_BY_ONE)

    @property
    def kinds(self) -> dict[str, Sequence[str]]:
        """Who opens their Home tab, by what they are."""
        return {
            "a colleague in one team": self._each(5),
            "a colleague in two teams": self._each(9),
            "a lead of one team": self._each(0),
            f"a lead of {LED_BY_ONE} teams": self.leads_of_twelve,
            "leadership": self._each(2),
            "an administrator": self._each(3),
        }

    @property
    def roles(self) -> dict[Role, Sequence[str]]:
        leads = {lead for some in self.leads.values() for lead in some}
        return {Role.LEAD: sorted(leads), Role.LEADERSHIP: self._each(2), Role.ADMINISTRATOR: self._each(3)}

    def _each(self, nth: int, every: int = 1) -> Sequence[str]:
        """The nth member of so many teams."""
        return self.people[nth :: every * len(self.people) // len(self.teams)][:OPENED]


def company() -> Company:
    slack = SlackWorkspace(now=SystemClock().now, events={"app_home_opened", "message.im"})
    slack.bot_token, slack.signing_secret = payloads.TOKEN, payloads.SECRET
    everybody = PEOPLE + LARGE * IN_LARGE
    ids = [slack.add_person(f"p{n}", f"Person {n}", id=f"U1{n:09}", tz=ZONE).id for n in range(everybody)]
    size, channels = PEOPLE // TEAMS, list[str]()
    for n in range(TEAMS):
        own, of_the_team_before = ids[n * size : (n + 1) * size], ids[n * size - 1]
        visitors = [of_the_team_before] if n else []
        channels.append(slack.add_channel(f"team-{n}", [*own, *visitors, slack.bot_user_id]).id)
    large = [
        slack.add_channel(f"large-{n}", [*ids[PEOPLE + n * IN_LARGE :][:IN_LARGE], slack.bot_user_id]).id
        for n in range(LARGE)
    ]
    return Company(slack, ids[:PEOPLE], channels, large)


# --- its database ------------------------------------------------------------------------------------


async def fill(database: Database, company: Company) -> None:
    """What a year leaves behind, in as many statements as a year has days, and not as many as it has rows."""
    await migrate(database.url)
    here, now = company.slack.team_id, datetime.now(UTC)
    async with database.writing() as session:
        session.add(
            Workspace(workspace_id=here, guests_may_browse=False, profiles_due_at=now, profiles_wanted_again=False)
        )
        session.add_all(team(company, channel, now) for channel in company.teams)
    async with database.writing() as session:
        for rows_of, rows in _who_is_what(company, now).items():
            await session.execute(insert(rows_of), rows)
    for statement in _a_year(here, now):
        async with database.writing() as session:
            await session.execute(statement)
    if not database.is_sqlite:  # which it does by itself, in a while
        async with database.writing() as session:
            await session.execute(text("analyze"))


def team(company: Company, channel: str, now: datetime, **more: Any) -> Team:
    name = company.slack.channels[channel].name
    plan = teams.usual(name, Language.EN, ZONE, ())
    return Team(
        workspace_id=company.slack.team_id,
        channel_id=channel,
        **(records.values(plan) | {"vision": VISION}),
        standing=teams.Standing.ACTIVE,
        version=1,
        set_up_by=company.people[0],
        set_up_at=now,
        changed_by=company.people[0],
        changed_at=now,
        introduced_at=now,
        channel_name=name,
        **({"members_read": 0, "members_read_at": now} | more),
    )


def _who_is_what(company: Company, now: datetime) -> dict[type[Base], list[dict[str, Any]]]:
    here = {"workspace_id": company.slack.team_id}
    is_met = {"standing": Standing.MEMBER, "zone": ZONE, "seen_at": now, "is_slack_admin": False}
    colleagues = [
        here | is_met | {"slack_id": person, "language": ("nl", "en")[n % 2], "first_day": FirstDay.OVER}
        for n, person in enumerate(company.people)
    ]
    size = PEOPLE // TEAMS
    members = {
        (channel, person): place < size  # those behind them are in their second team
        for channel in company.teams
        for place, person in enumerate(company.slack.channels[channel].members)
        if person != company.slack.bot_user_id
    }
    return {
        Colleague: colleagues,
        TeamMember: [
            here | {"channel_id": channel, "slack_id": person, "seen_at": now, "is_first": is_first}
            for (channel, person), is_first in members.items()
        ],
        TeamLead: [
            here | {"channel_id": channel, "slack_id": lead}
            for channel, leads in company.leads.items()
            for lead in leads
        ],
        RoleGiven: [
            here | {"slack_id": person, "role": role, "source": BY_HAND, "given_at": now}
            for role, people in company.roles.items()
            for person in people
        ],
        WorkingTime: [
            here | {"whom": person, "team": channel, "zone": ZONE}
            for (channel, person), is_first in members.items()
            if is_first
        ],
        audit.Entry: [
            here
            | {"at": now, "by": company.people[3], "what": "team_changed", "about": channel, "detail": {"fields": []}}
            for channel in (company.teams * 3)[:CHANGES]
        ],
    }


def _a_year(workspace_id: str, now: datetime) -> Iterator[Insert]:
    for n in range(QUESTIONS):
        at, key = now - timedelta(days=n * 365 / QUESTIONS), literal(f"Ev{n}") + Colleague.slack_id
        yield _of_everybody(
            Question,
            workspace_id=workspace_id,
            event_key=key,
            colleague_id=Colleague.slack_id,
            place=Place.DIRECT,
            channel_id="D" + Colleague.slack_id,
            conversation=key,
            text=ASK,
            language=Language.EN,
            another_angle=False,
            asked_at=at,
            state=coaching.State.ANSWERED,
            due_at=at,
            answered_at=at,
            answer=ASK,
        )
    for n in range(KEPT):
        at, key = now - timedelta(days=n, hours=1), f"goals.today:{n}:" + Colleague.slack_id
        if at.weekday() in WEEKEND:
            continue
        yield _of_everybody(
            Push,
            workspace_id=workspace_id,
            whom=Colleague.slack_id,
            working_day=at.date(),
            notice_key=key,
            pushed_at=at,
            **({} if n < UNANSWERED else {"answered_at": at}),
        )
        if n < KEPT_NOTICES:
            yield _of_everybody(
                Notice,
                workspace_id=workspace_id,
                key=key,
                kind="goals.today",
                data="",
                whom=Colleague.slack_id,
                manner=Manner.PUSH,
                turn=TURN[Manner.PUSH],
                posted_at=at,
                planned_for=at,
                state=outbox.State.SENT,
                done_at=at,
            )


def _of_everybody(rows_of: type[Base], **values: Any) -> Insert:
    """A row for each colleague."""
    columns = rows_of.__table__.columns
    chosen = {
        name: value if isinstance(value, SQLColumnExpression) else literal(value, columns[name].type)
        for name, value in values.items()
    }
    return insert(rows_of).from_select(list(chosen), select(*chosen.values()).select_from(Colleague))
