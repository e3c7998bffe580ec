"""The form of a customer's card: only the name has to be filled in, and what is wrong is said beside its field."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.customers import names
from bot.customers.card_views import lines
from bot.customers.form import NO_TEAM, Consent, Draft
from bot.customers.rules import (
    BY_FILE,
    EARLIEST,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    Details,
    Found,
    Mistake,
)
from bot.customers.screening import Finding
from bot.customers.views import (
    Action,
    birthday_name,
    channel_name,
    phase_looks_like,
    phase_name,
    rows,
    wish_means,
    wish_name,
)
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.teams.rules import TeamSeen
from bot.teams.views import OWN_NAMES
from bot.trade import Channel, Phase, Wish

LONGEST_BIRTHDAY = 40

FINDINGS_SAID = 3
"""Of many in one field: whoever has changed these sees the rest."""


def form(
    draft: Draft,
    details: Details,
    teams: Sequence[TeamSeen],
    today: date,
    _: Words,
    *,
    alike: Sequence[Found] = (),
) -> dict[str, Any]:
    """Filled in with the details, of which the name may be empty. `teams`: those of who writes. `alike`: who has this
    name already.
    """
    is_new = draft.customer_id is None
    return b.modal(
        _("New customer") if is_new else _("Change this card"),
        [
            *(_there_already(alike, details.name, _) if alike else [b.context(_what_is_kept(_))]),
            *_who_it_is(details, _),
            b.divider(),
            *_how_to_reach_them(details, _),
            b.divider(),
            *_days(details, _),
            b.divider(),
            *_who_looks_after_them(details, teams, _),
            b.divider(),
            *_consent(details, today, _),
        ],
        callback_id=Action.SAVE,
        close=_("Cancel"),
        submit=_("Make it anyway") if alike else _("Save"),
        private_metadata=draft.model_dump_json(),
    )


def _there_already(alike: Sequence[Found], name: str, _: Words) -> list[Block]:
    is_same = any(sorted(names.typed_words(one.name)) == sorted(names.typed_words(name)) for one in alike)
    text = _("There is a card with this name already.") if is_same else _("There is a card with almost this name.")
    whether = _("Is it somebody else? Then press *Make it anyway*.")
    return [b.section(f":warning: *{text}* {whether}"), *rows(alike, _), b.divider()]


def _what_is_kept(_: Words) -> str:
    return _(
        "Only the name is needed. It is kept encrypted; the contact and the team see it. Leave out health, faith,"
        " politics, origin, children's names, and numbers of passports, accounts and cards."
    )


def _who_it_is(details: Details, _: Words) -> list[Block]:
    phases = [b.option(phase_name(phase, _), phase, phase_looks_like(phase, _)) for phase in Phase]
    name = b.text_input("name", longest=LONGEST_NAME, placeholder=_("For example: Mrs A. Jansen"), written=details.name)
    return [
        b.field(_("Name"), name, "name"),
        _text("preferences", _("What do they like?"), _("For example: tea without milk"), details.preferences, _),
        _text(
            "note", _("What else is good to know?"), _("For example: works shifts, so call after four"), details.note, _
        )
        | {"hint": b.plain(_("Is something going to happen, such as a move? Note that on the card, as a moment."))},
        b.field(_("How far are you with them?"), b.radio_chosen("phase", phases, details.phase), "phase"),
    ]


def _text(field: str, label: str, placeholder: str, written: str | None, _: Words) -> Block:
    typed = b.text_input(field, longest=LONGEST_TEXT, multiline=True, placeholder=placeholder, written=written)
    return b.field(label, typed, field, optional=True)


def _how_to_reach_them(details: Details, _: Words) -> list[Block]:
    languages = [b.option(name, language) for language, name in OWN_NAMES.items()]
    channels = [b.option(channel_name(channel, _), channel) for channel in Channel]
    wishes = [b.option(wish_name(wish, _), wish, wish_means(wish, _)) for wish in Wish]
    return [
        b.field(_("They speak"), b.radio_chosen("language", languages, details.language), "language"),
        b.field(
            _("How do they like to be reached?"),
            b.checkboxes("channels", channels, details.channels),
            "channels",
            optional=True,
        ),
        b.field(_("How much contact do they want?"), b.radio_chosen("wish", wishes, details.wish), "wish"),
    ]


def _days(details: Details, _: Words) -> list[Block]:
    birthday = b.text_input(
        "birthday",
        longest=LONGEST_BIRTHDAY,
        placeholder=_("For example: 3 May"),
        written=details.birthday and birthday_name(details.birthday, _),
    )
    return [
        b.field(_("Birthday"), birthday, "birthday", optional=True, hint=_("Day and month. A year is not kept.")),
        b.field(
            _("Customer since"),
            b.date_picker("customer_since", details.customer_since),
            "customer_since",
            optional=True,
        ),
    ]


def _who_looks_after_them(details: Details, teams: Sequence[TeamSeen], _: Words) -> list[Block]:
    reference = b.text_input("reference", longest=LONGEST_REFERENCE, written=details.reference)
    return [
        b.field(
            _("Contact person"),
            b.person("contact_id", details.contact_id, _("Choose a colleague")),
            "contact_id",
            hint=_("One colleague with a name, for whom the customer can ask."),
        ),
        *_team(details.channel_id, teams, _),
        b.field(
            _("Own reference"),
            reference,
            "reference",
            optional=True,
            hint=_("Their number in your customer system, if they have one."),
        ),
    ]


def _team(channel_id: str | None, teams: Sequence[TeamSeen], _: Words) -> list[Block]:
    """A team that it has already stays to be chosen, also by who is not in it."""
    listed = teams[:_TEAMS_LISTED]
    options = [b.option(team.name, team.channel_id) for team in listed]
    if channel_id is not None and channel_id not in {team.channel_id for team in listed}:
        options.append(b.option(_("The team that it has now"), channel_id))
    if not options:
        return []
    options.append(b.option(_("None: only the contact sees the card"), NO_TEAM))
    chosen = b.select("channel_id", options, channel_id or NO_TEAM, _("Choose a team"))
    return [b.field(_("Team"), chosen, "channel_id", hint=_("Everybody in it sees the card."))]


_TEAMS_LISTED = 98
"""With the two others that makes a hundred, which is what Slack takes."""


def _consent(details: Details, today: date, _: Words) -> list[Block]:
    options = [
        b.option(_("Yes, they agree"), Consent.YES),
        b.option(_("Not asked yet"), Consent.NOT_ASKED),
        b.option(_("No"), Consent.NO),
    ]
    return [
        b.field(
            _("Do they agree that you keep this, and surprise them now and then?"),
            b.radio_chosen("has_consented", options, Consent.of(details)),
            "has_consented",
            hint=_("Without a yes I suggest no gestures."),
        ),
        b.field(
            _("They said so on"), b.date_picker("consent_on", details.consent_on or today), "consent_on", optional=True
        ),
    ]


# --- what is wrong -----------------------------------------------------------------------------------


def complaints(mistakes: Iterable[Mistake], findings: Mapping[str, Sequence[Finding]], _: Words) -> dict[str, str]:
    """By field, what to do about it."""
    said = {field: not_kept(found, _) for field, found in findings.items()}
    return said | {made.field: mistake(made, _) for made in mistakes}


def not_kept(findings: Sequence[Finding], _: Words) -> str:
    """Why this may not stand in a field."""
    return " ".join(finding.sentence(_) for finding in findings[:FINDINGS_SAID])


def mistake(made: Mistake, _: Words) -> str:
    too_long = _("Keep it within {n} characters: what helps the next colleague most.", n=LONGEST_TEXT)
    return {
        Mistake.NO_NAME: _("What is the customer called?"),
        Mistake.NAME_TOO_LONG: _("Keep the name within {n} characters.", n=LONGEST_NAME),
        Mistake.REFERENCE_TOO_LONG: _("Keep the reference within {n} characters.", n=LONGEST_REFERENCE),
        Mistake.PREFERENCES_TOO_LONG: too_long,
        Mistake.NOTE_TOO_LONG: too_long,
        Mistake.CUSTOMER_IN_THE_FUTURE: _(
            "Choose a day that has been, from {year} on: since then they are a customer.", year=EARLIEST.year
        ),
        Mistake.CONSENT_WITHOUT_A_DATE: _("On which day did they agree?"),
        Mistake.CONSENT_IN_THE_FUTURE: _("Choose the day on which they said so: today, or one that has been."),
        Mistake.CONTACT_IN_THE_FUTURE: _("Choose the day on which you spoke to them: today, or one that has been."),
    }[made]


def birthday_unclear(_: Words) -> str:
    return _("I can't read this as a day and a month. Write it like 3 May or 3/5.")


def reference_taken(_: Words) -> str:
    return _("Another customer has this reference. Is there a card already? Look them up by name.")


def not_a_colleague(_: Words) -> str:
    return _("Choose a colleague: guests and apps have no customers.")


# --- after it was sent -------------------------------------------------------------------------------


def saved(_: Words, *, dropped_year: bool) -> list[str]:
    return [_("Saved."), *([_("I kept the birthday without its year.")] if dropped_year else [])]


def changed_meanwhile(customer_id: int, by: str, wrote: Details, different: Sequence[str], _: Words) -> dict[str, Any]:
    """Instead of the form: nobody's work is undone, and nothing that was written is lost.

    `different`: the fields in which what was written differs from what is there now.
    """
    text = (
        _("This card was just brought up to date from a file, so yours is not saved yet.")
        if by == BY_FILE
        else _("<@{by}> changed this card a moment ago, so yours is not saved yet.", by=by)
    )
    fields = {*different, *({"has_consented"} if "consent_on" in different else ())}
    yours = [line.as_element() for line in lines(wrote, _) if line.field in fields]
    blocks = [b.section(text)]
    if yours:
        blocks += [b.section(_("*This is different in what you wrote:*")), b.rich(*yours)]
    again = b.button(_("Change what is there now"), Action.CHANGE, str(customer_id), style="primary")
    return b.modal(_("Change this card"), [*blocks, b.actions(again)], callback_id=Action.SHOWN, close=_("Close"))
