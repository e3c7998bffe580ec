"""Slack in: a colleague says when a gesture will be done, asks a lead for it, has done it, or lets it go."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.customers.handlers import refusing
from bot.gestures import diary_views
from bot.gestures import suggestion_views as views
from bot.gestures.answering import NobodyToAsk
from bot.gestures.clicks import Around, GestureIsGone, about_a_gesture, show, updated
from bot.gestures.course import Decision
from bot.gestures.diary import NoSuchGesture
from bot.gestures.doing import NotADay
from bot.gestures.offers import Offers
from bot.gestures.refusal_views import refusal
from bot.gestures.service import Gestures
from bot.gestures.suggestion_views import Choosing, Showing
from bot.gestures.views import Action, title_of
from bot.kit.i18n import Words
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, View, submission
from bot.kit.working_time.wall_clock import DAY


class NobodyCanSayYes(Refused):
    def said(self, _: Words) -> str:
        return _("Your team has no lead yet who could say yes. Choose something that you decide by yourself.")


class Giving:
    def __init__(
        self, gestures: Gestures, offers: Offers, around: Around, *, changed: Callable[[str, str], None]
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._gestures = gestures
        self._offers = offers
        self._around = around
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        app.action(re.compile(rf"^{Action.DO}\b"))(self.will_do_it)
        app.action(Action.TODAY)(self.does_it_today)
        app.action(Action.ON_DAY)(self.does_it_on_a_day)
        app.action(Action.REMIND)(self.wants_a_reminder)
        app.action(Action.DONE_ALREADY)(self.has_just_done_it)
        app.action(re.compile(rf"^{Action.ASK_LEAD}\b"))(self.asks_the_lead)
        app.action(re.compile(rf"^{Action.DONE}\b"))(self.has_done_it)
        app.action(re.compile(rf"^{Action.DROP}\b"))(self.lets_it_go)
        app.action(re.compile(rf"^{Action.ANOTHER_DAY}\b"))(self.wants_another_day)
        app.view(Action.MOVE)(self.moves_it)

    # --- one of the three ---

    async def will_do_it(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises GestureIsGone, CardIsGone, NotYourCustomer."""
        await ack()
        click, choosing, _view = await self._chosen(body)
        await show(client, body, await self._when(click, choosing))

    async def wants_a_reminder(self, ack: AsyncAck) -> None:
        """Or none: what is ticked comes along with the day."""
        await ack()

    async def does_it_today(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises as `_give`, and so do the next two."""
        await ack()
        click, view = submission(body)
        await self._give(client, click, view, await self._around.today(click.team.id, click.user.id))

    async def does_it_on_a_day(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click, view = submission(body)
        await self._give(client, click, view, date.fromisoformat(click.chosen))

    async def has_just_done_it(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click, view = submission(body)
        await self._give(client, click, view, None)

    async def _give(self, client: AsyncWebClient, click: Interaction, view: View, day: date | None) -> None:
        """`day`: None when it was done just now. Raises CardIsGone, NotYourCustomer, GestureIsGone."""
        choosing = Choosing.model_validate_json(view.private_metadata)
        try:
            with refusing():
                decision = await self._gestures.give(
                    click.team.id,
                    choosing.customer_id,
                    choosing.gesture_id,
                    by=click.user.id,
                    occasion=choosing.occasion,
                    words=choosing.words,
                    event_key=_event_key(view, choosing),
                    on_day=day,
                    remind=day is not None and views.wants_a_reminder(view),
                )
        except NoSuchGesture:
            raise GestureIsGone from None
        except NotADay:
            await updated(client, view.id, await self._when(click, choosing, is_no_day=True))
            return
        await updated(client, view.id, await self._came_of(click, decision, choosing.customer_id, choosing.name))
        self._changed(click.team.id, click.user.id)

    async def asks_the_lead(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """At once, for its own day: that can be changed while they wait for the answer.

        Raises GestureIsGone, CardIsGone, NotYourCustomer, NobodyCanSayYes.
        """
        await ack()
        click, choosing, view = await self._chosen(body)
        try:
            with refusing():
                decision = await self._gestures.ask_lead(
                    click.team.id,
                    choosing.customer_id,
                    choosing.gesture_id,
                    by=click.user.id,
                    occasion=choosing.occasion,
                    words=choosing.words,
                    event_key=_event_key(view, choosing),
                )
        except NoSuchGesture:
            raise GestureIsGone from None
        except NobodyToAsk:
            raise NobodyCanSayYes from None
        await show(client, body, await self._came_of(click, decision, choosing.customer_id, choosing.name))
        self._changed(click.team.id, click.user.id)

    async def _chosen(self, body: dict[str, Any]) -> tuple[Interaction, Choosing, View]:
        """Raises GestureIsGone, CardIsGone, NotYourCustomer."""
        click, view = submission(body)
        showing = Showing.model_validate_json(view.private_metadata)
        return click, await self._offers.choose(click.team.id, click.user.id, showing, click.chosen), view

    async def _when(self, click: Interaction, choosing: Choosing, *, is_no_day: bool = False) -> dict[str, Any]:
        _ = await self._around.words(click)
        title = title_of(self._around.catalogue, choosing.gesture_id, _)
        seen = await self._around.seen(click.team.id, click.user.id)
        return views.when(choosing, title, seen, _, is_no_day=is_no_day)

    # --- what was planned ---

    async def has_done_it(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Raises GestureIsGone, NotYourGesture, NotYourCustomer."""
        click = Interaction.model_validate(body)
        with about_a_gesture():
            decision = await self._gestures.done(click.team.id, int(click.chosen), by=click.user.id)
        await ack()
        await self._show_where_it_stood(client, click, body, respond, decision)

    async def lets_it_go(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Raises GestureIsGone, NotYourGesture, NotYourCustomer."""
        click = Interaction.model_validate(body)
        with about_a_gesture():
            decision = await self._gestures.drop(click.team.id, int(click.chosen), by=click.user.id)
        await ack()
        await self._show_where_it_stood(client, click, body, respond, decision)

    async def wants_another_day(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _, seen = await self._around.words(click), await self._around.seen(click.team.id, click.user.id)
        await show(client, body, views.move_form(int(click.chosen), seen.today + DAY, seen, _))

    async def moves_it(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What stands in the way, or for when it is now. Raises GestureIsGone, NotYourGesture, NotYourCustomer."""
        submitted, view = submission(body)
        _, seen = await self._around.words(submitted), await self._around.seen(submitted.team.id, submitted.user.id)
        given_id, day = int(view.private_metadata), date.fromisoformat(view.value("day", "day"))
        try:
            with about_a_gesture():
                decision = await self._gestures.move(
                    submitted.team.id, given_id, day, by=submitted.user.id, remind=views.wants_a_reminder(view)
                )
        except NotADay:
            await ack(
                response_action="errors", errors={"day": _("Choose today or a later day, within a year from now.")}
            )
            return
        line = decision.line
        assert line is not None  # noqa: S101 — what is refused is still in the diary
        if not decision.verdict.allowed:
            await ack(response_action="errors", errors={"day": refusal(decision.verdict, line.customer, seen.today, _)})
            return
        title = title_of(self._around.catalogue, line.gesture_id, _)
        await ack(response_action="update", view=views.noted(line, title, seen, _))
        self._changed(submitted.team.id, submitted.user.id)

    async def _show_where_it_stood(
        self,
        client: AsyncWebClient,
        click: Interaction,
        body: dict[str, Any],
        respond: AsyncRespond,
        decision: Decision,
    ) -> None:
        """A refusal is read in a modal; else the message or the modal that was clicked in says how it stands now. From
        the Home tab, which has one line less then, a modal says so too."""
        line = decision.line
        assert line is not None  # noqa: S101 — what is refused is still in the diary
        self._changed(click.team.id, click.user.id)
        if click.view is not None or not decision.verdict.allowed:
            view = await self._came_of(click, decision, line.customer_id, line.customer)
            await show(client, body, view, in_place_of=(Action.DO,))
        elif click.message is not None:
            _ = await self._around.words(click)
            seen = await self._around.seen(click.team.id, click.user.id)
            said = diary_views.how_it_is_now(line, title_of(self._around.catalogue, line.gesture_id, _), seen, _)
            await respond(**said.as_arguments(), replace_original=True)

    async def _came_of(self, click: Interaction, decision: Decision, customer_id: int, name: str) -> dict[str, Any]:
        _, seen = await self._around.words(click), await self._around.seen(click.team.id, click.user.id)
        if decision.verdict.allowed and decision.line is not None:
            title = title_of(self._around.catalogue, decision.line.gesture_id, _)
            return views.noted(decision.line, title, seen, _)
        return views.not_now(decision.verdict, customer_id, name, seen, _)


def _event_key(view: View, choosing: Choosing) -> str:
    """Two quick clicks in what is shown are one."""
    return f"{view.id}:{view.hash}:{choosing.gesture_id}"
