"""The Web API: a function a method, and the table of their names.

apps.connections.open is not here: it belongs to the sockets, in `server`.
"""

from collections.abc import Callable

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import assistant, chat, conversations, people, views
from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

Method = Callable[[Workspace, Arguments], Json]

METHODS: dict[str, Method] = {
    "assistant.threads.setStatus": assistant.set_status,
    "assistant.threads.setSuggestedPrompts": assistant.set_suggested_prompts,
    "assistant.threads.setTitle": assistant.set_title,
    "auth.test": people.auth_test,
    "bots.info": people.bots_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.list_all,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_direct,
    "conversations.replies": conversations.replies,
    "dnd.info": people.dnd_info,
    "dnd.teamInfo": people.dnd_team_info,
    "reactions.add": chat.add_reaction,
    "reactions.get": chat.get_reactions,
    "team.info": people.team_info,
    "usergroups.list": people.usergroups_list,
    "usergroups.users.list": people.usergroups_users_list,
    "users.conversations": conversations.of_person,
    "users.getPresence": people.get_presence,
    "users.info": people.users_info,
    "users.list": people.users_list,
    "views.open": views.open_modal,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
