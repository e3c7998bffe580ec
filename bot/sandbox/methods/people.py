"""auth, bots, dnd, team, usergroups and users: who is here, and are they free."""

from bot.sandbox import shapes
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.paging import MOST, page_of
from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace


def auth_test(workspace: Workspace, _: Arguments) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.people[workspace.bot_user_id].name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def bots_info(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.text("bot", workspace.bot_id) != workspace.bot_id:
        raise SlackError("bot_not_found")
    profile = shapes.bot_profile(workspace)
    del profile["team_id"]
    return {"bot": profile | {"user_id": workspace.bot_user_id}}


def team_info(workspace: Workspace, _: Arguments) -> Json:
    team = {
        "id": workspace.team_id,
        "name": workspace.name,
        "domain": workspace.domain,
        "url": f"https://{workspace.domain}.slack.com/",
        "email_domain": "",
    }
    return {"team": team}


def users_info(workspace: Workspace, arguments: Arguments) -> Json:
    user = arguments.required("user")
    person = shapes.SLACKBOT if user == shapes.SLACKBOT.id else workspace.person(user)
    shape = shapes.user(workspace, person, with_locale=arguments.flag("include_locale"))
    return {"user": shape}


def users_list(workspace: Workspace, arguments: Arguments) -> Json:
    """Everybody of this workspace, also who is gone, with the bots and Slackbot; nobody of a connected one."""
    people = [shapes.SLACKBOT, *(person for person in workspace.people.values() if not person.home_team)]
    if not arguments.has("cursor") and not arguments.number("limit", 0, highest=MOST, lowest=0):
        # Without a limit Slack answers with everybody, as long as they are not too many.
        if len(people) > MOST:
            raise SlackError("limit_required")
        page, cursor = people, ""
    else:
        page, cursor = page_of(people, arguments)
    with_locale = arguments.flag("include_locale")
    members = [shapes.user(workspace, person, with_locale=with_locale) for person in page]
    return {
        "members": members,
        "cache_ts": int(workspace.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def get_presence(workspace: Workspace, arguments: Arguments) -> Json:
    person = workspace.person(arguments.text("user") or workspace.bot_user_id)
    return {"presence": person.presence}


def dnd_info(workspace: Workspace, arguments: Arguments) -> Json:
    person = workspace.person(arguments.text("user") or workspace.bot_user_id)
    return shapes.do_not_disturb(workspace, person)


def dnd_team_info(workspace: Workspace, arguments: Arguments) -> Json:
    users = arguments.words("users")
    if not users:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: users"])
    if len(users) > 50:
        raise SlackError("too_many_users")
    return {"users": {user: shapes.do_not_disturb(workspace, workspace.person(user)) for user in users}}


def usergroups_list(workspace: Workspace, arguments: Arguments) -> Json:
    with_users, with_count = arguments.flag("include_users"), arguments.flag("include_count")
    groups = [
        shapes.usergroup(workspace, group, users=list(group.users) if with_users else None, with_count=with_count)
        for group in workspace.usergroups
        if arguments.flag("include_disabled") or not group.date_delete
    ]
    return {"usergroups": groups}


def usergroups_users_list(workspace: Workspace, arguments: Arguments) -> Json:
    group = workspace.usergroup(arguments.required("usergroup"))
    if group.date_delete and not arguments.flag("include_disabled"):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
