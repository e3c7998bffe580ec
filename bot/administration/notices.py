"""What people hear about roles: who gets one, and administrators when a user group is gone."""

from typing import Any

from bot.administration import views
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said
from bot.people.role_groups import GROUP_GONE, GroupGoneData
from bot.people.roles_given import ROLE_GIVEN, RoleGivenData


def kinds() -> list[Kind[Any]]:
    def role_given(told: RoleGivenData, _: Words) -> Said:
        return Said(views.role_given(told.role, told.by, _))

    def group_gone(told: GroupGoneData, _: Words) -> Said:
        return Said(views.group_gone(told.role, told.handle, told.people, _))

    return [Kind(ROLE_GIVEN, RoleGivenData, role_given), Kind(GROUP_GONE, GroupGoneData, group_gone)]
