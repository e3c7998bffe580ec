"""What the page in the browser asks for: JSON routes, and a stream that says what changed."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, cast

from aiohttp import web

from bot.sandbox import fields, shapes
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.hands import Hands
from bot.sandbox.records import Change, Channel, Json, Message, Person, Status, View
from bot.sandbox.workspace import Workspace

FILES = Path(__file__).parent / "page"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Deed = Callable[[Json], Awaitable[Json]]


class Page:
    def __init__(
        self,
        workspace: Workspace,
        hands: Hands,
        *,
        is_connected: Callable[[], bool],
        reset: Callable[[], Awaitable[None]],
        language_model: str | None,
        notes: Sequence[str],
    ) -> None:
        self._workspace = workspace
        self._hands = hands
        self._is_connected = is_connected
        self._reset = reset
        self._language_model = language_model
        self._notes = list(notes)
        self._streams: set[asyncio.Queue[Change | None]] = set()
        workspace.listeners.append(self._broadcast)

    def routes(self) -> list[web.AbstractRouteDef]:
        deeds: dict[str, Deed] = {
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "command": self._command,
            "click": self._click,
            "submit": self._submit,
            "close": self._close_modal,
            "options": self._options,
            "home": self._home,
            "dm": self._dm,
            "shortcut": self._shortcut,
            "invite": self._invite,
            "remove": self._remove,
            "join": self._join,
            "leave": self._leave,
            "rename": self._rename,
            "make_private": self._make_private,
            "archive": self._archive,
            "unarchive": self._unarchive,
            "reset": self._reset_all,
        }
        return [
            web.get("/", self._index),
            web.static("/static", FILES),
            web.get("/page/stream", self._stream),
            web.get("/page/state", self._looking(self._state)),
            web.get("/page/messages", self._looking(self._messages)),
            web.get("/page/thread", self._looking(self._thread)),
            web.get("/page/members", self._looking(self._members)),
            web.get("/page/elsewhere", self._looking(self._elsewhere)),
            *(web.post(f"/page/{name}", self._doing(deed)) for name, deed in deeds.items()),
        ]

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FILES / "index.html", headers={"Cache-Control": "no-cache"})

    def _looking(self, look: Callable[[Json], Json]) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                return web.json_response(look(dict(request.query)))
            except (NotPossible, SlackError, KeyError) as error:
                return _sorry(error)

        return handler

    def _doing(self, deed: Deed) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                return web.json_response(await deed(await request.json()))
            except (NotPossible, SlackError, KeyError) as error:
                return _sorry(error)

        return handler

    # Looking

    def _state(self, query: Json) -> Json:
        workspace = self._workspace
        me = workspace.person(query["as"]) if "as" in query else self._newcomer()
        if me.deleted:
            raise NotPossible("This account is deactivated.")
        bot = workspace.person(workspace.bot_user_id)
        workspace.app_dm(me.id)
        return {
            "me": _person(me),
            "people": [_person(person) for person in workspace.people.values()],
            "bot": {
                "user_id": bot.id,
                "name": bot.real_name,
                "app_id": workspace.app_id,
                "connected": self._is_connected(),
            },
            "team": {"name": workspace.name},
            "channels": [self._channel(channel, me.id) for channel in workspace.channels_of(me.id)],
            "public": {room.id: room.name for room in workspace.rooms() if room.kind == "public"},
            "commands": [
                {key: command.get(key, "") for key in ("command", "description", "usage_hint")}
                for command in workspace.commands
            ],
            "shortcuts": [
                {key: shortcut[key] for key in ("type", "name", "callback_id")} for shortcut in workspace.shortcuts
            ],
            "home": self._view(workspace.home(me.id)),
            "modal": self._view(workspace.modal(me.id)),
            "sandbox": {"language_model": self._language_model, "notes": self._notes},
        }

    def _newcomer(self) -> Person:
        """Whom one looks as at first: the first person of the company, who works at the front."""
        return next(p for p in self._workspace.people.values() if not (p.is_bot or p.deleted))

    def _channel(self, channel: Channel, viewer: str) -> Json:
        shape: Json = {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "topic": channel.topic,
            "unread": self._workspace.unread(channel.id, viewer),
            "members": len(channel.members),
            "has_bot": self._workspace.bot_user_id in channel.members,
            "archived": channel.is_archived,
            "general": channel.is_general,
        }
        if channel.kind in ("dm", "app"):
            other = next(member for member in channel.members if member != viewer)
            shape |= {"with": other, "name": self._workspace.person(other).real_name}
        return shape

    def _view(self, view: View | None) -> Json | None:
        if view is None:
            return None
        state = fields.state_of(view.blocks, view.state)
        return shapes.view(self._workspace, view) | {"state": {"values": state}}

    def _messages(self, query: Json) -> Json:
        channel = self._seen_channel(query)
        self._workspace.mark_read(channel.id, query["as"])
        messages = self._workspace.messages(channel.id, viewer=query["as"])
        return {
            "messages": [self._message(message) for message in messages],
            "status": _status(self._workspace.status(channel.id)),
            "prompts": self._workspace.prompts(channel.id),
        }

    def _thread(self, query: Json) -> Json:
        channel = self._seen_channel(query)
        messages = self._workspace.thread(channel.id, query["ts"], viewer=query["as"])
        return {
            "messages": [self._message(message) for message in messages],
            "status": _status(self._workspace.status(channel.id, query["ts"])),
        }

    def _members(self, query: Json) -> Json:
        return {"members": self._seen_channel(query).members}

    def _elsewhere(self, query: Json) -> Json:
        """The public channels one could join."""
        rooms = [room for room in self._workspace.rooms() if room.kind == "public" and not room.is_archived]
        channels = [
            {"id": room.id, "name": room.name, "topic": room.topic, "members": len(room.members)}
            for room in rooms
            if query["as"] not in room.members
        ]
        return {"channels": channels}

    def _seen_channel(self, query: Json) -> Channel:
        channel = self._workspace.channel(query["channel"])
        if query["as"] not in channel.members:
            raise NotPossible("One has to be in a channel to read it.")
        return channel

    def _message(self, message: Message) -> Json:
        shape = shapes.message_in_history(self._workspace, message)
        if message.ephemeral_to:
            shape["ephemeral"] = True
        if message.subtype == "tombstone":
            shape["deleted"] = True
        return shape

    # The stream

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        viewer = request.query.get("as", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._streams.add(queue)
        try:
            await response.write(b": hello\n\n")
            while (change := await queue.get()) is not None:
                if self._concerns(change, viewer):
                    await response.write(f"data: {json.dumps(_told(change))}\n\n".encode())
        except ConnectionError:
            pass
        finally:
            self._streams.discard(queue)
        return response

    def _broadcast(self, change: Change) -> None:
        for queue in self._streams:
            queue.put_nowait(change)

    def _concerns(self, change: Change, viewer: str) -> bool:
        channel = self._workspace.channels.get(change.channel or "")
        return change.only_for in (None, viewer) and (channel is None or viewer in channel.members)

    def close(self) -> None:
        """Ends every stream."""
        for queue in self._streams:
            queue.put_nowait(None)

    # Doing

    async def _say(self, body: Json) -> Json:
        ts = await self._hands.say(body["as"], body["channel"], body["text"], body.get("thread_ts"))
        return {"ts": ts}

    async def _edit(self, body: Json) -> Json:
        await self._hands.edit(body["as"], body["channel"], body["ts"], body["text"])
        return {}

    async def _delete(self, body: Json) -> Json:
        await self._hands.delete(body["as"], body["channel"], body["ts"])
        return {}

    async def _command(self, body: Json) -> Json:
        command, _, text = body["text"].strip().partition(" ")
        answer = await self._hands.command(body["as"], body["channel"], command, text, body.get("thread_ts"))
        if answer.acknowledged:
            return {"ok": True}
        return {"ok": False, "error": f"{command} failed because the app did not respond."}

    async def _click(self, body: Json) -> Json:
        answer = await self._hands.click(
            body["as"],
            body["action_id"],
            body.get("channel"),
            body.get("ts"),
            view_id=body.get("view_id"),
            value=body.get("value"),
            block_id=body.get("block_id"),
            state=body.get("state"),
        )
        return {"ok": answer.acknowledged}

    async def _submit(self, body: Json) -> Json:
        answer = await self._hands.submit(body["as"], body["view_id"], body["values"])
        if not answer.acknowledged:
            raise NotPossible("We had some trouble connecting. Try again?")
        errors: Any = answer.body.get("errors") if isinstance(answer.body, dict) else None
        return {"errors": errors} if errors else {}

    async def _close_modal(self, body: Json) -> Json:
        await self._hands.close(body["as"], body["view_id"])
        return {}

    async def _options(self, body: Json) -> Json:
        return await self._hands.options(
            body["as"],
            body["action_id"],
            body["value"],
            body.get("channel"),
            body.get("ts"),
            view_id=body.get("view_id"),
            block_id=body.get("block_id"),
        )

    async def _home(self, body: Json) -> Json:
        await self._hands.open_home(body["as"])
        return {}

    async def _dm(self, body: Json) -> Json:
        await self._hands.open_dm(body["as"])
        return {}

    async def _shortcut(self, body: Json) -> Json:
        answer = await self._hands.shortcut(body["as"], body["callback_id"], body.get("channel"), body.get("ts"))
        return {"ok": answer.acknowledged}

    async def _invite(self, body: Json) -> Json:
        await self._hands.invite(body["as"], body["channel"], body["user"])
        return {}

    async def _remove(self, body: Json) -> Json:
        await self._hands.remove(body["as"], body["channel"], body["user"])
        return {}

    async def _join(self, body: Json) -> Json:
        await self._hands.join(body["as"], body["channel"])
        return {}

    async def _leave(self, body: Json) -> Json:
        await self._hands.leave(body["as"], body["channel"])
        return {}

    async def _rename(self, body: Json) -> Json:
        await self._hands.rename(body["as"], body["channel"], body["name"])
        return {}

    async def _make_private(self, body: Json) -> Json:
        await self._hands.make_private(body["as"], body["channel"])
        return {}

    async def _archive(self, body: Json) -> Json:
        await self._hands.archive(body["as"], body["channel"])
        return {}

    async def _unarchive(self, body: Json) -> Json:
        await self._hands.unarchive(body["as"], body["channel"])
        return {}

    async def _reset_all(self, _: Json) -> Json:
        await self._reset()
        return {}


async def never_stale(request: web.Request, response: web.StreamResponse) -> None:
    """Has the browser ask again for the page's files, so that an upgrade is seen at once."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"


def _person(person: Person) -> Json:
    shape: Json = {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "color": person.color,
        "initials": person.initials,
        "tz": person.tz,
        "is_bot": person.is_bot,
    }
    some = {"lang": person.lang, "guest": person.guest, "home_team": person.home_team, "deleted": person.deleted}
    return shape | {name: value for name, value in some.items() if value}


def _status(status: Status | None) -> Json | None:
    if status is None:
        return None
    return {"text": status.text, "loading_messages": status.loading_messages}


def _told(change: Change) -> Json:
    told = {"type": change.type, "channel": change.channel, "thread_ts": change.thread_ts, "ts": change.ts}
    return cast(Json, {key: value for key, value in told.items() if value})


def _sorry(error: Exception) -> web.Response:
    match error:
        case KeyError():
            sentence = f"The request lacks {error}."
        case SlackError():
            sentence = f"Slack refuses this: {error}."
        case _:
            sentence = str(error)
    return web.json_response({"error": sentence}, status=400)
