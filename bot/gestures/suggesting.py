"""Slack in: a colleague asks for a gesture for a customer, and puts one aside.

The offer is shown at once with the catalogue's own words; where there is a model, it is shown again when it has
made them fit. Nothing waits for that, and what somebody has clicked away meanwhile stays away.
"""

import asyncio
import re
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.customers import names, screening
from bot.customers.handlers import found_nobody, refusing
from bot.customers.service import Customers
from bot.gestures import suggestion_views as views
from bot.gestures.clicks import Around, Shown, opened, show, updated
from bot.gestures.diary import NoSuchGesture
from bot.gestures.drafting import Drafting
from bot.gestures.offers import Offer, Offers
from bot.gestures.refusal_views import HAS_ASKED, IS_FREE
from bot.gestures.service import Gestures
from bot.gestures.suggestion_views import SHOWN, Showing
from bot.gestures.views import Action
from bot.kit.i18n import Words
from bot.kit.metrics import Metrics
from bot.kit.slack.errors import new_error_id, reason_of
from bot.kit.slack.incoming import Command, Interaction, submission
from bot.kit.slack.outgoing import Said
from bot.kit.worker import UnderWay
from bot.moments import rules as moment_rules
from bot.moments.calendar import Calendar
from bot.trade import Occasion

log = structlog.get_logger(__name__)

DRAFTED_AT_ONCE = 4
"""Customers. Whoever comes then has the catalogue's own words, which are good ones."""

FORM_TAKES = 0.5
"""Seconds in which Slack has put the offer in the place of the form that was sent."""


