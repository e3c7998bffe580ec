"""Teams in the Home tab: a colleague's own, the ones that a lead leads, and all of them."""

from collections.abc import Collection, Sequence
from typing import Any

from babel.numbers import format_decimal

from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.teams.rules import Standing, TeamSeen, TeamsSeen
from bot.teams.views import Action, Steps

SHOWN, SHOWN_IN_SHORT = 5, 2
"""Teams in the Home tab; the others are one click away. In short: where something for customers stands above them."""

PAGE = 20
"""Teams in one page of the modal that shows all."""

MOST_OPTIONS = 100
"""Says Slack."""


def my_teams(
    teams: Sequence[TeamSeen], steps: Steps, _: Words, led: Collection[str] = (), *, at_most: int = SHOWN
) -> list[Block]:
    """For a colleague. `led`: channels of teams that stand in their section as a lead. Nothing for who is in none."""
    first_on_top = sorted(teams, key=lambda team: not team.is_first)
    shown = [team for team in first_on_top if team.channel_id not in led]
    blocks: list[Block] = []
    for team in shown[:at_most]:
        blocks += [_vision(team), b.context(_step(team, steps, _))]
    if (more := len(shown) - at_most) > 0:
        blocks.append(b.context(_and_more(more, _)))
    blocks += _whose_messages(first_on_top, _)
    if not blocks:
        return []
    header = _.plural("Your team", "Your teams", len(teams)) if shown else _("Messages from me")
    return [b.header(header), *blocks]


def _whose_messages(teams: Sequence[TeamSeen], _: Words) -> list[Block]:
    """Who is in several chooses; the list names all of them."""
    if len(teams) <= 1:
        return []
    options = [b.option(team.name, team.channel_id) for team in teams[:MOST_OPTIONS]]
    chosen = teams[0].channel_id if teams[0].is_first else None
    select = b.select(Action.CHOOSE, options, chosen, _("Choose a team"))
    return [b.section(_("You hear from me at most once a day. From which team?"), select)]


def led_teams(
    seen: TeamsSeen, steps: Steps, _: Words, *, is_stopped: bool = False, at_most: int = SHOWN
) -> list[Block]:
    """For a lead. Nothing for who leads none. `is_stopped`: an administrator has stopped everything unasked."""
    if not seen.teams_in_all:
        return []
    blocks = [b.header(_.plural("The team you lead", "The teams you lead", seen.teams_in_all))]
    if is_stopped:
        stopped = _(":no_entry: An administrator has stopped me for now: I post nothing. Questions are still answered.")
        blocks.append(b.section(stopped))
    for team in seen.teams[:at_most]:
        blocks += _to_change(team, steps, _)
    return [*blocks, *_rest(seen, Action.SHOW_LED, _, at_most)]


def all_teams(seen: TeamsSeen, steps: Steps, _: Words, *, in_short: bool = False) -> list[Block]:
    """For leadership and administrators: by name, without any ranking. `in_short`: how many, and a button."""
    if not seen.teams_in_all:
        return []
    if in_short:
        show = b.button(_("Show all"), Action.SHOW_ALL, "0")
        return [b.header(_("All teams")), b.section(_counted(seen, _), show)]
    blocks = [b.header(_("All teams")), b.section(_counted(seen, _))]
    for team in seen.teams[:SHOWN]:
        blocks += [_vision(team), b.context(_step_and_facts(team, steps, _))]
    return [*blocks, *_rest(seen, Action.SHOW_ALL, _, SHOWN)]


# --- all of them, in a modal -------------------------------------------------------------------------


def led_list(seen: TeamsSeen, skip: int, steps: Steps, _: Words) -> dict[str, Any]:
    blocks = [block for team in seen.teams for block in _to_change(team, steps, _)]
    blocks += _turning(seen, skip, Action.TURN_LED, _)
    return b.modal(_("The teams you lead"), blocks, callback_id=Action.SHOW_LED, close=_("Close"))


