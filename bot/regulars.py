"""The customers whom the sandbox's company knows, as its colleagues noted them. Days are counted from `today`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.customers.rules import DayOfYear, Details
from bot.kit.i18n import Language
from bot.promises.rules import Due
from bot.services import Services
from bot.trade import Channel, Phase, Wish

NOOR, DAAN, YUSUF = "U0NOOR00000", "U0DAAN00000", "U0YUSUF0000"
PRIYA, CALLUM, GRACE = "U0PRIYA0000", "U0CALLUM000", "U0GRACE0000"


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A moment: which, on which day, what it is about, and what the customer said."""

    moment: str
    on: date
    about: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Regular:
    card: Details
    noted: Noted | None = None
    went_wrong: str | None = None
    """A case that is still open."""
    promised: str | None = None
    """By their contact, for the next working day."""


async def bring_in(services: Services, workspace_id: str, utrecht: str, leeds: str) -> None:
    """Each contact notes their own."""
    today = services.clock.now().date()
    for regular in (*_of_utrecht(today, utrecht), *_of_leeds(today, leeds)):
        contact = regular.card.contact_id
        customer_id = await services.customers.add(workspace_id, regular.card, by=contact)
        if noted := regular.noted:
            await services.moments.note(
                workspace_id, customer_id, noted.moment, noted.on, by=contact, about=noted.about, their_words=noted.said
            )
        if regular.went_wrong:
            await services.cases.open(workspace_id, customer_id, regular.went_wrong, by=contact)
        if regular.promised:
            await services.promises.make(
                workspace_id,
                customer_id,
                regular.promised,
                Due(_next_working_day(today), None),
                by=contact,
                event_key=f"before-you-came:{customer_id}",
                insists=True,
            )


def _of_utrecht(today: date, team: str) -> Iterator[Regular]:
    def known(name: str, **other: Any) -> Details:
        return _known(today, name, channel_id=team, language=Language.NL, **other)

    yield Regular(
        card=known(
            "Mevrouw Anneke Jansen",
            contact_id=NOOR,
            phase=Phase.LOVE,
            birthday=DayOfYear.of(today + timedelta(days=3)),
            customer_since=_ago(today, 2_300),
            preferences="een kop koffie aan de balie, zwart, en rustig de tijd",
            channels=frozenset({Channel.CARD, Channel.IN_PERSON}),
            reference="UT-1001",
        ),
        noted=Noted(
            moment="after-purchase",
            on=_ago(today, 92),
            about="de leesstoel",
            said="eindelijk een stoel waar ik zonder hulp uit kom",
        ),
    )
    yield Regular(
        card=known(
            "De heer Henk Bakker",
            contact_id=YUSUF,
            phase=Phase.LIKE,
            channels=frozenset({Channel.PHONE}),
            last_contact_on=_ago(today, 1),
            reference="UT-1002",
        ),
        went_wrong="De kast kwam twee keer met een kras. Hij heeft er twee ochtenden vrij voor genomen.",
    )
    yield Regular(
        card=known(
            "Familie El Amrani",
            contact_id=DAAN,
            phase=Phase.TRUST,
            channels=frozenset({Channel.CHAT, Channel.IN_PERSON}),
            reference="UT-1003",
        ),
        noted=Noted(
            moment="moving",
            on=today + timedelta(days=9),
            about="het nieuwe huis aan de singel",
            said="we tellen de nachten af",
        ),
        promised="de maten van de hoekbank mailen",
    )
    yield Regular(
        card=known(
            "Mevrouw Elif Çelik",
            contact_id=DAAN,
            phase=Phase.TRUST,
            wish=Wish.TOLD_FIRST,
            preferences="het nieuwe servies, als eerste van de straat",
            channels=frozenset({Channel.CHAT}),
            reference="UT-1004",
        )
    )
    yield Regular(
        card=known(
            "Kees de Wit",
            contact_id=NOOR,
            phase=Phase.LIKE,
            wish=Wish.LESS,
            last_contact_on=_ago(today, 260),
            reference="UT-1005",
        )
    )
    yield Regular(card=known("Sophie Vermeulen", contact_id=NOOR, has_consented=False, consent_on=None))


def _of_leeds(today: date, team: str) -> Iterator[Regular]:
    def known(name: str, **other: Any) -> Details:
        return _known(today, name, channel_id=team, language=Language.EN, **other)

    yield Regular(
        card=known(
            "Mrs Margaret Okoye",
            contact_id=PRIYA,
            phase=Phase.LOVE,
            birthday=DayOfYear.of(today + timedelta(days=4)),
            preferences="a proper chat before anything else, and tea rather than coffee",
            channels=frozenset({Channel.CARD, Channel.PHONE}),
            reference="LS-2001",
        ),
        promised="ring her about the lamp that was out of stock",
    )
    yield Regular(
        card=known(
            "Tom Whitfield",
            contact_id=CALLUM,
            phase=Phase.LIKE,
            last_contact_on=_ago(today, 1),
            reference="LS-2002",
        ),
        noted=Noted(
            moment="repair-done",
            on=_ago(today, 1),
            about="the table lamp",
            said="it was my grandad's, I'd hate to lose it",
        ),
    )
    yield Regular(
        card=known(
            "The Hendersons",
            contact_id=GRACE,
            phase=Phase.TRUST,
            customer_since=_five_years_before(today + timedelta(days=5)),
            reference="LS-2003",
        )
    )
    yield Regular(
        card=known(
            "Aisha Khan",
            contact_id=PRIYA,
            phase=Phase.TRUST,
            last_contact_on=_ago(today, 150),
            reference="LS-2004",
        )
    )
    yield Regular(
        card=known(
            "Mr Dafydd Pugh",
            contact_id=GRACE,
            phase=Phase.LIKE,
            channels=frozenset({Channel.PHONE}),
            last_contact_on=_ago(today, 2),
            reference="LS-2005",
        ),
        went_wrong="The wardrobe came without its doors, and nobody rang him back about it.",
    )


def _known(today: date, name: str, **other: Any) -> Details:
    """Somebody who agreed, some months ago, that this is kept, and was here last month."""
    usual: dict[str, Any] = {"has_consented": True, "consent_on": _ago(today, 200), "last_contact_on": _ago(today, 30)}
    return Details(name=name, **{**usual, **other})


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _five_years_before(day: date) -> date:
    return day.replace(year=day.year - 5, day=min(day.day, 28))


def _next_working_day(today: date) -> date:
    tomorrow = today + timedelta(days=1)
    return tomorrow if tomorrow.weekday() < 5 else tomorrow + timedelta(days=7 - tomorrow.weekday())
