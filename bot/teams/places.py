"""Countries and time zones, by the names that people know them by."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.kit.i18n import N_, Language, Words

HOME = {Language.NL: "Europe/Amsterdam", Language.EN: "Europe/London"}
"""The zone of somebody who speaks this language, where nothing better is known."""

NONE = "none"

MOST_OFFERED = 100
"""Says Slack."""

_COMMON_ZONES = (
    *("Europe/Amsterdam", "Europe/Brussels", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Paris"),
    *("Europe/Madrid", "Europe/Rome", "Europe/Warsaw", "Europe/Lisbon", "America/Curacao", "America/Paramaribo"),
    *("America/New_York", "America/Los_Angeles", "Asia/Singapore", "Australia/Sydney", "UTC"),
)
_COMMON_COUNTRIES = (
    *("NL", "BE", "GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "IE", "DE", "FR", "LU", "ES", "IT", "PL", "PT"),
    *("CW", "SR", "US", "CA", "AU"),
)
_NATIONS = {
    "GB-ENG": N_("United Kingdom: England"),
    "GB-SCT": N_("United Kingdom: Scotland"),
    "GB-WLS": N_("United Kingdom: Wales"),
    "GB-NIR": N_("United Kingdom: Northern Ireland"),
}
"""The United Kingdom has no holidays of its own, but those of its nations."""

_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "GB", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""What the world's list of names holds beside countries; and the United Kingdom, which stands there as its nations."""


_NOWHERE = {"ZZ", "001"}


@dataclass(frozen=True)
class Place:
    """`value` is a zone's name, or a country's code, with the region's where there is one: `GB-ENG`."""

    value: str
    name: str


def country_of(zone: str) -> tuple[str | None, str | None]:
    """The country and region that a zone lies in; None where that is not clear."""
    country = _territories().get(zone)
    if country == "GB":
        return ("GB", "ENG")
    return country, None


def joined(country: str | None, region: str | None) -> str | None:
    """`GB-ENG`."""
    return f"{country}-{region}" if country and region else country


def parted(value: str | None) -> tuple[str | None, str | None]:
    """The other way around; `NONE` is no country."""
    if value == NONE:
        return None, None
    country, _dash, region = (value or "").partition("-")
    return country or None, region or None


def zone_named(zone: str, _: Words) -> Place:
    """“Amsterdam, Netherlands”."""
    city, country = _city(zone, _.language), _countries(_.language).get(_territories().get(zone, ""))
    return Place(zone, f"{city}, {country}" if country not in {None, city} else city)


def country_named(value: str | None, _: Words) -> Place:
    """“Netherlands”; `NONE` where no holidays are kept."""
    if value is None or value == NONE:
        return Place(NONE, _("No public holidays"))
    name = _(_NATIONS[value]) if value in _NATIONS else _countries(_.language).get(value, value)
    return Place(value, name)


def zones(typed: str, _: Words) -> list[Place]:
    """What fits what was typed so far: a city, a country, or the zone's own name. Nothing typed: common ones first."""
    if not typed.strip():
        return [zone_named(zone, _) for zone in _COMMON_ZONES]
    places = (zone_named(zone, _) for zone in _zones())
    return _fitting(typed, ((place, f"{place.name} {place.value.replace('_', ' ')}") for place in places))


def countries(typed: str, _: Words) -> list[Place]:
    if not typed.strip():
        return [country_named(value, _) for value in (*_COMMON_COUNTRIES, NONE)]
    codes = (code for code in _countries(_.language) if code not in _NO_COUNTRIES)
    places = (country_named(value, _) for value in [*codes, *_NATIONS, NONE])
    return _fitting(typed, ((place, place.name) for place in places))


def _fitting(typed: str, places: Iterable[tuple[Place, str]]) -> list[Place]:
    """Those whose name begins with it go before those that hold it somewhere."""
    wanted = _plain(typed)
    found = [(place, _plain(text)) for place, text in places]
    fitting = [(not text.startswith(wanted), text, place) for place, text in found if wanted in text]
    in_order = [place for _later, _text, place in sorted(fitting, key=lambda each: each[:2])]
    # A zone may have several names: people know it by one.
    return list({place.name: place for place in reversed(in_order)}.values())[::-1][:MOST_OFFERED]


def _plain(text: str) -> str:
    """Curaçao is found as curacao."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(part for part in parts if not unicodedata.combining(part)).split())


@lru_cache(maxsize=2048)
def _city(zone: str, language: Language) -> str:
    known = cast("Mapping[str, Mapping[str, str]]", Locale(language).time_zones)
    return known.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


@cache
def _countries(language: Language) -> Mapping[str, str]:
    named = cast("Mapping[str, str]", Locale(language).territories)
    return {code: name for code, name in named.items() if len(code) == len("NL") and code.isalpha()}


@cache
def _territories() -> Mapping[str, str]:
    found = cast("Mapping[str, str]", get_global("zone_territories"))
    return {zone: country for zone, country in found.items() if country not in _NOWHERE}


@cache
def _zones() -> list[str]:
    """Those that lie in a country: the others are old names, and zones of the sea."""
    territories = _territories()
    return sorted(zone for zone in available_timezones() if zone in territories or zone == "UTC")
