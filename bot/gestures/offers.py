"""What is offered for a customer: the gestures that fit, with words for each, as they are seen and as one is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.customers.handlers import refusing
from bot.gestures import suggestion_views as views
from bot.gestures.clicks import Around, GestureIsGone
from bot.gestures.drafting import ToSay
from bot.gestures.gesture import Gesture
from bot.gestures.ranking import Suggestion
from bot.gestures.service import Gestures, Suggested
from bot.gestures.suggestion_views import Choosing, Seen, Showing
from bot.gestures.views import reasons
from bot.kit.i18n import Words
from bot.trade import Occasion


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`showing`: for what was asked, with what the model has made of the words."""

    workspace_id: str
    colleague: str
    """Their handle."""
    suggested: Suggested
    showing: Showing
    seen: Seen

    @property
    def to_say(self) -> Sequence[ToSay]:
        return [self._to_say(fits) for fits in self.suggested.shown]

    @property
    def to_draft(self) -> Sequence[ToSay]:
        return [one for one in self.to_say if one.gesture.id not in self.showing.drafts]

    def with_drafts(self, new: Mapping[str, str]) -> "Offer":
        """Of what is shown only, and as far as they fit where they travel with what is shown."""
        drafts = {**self.showing.drafts, **new}
        shown = tuple(one.gesture.id for one in self.suggested.suggestions)
        said = reasons(self.suggested.shown, self.showing.reasons)
        fits = self.showing.model_copy(update={"shown": shown, "reasons": said, "drafts": {}})
        for one in self.to_say:
            if draft := drafts.get(one.gesture.id):
                more = fits.model_copy(update={"drafts": {**fits.drafts, one.gesture.id: draft}})
                fits = more if len(views.as_travels(more).encode()) <= views.ROOM else fits
        return replace(self, showing=fits)

    def view(self, _: Words, *, is_drafting: bool) -> dict[str, Any]:
        words = {one.gesture.id: self._words(one) for one in self.to_say}
        showing = self.with_drafts({}).showing
        return views.suggestions(self.suggested, words, showing, self.seen, _, is_drafting=is_drafting)

    def choosing(self, gesture: Gesture, occasion: Occasion) -> Choosing:
        """Also of one that is not suggested any more: somebody still sees it.

        Raises KeyError when what its words lean on is not known any more.
        """
        fits = Suggestion(gesture=gesture, why_now=occasion, why_this=(), points=0)
        return Choosing(
            customer_id=self.suggested.customer_id,
            name=self.suggested.customer.name,
            gesture_id=gesture.id,
            occasion=occasion,
            words=self._words(self._to_say(fits)),
        )

    def _to_say(self, fits: Suggestion) -> ToSay:
        facts, language = self.suggested.facts_for(fits), self.suggested.customer.language
        return ToSay(gesture=fits.gesture, occasion=fits.why_now, facts=facts, language=language)

    def _words(self, one: ToSay) -> str:
        return self.showing.drafts.get(one.gesture.id) or one.own_words


class Offers:
    def __init__(self, gestures: Gestures, around: Around) -> None:
        self._gestures = gestures
        self._around = around

    async def make(self, workspace_id: str, by: str, colleague: str, showing: Showing) -> Offer:
        """Raises CardIsGone, NotYourCustomer."""
        with refusing():
            suggested = await self._gestures.suggest(
                workspace_id,
                showing.customer_id,
                by=by,
                occasion=showing.occasion,
                has_asked=showing.has_asked,
                about=showing.about,
                only_free=showing.only_free,
                organisation=self._around.organisation(),
                shown=showing.shown,
            )
        seen = await self._around.seen(workspace_id, by)
        return Offer(workspace_id=workspace_id, colleague=colleague, suggested=suggested, showing=showing, seen=seen)

    async def choose(self, workspace_id: str, by: str, showing: Showing, button: str) -> Choosing:
        """What somebody clicked on, with the words that they saw. Raises GestureIsGone, CardIsGone, NotYourCustomer."""
        gesture_id, occasion = views.chosen(button)
        offer = await self.make(workspace_id, by, "", showing)
        try:
            return offer.choosing(self._around.catalogue.gesture(gesture_id), occasion)
        except KeyError:
            raise GestureIsGone from None
