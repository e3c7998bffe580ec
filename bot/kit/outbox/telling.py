"""How one notice is told, and what follows when that does not succeed."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import DatabaseAway
from bot.kit.i18n import Language, Words
from bot.kit.metrics import Metrics
from bot.kit.outbox.kinds import SORRY, Kinds, Sorry, UnknownKind
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import MOST_TRIES, TIME_TO_ARRIVE, Consequence, Manner, NewNotice, consequence_of, pause
from bot.kit.outbox.service import LEASE, EarlierIsUnderWay, Outbox, Overtaken
from bot.kit.outbox.tables import Notice
from bot.kit.slack.errors import Refusal, new_error_id, refusal_of
from bot.kit.slack.outgoing import LinkExpired, Mouth, Posted, Said

log = structlog.get_logger(__name__)

POST_WITHIN = 10.0
"""Seconds that a call to Slack may take; the session of the client that posts holds it."""

SLACK_IS_AWAY = 5.0
"""Seconds in which nothing else is tried in a workspace when Slack could not be reached."""

UNTIL_MENDED = 300.0
"""Seconds between tries in a workspace that does not let us post at all."""

UNTIL_UPDATED = 60.0
"""Seconds after which a process that was started anew may know a kind of notice that this one does not."""

EARLIER_IS_UNDER_WAY = 2.0

CLOCKS_DIFFER = timedelta(minutes=5)
"""Slack's clock and ours, at most; a message is looked for from that much earlier on."""

LanguageOf = Callable[[str, str], Awaitable[Language]]
"""The language of a person or channel, given its workspace and id."""

