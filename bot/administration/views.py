"""Administration, as it is seen in the Home tab and in its forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from babel.dates import format_datetime

from bot.administration.service import ENTRIES_SHOWN, Overview, Post
from bot.kit.audit import Entry
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.people.roles import GIVEN, Role
from bot.people.roles_given import Holders

NAMED, NAMED_IN_THE_FORM = 10, 150
"""So many people are named in the Home tab and under *Roles*; of more it says how many."""


class Action(StrEnum):
    """Everything in these views that can be clicked, looked up or submitted."""

    STOP_ALL = "administration.stop_all"
    GO_ON = "administration.go_on"
    OPEN_ROLES = "administration.open_roles"
    ROLES = "administration.roles"
    OPEN_GROUPS = "administration.open_groups"
    GROUPS = "administration.groups"
    GROUP = "administration.group"
    OPEN_LIMITS = "administration.open_limits"
    LIMITS = "administration.limits"
    OPEN_CHANGES = "administration.open_changes"
    CHANGES = "administration.changes"
    TURN_CHANGES = "administration.turn_changes"
    OPEN_HEALTH = "administration.open_health"
    HEALTH = "administration.health"


GIVE, TAKE = "give", "take"
GUESTS_ASK, GUESTS_BROWSE = "ask", "browse"
NO_GROUP = "none"

ROLE_NAMES = {
    Role.ADMINISTRATOR: N_("Administrators"),
    Role.LEADERSHIP: N_("Leadership"),
    Role.LEAD: N_("Team leads"),
}
ROLE_OF_ONE = {
    Role.ADMINISTRATOR: N_("administrator"),
    Role.LEADERSHIP: N_("leadership"),
    Role.LEAD: N_("team lead"),
}
ROLE_EXPLAINED = {
    Role.ADMINISTRATOR: N_("Give roles, set limits, stop everything"),
    Role.LEADERSHIP: N_("See all teams and what they work on"),
    Role.LEAD: N_("Set up teams and lead them"),
}


# --- in the Home tab ---


def section(now: Overview, *, has_teams: bool, zone: tzinfo, _: Words) -> list[b.Block]:
    return [
        b.header(_("Administration")),
        *([] if has_teams else [_how_to_begin(_)]),
        _off_switch(now, zone, _),
        b.section("\n".join(_holders_line(role, now.holders[role], _) for role in GIVEN)),
        b.actions(
            b.button(_("Roles"), Action.OPEN_ROLES, "roles"),
            b.button(_("User groups"), Action.OPEN_GROUPS, "groups"),
            b.button(_("Guests"), Action.OPEN_LIMITS, "limits"),
            b.button(_("What was changed"), Action.OPEN_CHANGES, "changes"),
            b.button(_("Health"), Action.OPEN_HEALTH, "health"),
        ),
    ]


def _how_to_begin(_: Words) -> b.Block:
    return b.section(
        _(
            "*To begin*\n1. Give somebody the role of team lead, under *Roles*.\n2. They type `/invite @Acht` in their"
            " team's channel.\n3. There they press *Set up this team*. It takes a few minutes."
        )
    )


def _off_switch(now: Overview, zone: tzinfo, _: Words) -> b.Block:
    if now.hold is None:
        stop = b.button(_("Stop everything"), Action.STOP_ALL, "stop")
        sure = b.confirmation(
            _("Stop everything?"),
            _(
                "Nobody hears from Acht unasked until an administrator starts it again. Questions are still answered,"
                " and nothing is lost."
            ),
            yes=_("Stop"),
            no=_("Cancel"),
        )
        text = _("Acht tells people things unasked, such as what is new in their team, within their working hours.")
        return b.section(text, stop | {"confirm": sure})
    text = _(
        ":no_entry: *Everything unasked is stopped*, by <@{by}>, since {since}. Questions are still answered.",
        by=now.hold.by,
        since=_moment(now.hold.since, zone, _),
    )
    return b.section(text, b.button(_("Start again"), Action.GO_ON, "go_on", style="primary"))


def _holders_line(role: Role, holders: Holders, _: Words, most: int = NAMED) -> str:
    named = [*holders.by_hand, *(person for person in holders.by_settings if person not in holders.by_hand)]
    parts = [_people(named, _, most)] if named else []
    if holders.group is not None:
        members = _.plural("{n} person", "{n} people", len(holders.by_group))
        parts.append(_("{handle}: {members}", handle=f"@{b.escaped(holders.handle or holders.group)}", members=members))
    return f"*{_(ROLE_NAMES[role])}*  {' · '.join(parts) or _('nobody yet')}"


def _people(people: Sequence[str], _: Words, most: int = NAMED) -> str:
    named = ", ".join(f"<@{person}>" for person in people[:most])
    if len(people) <= most:
        return named
    return _("{people} and {n} more", people=named, n=len(people) - most)


# --- roles ---


def roles_modal(now: Overview, _: Words, *, said: str | None = None) -> dict[str, Any]:
    """`said`: what has just been done."""
    roles = [b.option(_(ROLE_NAMES[role]), role, _(ROLE_EXPLAINED[role])) for role in GIVEN]
    deeds = [b.option(_("Give this role"), GIVE), b.option(_("Take it away"), TAKE)]
    return b.modal(
        _("Roles"),
        [
            *([b.section(said), b.divider()] if said else []),
            *(b.section(_holders_line(role, now.holders[role], _, most=NAMED_IN_THE_FORM)) for role in GIVEN),
            b.field(_("Who"), b.people("people", [], _("Choose colleagues"), most=20), "people"),
            b.field(_("Role"), b.radio("role", roles), "role"),
            b.field(_("What to do"), b.radio_chosen("deed", deeds, GIVE), "deed"),
            b.context(_("Many people? Let the role follow a user group, under *User groups*.")),
        ],
        callback_id=Action.ROLES,
        close=_("Close"),
        submit=_("Save"),
    )


def given(role: Role, people: Sequence[str], not_members: Sequence[str], _: Words) -> str:
    lines: list[str] = []
    if people:
        lines.append(
            _(":white_check_mark: {people}: now *{role}*.", people=_people(people, _), role=_(ROLE_OF_ONE[role]))
        )
    if not_members:
        lines.append(
            _("{people}: no. A role is for colleagues, not for guests or apps.", people=_people(not_members, _))
        )
    return "\n".join(lines)


def taken(role: Role, people: Sequence[str], still: Sequence[str], _: Words) -> str:
    gone = [person for person in people if person not in still]
    lines: list[str] = []
    if gone:
        lines.append(
            _(":white_check_mark: {people}: not *{role}* any more.", people=_people(gone, _), role=_(ROLE_OF_ONE[role]))
        )
    if still:
        lines.append(
            _(
                "{people}: still *{role}*, because of the user group or the settings. Change it there.",
                people=_people(still, _),
                role=_(ROLE_OF_ONE[role]),
            )
        )
    return "\n".join(lines)


def last_administrator(_: Words) -> str:
    return _("Nothing was changed: somebody has to stay administrator. First give the role to somebody else.")


# --- user groups ---


def groups_modal(now: Overview, _: Words) -> dict[str, Any]:
    return b.modal(
        _("User groups"),
        [
            b.section(
                _(
                    "A role can follow a user group in Slack: who is in the group has the role, who leaves it loses it."
                    " Roles given by hand stay."
                )
            ),
            *(_group_field(role, now.holders[role], _) for role in GIVEN),
        ],
        callback_id=Action.GROUPS,
        close=_("Cancel"),
        submit=_("Save"),
    )


def _group_field(role: Role, holders: Holders, _: Words) -> b.Block:
    chosen = b.option(f"@{holders.handle}", holders.group) if holders.group and holders.handle else no_group(_)
    return b.field(_(ROLE_NAMES[role]), b.looked_up(Action.GROUP, chosen, _("Choose a user group")), role)


def no_group(_: Words) -> b.Element:
    return b.option(_("No group"), NO_GROUP)


def groups_saved_modal(_: Words) -> dict[str, Any]:
    text = _("Saved. I read who is in the groups now. Open the Home tab again in a minute, and you see it.")
    return b.modal(_("User groups"), [b.section(text)], callback_id=Action.GROUPS, close=_("Close"))


def no_such_group(_: Words) -> str:
    return _("This user group is not there any more. Choose another one.")


# --- limits ---


def limits_modal(now: Overview, _: Words) -> dict[str, Any]:
    options = [
        b.option(_("Ask the coach, nothing else"), GUESTS_ASK),
        b.option(_("The same as colleagues of the front line, but for customers' cards"), GUESTS_BROWSE),
    ]
    chosen = GUESTS_BROWSE if now.guests_may_browse else GUESTS_ASK
    return b.modal(
        _("Guests"),
        [
            b.field(
                _("Guests, and people from other workspaces, may"),
                b.radio_chosen("guests", options, chosen),
                "guests",
                hint=_("Whatever you choose: they never get a role."),
            )
        ],
        callback_id=Action.LIMITS,
        close=_("Cancel"),
        submit=_("Save"),
    )


def limits_saved_modal(_: Words) -> dict[str, Any]:
    text = _("Saved. It holds within half a minute.")
    return b.modal(_("Guests"), [b.section(text)], callback_id=Action.LIMITS, close=_("Close"))


# --- what was changed ---


def changes_modal(page: Sequence[Entry], skipped: int, in_all: int, zone: tzinfo, _: Words) -> dict[str, Any]:
    lines = [_change(entry, zone, _) for entry in page]
    turns: list[b.Element] = []
    if skipped > 0:
        before = str(max(0, skipped - ENTRIES_SHOWN))
        turns.append(b.button(_("Newer"), f"{Action.TURN_CHANGES}.newer", before))
    if skipped + len(page) < in_all:
        turns.append(b.button(_("Older"), f"{Action.TURN_CHANGES}.older", str(skipped + ENTRIES_SHOWN)))
    blocks = [b.section(line) for line in lines] or [b.section(_("Nothing was changed yet."))]
    shown = _("{first} to {last} of {n}", first=skipped + 1, last=skipped + len(page), n=in_all)
    return b.modal(
        _("What was changed"),
        [*blocks, *([b.context(shown)] if page else []), *([b.actions(*turns)] if turns else [])],
        callback_id=Action.CHANGES,
        close=_("Close"),
    )


def _change(entry: Entry, zone: tzinfo, _: Words) -> str:
    unknown = _("A file") if entry.what == "customers_brought_in" else _("Slack")
    who = f"<@{entry.by}>" if entry.by else unknown
    return f"{_moment(entry.at, zone, _)}  {who}: {_done(entry, _)}"


_PLAIN = {"all_stopped": N_("everything unasked is stopped"), "all_goes_on": N_("everything unasked goes on")}
"""Kinds of changes of which there is nothing more to say."""


def _done(entry: Entry, _: Words) -> str:  # noqa: PLR0911, PLR0912 — one line a kind of change
    detail = entry.detail
    role = _(ROLE_OF_ONE[Role(detail["role"])]) if "role" in detail else ""
    about = f"<@{entry.about}>" if entry.about else ""
    match entry.what:
        case "role_given":
            return _("{person} has the role *{role}* now", person=about, role=role)
        case "role_taken":
            return _("{person} no longer has the role *{role}*", person=about, role=role)
        case "group_followed":
            return _("*{role}* follows the user group @{handle}", role=role, handle=b.escaped(detail["handle"]))
        case "group_left":
            return _("*{role}* no longer follows @{handle}", role=role, handle=b.escaped(detail["handle"]))
        case "group_gone":
            return _("the user group @{handle} of *{role}* is gone", role=role, handle=b.escaped(detail["handle"]))
        case "limits_set":
            more = _("guests may do the same as colleagues, but for customers' cards")
            return more if detail["guests"] else _("guests may ask the coach only")
        case "customer_seen":
            return _("looked at a customer's card; the contact is {person}", person=about)
        case "customer_erased":
            return _("erased a customer's card; the contact was {person}", person=about)
        case "customers_brought_in":
            return _("brought in customers: {new} new, {changed} changed", new=detail["new"], changed=detail["changed"])
        case "team_set_up":
            return _("<#{channel}> is set up as a team", channel=entry.about)
        case "team_changed":
            return _("the team of <#{channel}> is changed", channel=entry.about)
        case "gesture_limits_set":
            of_team = _("the limits of gestures for the team of <#{channel}> are changed", channel=entry.about)
            return of_team if entry.about else _("the limits of gestures for the whole workspace are changed")
        case other:
            return _(_PLAIN[other]) if other in _PLAIN else b.escaped(other)


# --- health ---


@dataclass(frozen=True)
class Health:
    """`parts`: whether each is well. `model`: its name, if there is one. `by_meaning`: how plays are searched."""

    parts: Mapping[str, bool]
    model: str | None
    by_meaning: bool


def health_modal(health: Health, post: Post, zone: tzinfo, _: Words) -> dict[str, Any]:
    names = {
        "database": _("Database"),
        "content": _("Playbooks"),
        "slack": _("Slack accepts the token"),
        "socket": _("Connection to Slack"),
    }
    lines = [f"{_light(well)} {names[part]}" for part, well in health.parts.items()]
    lines.append(
        _(":large_green_circle: Language model: {model}", model=b.escaped(health.model))
        if health.model
        else _(":white_circle: No language model: the coach answers from the playbooks, word for word")
    )
    lines.append(
        _(":large_green_circle: Search goes by meaning")
        if health.by_meaning
        else _(":white_circle: Search goes by words")
    )
    waiting = _.plural("{n} message waits", "{n} messages wait", post.waiting)
    if post.oldest_due is not None:
        waiting = _("{waiting}, the longest since {since}", waiting=waiting, since=_moment(post.oldest_due, zone, _))
    lines.append(f":envelope: {waiting}")
    failed = _.plural("{n} message failed this month", "{n} messages failed this month", post.failed)
    lines.append(f"{_light(post.failed == 0)} {failed}")
    why = b.context(_("Why a message failed, and how to send it again: `acht outbox` on the server."))
    return b.modal(
        _("Health"),
        [b.section("\n".join(lines)), *([why] if post.failed else [])],
        callback_id=Action.HEALTH,
        close=_("Close"),
    )


def _light(well: bool) -> str:  # noqa: FBT001 — a lamp is on or off
    return ":large_green_circle:" if well else ":red_circle:"


def _moment(at: datetime, zone: tzinfo, _: Words) -> str:
    return format_datetime(at.astimezone(zone), "E d MMM HH:mm", locale=_.language)


def role_given(role: Role, by: str, _: Words) -> str:
    text = _("<@{by}> gave you a role in Acht: *{role}*.", by=by, role=_(ROLE_OF_ONE[role]))
    if role is Role.LEAD:
        more = _(
            "You can set up your team now: type `/invite @Acht` in your team's channel and press *Set up this team*."
        )
    else:
        more = _("What it brings stands in your Home tab of Acht.")
    return f"{text} {more}"


def group_gone(role: Role, handle: str, people: int, _: Words) -> str:
    return _(
        "The user group @{handle} was deleted in Slack. It gave the role *{role}*. {people} keep it until you change"
        " that: Home tab, *Roles*.",
        handle=b.escaped(handle),
        role=_(ROLE_OF_ONE[role]),
        people=_.plural("{n} person", "{n} people", people),
    )
