"""That there is something for a customer already, in place of a button that could only refuse."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.service import Cases
from bot.gestures import home_views as gesture_views
from bot.gestures.service import Gestures
from bot.kit.i18n import Words
from bot.moments import home_views as moment_views
from bot.moments.rules import Coming
from bot.trade import Occasion


class Arranged:
    def __init__(self, cases: Cases, gestures: Gestures) -> None:
        self._cases = cases
        self._gestures = gestures

    async def of(
        self,
        session: AsyncSession,
        workspace_id: str,
        coming: Sequence[Coming],
        *,
        by: str,
        today: date,
        _: Words,
    ) -> moment_views.Arranged:
        """For the customers of somebody who serves them. Part of the caller's transaction."""
        customer_ids = {one.customer_id for one in coming}
        if not customer_ids:
            return {}
        taken = await self._gestures.diary.taken(session, workspace_id, customer_ids, by=by, today=today)
        to_put_right = await self._cases.open_for(session, workspace_id, customer_ids)
        arranged: dict[tuple[int, Occasion], str] = {}
        for one in coming:
            if one.customer_id in to_put_right:
                arranged[one.customer_id, one.occasion] = _("first put right what went wrong")
            elif theirs := taken.get(one.customer_id):
                if one.occasion is Occasion.PUT_RIGHT and one.was_on and theirs.last_on < one.was_on:
                    continue  # what they had before it went wrong is in the way of nothing
                arranged[one.customer_id, one.occasion] = gesture_views.taken(theirs, one.occasion, today, _)
        return arranged
