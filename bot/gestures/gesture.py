"""What a gesture is: the words of the trade as types, and what makes one complete."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.kit.i18n import Language
from bot.trade import Channel, Level, Occasion, Phase, Principle


class Sector(StrEnum):
    """The trade that an organisation is in."""

    SHOP = "shop"
    WEBSHOP = "webshop"
    CALL_CENTRE = "call-centre"
    HOSPITALITY = "hospitality"
    BANK = "bank"
    CARE = "care"
    MUNICIPALITY = "municipality"
    REPAIR = "repair"
    DELIVERY = "delivery"
    BUSINESS = "business"
    """Customers who are organisations themselves."""


class Currency(StrEnum):
    """In which a workspace counts."""

    EUR = "EUR"
    GBP = "GBP"
    USD = "USD"


class Kind(StrEnum):
    """What the customer gets."""

    WORDS = "words"
    HELP = "help"
    TIP = "tip"
    """Knowledge that is of use to them."""
    GIFT = "gift"
    ACCESS = "access"
    """A first look, or a place."""
    PERSON = "person"
    """A colleague with a name, or an introduction."""


class Initiative(StrEnum):
    """Dishes or a surprise. Source: 001."""

    OWN = "own"
    ASKED = "asked"
    """The customer asked for something, and gets it in a special way."""


class Need(StrEnum):
    """A fact without which the words make no sense."""

    THING = "thing"
    """What it is about: the purchase, the repair, the new house."""
    THEIR_WORDS = "their_words"
    PREFERENCE = "preference"


class Timing(StrEnum):
    """When its words are true, counted from the day that the occasion falls on."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    ANY = "any"


ALWAYS_KNOWN = frozenset({"customer", "me", "us"})
"""Variables that are there for everybody's words."""

Amount = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
Minutes = Annotated[int, Field(ge=1, le=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Text = Annotated[Line, StringConstraints(max_length=300)]
LONGEST_WORDS = 500
"""Characters; a card has room for no more, and nobody says more in one breath or two."""

POST_TAKES = 2
"""Days: a card posted so long before is there on the day, or nearly always."""

_STRICT = ConfigDict(extra="forbid", frozen=True)


def _every_one(sectors: object) -> object:
    """`any` stands for all of them, and by itself."""
    return tuple(Sector) if sectors == ["any"] else sectors


def _on(when: object) -> object:
    """YAML reads an `on` without quotation marks as true."""
    return Timing.ON if when is True else when


class Wording(BaseModel):
    """A gesture in one language."""

    model_config = _STRICT

    title: Annotated[Line, StringConstraints(max_length=60)]
    do: Text
    words: Annotated[Line, StringConstraints(max_length=LONGEST_WORDS)]
    not_when: Text
    why: Text

    def said(self, fillings: Mapping[str, str]) -> str:
        """The words with the customer's own in them. Raises KeyError where one is missing."""
        return self.words.format_map(fillings)

    @property
    def variables(self) -> frozenset[str]:
        """Raises ValueError for what is more than a name between braces."""
        return frozenset(_plain_name(*part) for part in Formatter().parse(self.words) if part[1] is not None)


class Gesture(BaseModel):
    """What a colleague can do for one customer."""

    model_config = _STRICT

    id: Name
    level: Level
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    principles: Annotated[tuple[Principle, ...], Field(min_length=1)]
    occasions: Annotated[tuple[Occasion, ...], Field(min_length=1)]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1), BeforeValidator(_every_one)]
    kind: Kind
    minutes: Minutes
    cost: Amount
    """What it usually costs, in the currency of the workspace: the figures are small enough to be the same in each."""
    initiative: Initiative
    when: Annotated[Timing, BeforeValidator(_on)] = Timing.ANY
    needs: tuple[Need, ...]
    asks_wish: bool = False
    """Whether it asks how much contact the customer wants, which may stand on the card already."""
    source: str
    nl: Wording
    en: Wording

    def in_language(self, language: Language) -> Wording:
        return self.nl if language is Language.NL else self.en

    def names_us(self, language: Language) -> bool:
        """Whether its words say what the organisation is called."""
        return "us" in self.in_language(language).variables

    @property
    def goes_by_post(self) -> bool:
        """Whether there is no other way to get it to the customer."""
        return _BY_POST.issuperset(self.channels)

    def is_in_time(self, days_to: int | None) -> bool:
        """Whether it can be done today for an occasion that falls so many days from now; None: nobody knows the day.

        Before the day means the day before at the latest. What only goes by post has to leave three days ahead to be
        sure of it, and is still suggested two days before; after that it would come late.
        """
        if days_to is None:
            return True
        match self.when:
            case Timing.BEFORE:
                return days_to >= (POST_TAKES if self.goes_by_post else 1)
            case Timing.ON:
                return days_to == 0
            case Timing.AFTER:
                return days_to < 0
            case Timing.ANY:
                return True

    @model_validator(mode="after")
    def _holds_together(self) -> "Gesture":
        if self.level is Level.BASICS:
            raise ValueError("the basics are no gesture: level is 2, 3 or 4")
        if self.level is Level.PUT_RIGHT and self.occasions != (Occasion.PUT_RIGHT,):
            raise ValueError("a gesture of level 2 is for put-right, and for nothing else")
        if self.when is not Timing.ANY and Occasion.EVERYDAY in self.occasions:
            raise ValueError("what can be done any day has no day that it is before, on or after")
        for key in ("phases", "principles", "occasions", "channels", "sectors", "needs"):
            if len(set(getattr(self, key))) < len(getattr(self, key)):
                raise ValueError(f"{key} names something twice")
        for language in Language:
            wording = self.in_language(language)
            if unknown := wording.variables - ALWAYS_KNOWN - set(self.needs):
                raise ValueError(f"{language}: {{{min(unknown)}}} is neither always known nor in needs")
            if unused := set(self.needs) - wording.variables:
                raise ValueError(f"{language}: {{{min(unused)}}} is needed, and not in the words")
        return self


_BY_POST = frozenset({Channel.CARD, Channel.PARCEL})


def _plain_name(_text: str, name: str | None, form: str | None, conversion: str | None) -> str:
    if not name or not name.isidentifier() or form or conversion:
        raise ValueError("between braces stands the name of a variable, and nothing else")
    return name
