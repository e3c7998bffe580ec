"""The composition root: settings in, a running bot out. The only place where parts are wired together."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.administration import notices as administration_notices
from bot.administration.views import Health
from bot.cases import notices as case_notices
from bot.coaching import notices as coaching_notices
from bot.coaching.desk import AnswerDesk
from bot.coaching.views import Action as CoachingAction
from bot.first_day import notices as first_day_notices
from bot.gestures import notices as gesture_notices
from bot.kit.clock import Clock
from bot.kit.database import DatabaseAway
from bot.kit.embedding.embedder import Embedder
from bot.kit.metrics import Metrics
from bot.kit.migrate import migrate
from bot.kit.outbox.delivery import Delivery
from bot.kit.outbox.kinds import Kinds
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.tables import State as NoticeState
from bot.kit.outbox.telling import POST_WITHIN, Teller
from bot.kit.slack import app as slack
from bot.kit.slack.do_not_disturb import DoNotDisturb
from bot.kit.slack.errors import REFUSED_TOKEN, reason_of
from bot.kit.slack.homes import Homes
from bot.kit.slack.http import Door
from bot.kit.slack.outgoing import Mouth
from bot.kit.slack.socket import Socket
from bot.kit.working_time.heard import Heard
from bot.people.census import Census
from bot.people.groups import Groups
from bot.promises import notices as promise_notices
from bot.reception import ELSEWHERE, FROM_PROMISES, Reception
from bot.services import services
from bot.settings import Settings, SettingsError
from bot.teams import notices as team_notices
from bot.teams.membership import Membership
from bot.timetable import of_who_listens, of_who_works, timetable
from bot.trade import step_names

log = structlog.get_logger(__name__)

GRACE_TO_READ, GRACE_TO_ANSWER, GRACE_TO_DELIVER = 1.0, 3.0, 2.5
STOPS_WITHIN = 9.0
"""Seconds that work under way gets when the bot is told to stop, and all of it together: orchestrators give ten."""

CLOCKS_MAY_DIFFER_BY = 2.0
"""Seconds: leases of several processes are counted by their own clocks."""

SLACK_PATIENCE = aiohttp.ClientTimeout(total=POST_WITHIN, connect=5)
WITHIN_A_CLICK = aiohttp.ClientTimeout(total=2.5)
"""What a click waits for is opened within Slack's three seconds, or not at all."""

COUNTED_NOTICES = (NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.FAILED)
"""What is sent or expired is counted as it happens, or seen with `acht outbox`."""

LEARN_AFTER = 1.0
ASK_SLACK_AGAIN = 5.0
SLACK_IS_AWAY = (aiohttp.ClientError, SlackApiError, TimeoutError, OSError)