def all_list(seen: TeamsSeen, skip: int, steps: Steps, _: Words, *, may_change: bool) -> dict[str, Any]:
    """`may_change`: an administrator looks."""
    blocks = [b.section(_counted(seen, _))]
    for team in seen.teams:
        facts = _step_and_facts(team, steps, _)
        blocks += [_vision(team), b.section(facts, _change(team, _)) if may_change else b.context(facts)]
    blocks += _turning(seen, skip, Action.TURN_ALL, _)
    return b.modal(_("All teams"), blocks, callback_id=Action.SHOW_ALL, close=_("Close"))


def _turning(seen: TeamsSeen, skip: int, turn: Action, _: Words) -> list[Block]:
    buttons: list[b.Element] = []
    if skip > 0:
        buttons.append(b.button(_("‹ Previous"), f"{turn}.before", str(max(0, skip - PAGE))))
    if skip + PAGE < seen.teams_in_all:
        buttons.append(b.button(_("Next ›"), f"{turn}.after", str(skip + PAGE)))
    return [b.actions(*buttons)] if buttons else []


# --- parts of these ----------------------------------------------------------------------------------


def _vision(team: TeamSeen) -> Block:
    """Names and visions are people's own words: rich text, which Slack never reads as markup."""
    quoted = [b.rich_quote(team.vision)] if team.vision else []
    return b.rich(b.rich_line(b.run(team.name, bold=True)), *quoted)


def _to_change(team: TeamSeen, steps: Steps, _: Words) -> list[Block]:
    lines = [_step(team, steps, _), _members(team, _), *_facts(team, _)]
    if not team.vision:
        lines.append(_("No customer vision yet"))
    return [_vision(team), b.section("\n".join(lines), _change(team, _))]


def _change(team: TeamSeen, _: Words) -> b.Element:
    # Slack wants every id in a view only once.
    return b.button(_("Change"), f"{Action.CHANGE}.{team.channel_id}", team.channel_id)


def _step(team: TeamSeen, steps: Steps, _: Words) -> str:
    return _("Step {step} · {step_name}", step=team.step, step_name=b.escaped(steps(_)[team.step - 1]))


def _step_and_facts(team: TeamSeen, steps: Steps, _: Words) -> str:
    return " · ".join([_step(team, steps, _), *_facts(team, _)])


def _facts(team: TeamSeen, _: Words) -> list[str]:
    """What is out of the ordinary."""
    standing = {
        Standing.ACTIVE: None,
        Standing.ARCHIVED: _("The channel is archived"),
        Standing.LEFT: _("I am not in the channel: invite me"),
        Standing.DELETED: _("The channel is gone"),
    }[team.standing]
    dry_run = _("Dry run: only the leads see my posts") if team.is_dry_run else None
    return [fact for fact in (standing, dry_run) if fact]


def _members(team: TeamSeen, _: Words) -> str:
    if team.was_read or team.standing is not Standing.ACTIVE:
        return _people(team.members, _)
    if not team.members_expected:
        return _("Reading who is in the channel…")
    read = min(team.members_read, team.members_expected)
    return _("Reading: {n} of {all}", n=_number(read, _), all=_number(team.members_expected, _))


def _counted(seen: TeamsSeen, _: Words) -> str:
    count = _number(seen.teams_in_all, _)
    teams = _.plural("{count} team", "{count} teams", seen.teams_in_all, count=count)
    return f"{teams} · {_people(seen.people_in_all, _)}"


def _people(n: int, _: Words) -> str:
    count = _number(n, _)
    return _.plural("{count} person", "{count} people", n, count=count)


def _number(n: int, _: Words) -> str:
    return format_decimal(n, locale=_.language)


def _rest(seen: TeamsSeen, show: Action, _: Words, at_most: int) -> list[Block]:
    more = seen.teams_in_all - len(seen.teams[:at_most])
    if more <= 0:
        return []
    return [b.section(_and_more(more, _), b.button(_("Show all"), show, "0"))]


def _and_more(more: int, _: Words) -> str:
    return _.plural("And one more", "And {n} more", more)
