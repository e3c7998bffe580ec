"""Slack in: everything about gestures, and what each click is to who decides who may."""

from collections.abc import Callable, Sequence

from slack_bolt.async_app import AsyncApp

from bot.customers import names
from bot.customers.service import Customers
from bot.gestures.afterwards import Afterwards
from bot.gestures.clicks import Around
from bot.gestures.diary_views import on_the_card
from bot.gestures.drafting import Drafting
from bot.gestures.giving import Giving
from bot.gestures.limiting import Limiting
from bot.gestures.offers import Offers
from bot.gestures.service import Gestures
from bot.gestures.suggesting import Suggesting
from bot.gestures.views import Action, title_of
from bot.kit.database import Database
from bot.kit.i18n import N_, Language, Words
from bot.kit.metrics import Metrics
from bot.kit.slack.blocks import Block
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.moments.calendar import Calendar
from bot.people.roles import Deed
from bot.teams.service import Teams

OF_LEADS = {Action.LIMITS, Action.SET_LIMITS}

DEEDS: dict[str, Deed] = {action: Deed.LEAD_TEAM if action in OF_LEADS else Deed.SERVE for action in Action}
"""Who may say yes to a gesture is decided gesture by gesture: its team's leads, or administrators."""


class Attention:
    """Where colleagues come for a gesture."""

    def __init__(
        self,
        gestures: Gestures,
        drafting: Drafting,
        around: Around,
        database: Database,
        *,
        customers: Customers,
        calendar: Calendar,
        teams: Teams,
        metrics: Metrics,
        changed: Callable[[str, str], None],
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._gestures = gestures
        self._around = around
        self._database = database
        offers = Offers(gestures, around)
        self._suggesting = Suggesting(
            gestures, offers, drafting, around, customers=customers, calendar=calendar, metrics=metrics
        )
        self._parts = (
            self._suggesting,
            Giving(gestures, offers, around, changed=changed),
            Afterwards(gestures, around, changed=changed),
            Limiting(gestures, teams, around, changed=changed),
        )

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        commands.add(
            Subcommand(
                names={Language.EN: ("gesture", "gestures"), Language.NL: ("gebaar", "gebaren")},
                usage={Language.EN: "gesture jansen", Language.NL: "gebaar jansen"},
                explanation=N_("three gestures for a customer, with words"),
                reply=self._suggesting.command,
                deed=Deed.SERVE,
                is_meant=names.may_begin_with_a_name,
            )
        )
        for part in self._parts:
            part.listen(app)

    async def on_the_card(self, workspace_id: str, customer_id: int, by: str, _: Words) -> Sequence[Block]:
        """For who sees the customer's card."""
        today, catalogue = await self._around.today(workspace_id, by), self._around.catalogue
        async with self._database.reading() as session:
            lines = await self._gestures.diary.on_card(session, workspace_id, customer_id, by=by)
        return on_the_card([(line, title_of(catalogue, line.gesture_id, _)) for line in lines], today, _)

    async def close(self) -> None:
        """What was only begun for courtesy is left."""
        await self._suggesting.close()
