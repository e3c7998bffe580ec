"""Modals, their stack, what is filled in and what becomes of it; Home tabs."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.delivery import Answer
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.hands import Hands
from bot.sandbox.records import View
from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR, Clock, Ear

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain("x"), "element": element} | more


def form(*blocks: Json, title: str = "Form", **more: Any) -> Json:
    text = field("story", {"type": "plain_text_input", "action_id": "text", "min_length": 2})
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text],
    } | more


@pytest.fixture
def opened(workspace: Workspace) -> View:
    return workspace.surfaces.open(NOOR, form(notify_on_close=True))


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_a_trigger_opens_one_view_within_three_seconds(
    client: AsyncWebClient, workspace: Workspace, clock: Clock
) -> None:
    trigger = workspace.passes.issue_trigger(NOOR)
    view = (await client.views_open(trigger_id=trigger, view=form()))["view"]
    assert view["root_view_id"] == view["id"]
    assert await refusal(client.views_open(trigger_id=trigger, view=form())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=form())) == "invalid_trigger_id"
    late = workspace.passes.issue_trigger(NOOR)
    clock.move(seconds=4)
    assert await refusal(client.views_open(trigger_id=late, view=form())) == "expired_trigger_id"


async def test_three_views_stand_on_a_stack_and_no_more(client: AsyncWebClient, workspace: Workspace) -> None:
    push = client.views_push(trigger_id=workspace.passes.issue_trigger(NOOR), view=form())
    assert await refusal(push) == "not_found"
    await client.views_open(trigger_id=workspace.passes.issue_trigger(NOOR), view=form())
    for _ in range(2):
        await client.views_push(trigger_id=workspace.passes.issue_trigger(NOOR), view=form())
    fourth = client.views_push(trigger_id=workspace.passes.issue_trigger(NOOR), view=form())
    assert await refusal(fourth) == "push_limit_reached"
    low, middle, top = workspace.surfaces.stack(NOOR)
    assert (top.previous_view_id, top.root_view_id) == (middle.id, low.id)


async def test_an_update_needs_the_latest_hash_where_one_is_given(client: AsyncWebClient, opened: View) -> None:
    first = opened.hash
    second = (await client.views_update(view_id=opened.id, hash=first, view=form(title="Two")))["view"]
    assert second["hash"] != first
    late = client.views_update(view_id=opened.id, hash=first, view=form())
    assert await refusal(late) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V404", view=form())) == "not_found"


async def test_an_external_id_names_one_view(client: AsyncWebClient, workspace: Workspace) -> None:
    named = form(external_id="my-form")
    await client.views_open(trigger_id=workspace.passes.issue_trigger(NOOR), view=named)
    await client.views_update(external_id="my-form", view=form(title="Two", external_id="my-form"))
    again = client.views_open(trigger_id=workspace.passes.issue_trigger(NOOR), view=named)
    assert await refusal(again) == "duplicate_external_id"
    modal = workspace.modal(NOOR)
    assert modal
    assert modal.content["title"]["text"] == "Two"


async def test_a_view_of_a_quarter_megabyte_is_too_large(client: AsyncWebClient, workspace: Workspace) -> None:
    blocks = [{"type": "section", "text": plain("x" * 3000)}] * 90
    trigger = workspace.passes.issue_trigger(NOOR)
    assert await refusal(client.views_open(trigger_id=trigger, view=form(*blocks))) == "view_too_large"


async def test_a_home_tab_is_published_again_under_the_same_id(client: AsyncWebClient, workspace: Workspace) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await client.views_publish(user_id=NOOR, view=home))["view"]
    second = (await client.views_publish(user_id=NOOR, view=home, hash=first["hash"]))["view"]
    assert first["id"] == second["id"]
    late = client.views_publish(user_id=NOOR, view=home, hash=first["hash"])
    assert await refusal(late) == "hash_conflict"
    published = workspace.home(NOOR)
    assert published
    assert published.blocks[0]["type"] == "divider"


async def test_what_is_filled_in_comes_complete_and_typed(hands: Hands, ear: Ear, workspace: Workspace) -> None:
    tea = {"text": plain("Tea"), "value": "tea"}
    select = {"type": "static_select", "action_id": "s", "options": [tea], "initial_option": tea}
    text = {"type": "plain_text_input", "action_id": "t"}
    boxes = {"type": "checkboxes", "action_id": "c", "options": [tea]}
    view = workspace.surfaces.open(NOOR, form(field("a", select), field("b", text, optional=True), field("c", boxes)))
    await hands.submit(NOOR, view.id, {"c": {"c": {"selected_options": [{"value": "tea"}]}}})
    assert ear.heard[0]["view"]["state"]["values"] == {
        "a": {"s": {"type": "static_select", "selected_option": tea}},
        "b": {"t": {"type": "plain_text_input", "value": None}},
        "c": {"c": {"type": "checkboxes", "selected_options": [tea]}},
    }
    assert workspace.modal(NOOR) is None


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        ({"type": "plain_text_input"}, "", "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "This entry must be at least 3 characters."),
        (
            {"type": "plain_text_input", "max_length": 3},
            "abcd",
            "This entry must be no more than 3 characters.",
        ),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "x", "Please enter a number."),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "2"},
            "1",
            "Please enter a number of at least 2.",
        ),
        ({"type": "email_text_input"}, "noor", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "noor", "Please enter a valid URL."),
    ],
)
async def test_slacks_own_form_complains_before_the_bot_hears(
    hands: Hands, ear: Ear, workspace: Workspace, *, element: Json, value: str, complaint: str
) -> None:
    view = workspace.surfaces.open(NOOR, form(field("b", element | {"action_id": "e"})))
    answer = await hands.submit(NOOR, view.id, {"b": {"e": {"value": value}}})
    assert answer.body == {"response_action": "errors", "errors": {"b": complaint}}
    assert ear.heard == []


STORY = {"story": {"text": {"value": "Hello"}}}


async def test_a_submission_may_update_push_or_clear(
    hands: Hands, ear: Ear, workspace: Workspace, opened: View
) -> None:
    ear.answer = Answer(acknowledged=True, body={"response_action": "update", "view": form(title="Two")})
    await hands.submit(NOOR, opened.id, STORY)
    assert opened.content["title"]["text"] == "Two"
    ear.answer = Answer(acknowledged=True, body={"response_action": "push", "view": form(title="Three")})
    await hands.submit(NOOR, opened.id, STORY)
    assert len(workspace.surfaces.stack(NOOR)) == 2
    ear.answer = Answer(acknowledged=True, body={"response_action": "clear"})
    top = workspace.modal(NOOR)
    assert top
    await hands.submit(NOOR, top.id, STORY)
    assert workspace.modal(NOOR) is None


@pytest.mark.parametrize(
    "body",
    [
        {"response_action": "errors", "errors": {"nowhere": "No"}},
        {"response_action": "errors"},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "vanish"},
    ],
)
async def test_an_answer_that_slack_refuses_is_loud(hands: Hands, ear: Ear, opened: View, body: Json) -> None:
    ear.answer = Answer(acknowledged=True, body=body)
    with pytest.raises(SlackError):
        await hands.submit(NOOR, opened.id, STORY)


async def test_a_form_that_nobody_answers_stays_open(
    hands: Hands, ear: Ear, workspace: Workspace, opened: View
) -> None:
    ear.answer = Answer(acknowledged=False, status=0)
    await hands.submit(NOOR, opened.id, STORY)
    assert workspace.modal(NOOR) is opened


async def test_only_what_is_there_can_be_filled_in(hands: Hands, workspace: Workspace, opened: View) -> None:
    with pytest.raises(NotPossible):
        await hands.submit(NOOR, opened.id, {"nowhere": {"text": {"value": "x"}}})
    hands.workspace.surfaces.push(NOOR, form())
    with pytest.raises(NotPossible, match="not the one that is open"):
        await hands.submit(NOOR, opened.id, STORY)


async def test_closing_is_told_where_the_view_asked_for_it(
    hands: Hands, ear: Ear, workspace: Workspace, opened: View
) -> None:
    quiet = workspace.surfaces.push(NOOR, form())
    await hands.close(NOOR, quiet.id)
    assert ear.heard == []
    await hands.close(NOOR, opened.id)
    assert (ear.heard[0]["type"], ear.heard[0]["is_cleared"]) == ("view_closed", False)


async def test_closing_may_close_everything_below(hands: Hands, ear: Ear, workspace: Workspace, opened: View) -> None:
    top = workspace.surfaces.push(NOOR, form(clear_on_close=True))
    await hands.close(NOOR, top.id)
    assert workspace.surfaces.stack(NOOR) == []
    assert [payload["is_cleared"] for payload in ear.heard] == [True]


async def test_a_choice_in_a_view_is_remembered_for_its_submission(
    hands: Hands, ear: Ear, workspace: Workspace
) -> None:
    tea = {"text": plain("Tea"), "value": "tea"}
    select = {"type": "static_select", "action_id": "s", "options": [tea]}
    silent = {"type": "plain_text_input", "action_id": "t"}
    view = workspace.surfaces.open(
        NOOR, form(field("a", select, dispatch_action=True), field("b", silent, optional=True))
    )
    await hands.click(NOOR, "s", value="tea")
    with pytest.raises(NotPossible):
        await hands.click(NOOR, "t", value="x")
    await hands.submit(NOOR, view.id, {})
    pressed, submitted = ear.heard
    assert pressed["container"] == {"type": "view", "view_id": view.id}
    assert submitted["view"]["state"]["values"]["a"]["s"]["selected_option"] == tea


async def test_what_is_filled_in_on_the_home_tab_stays_while_its_fields_do(
    hands: Hands, ear: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    word = field("word", {"type": "plain_text_input", "action_id": "t"}, dispatch_action=True)
    home = {"type": "home", "private_metadata": "p", "blocks": [word]}
    first = (await client.views_publish(user_id=NOOR, view=home))["view"]
    await hands.click(NOOR, "t", value="Hello")
    late = client.views_publish(user_id=NOOR, view=home, hash="0.stale")
    assert await refusal(late) == "hash_conflict"
    await client.views_publish(user_id=NOOR, view=home, hash=first["hash"])
    await hands.click(NOOR, "t", value="Hello again")
    written = [payload["view"]["state"]["values"]["word"]["t"]["value"] for payload in ear.heard]
    assert written == ["Hello", "Hello again"]
    standing = workspace.home(NOOR)
    assert standing
    assert standing.state["word"]["t"]["value"] == "Hello again"
    await client.views_publish(user_id=NOOR, view=home | {"blocks": [field("other", word["element"])]})
    assert standing.state == {}


async def test_a_choice_that_is_offered_no_more_is_forgotten(
    hands: Hands, ear: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    def menu(*names: str) -> Json:
        options = [{"text": plain(name), "value": name} for name in names]
        return form(field("m", {"type": "static_select", "action_id": "s", "options": options}, dispatch_action=True))

    view = workspace.surfaces.open(NOOR, menu("tea", "cake"))
    await hands.click(NOOR, "s", value="tea")
    updated = await client.views_update(view_id=view.id, hash=view.hash, view=menu("cake", "pie"))
    refused = await hands.submit(NOOR, view.id, {})
    assert refused.body == {
        "response_action": "errors",
        "errors": {"m": "Please complete this required field."},
    }
    await hands.submit(NOOR, view.id, {"m": {"s": {"selected_option": {"value": "pie"}}}})
    assert ear.heard[-1]["view"]["hash"] == updated["view"]["hash"]
    assert ear.heard[-1]["view"]["state"]["values"]["m"]["s"]["selected_option"]["value"] == "pie"


async def test_a_form_may_be_sent_an_hour_after_it_was_opened(
    hands: Hands, ear: Ear, client: AsyncWebClient, clock: Clock, opened: View
) -> None:
    clock.move(hours=1)
    ear.answer = Answer(acknowledged=True, body={"response_action": "errors", "errors": {"story": "Too late"}})
    answer = await hands.submit(NOOR, opened.id, STORY)
    assert answer.body == ear.answer.body
    ear.answer = Answer(acknowledged=True)
    await hands.submit(NOOR, opened.id, STORY)
    pushed = await client.views_open(trigger_id=ear.heard[-1]["trigger_id"], view=form())
    assert pushed["view"]["private_metadata"] == ""


@pytest.mark.parametrize("kind", ["users", "channels", "conversations"])
async def test_selects_of_several_start_with_what_stands_in_them(
    hands: Hands, ear: Ear, workspace: Workspace, utrecht: str, kind: str
) -> None:
    start = [NOOR] if kind == "users" else [utrecht]
    element = {"type": f"multi_{kind}_select", "action_id": "s", f"initial_{kind}": start}
    view = workspace.surfaces.open(NOOR, form(field("m", element, dispatch_action=True)))
    await hands.click(NOOR, "s", value=[*start, "C0X"])
    await hands.submit(NOOR, view.id, {})
    pressed, submitted = ear.heard
    assert pressed["actions"][0][f"selected_{kind}"] == [*start, "C0X"]
    assert submitted["view"]["state"]["values"]["m"]["s"][f"selected_{kind}"] == [*start, "C0X"]
