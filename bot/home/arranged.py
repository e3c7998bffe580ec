"""That there is something for a customer already, in place of a button that could only refuse."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.service import Cases
from bot.gestures import home_views as gesture_views
from bot.gestures.service import Gestures
from bot.kit.i18n import Words


class Arranged:
    def __init__(self, cases: Cases, gestures: Gestures) -> None:
        self._cases = cases
        self._gestures = gestures

    async def of(
        self,
        session: AsyncSession,
        workspace_id: str,
        customer_ids: Collection[int],
        *,
        by: str,
        today: date,
        _: Words,
    ) -> Mapping[int, str]:
        """By customer, of those whom somebody serves. Part of the caller's transaction."""
        if not customer_ids:
            return {}
        taken = await self._gestures.diary.taken(session, workspace_id, customer_ids, by=by, today=today)
        arranged = {customer_id: gesture_views.taken(one, _) for customer_id, one in taken.items()}
        to_put_right = await self._cases.open_for(session, workspace_id, customer_ids)
        return arranged | dict.fromkeys(to_put_right, _("first put right what went wrong"))
