"""What a moment is, and what makes one complete."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.customers.rules import DayOfYear
from bot.kit.i18n import Language
from bot.trade import Occasion

Days = Annotated[int, Field(ge=0, le=90)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Text = Annotated[Line, StringConstraints(max_length=300)]

_STRICT = ConfigDict(extra="forbid", frozen=True)


def _is_a_day(written: str) -> str:
    DayOfYear.read(written)
    return written


class MomentWording(BaseModel):
    """A moment in one language."""

    model_config = _STRICT

    name: Annotated[Line, StringConstraints(max_length=60)]
    noted_as: Annotated[Line, StringConstraints(max_length=60)] | None = None
    """What happened on the day that is noted, where the moment itself is later."""
    nouns: tuple[Line, ...] = ()
    """What else it is called where it is off: “the move is off”."""
    heard: Annotated[tuple[Line, ...], Field(min_length=1)]
    """How colleagues tell it."""
    also: tuple[Text, ...]
    """What it means for the trade: what else has to change, what is easily forgotten."""


class Moment(BaseModel):
    """Something in a customer's life, or between the customer and us, that is worth a gesture."""

    model_config = _STRICT

    id: Name
    occasion: Occasion
    """Whose gestures fit. Ours are called after theirs; an organisation says it of those that it adds."""
    days_before: Days
    """How long beforehand the colleague hears of it."""
    days_after: Days
    """How long a gesture still makes sense."""
    days_later: Annotated[int, Field(ge=0, le=730)] = 0
    """How long after the day that is noted it is there: three months after the purchase."""
    each_year: Annotated[str, AfterValidator(_is_a_day)] | None = None
    """Month and day (12-25) of what comes by itself, for everybody."""
    nl: MomentWording
    en: MomentWording

    def in_language(self, language: Language) -> MomentWording:
        return self.nl if language is Language.NL else self.en

    @property
    def is_told(self) -> bool:
        """Whether it is there because a colleague noted it. The others come by themselves: on their day each year, or
        when a case is closed."""
        return self.each_year is None and self.occasion is not Occasion.PUT_RIGHT

    def is_near(self, day: date, today: date) -> bool:
        """Whether a moment that falls on this day is one to do something for now."""
        return day - timedelta(days=self.days_before) <= today <= day + timedelta(days=self.days_after)

    def falls_on(self, noted_day: date) -> date:
        """The day of the moment, of one that was noted with this day."""
        return noted_day + timedelta(days=self.days_later)

    @model_validator(mode="before")
    @classmethod
    def _called_after_its_occasion(cls, entry: Mapping[str, object]) -> Mapping[str, object]:
        return {"occasion": entry["id"], **entry} if "id" in entry else entry
