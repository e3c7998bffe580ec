"""A workspace of twenty thousand: no call may grow with the people, channels or messages elsewhere."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.methods import METHODS
from bot.sandbox.workspace import Workspace

from .stand_ins import Clock

PEOPLE, CHANNELS, MESSAGES = 20_000, 2_000, 5_000


@pytest.fixture(scope="module")
def crowd() -> Workspace:
    workspace = Workspace(now=Clock())
    people = [workspace.add_person(f"p{number}", f"Person {number}").id for number in range(PEOPLE)]
    for person in people:
        workspace.set_status(workspace.app_dm(person).id, "1.000001", "is thinking…", [])
    each = PEOPLE // CHANNELS
    teams = [people[number * each : (number + 1) * each] for number in range(CHANNELS)]
    bot = workspace.bot_user_id
    channels = [workspace.add_channel(f"c{number}", [*team, bot]).id for number, team in enumerate(teams)]
    workspace.add_channel("general", [*people, bot])
    for number in range(MESSAGES):
        workspace.post(channels[number % CHANNELS], workspace.bot_user_id, "x")
    return workspace


def call(workspace: Workspace, method: str, **arguments: Any) -> dict[str, Any]:
    return METHODS[method](workspace, Arguments(arguments))


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("chat.postMessage", lambda w, n: {"channel": w.channel(f"#c{n % 10}").id, "text": "x"}),
        ("chat.postMessage", lambda w, n: {"channel": person(w, n), "text": "x"}),
        ("conversations.open", lambda w, n: {"users": person(w, n)}),
        ("conversations.history", lambda w, n: {"channel": w.channel(f"#c{n}").id, "include_all_metadata": True}),
        ("conversations.history", lambda w, n: {"channel": w.app_dm(person(w, n)).id}),
    ],
)
def test_a_call_takes_less_than_a_millisecond(
    crowd: Workspace, method: str, arguments: Callable[[Workspace, int], dict[str, Any]]
) -> None:
    asked = [arguments(crowd, number) for number in range(300)]
    start = time.process_time()
    for each in asked:
        call(crowd, method, **each)
    assert (time.process_time() - start) / len(asked) < 0.001


@pytest.mark.parametrize(
    ("method", "arguments", "page"),
    [
        ("users.list", {"limit": 200}, ("members", 200)),
        ("conversations.members", {"channel": "#general", "limit": 200}, ("members", 200)),
        ("conversations.members", {"channel": "#c7"}, ("members", 11)),
        ("users.conversations", {"types": "public_channel,private_channel"}, ("channels", 2)),
        ("conversations.list", {"types": "public_channel", "limit": 100}, ("channels", 100)),
    ],
)
def test_a_page_of_people_or_channels_is_there_at_once(
    crowd: Workspace, method: str, arguments: dict[str, Any], page: tuple[str, int]
) -> None:
    if method == "users.conversations":
        arguments |= {"user": person(crowd, 0)}
    took: list[float] = []
    for _ in range(10):
        start = time.process_time()
        answer = call(crowd, method, **arguments)
        took.append(time.process_time() - start)
    assert len(answer[page[0]]) == page[1]
    assert min(took) < 0.03, "some two milliseconds; scanning everything for everyone takes seconds"


def test_everybody_is_found_page_by_page_and_not_at_once(crowd: Workspace) -> None:
    with pytest.raises(SlackError, match="limit_required"):
        call(crowd, "users.list")
    found: list[str] = []
    cursor = ""
    while page := call(crowd, "users.list", limit=999, cursor=cursor):
        found += [member["id"] for member in page["members"]]
        if not (cursor := page["response_metadata"]["next_cursor"]):
            break
    assert len(found) == len(set(found)) == len(crowd.people) + 1


def test_a_busy_channel_is_read_without_looking_for_every_thread_in_all_of_it(crowd: Workspace) -> None:
    busy = crowd.add_channel("busy", [crowd.bot_user_id]).id
    for _ in range(2_500):
        root = call(crowd, "chat.postMessage", channel=busy, text="x")["ts"]
        call(crowd, "chat.postMessage", channel=busy, text="x", thread_ts=root)
    start = time.process_time()
    page = call(crowd, "conversations.history", channel=busy)
    assert time.process_time() - start < 0.02
    assert [message["reply_count"] for message in page["messages"]] == [1] * 100


def person(workspace: Workspace, number: int) -> str:
    return list(workspace.people)[-1 - number]


def test_two_people_have_one_direct_message(crowd: Workspace) -> None:
    one, other = person(crowd, 0), person(crowd, 1)
    assert crowd.dm(one, other) is crowd.dm(other, one)
    assert crowd.dm(one, crowd.bot_user_id) is not crowd.app_dm(one)
    assert not crowd.has_app_dm("U404")
