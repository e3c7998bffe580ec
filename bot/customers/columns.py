"""Which column of a file holds what of a card: by its heading, in Dutch and in English.

Capitals, accents, hyphens and whatever else is no letter or figure do not matter: “Klant-nr.” is “klant nr”.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.kit.i18n import N_, Words


class Column(StrEnum):
    """What a column may hold. Those of a card are named as on the card."""

    NAME = "name"
    FIRST_NAME = "first_name"
    PREFIX = "prefix"
    """The “van der” of a Dutch name."""
    SURNAME = "surname"
    REFERENCE = "reference"
    CONTACT = "contact_id"
    TEAM = "channel_id"
    PHASE = "phase"
    PREFERENCES = "preferences"
    NOTE = "note"
    BIRTHDAY = "birthday"
    SINCE = "customer_since"
    LAST_CONTACT = "last_contact_on"
    WISH = "wish"
    CHANNELS = "channels"
    LANGUAGE = "language"
    CONSENT = "has_consented"
    CONSENT_ON = "consent_on"

    def name_in(self, _: Words) -> str:
        return _(_NAMES[self])


class TwiceTheSame(Exception):
    """Two columns of the file hold the same of a card."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first, second)
        self.first = first
        self.second = second


@dataclass(frozen=True)
class Columns:
    """Of one file. `at` is where each stands, `headings` what they are called there."""

    at: Mapping[Column, int]
    headings: Sequence[str]

    def heading(self, column: Column) -> str:
        return self.headings[self.at[column]]

    @property
    def unused(self) -> list[str]:
        return [heading for at, heading in enumerate(self.headings) if heading and at not in self.at.values()]


def recognised(headings: Sequence[str]) -> Columns:
    """Raises TwiceTheSame."""
    at: dict[Column, int] = {}
    for place, heading in enumerate(headings):
        column = _COLUMNS.get(plain(heading))
        if column is None:
            continue
        if column in at:
            raise TwiceTheSame(headings[at[column]], heading)
        at[column] = place
    return Columns(_with_one_name(at), headings)


def how_many_known(headings: Sequence[str]) -> int:
    """Of these, to tell whether a line was taken apart in the right places."""
    return sum(plain(heading) in _COLUMNS for heading in headings)


def plain(heading: str) -> str:
    """As headings are compared, and names of teams."""
    apart = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters))


def _with_one_name(at: Mapping[Column, int]) -> dict[Column, int]:
    """In Belgium “naam” beside “voornaam” is the surname. Where a whole name stands, its parts are not needed."""
    parts = {Column.FIRST_NAME, Column.PREFIX, Column.SURNAME}
    if Column.NAME not in at:
        return dict(at)
    if Column.SURNAME not in at and Column.FIRST_NAME in at:
        return {Column.SURNAME if column is Column.NAME else column: place for column, place in at.items()}
    return {column: place for column, place in at.items() if column not in parts}


_HEADINGS = {
    Column.NAME: "name|full name|customer|customer name|naam|volledige naam|klant|klantnaam|naam klant",
    Column.FIRST_NAME: "first name|firstname|given name|forename|voornaam|roepnaam|voorletters|initialen|initials",
    Column.PREFIX: "tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|surname prefix|infix|tussenv",
    Column.SURNAME: "last name|lastname|surname|family name|achternaam|familienaam",
    Column.REFERENCE: """
        reference|customer reference|customer number|customer no|customer id|client number|client id|number|id|code
        customer code|external id|crm id|referentie|klantreferentie|klantnummer|klant nummer|klantnr|klant nr|klant id
        klantid|klantcode|relatienummer|relatienr|relatie nr|relatiecode|debiteurnummer|debiteurnr|nummer|extern id
    """,
    Column.CONTACT: """
        contact|contact id|contact person|colleague|our contact|account manager|accountmanager|owner|slack id|member id
        slack member id|contactpersoon|collega|aanspreekpunt|vast aanspreekpunt|vaste collega|eigenaar|behandelaar
        relatiebeheerder|slackid
    """,
    Column.TEAM: "team|team channel|teamchannel|slack channel|teamkanaal|slackkanaal|slack kanaal",
    Column.PHASE: "phase|customer phase|fase|klantfase",
    Column.PREFERENCES: "preferences|preference|likes|voorkeuren|voorkeur|wensen|houdt van",
    Column.NOTE: """
        note|notes|remark|remarks|comment|comments|notitie|notities|opmerking|opmerkingen|aantekening|aantekeningen|memo
    """,
    Column.BIRTHDAY: """
        birthday|date of birth|birth date|birthdate|dob|born|verjaardag|geboortedatum|geboren|geboortedag|geb datum
        datum geboorte|gebdatum
    """,
    Column.SINCE: "customer since|client since|since|klant sinds|sinds|klant vanaf|klant sedert|relatie sinds",
    Column.LAST_CONTACT: """
        last contact|last contact on|last contact date|date of last contact|last seen|last spoken|laatste contact
        laatste contact op|datum laatste contact|laatst gesproken|laatst gezien|laatste contactdatum
    """,
    Column.WISH: """
        how much contact|contact wish|contact frequency|hoeveel contact|contactwens|contactfrequentie|contact wens
    """,
    Column.CHANNELS: """
        how to reach|reached by|likes to be reached|preferred channel|preferred channels|contact channel|hoe te bereiken
        bereikbaar via|liefst via|voorkeurskanaal|voorkeurskanalen|contactkanaal|kanaal voorkeur
    """,
    Column.LANGUAGE: "language|preferred language|taal|spreektaal|voorkeurstaal",
    Column.CONSENT: """
        consent|permission|opt in|optin|gdpr|toestemming|heeft toestemming|toestemming gegeven|akkoord|avg
    """,
    Column.CONSENT_ON: """
        consent on|consent date|date of consent|permission date|agreed on|toestemming op|toestemming sinds
        toestemmingsdatum|datum toestemming|akkoord op|datum akkoord
    """,
}
_COLUMNS = {
    heading.strip(): column
    for column, headings in _HEADINGS.items()
    for heading in headings.strip().replace("\n", "|").split("|")
}

_NAMES = {
    Column.NAME: N_("name"),
    Column.FIRST_NAME: N_("first name"),
    Column.PREFIX: N_("what stands before the surname"),
    Column.SURNAME: N_("surname"),
    Column.REFERENCE: N_("your own reference"),
    Column.CONTACT: N_("their contact here"),
    Column.TEAM: N_("the team that serves them"),
    Column.PHASE: N_("phase"),
    Column.PREFERENCES: N_("preferences"),
    Column.NOTE: N_("note"),
    Column.BIRTHDAY: N_("birthday, without the year"),
    Column.SINCE: N_("customer since"),
    Column.LAST_CONTACT: N_("last contact"),
    Column.WISH: N_("how much contact they want"),
    Column.CHANNELS: N_("how they like to be reached"),
    Column.LANGUAGE: N_("language"),
    Column.CONSENT: N_("consent"),
    Column.CONSENT_ON: N_("since when they consent"),
}
