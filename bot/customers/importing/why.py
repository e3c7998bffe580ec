"""Why a line of a file is left out, and why a whole file is: in words for who brings it in.

What stands in a cell is not repeated, so that nothing of a customer is left on a screen or in a log: the line and the
heading say where it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.customers import rules
from bot.customers.rules import Mistake
from bot.customers.signs import Kind
from bot.kit.i18n import N_, Words


class Reason(StrEnum):
    """Why a line is left out, besides the mistakes of a card and what may not be kept."""

    TOO_MANY_CELLS = "too_many_cells"
    CUT_OFF = "cut_off"
    NO_REFERENCE = "no_reference"
    SAME_REFERENCE = "same_reference"
    NO_CONTACT = "no_contact"
    NOT_A_MEMBER_ID = "not_a_member_id"
    NOT_A_COLLEAGUE = "not_a_colleague"
    NOT_A_TEAM = "not_a_team"
    SEVERAL_TEAMS = "several_teams"
    NOT_A_DAY = "not_a_day"
    NO_SUCH_DAY = "no_such_day"
    SHORT_YEAR = "short_year"
    MONTH_FIRST = "month_first"
    NOT_A_PHASE = "not_a_phase"
    NOT_A_WISH = "not_a_wish"
    NOT_A_CHANNEL = "not_a_channel"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_YES_OR_NO = "not_yes_or_no"


@dataclass(frozen=True)
class Refusal:
    """A line that is left out. `heading`: of its first column that something is wrong with, where it is about one."""

    line: int
    why: Reason | Mistake | Kind
    heading: str | None = None
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """What its sentence names besides. `better` is a text of ours, still to be put into words."""

    def sentence(self, _: Words) -> str:
        values = dict(self.values)
        if isinstance(better := values.get("better"), str):
            values["better"] = _(better)
        return _(_WHY[self.why], **values)


class Flaw(StrEnum):
    """Why a file cannot be used at all."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    UTF_16 = "utf_16"
    TWO_ENCODINGS = "two_encodings"
    LINE_TOO_LONG = "line_too_long"
    QUOTES = "quotes"
    NO_NAME = "no_name"
    NO_REFERENCE = "no_reference"
    TWICE_THE_SAME = "twice_the_same"
    MONTH_FIRST = "month_first"
    CHANGED = "changed"


class BrokenFile(Exception):
    """Nothing of the file can be trusted."""

    def __init__(self, flaw: Flaw, **values: object) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.values = values

    def sentence(self, _: Words) -> str:
        return _(_FLAWS[self.flaw], **self.values)


