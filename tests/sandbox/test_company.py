from zoneinfo import ZoneInfo

from bot.sandbox.workspace import Workspace


def test_the_company_is_small_bilingual_and_in_two_time_zones(workspace: Workspace) -> None:
    people = [person for person in workspace.people.values() if not person.is_bot]
    assert {person.lang for person in people} == {"nl", "en"}
    assert {person.tz for person in people} == {"Europe/Amsterdam", "Europe/London"}
    assert all(ZoneInfo(person.tz) for person in people)
    assert [person.name for person in people if person.is_admin and person.is_owner] == ["tom"]
    assert [person.initials for person in people][:2] == ["NJ", "DV"]


def test_the_bot_is_in_the_team_channels_and_with_the_leaders(workspace: Workspace) -> None:
    names = {channel.name: channel.kind for channel in workspace.channels_of(workspace.bot_user_id)}
    del names[""]
    assert names == {"team-utrecht": "public", "team-leeds": "public", "leadership": "private"}


def test_everything_that_was_said_lies_in_the_past_and_is_read(workspace: Workspace) -> None:
    for channel in workspace.channels.values():
        messages = workspace.messages(channel.id)
        assert [message.ts for message in messages] == sorted(message.ts for message in messages)
        assert all(float(message.ts) < workspace.now().timestamp() for message in messages)
        assert all(
            workspace.unread(channel.id, member) == 0 for member in channel.members if member != workspace.bot_user_id
        )
        assert all(message.user in channel.members for message in messages)


def test_a_snapshot_brings_everything_back(workspace: Workspace) -> None:
    start = workspace.snapshot()
    utrecht = workspace.channel("#team-utrecht")
    before = len(workspace.messages(utrecht.id))
    workspace.post(utrecht.id, utrecht.members[0], "New")
    workspace.surfaces.open(utrecht.members[0], {"type": "modal", "blocks": []})
    utrecht.members.clear()
    for _ in range(2):
        workspace.restore(start)
        assert len(workspace.messages(utrecht.id)) == before
        assert workspace.channels[utrecht.id].members
        assert workspace.modal(workspace.channels[utrecht.id].members[0]) is None