class Suggesting:
    def __init__(
        self,
        gestures: Gestures,
        offers: Offers,
        drafting: Drafting,
        around: Around,
        *,
        customers: Customers,
        calendar: Calendar,
        metrics: Metrics,
    ) -> None:
        self._gestures = gestures
        self._offers = offers
        self._drafting = drafting
        self._around = around
        self._customers = customers
        self._calendar = calendar
        self._metrics = metrics
        self._under_way = UnderWay[str](asyncio.Event())
        self._newest: dict[str, Offer] = {}
        """For each modal with drafts under way, the offer that it shows."""

    def listen(self, app: AsyncApp) -> None:
        self._client = app.client
        app.action(re.compile(rf"^{Action.SUGGEST}\b"))(self.asks_for_a_gesture)
        app.action(Action.SAID_YES)(self.says_that_they_agree)
        app.action(Action.WHO)(self.opens_for_whom)
        app.view(Action.FOR_WHOM)(self.says_for_whom)
        app.action(re.compile(rf"^{Action.NOT_THIS}\b"))(self.puts_aside)

    async def close(self) -> None:
        """Drafts that are not there yet are left: the catalogue's own words stand where they would come."""
        await self._under_way.end(0)

    # --- for whom ---

    async def command(self, command: Command, rest: str, _: Words) -> Said | None:
        """Raises CardIsGone, NotYourCustomer."""
        workspace_id, by = command.team_id, command.user_id
        if not names.typed_words(rest):
            await self._client.views_open(trigger_id=command.trigger_id, view=self._for_whom(_))
            return None
        meant = await self._customers.meant(workspace_id, rest, by=by, limit=SHOWN + 1)
        found = meant.found
        if not found:
            people = self._around.people
            return await found_nobody(self._customers, people, command, rest, meant.near, _, pick=Action.SUGGEST)
        if len(found) > 1 or not meant.is_sure:
            return views.which_customer(found, _)
        offer = await self._offers.make(workspace_id, by, command.user_name, Showing(customer_id=found[0].id))
        may_draft = self._may_draft(offer)
        shown = await opened(self._client, command.trigger_id, offer.view(_, is_drafting=may_draft))
        if may_draft:
            self._draft(self._client, offer, shown, _)
        return None

    async def opens_for_whom(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        _ = await self._around.words(Interaction.model_validate(body))
        await show(client, body, self._for_whom(_))

    def _for_whom(self, _: Words) -> dict[str, Any]:
        """Of several moments with the same occasion, the first is offered."""
        of_file = [moment for moment in self._calendar.moments if moment.is_told]
        noted = {moment.occasion: moment.in_language(_.language).name for moment in reversed(of_file)}
        going_on = dict(moment_rules.sayable(_)) | dict(reversed(noted.items()))
        return views.for_whom(list(going_on.items()), self._around.elsewhere, _)

    async def says_for_whom(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CardIsGone, NotYourCustomer."""
        submitted, form = submission(body)
        _ = await self._around.words(submitted)
        about = str(form.value("about", "about") or "").strip() or None
        if findings := screening.screen(about or ""):
            await ack(response_action="errors", errors={"about": findings[0].sentence(_)})
            return
        occasion = form.value("occasion", "occasion")
        showing = Showing(
            customer_id=int(form.value("customer", self._around.elsewhere.find_customer)),
            occasion=Occasion(occasion) if occasion else None,
            has_asked=HAS_ASKED in form.values(HAS_ASKED, HAS_ASKED),
            about=about,
        )
        offer = await self._offers.make(submitted.team.id, submitted.user.id, submitted.user.name, showing)
        may_draft = self._may_draft(offer)
        await ack(response_action="update", view=offer.view(_, is_drafting=may_draft))
        if may_draft:
            self._draft(client, offer, Shown(form.id, None), _, not_before=FORM_TAKES)

    # --- the offer ---

    async def asks_for_a_gesture(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """From a card, a moment or an answer. Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        _ = await self._around.words(click)
        await self._offer_after(client, click, body, _asked_for(click.chosen), _)

    async def says_that_they_agree(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Where there was no consent: it is on the card from today, and what was asked for is offered.

        Raises CardIsGone, NotYourCustomer.
        """
        await ack()
        click = Interaction.model_validate(body)
        workspace_id, by, customer_id = click.team.id, click.user.id, int(click.chosen)
        with refusing():
            today = await self._around.today(workspace_id, by)
            await self._customers.agrees(workspace_id, customer_id, by=by, on=today)
        showing = Showing(customer_id=customer_id)
        if click.view is not None and click.view.callback_id == Action.SUGGEST:
            showing = Showing.model_validate_json(click.view.private_metadata)
        await self._offer_after(client, click, body, showing, await self._around.words(click))

    async def _offer_after(
        self, client: AsyncWebClient, click: Interaction, body: dict[str, Any], showing: Showing, _: Words
    ) -> None:
        """Raises CardIsGone, NotYourCustomer."""
        offer = await self._offers.make(click.team.id, click.user.id, click.user.name, showing)
        may_draft = self._may_draft(offer)
        view = offer.view(_, is_drafting=may_draft)
        shown = await show(client, body, view, in_place_of=(Action.SUGGEST, Action.DO))
        self._newest.pop(shown.id, None)
        if may_draft:
            self._draft(client, offer, shown, _)

    async def puts_aside(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Another one comes in its place; the others stay where they are, with what was said of them.

        Raises CardIsGone, NotYourCustomer.
        """
        await ack()
        click, view = submission(body)
        _, showing = await self._around.words(click), Showing.model_validate_json(view.private_metadata)
        with refusing():
            try:
                await self._gestures.set_aside(click.team.id, showing.customer_id, click.chosen, by=click.user.id)
            except NoSuchGesture:
                log.info("put_aside_what_is_gone")  # it is not suggested any more either
        left = tuple(None if each == click.chosen else each for each in showing.shown)
        showing = showing.model_copy(update={"shown": left})
        offer = await self._offers.make(click.team.id, click.user.id, click.user.name, showing)
        may_draft = self._may_draft(offer)
        self._newest.pop(view.id, None)
        shown = await updated(client, view.id, offer.view(_, is_drafting=may_draft))
        if may_draft:
            self._draft(client, offer, shown, _)

    # --- words that fit ---

    def _may_draft(self, offer: Offer) -> bool:
        return self._drafting.has_model and bool(offer.to_draft) and len(self._under_way) < DRAFTED_AT_ONCE

    def _draft(self, client: AsyncWebClient, offer: Offer, shown: Shown, _: Words, *, not_before: float = 0) -> None:
        """In the background. `not_before`: seconds."""
        self._newest[shown.id] = offer
        self._under_way.begin(shown.id, self._draft_and_show(client, offer, shown, _, not_before))

    async def _draft_and_show(
        self, client: AsyncWebClient, offer: Offer, shown: Shown, _: Words, not_before: float
    ) -> None:
        """Not over what somebody has clicked on meanwhile: an older one is left, and Slack compares the hash, where it
        is known.
        """
        wanted = self._drafting.words(
            offer.workspace_id, offer.to_draft, hidden=[offer.suggested.customer.name, offer.colleague]
        )
        try:
            new, _waited = await asyncio.gather(wanted, asyncio.sleep(not_before))
            if self._newest.get(shown.id) is not offer:
                return
            view = offer.with_drafts(new).view(_, is_drafting=False)
            await client.views_update(view_id=shown.id, hash=shown.hash, view=view)
        except SlackApiError as error:
            log.info("drafts_not_shown", reason=reason_of(error))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("drafts_not_shown", reason=type(error).__name__)
        except Exception:
            log.exception("could_not_draft", error_id=new_error_id())
            self._metrics.errors.labels("drafting").inc()
        finally:
            if self._newest.get(shown.id) is offer:
                del self._newest[shown.id]


def _asked_for(value: str) -> Showing:
    """What a button that asks for a gesture says: “12”, “12:birthday”, “12::asked”, “12::free”."""
    customer_id, _colon, rest = value.partition(":")
    occasion, _colon, only = rest.partition(":")
    return Showing(
        customer_id=int(customer_id),
        occasion=Occasion(occasion) if occasion else None,
        has_asked=only == HAS_ASKED,
        only_free=only == IS_FREE,
    )