_WHY: Mapping[Reason | Mistake | Kind, str] = {
    Reason.TOO_MANY_CELLS: N_("more cells than headings: does a cell hold a comma or semicolon, without quotes?"),
    Reason.CUT_OFF: N_("the file ends in the middle of this line"),
    Reason.NO_REFERENCE: N_("no reference: next time nobody could tell that this is the same customer"),
    Reason.SAME_REFERENCE: N_("the same reference as in line {first}"),
    Reason.NO_CONTACT: N_("a new customer without a contact here: fill it in, or give one for all with --contact"),
    Reason.NOT_A_MEMBER_ID: N_(
        "no member id of Slack, such as U012AB3CD: it is in somebody's profile, under “Copy member ID”"
    ),
    Reason.NOT_A_COLLEAGUE: N_("not a colleague that Acht knows: they must be in a team, or open Acht once"),
    Reason.NOT_A_TEAM: N_("no team of this name or channel is set up here"),
    Reason.SEVERAL_TEAMS: N_("several teams have this name: use the id of the channel"),
    Reason.NOT_A_DAY: N_("no day that can be read: write 31-12-2026 or 2026-12-31"),
    Reason.NO_SUCH_DAY: N_("no such day in the calendar, as 31 February is none: look up which day it is"),
    Reason.SHORT_YEAR: N_("a year of two figures: write all four"),
    Reason.MONTH_FIRST: N_("the month seems to come first: write 31-12-2026 or 2026-12-31"),
    Reason.NOT_A_PHASE: N_("no phase: use know, like, trust or love"),
    Reason.NOT_A_WISH: N_("unknown: use less, normal or told first"),
    Reason.NOT_A_CHANNEL: N_("unknown: use in person, phone, chat, card, parcel or e-mail"),
    Reason.NOT_A_LANGUAGE: N_("unknown: use Dutch or English"),
    Reason.NOT_YES_OR_NO: N_("neither yes nor no, nor a day"),
    Mistake.NO_NAME: N_("no name"),
    Mistake.NAME_TOO_LONG: N_("longer than {longest} characters"),
    Mistake.REFERENCE_TOO_LONG: N_("longer than {longest} characters"),
    Mistake.PREFERENCES_TOO_LONG: N_("longer than {longest} characters"),
    Mistake.NOTE_TOO_LONG: N_("longer than {longest} characters"),
    Mistake.CUSTOMER_IN_THE_FUTURE: N_("a day that is still to come, or long ago"),
    Mistake.CONSENT_WITHOUT_A_DATE: N_("consent without the day on which it was given"),
    Mistake.CONSENT_IN_THE_FUTURE: N_("a day that is still to come"),
    Mistake.CONTACT_IN_THE_FUTURE: N_("a day that is still to come"),
    Kind.HEALTH: N_("says something about health, which may not be kept. Better: “{better}”"),
    Kind.RELIGION: N_("says what somebody believes, which may not be kept. Better: “{better}”"),
    Kind.POLITICS: N_("says something about politics, which may not be kept. Better: “{better}”"),
    Kind.ETHNICITY: N_("says where somebody's family is from, which may not be kept. Better: “{better}”"),
    Kind.ORIENTATION: N_("says whom somebody loves, which may not be kept. Better: “{better}”"),
    Kind.CHILD: N_("names a child, and names of children may not be kept. Better: “{better}”"),
    Kind.ID_NUMBER: N_("holds what looks like the number of a person or passport. Better: “{better}”"),
    Kind.ACCOUNT_NUMBER: N_("holds what looks like a bank account. Better: “{better}”"),
    Kind.CARD_NUMBER: N_("holds what looks like a payment card. Better: “{better}”"),
}

LONGEST = {
    Mistake.NAME_TOO_LONG: rules.LONGEST_NAME,
    Mistake.REFERENCE_TOO_LONG: rules.LONGEST_REFERENCE,
    Mistake.PREFERENCES_TOO_LONG: rules.LONGEST_TEXT,
    Mistake.NOTE_TOO_LONG: rules.LONGEST_TEXT,
}

_FLAWS = {
    Flaw.EMPTY: N_("The file is empty."),
    Flaw.NOT_TEXT: N_("Line {line} is no text: save the file as CSV, in UTF-8."),
    Flaw.UTF_16: N_("The file is in UTF-16: save it as CSV in UTF-8."),
    Flaw.TWO_ENCODINGS: N_("Line {line} is not in UTF-8, and others are: save the file as CSV in UTF-8 again."),
    Flaw.LINE_TOO_LONG: N_("Line {line} is too long for a customer: is a quote not closed before it?"),
    Flaw.QUOTES: N_("The quotes in line {line} do not fit: one is not closed, or one in a cell is not doubled."),
    Flaw.NO_NAME: N_(
        "There is no column with a name. The first line must hold headings, such as “name” or “naam”, with commas or"
        " semicolons between them."
    ),
    Flaw.NO_REFERENCE: N_(
        "There is no column with your own reference, such as “customer number” or “klantnummer”. Without it nobody"
        " could tell next time who is here already."
    ),
    Flaw.TWICE_THE_SAME: N_("Two columns hold the same: “{first}” and “{second}”. Rename or remove one."),
    Flaw.MONTH_FIRST: N_(
        "Line {line}: in the column “{heading}” the month seems to come first, and Acht reads the day first. Save its"
        " days as 2026-12-31."
    ),
    Flaw.CHANGED: N_("The file was changed while it was read. Please begin again."),
}
