"""What a person can do in Slack, as their hands would do it.

Here is what they do with messages and with the app; `channels` and `administration` hold the rest.
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import blocks, fields, payloads, responses
from bot.sandbox.administration import Administration
from bot.sandbox.channels import Channels
from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.records import Channel, Json, Message, View
from bot.sandbox.wording import as_command_text, as_stored
from bot.sandbox.workspace import Workspace

Values = Mapping[str, Mapping[str, Json]]


class Hands(Channels, Administration):
    """Does what people do, and tells the bot as Slack would.

    Every method returns when the bot has answered the delivery, or has let the time pass.
    NotPossible is raised for what Slack's own screen would not let a person do, SlackError where the
    bot answers with something that Slack refuses. `site` is where response urls start.
    """

    def __init__(self, workspace: Workspace, delivery: Delivery, site: str = "http://127.0.0.1") -> None:
        super().__init__(workspace, delivery)
        self.site = site

    # Messages

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: list[Json] | None = None,
    ) -> str:
        """Posts what a person typed, and returns its ts. `@Name` and `#channel` become mentions."""
        place = self._own_channel(user, channel)
        if not text.strip() and not files:
            raise NotPossible("There is nothing to send.")
        if thread_ts is not None:
            self.workspace.message(place.id, thread_ts)
        stored = as_stored(self.workspace, text)
        message = self.workspace.post(place.id, user, stored, thread_ts=thread_ts, files=files or [])
        if payloads.is_heard(self.workspace, place):
            await self._tell(payloads.message(self.workspace, place, message))
        if self._is_mention(place, message):
            await self._tell(payloads.mention(self.workspace, place, message))
        return message.ts

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Changes one's own message."""
        place, message = self._own_message(user, channel, ts)
        previous = Message(**vars(message))
        edited = {"user": user, "ts": self.workspace.new_ts()}
        self.workspace.edit(message, text=as_stored(self.workspace, text), edited=edited)
        if payloads.is_heard(self.workspace, place):
            await self._tell(payloads.message_changed(self.workspace, place, message, previous))

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Takes back one's own message."""
        place, message = self._own_message(user, channel, ts)
        previous = Message(**vars(message))
        self.workspace.delete(message)
        if payloads.is_heard(self.workspace, place):
            await self._tell(payloads.message_deleted(self.workspace, place, previous))

    def _is_mention(self, channel: Channel, message: Message) -> bool:
        # In the app's own direct message a mention is a message like any other.
        return (
            "app_mention" in self.workspace.events
            and channel.kind != "app"
            and self.workspace.bot_user_id in channel.members
            and f"<@{self.workspace.bot_user_id}>" in message.text
        )

    # Commands, shortcuts and the app's own places

    async def command(
        self, user: str, channel: str, command: str, text: str = "", thread_ts: str | None = None
    ) -> Answer:
        """Sends a slash command; what the bot acknowledges with is written into the channel."""
        place = self._own_channel(user, channel)
        if thread_ts is not None:
            raise NotPossible(f"{command} is not supported in threads. Sorry!")
        self._refuse_from_elsewhere(user)
        known = next((c for c in self.workspace.commands if c["command"] == command), None)
        if known is None:
            raise NotPossible(f"{command} is not a valid command.")
        typed = as_command_text(self.workspace, text, should_escape=bool(known.get("should_escape")))
        response_url = self._response_url(place.id, user)
        payload = payloads.slash_command(
            self.workspace, user, place, command=command, text=typed, response_url=response_url
        )
        answer = await self.delivery.deliver("slash_commands", payload)
        if answer.acknowledged and answer.body:
            responses.write(self.workspace, answer.body, channel=place.id, user=user)
        return answer

    async def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Answer:
        """Uses a shortcut: a message shortcut when `channel` and `ts` name a message, else a global one."""
        self._refuse_from_elsewhere(user)
        kind = "message" if channel and ts else "global"
        if not any(s["callback_id"] == callback_id and s["type"] == kind for s in self.workspace.shortcuts):
            raise NotPossible(f"There is no {kind} shortcut {callback_id}.")
        if channel is None or ts is None:
            payload = payloads.global_shortcut(self.workspace, user, callback_id)
        else:
            message = self.workspace.message(self._own_channel(user, channel).id, ts)
            response_url = self._response_url(message.channel, user, message.ts)
            payload = payloads.message_shortcut(self.workspace, user, callback_id, message, response_url)
        return await self.delivery.deliver("interactive", payload)

    def _refuse_from_elsewhere(self, user: str) -> None:
        if self._account(user).home_team:
            raise NotPossible("Commands and shortcuts are for people of the workspace that has the app.")

    async def open_home(self, user: str) -> None:
        """Looks at the Home tab of the app."""
        await self._open_app(user, "home")

    async def open_dm(self, user: str) -> None:
        """Looks at the Messages tab of the app."""
        await self._open_app(user, "messages")

    async def _open_app(self, user: str, tab: str) -> None:
        self.workspace.app_dm(self._account(user).id)
        await self._tell_subscriber(payloads.app_home_opened(self.workspace, user, tab))

    # What stands on messages and views

    async def click(
        self,
        user: str,
        action_id: str,
        channel: str | None = None,
        ts: str | None = None,
        *,
        view_id: str | None = None,
        value: Any = None,
        block_id: str | None = None,
        state: Values | None = None,
    ) -> Answer:
        """Presses a button or chooses `value` in an element, found by its action id.

        Where neither message nor view is named: the newest message of the channel that has the element,
        without a channel the person's modal, or else their Home tab. `state` is what else is filled in there.
        """
        place = self._place(user, action_id, channel, ts, view_id)
        field = fields.find(place.blocks, action_id, block_id, value)
        if field.is_input and not field.block.get("dispatch_action"):
            raise NotPossible("Slack sends nothing for this field until the form is submitted.")
        choice = fields.chosen(field.element, value)
        filled = _merged(place.state if isinstance(place, View) else {}, state or {})
        if field.element["type"] in fields.HOLDERS:
            filled = _merged(filled, {field.block_id: {action_id: choice}})
        fields.refuse_unknown(place.blocks, filled)
        action = {
            "type": field.element["type"],
            "action_id": action_id,
            "block_id": field.block_id,
            **choice,
            "action_ts": self.workspace.new_ts(),
        }
        if isinstance(place, View):
            place.state = filled
            payload = payloads.view_action(self.workspace, user, action, place)
        else:
            standing = fields.state_of(place.blocks, filled)
            response_url = self._response_url(place.channel, user, place.ts)
            payload = payloads.message_action(
                self.workspace, user, action, place, state=standing, response_url=response_url
            )
        return await self.delivery.deliver("interactive", payload)

    async def options(
        self,
        user: str,
        action_id: str,
        typed: str,
        channel: str | None = None,
        ts: str | None = None,
        *,
        view_id: str | None = None,
        block_id: str | None = None,
    ) -> Json:
        """What an external select offers for what was typed: {options: […]} or {option_groups: […]}."""
        place = self._place(user, action_id, channel, ts, view_id)
        field = fields.find(place.blocks, action_id, block_id, None)
        payload = payloads.options_wanted(self.workspace, user, field, typed, place)
        answer = await self.delivery.deliver("interactive", payload)
        if not isinstance(answer.body, dict):
            return {"options": []}
        blocks.check_options(answer.body)
        return answer.body

    async def submit(self, user: str, view_id: str, values: Values) -> Answer:
        """Fills in a modal and sends it: {block_id: {action_id: {"value": …}}} or Slack's own fields.

        What Slack's form itself complains of never reaches the bot: it is returned as errors.
        """
        view = self._top_modal(user, view_id)
        if not view.content.get("submit"):
            raise NotPossible("This view has no submit button.")
        fields.refuse_unknown(view.blocks, values)
        view.state = _merged(view.state, values)
        complaints = fields.complaints(view.blocks, fields.state_of(view.blocks, view.state))
        if complaints:
            return Answer(acknowledged=True, body={"response_action": "errors", "errors": complaints})
        answer = await self.delivery.deliver("interactive", payloads.view_submission(self.workspace, view))
        if answer.acknowledged:
            self._follow(view, answer.body if isinstance(answer.body, dict) else {})
        return answer

    def _follow(self, view: View, body: Json) -> None:
        """Does with the stack of modals what the bot's answer to a submission asks for."""
        surfaces = self.workspace.surfaces
        match body.get("response_action"):
            case None:
                if view in surfaces.stack(view.user):
                    surfaces.close(view)
            case "errors":
                inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
                if unknown := set(body.get("errors") or {"": ""}) - inputs:
                    raise SlackError("invalid_errors", [f"no input block has the id {min(unknown)!r}"])
            case "update":
                surfaces.update(view, blocks.checked_view(body["view"], "modal"))
            case "push":
                surfaces.push(view.user, blocks.checked_view(body["view"], "modal"))
            case "clear":
                surfaces.clear(view.user)
            case other:
                raise SlackError("invalid_response_action", [str(other)])

    async def close(self, user: str, view_id: str) -> None:
        """Closes a modal with its cross; the bot hears of it if the view asked for that."""
        view = self._top_modal(user, view_id)
        clears = bool(view.content.get("clear_on_close"))
        closed = [view]
        if clears:
            closed = self.workspace.surfaces.clear(user)
        else:
            self.workspace.surfaces.close(view)
        for gone in closed:
            if gone.content.get("notify_on_close"):
                payload = payloads.view_closed(self.workspace, gone, is_cleared=clears)
                await self.delivery.deliver("interactive", payload)

    # Finding things

    def _own_message(self, user: str, channel: str, ts: str) -> tuple[Channel, Message]:
        place = self._own_channel(user, channel)
        message = self.workspace.message(place.id, ts)
        if message.user != user:
            raise NotPossible("This is somebody else's message.")
        return place, message

    def _place(
        self, user: str, action_id: str, channel: str | None, ts: str | None, view_id: str | None
    ) -> Message | View:
        self._account(user)
        if view_id is not None:
            view = self.workspace.surfaces.view(view_id)
            if view.user != user:
                raise NotPossible("This is somebody else's view.")
            return view
        if channel is not None:
            return self._message_with(user, self._own_channel(user, channel).id, action_id, ts)
        for view in (self.workspace.modal(user), self.workspace.home(user)):
            if view is not None and fields.holds(view.blocks, action_id):
                return view
        raise NotPossible(f"There is nothing with the action id {action_id} to press here.")

    def _message_with(self, user: str, channel: str, action_id: str, ts: str | None) -> Message:
        if ts is not None:
            message = self.workspace.message(channel, ts)
            if message.ephemeral_to not in (None, user):
                raise SlackError("message_not_found")
            return message
        for message in reversed(self.workspace.everything(channel, viewer=user)):
            if fields.holds(message.blocks, action_id):
                return message
        raise NotPossible(f"There is nothing with the action id {action_id} to press here.")

    def _top_modal(self, user: str, view_id: str) -> View:
        self._account(user)
        view = self.workspace.modal(user)
        if view is None or view.id != view_id:
            raise NotPossible("This view is not the one that is open.")
        return view

    def _response_url(self, channel: str, user: str, message_ts: str | None = None) -> str:
        token = self.workspace.passes.issue_response(channel=channel, user=user, message_ts=message_ts)
        return f"{self.site}/response/{token}"


def _merged(old: Values, new: Values) -> fields.State:
    merged: fields.State = {block_id: dict(actions) for block_id, actions in old.items()}
    for block_id, actions in new.items():
        merged.setdefault(block_id, {}).update(actions)
    return merged
