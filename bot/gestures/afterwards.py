"""Slack in: a lead says yes or no, and a colleague tells how a gesture was received."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.customers import screening
from bot.gestures import diary_views as views
from bot.gestures.answering import NotTheirsToAnswer
from bot.gestures.clicks import Around, GestureIsGone, about_a_gesture, show
from bot.gestures.course import Ambassador, Answered, Emotion, Felt
from bot.gestures.diary import NoSuchGesture
from bot.gestures.diary_views import AMBASSADOR, ASKED, EMOTION, INITIATIVE
from bot.gestures.service import Gestures
from bot.gestures.views import Action, title_of
from bot.kit.i18n import Words
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, submission


class NotYoursToAnswer(Refused):
    """They lead the team no more."""

    def said(self, _: Words) -> str:
        return _("You don't lead the team that this is for any more, so your answer was not needed.")


class MayNotBe(Refused):
    """A lead said yes, and meanwhile something stands in the way."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def said(self, _: Words) -> str:
        return self._said


class Afterwards:
    def __init__(self, gestures: Gestures, around: Around, *, changed: Callable[[str, str], None]) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._gestures = gestures
        self._around = around
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        app.action(re.compile(rf"^{Action.YES}\b"))(self.says_yes)
        app.action(re.compile(rf"^{Action.NO}\b"))(self.says_no_at_once)
        app.action(re.compile(rf"^{Action.NO_BECAUSE}\b"))(self.begins_a_no)
        app.view(Action.SAY_NO)(self.says_no)
        app.action(re.compile(rf"^{Action.FELT}\b"))(self.tells_how_it_was_received)
        app.action(re.compile(rf"^{Action.TELL_MORE}\b"))(self.tells_more)
        app.action(Action.SKIP)(self.skips)

    # --- a lead's yes ---

    async def says_no_at_once(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Raises GestureIsGone, NotYoursToAnswer."""
        click = Interaction.model_validate(body)
        await self._answer(click, int(click.chosen), yes=False)
        await ack()

    async def begins_a_no(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """With room for the reason."""
        await ack()
        click = Interaction.model_validate(body)
        await show(client, body, views.no_form(int(click.chosen), await self._around.words(click)))

    async def says_no(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Raises GestureIsGone, NotYoursToAnswer."""
        submitted, form = submission(body)
        _ = await self._around.words(submitted)
        why = str(form.value("why", "why") or "").strip() or None
        if findings := screening.screen(why or ""):
            await ack(response_action="errors", errors={"why": findings[0].sentence(_)})
            return
        answered = await self._answer(submitted, int(form.private_metadata), yes=False, why=why)
        if answered.is_new:
            await ack()
        else:
            await ack(response_action="update", view=views.answered_before(answered.request, _))

    async def _answer(self, by: Interaction, given_id: int, *, yes: bool, why: str | None = None) -> Answered:
        """The message that asked says from now on how it stands, through the outbox: so it does for the other leads."""
        try:
            answered = await self._gestures.answer(by.team.id, given_id, by=by.user.id, yes=yes, why=why)
        except NoSuchGesture:
            raise GestureIsGone from None
        except NotTheirsToAnswer:
            raise NotYoursToAnswer from None
        for person in {by.user.id, answered.request.colleague_id}:
            self._changed(by.team.id, person)
        return answered

    async def says_yes(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Raises GestureIsGone, NotYoursToAnswer, MayNotBe."""
        click = Interaction.model_validate(body)
        answered = await self._answer(click, int(click.chosen), yes=True)
        await ack()
        if not answered.verdict.allowed:
            raise MayNotBe(await self._why_not(click, answered))

    async def _why_not(self, click: Interaction, answered: Answered) -> str:
        _ = await self._around.words(click)
        return views.may_not_be(answered, await self._around.today(click.team.id, click.user.id), _)

    # --- how it was received ---

    async def tells_how_it_was_received(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        """Raises GestureIsGone, NotYourGesture."""
        click = Interaction.model_validate(body)
        given_id, _colon, said = click.chosen.partition(":")
        felt = frozenset({Felt(said)} if said in set(Felt) else ())
        with about_a_gesture():
            decision = await self._gestures.diary.received(click.team.id, int(given_id), by=click.user.id, felt=felt)
        await ack()
        assert decision.line is not None  # noqa: S101 — it is in the diary
        _ = await self._around.words(click)
        title = title_of(self._around.catalogue, decision.line.gesture_id, _)
        await respond(**views.thanks(decision.line, title, _).as_arguments(), replace_original=True)

    async def tells_more(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is chosen stays to be seen in the list. Raises GestureIsGone, NotYourGesture."""
        click = Interaction.model_validate(body)
        what = str(click.actions[0]["action_id"]).removeprefix(f"{Action.TELL_MORE}.")
        given_id, _colon, said = click.chosen.partition(":")
        with about_a_gesture():
            await self._gestures.diary.told_more(
                click.team.id,
                int(given_id),
                by=click.user.id,
                emotion=Emotion(said) if what == EMOTION else None,
                ambassador=Ambassador(said) if what == AMBASSADOR else None,
                was_asked=said == ASKED if what == INITIATIVE else None,
            )
        await ack()

    async def skips(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        """Raises GestureIsGone, NotYourGesture."""
        click = Interaction.model_validate(body)
        with about_a_gesture():
            await self._gestures.diary.skip_reception(click.team.id, int(click.chosen), by=click.user.id)
        await ack()
        await respond(**views.skipped(await self._around.words(click)).as_arguments(), replace_original=True)