class Acht:
    """The bot. `start` returns when it listens; `stop` ends it well. Made inside a running event loop."""

    def __init__(self, settings: Settings, clock: Clock, *, listens: bool = True, works: bool = True) -> None:
        """`listens`: takes what Slack sends. `works`: answers, delivers and keeps the timetable.

        Raises ContentError when the playbooks, prompts or words cannot be used.
        """
        self.settings = settings
        self.metrics = Metrics()
        self.services = services(settings, clock, self.metrics)
        self.database, self.people = self.services.database, self.services.people
        self.outbox, self.coaching = self.services.outbox, self.services.coaching
        self._clock = clock
        self._works = works
        self._is_alone = listens and works
        self._http = aiohttp.ClientSession(timeout=SLACK_PATIENCE)
        self._click_http = aiohttp.ClientSession(timeout=WITHIN_A_CLICK)
        token, api_url = settings.slack_bot_token.get_secret_value(), str(settings.slack_api_url)
        self.client = slack.web_client(token, api_url, self._http, slack.patience())
        self._workspaces = slack.Workspaces(self.client, token)
        working_times = self.services.working_times
        self._heard = Heard(self.database, working_times, clock)
        self._do_not_disturb = DoNotDisturb(self.client, self.database, working_times, clock)
        click_client = slack.web_client(token, api_url, self._click_http)
        self._groups = Groups(self.client, click_client, self.services.role_groups, clock)
        self._census = Census(self.client, self.services.register)
        self.homes = Homes(click_client, self.services.home.compose)
        self._membership = Membership(
            self.services.teams,
            self.client,
            self.database,
            clock,
            self.metrics,
            changed=self.homes.changed,
            profiles_wanted=self.services.register.wanted,
        )
        self._socket: Socket | None = None
        self.reception: Reception | None = None
        self._door = Door(self.metrics, self.readiness, self._measure)
        if listens:
            self._listen(click_client)
        mouth = Mouth(slack.web_client(token, api_url, self._http), self.client, self._http)
        self.desk = AnswerDesk(
            self.coaching, mouth, self.services.dictionary, self.metrics, at_once=settings.acht_answers_at_once
        )
        self.delivery = self._delivery(mouth)
        jobs = of_who_listens(self._heard, self._socket) if listens else []
        if works:
            jobs += of_who_works(
                self.outbox,
                self._groups,
                self._census,
                administration=self.services.administration,
                gestures=self.services.gestures,
                promises=self.services.promises,
            )
        self._timetable = timetable(jobs, self.metrics)
        self._background: set[asyncio.Task[Any]] = set()

    def _delivery(self, mouth: Mouth) -> Delivery:
        pace = Pace()
        kinds = [
            *coaching_notices.kinds(self.coaching),
            *first_day_notices.kinds(),
            *team_notices.kinds(self.services.teams, step_names, CoachingAction.READ_STEP),
            *gesture_notices.kinds(self.services.gestures.catalogue, self._clock, ELSEWHERE),
            *case_notices.kinds(),
            *promise_notices.kinds(self.services.promises, self._clock, FROM_PROMISES),
            *administration_notices.kinds(),
        ]
        teller = Teller(
            self.outbox,
            mouth,
            Kinds(kinds),
            dictionary=self.services.dictionary,
            language_of=self.people.language,
            pace=pace,
            clock=self._clock,
            metrics=self.metrics,
        )
        return Delivery(self.outbox, teller, self._do_not_disturb, pace=pace, clock=self._clock, metrics=self.metrics)

    async def start(self) -> int:
        """The port that the bot listens on. Raises SettingsError, OSError (port taken), DatabaseAway."""
        try:
            if self.database.is_sqlite and not self._is_alone:
                raise SettingsError("DATABASE_URL is a file, which serves one process: several need PostgreSQL.")
            if not await self.database.is_migrated():
                await migrate(self.database.url)
            if self.database.is_sqlite:
                await self.coaching.take_back()
                await self.outbox.take_back()
            port = await self._door.open(self.settings.host, self.settings.port)
            self._timetable.start()
            if self._works:
                await self.services.register.all_wanted()
                self.desk.open()
                self.delivery.open()
                self._membership.open()
            await self._meet_slack()
        except BaseException:
            await self.stop()
            raise
        if self.services.embedder is not None:
            self._in_background(self._learn_in_a_moment(self.services.embedder))
        mode = "socket" if self._socket else "http"
        log.info("started", port=port, mode=mode, model=self.services.model is not None)
        return port

    async def refuse_a_wrong_clock(self) -> None:
        """Raises SettingsError, DatabaseAway."""
        differs = await self.database.clock_differs_by(self._clock.now())
        if abs(differs) > CLOCKS_MAY_DIFFER_BY:
            raise SettingsError(f"This machine's clock is {differs:+.0f} s from the database's: set both, with NTP.")

    async def stop(self) -> None:
        """Takes no more work, lets what is under way end, gives the rest back; in any case in time."""
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                await self._stop()
        except TimeoutError:
            log.warning("stopped_in_a_hurry")

    async def _stop(self) -> None:
        if self._timetable.running:
            self._timetable.shutdown(wait=False)
        await self._door.close()
        if self._socket is not None:
            await self._socket.close()
        if self.reception is not None:
            await self.reception.close()
        await self._membership.close(GRACE_TO_READ)
        await self.homes.close()
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.desk.close(GRACE_TO_ANSWER)
        await self.delivery.close(GRACE_TO_DELIVER)
        with suppress(DatabaseAway):
            await self._heard.write_down()
        for part in (self.services.model, self.services.embedder):
            if part is not None:
                await part.close()
        await self._http.close()
        await self._click_http.close()
        await self.database.close()

    async def readiness(self) -> dict[str, bool]:
        """What must be well before the bot is sent work. Content is loaded, or there would be no bot to ask."""
        try:
            migrated = await self.database.is_migrated()
            await self.database.try_again()
        except DatabaseAway:
            migrated = False
        ready = {"database": migrated, "content": True, "slack": self._workspaces.is_accepted}
        return ready | {"socket": await self._socket.is_open()} if self._socket else ready

    async def _health(self) -> Health:
        """For an administrator."""
        model = self.settings.openai_model if self.services.model else None
        return Health(await self.readiness(), model, self.services.search.understands_meaning)

    async def _measure(self) -> None:
        """How the outbox stands, for /metrics."""
        with suppress(DatabaseAway):
            queue = await self.outbox.queue(COUNTED_NOTICES)
            for state in COUNTED_NOTICES:
                self.metrics.notices.labels(state).set(queue.in_state.get(state, 0))
            waited = (self._clock.now() - queue.oldest_due).total_seconds() if queue.oldest_due else 0
            self.metrics.oldest_notice.set(waited)

    def _listen(self, client: AsyncWebClient) -> None:
        """Over Socket Mode where there is an app token, else at the door."""
        bolt = self._listening_app(client)
        settings = self.settings
        if settings.slack_app_token is not None:
            self._socket = Socket(bolt, settings.slack_app_token.get_secret_value(), self.client)
        elif settings.slack_signing_secret is not None:
            secret = settings.slack_signing_secret.get_secret_value()
            self._door.let_slack_in(bolt, secret, lambda: self._workspaces.is_accepted)

    def _listening_app(self, client: AsyncWebClient) -> AsyncApp:
        secret = self.settings.slack_signing_secret
        app = slack.build(self._workspaces, client, secret.get_secret_value() if secret else "")
        self.reception = Reception(
            self.services,
            client,
            homes=self.homes,
            heard=self._heard,
            groups=self._groups,
            do_not_disturb=self._do_not_disturb,
            health=self._health,
            organisation=lambda: self._workspaces.name,
        )
        self.reception.listen(app)
        return app

    async def _meet_slack(self) -> None:
        """Once now, so that a token that Slack refuses ends the start; in the background while Slack is away."""
        try:
            await self._introduce()
        except SLACK_IS_AWAY:
            log.warning("slack_is_away")
            self._in_background(self._meet_slack_later())

    async def _meet_slack_later(self) -> None:
        while True:
            await asyncio.sleep(ASK_SLACK_AGAIN)
            try:
                return await self._introduce()
            except (*SLACK_IS_AWAY, SettingsError) as away:
                log.warning("slack_is_away", reason=type(away).__name__)

    async def _introduce(self) -> None:
        name = "SLACK_BOT_TOKEN"
        try:
            await self._workspaces.greet()
            if self._socket is not None:
                name = "SLACK_APP_TOKEN"
                await self._socket.open()
        except SlackApiError as error:
            if reason_of(error) not in REFUSED_TOKEN:
                raise
            raise SettingsError(
                f"{name} is refused by Slack ({reason_of(error)}): copy it again from your app's page."
            ) from None

    async def _learn_in_a_moment(self, embedder: Embedder) -> None:
        """Search by meaning takes both cores for a while at first: after the start, not within it."""
        await asyncio.sleep(LEARN_AFTER)
        await self.services.search.learn(embedder, self.database)

    def _in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        task.add_done_callback(_report)


def _report(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("background_work_failed", exc_info=error)