_SLACK_FAILS = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
_NOTHING_WAS_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Teller:
    def __init__(
        self,
        outbox: Outbox,
        mouth: Mouth,
        kinds: Kinds,
        *,
        dictionary: Mapping[Language, Words],
        language_of: LanguageOf,
        pace: Pace,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._outbox = outbox
        self._mouth = mouth
        self._kinds = kinds
        self._dictionary = dictionary
        self._language_of = language_of
        self._pace = pace
        self._clock = clock
        self._metrics = metrics

    async def tell(self, notice: Notice, claimed_at: float) -> None:
        """Tells a notice that was claimed (`claimed_at`: the loop's time), or looks whether it was told already."""
        with structlog.contextvars.bound_contextvars(notice=notice.id, workspace=notice.workspace_id):
            try:
                if notice.in_doubt:
                    await self._look(notice)
                else:
                    await self._say(notice, claimed_at + LEASE.total_seconds() - POST_WITHIN)
            except DatabaseAway:
                log.warning("could_not_mark_a_notice", kind=notice.kind)  # its claim runs out; then it is looked up
            except Exception:
                error_id = new_error_id()
                log.exception("could_not_deliver", error_id=error_id, kind=notice.kind)
                self._metrics.errors.labels("delivery").inc()
                if notice.tries >= MOST_TRIES:
                    await self._give_up(notice, "could_not_deliver", error_id)

    async def _look(self, notice: Notice) -> None:
        """Slack may have it: found, it is done; not found, it is told in its turn."""
        if notice.response_url is not None:
            # What only one person sees stands in no history. To hear it twice is better than never.
            return await self._outbox.put_off(notice, 0, "not_known_whether_sent")
        since = (notice.first_tried_at or notice.posted_at) - CLOCKS_DIFFER
        try:
            found = await self._mouth.find(notice.whom, str(notice.id), since, thread_ts=notice.thread_ts)
        except _SLACK_FAILS as failure:
            return await self._could_not_look(notice, failure)
        if found is None:
            return await self._outbox.put_off(notice, 0, "had_not_arrived")
        self._metrics.notices_found.inc()
        return await self._was_sent(notice, found)

    async def _say(self, notice: Notice, before: float) -> None:
        try:
            said = await self._in_words(notice)
        except DatabaseAway:
            raise
        except UnknownKind:
            return await self._unknown_kind(notice)
        except Exception:
            error_id = new_error_id()
            log.exception("could_not_put_into_words", error_id=error_id, kind=notice.kind)
            return await self._give_up(notice, "could_not_put_into_words", error_id)
        try:
            place = await self._outbox.message_to_update(notice) if notice.updates is not None else None
            if asyncio.get_running_loop().time() > before:
                return log.warning("too_late_with_a_claim")  # somebody else may have it any moment
            posted = await self._post(notice, said, place)
        except LinkExpired:
            await self._outbox.again_without(notice, "response_url")
        except EarlierIsUnderWay:
            await self._outbox.put_off(notice, EARLIER_IS_UNDER_WAY, None)
        except Overtaken:
            await self._outbox.overtaken(notice)
        except _SLACK_FAILS as failure:
            await self._could_not_say(notice, failure)
        else:
            await self._was_sent(notice, posted)

    async def _in_words(self, notice: Notice) -> Said:
        kind = self._kinds[notice.kind]
        language = notice.language or await self._language_of(notice.workspace_id, notice.whom)
        return kind.render(kind.data.model_validate_json(notice.data), self._dictionary[Language(language)])

    async def _post(self, notice: Notice, said: Said, place: tuple[str, str] | None) -> Posted | None:
        if notice.response_url is not None:
            await self._mouth.reply(notice.response_url, said)
            return None
        mark = str(notice.id)
        if place is not None:
            await self._mouth.update(Posted(*place), said, mark=mark)
            return Posted(*place)
        return await self._mouth.post(notice.whom, said, thread_ts=notice.thread_ts, mark=mark)

    async def _was_sent(self, notice: Notice, posted: Posted | None) -> None:
        place = (posted.channel, posted.ts) if posted else (None, None)

        async def also(session: AsyncSession) -> None:
            kind = self._kinds[notice.kind]
            if kind.sent is not None:
                data = kind.data.model_validate_json(notice.data)
                await kind.sent(session, notice.workspace_id, data, *place)

        try:
            is_ours = await self._outbox.sent(notice, *place, also)
        except DatabaseAway:
            raise
        except Exception:
            log.exception("could_not_note_what_follows", error_id=new_error_id(), kind=notice.kind)
            is_ours = await self._outbox.sent(notice, *place, _nothing)
        if is_ours:
            delay = (self._clock.now() - notice.planned_for).total_seconds()
            self._metrics.notices_sent.labels(notice.kind).inc()
            self._metrics.notice_delay.observe(delay)
            log.info("notice_sent", kind=notice.kind, tries=notice.tries, seconds=round(delay, 3))

    # --- when it does not succeed ---

    async def _could_not_say(self, notice: Notice, failure: Exception) -> None:
        refusal = _refusal_of(failure)
        consequence = _consequence_of(failure, refusal)
        if consequence is Consequence.UNKNOWN and notice.tries >= MOST_TRIES:
            consequence = Consequence.NEVER
        match consequence:
            case Consequence.SLOWER:
                self._metrics.too_fast.inc()
                self._pace.was_too_fast(notice.workspace_id, asyncio.get_running_loop().time(), refusal.retry_after)
                await self._put_off(notice, refusal.retry_after, refusal.reason)
            case Consequence.LOOK_FIRST:
                await self._put_off(notice, max(TIME_TO_ARRIVE, _pause(notice)), refusal.reason, in_doubt=True)
            case Consequence.AGAIN:
                self._rest(notice, SLACK_IS_AWAY)
                await self._put_off(notice, _pause(notice), refusal.reason)
            case Consequence.UNKNOWN:
                await self._put_off(notice, _pause(notice), refusal.reason)
            case Consequence.WORKSPACE_WAITS:
                self._rest(notice, UNTIL_MENDED)
                log.error("workspace_does_not_let_us_post", reason=refusal.reason)
                await self._put_off(notice, UNTIL_MENDED, refusal.reason)
            case Consequence.ANEW:
                await self._outbox.again_without(notice, "updates")
            case Consequence.NOBODY_THERE:
                log.warning("nobody_there", kind=notice.kind, reason=refusal.reason)
                self._metrics.notices_failed.labels(refusal.reason).inc()
                await self._outbox.failed(notice, refusal.reason, nobody_there=True)
            case Consequence.THREAD_GONE if notice.whom.startswith(("D", "U", "W")):
                await self._outbox.again_without(notice, "thread_ts")
            case Consequence.THREAD_GONE | Consequence.NEVER:
                error_id = new_error_id()
                log.error("slack_does_not_take_it", error_id=error_id, kind=notice.kind, reason=refusal.reason)
                await self._give_up(notice, refusal.reason, error_id)

    async def _unknown_kind(self, notice: Notice) -> None:
        if notice.tries < MOST_TRIES:
            return await self._put_off(notice, UNTIL_UPDATED, "unknown_kind")
        error_id = new_error_id()
        log.error("unknown_kind", error_id=error_id, kind=notice.kind)
        return await self._give_up(notice, "unknown_kind", error_id)

    async def _could_not_look(self, notice: Notice, failure: Exception) -> None:
        refusal = _refusal_of(failure)
        match _consequence_of(failure, refusal):
            case Consequence.SLOWER:
                await self._put_off(notice, refusal.retry_after, refusal.reason, in_doubt=True)
            case Consequence.NOBODY_THERE | Consequence.NEVER | Consequence.THREAD_GONE:
                self._metrics.notices_failed.labels(refusal.reason).inc()
                await self._outbox.failed(notice, refusal.reason)
            case Consequence.WORKSPACE_WAITS if refusal.reason == "missing_scope":
                log.error("may_not_read_what_we_said", reason="the app lacks a scope of manifest.json")
                await self._outbox.put_off(notice, 0, "not_known_whether_sent")
            case Consequence.UNKNOWN if notice.tries >= 2 * MOST_TRIES:
                self._metrics.notices_failed.labels(refusal.reason).inc()
                await self._outbox.failed(notice, refusal.reason)
            case _:
                await self._put_off(notice, _pause(notice), refusal.reason, in_doubt=True)

    async def _put_off(self, notice: Notice, seconds: float, reason: str, *, in_doubt: bool = False) -> None:
        log.info("notice_put_off", kind=notice.kind, reason=reason, tries=notice.tries, seconds=round(seconds, 1))
        self._metrics.notices_put_off.labels(reason).inc()
        await self._outbox.put_off(notice, seconds, reason, in_doubt=in_doubt)

    async def _give_up(self, notice: Notice, reason: str, error_id: str) -> None:
        """Whoever waits for it hears at least that it did not succeed, with the number that stands in the log."""
        self._metrics.notices_failed.labels(reason).inc()
        sorry: NewNotice | None = None
        if notice.manner == Manner.ASKED and notice.kind != SORRY.name:
            sorry = NewNotice(
                workspace_id=notice.workspace_id,
                key=f"{SORRY.name}:{notice.id}",
                kind=SORRY.name,
                data=Sorry(error_id=error_id),
                whom=notice.whom,
                thread_ts=notice.thread_ts,
                response_url=notice.response_url,
                language=notice.language,
                manner=Manner.ASKED,
            )
        await self._outbox.failed(notice, reason, instead=sorry)

    def _rest(self, notice: Notice, seconds: float) -> None:
        self._pace.rest(notice.workspace_id, asyncio.get_running_loop().time(), seconds)


async def _nothing(_session: AsyncSession) -> None:
    return


def _refusal_of(failure: Exception) -> Refusal:
    """Slack's own word, or, where Slack said nothing, what happened to the connection."""
    return refusal_of(failure) if isinstance(failure, SlackApiError) else Refusal(0, type(failure).__name__, 1)


def _consequence_of(failure: Exception, refusal: Refusal) -> Consequence:
    if isinstance(failure, SlackApiError):
        return consequence_of(refusal.status, refusal.reason)
    return Consequence.AGAIN if isinstance(failure, _NOTHING_WAS_SENT) else Consequence.LOOK_FIRST


def _pause(notice: Notice) -> float:
    return pause(notice.tries, random.random())  # noqa: S311 — chance that spreads tries, not a secret
