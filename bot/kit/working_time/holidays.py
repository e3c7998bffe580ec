"""Public holidays by country and region, from the `holidays` package.

- The name in English is what a holiday is known by, also to switch it off; it is the country's own where the package
  has no English. Remarks are cut from it: what was "Eid al-Fitr (estimated)" is "Eid al-Fitr" once the moon was seen.
- A holiday that moves to a weekday is kept on both days: on the day itself, which who works on Saturdays expects, and
  on the day off that comes in its place. Both bear its name, so that one switch is for both.
- Half-days, bank days and days that only some employers give are working days: people are at work.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache, lru_cache


class UnknownCountry(Exception):
    """There is no such country, or it has no such region."""


@lru_cache(maxsize=1024)
def is_known(country: str, region: str | None) -> bool:
    """`country` is an ISO 3166-1 code (NL), `region` one of that country's (BY of DE), as the package lists them."""
    from holidays import country_holidays  # noqa: PLC0415 — it costs 0.2 s, and most never ask

    if country not in _countries():
        return False
    try:
        country_holidays(country, subdiv=region)
    except NotImplementedError:
        return False
    return True


def in_country(country: str, region: str | None, but: Collection[str] = ()) -> Callable[[date], str | None]:
    """What answers which public holiday a date is, `but` for those that are worked.

    The first question loads the package: 0.2 s. Then a year costs a millisecond, once. Raises UnknownCountry.
    """
    if not is_known(country, region):
        raise UnknownCountry(country, region)

    def holiday_on(day: date) -> str | None:
        names = _of_year(country, region, day.year).get(day, ())
        return next((name for name in names if name not in but), None)

    return holiday_on


@lru_cache(maxsize=1024)
def _of_year(country: str, region: str | None, year: int) -> Mapping[date, tuple[str, ...]]:
    from holidays import country_holidays  # noqa: PLC0415

    found = country_holidays(country, subdiv=region, years=year, expand=False, language="en_US")
    return {day: tuple(_REMARK.sub("", name) for name in found.get_list(day)) for day in found}


@cache
def _countries() -> frozenset[str]:
    from holidays.registry import EntityLoader  # noqa: PLC0415

    return frozenset(EntityLoader.get_country_codes(include_aliases=False))


_REMARK = re.compile(r" \((?:observed|estimated|observed, estimated|in lieu|substitute day)\)$")
