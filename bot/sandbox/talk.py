"""What was said in one channel, found by its time and by its thread without looking through all of it."""

from bisect import bisect_left
from collections.abc import Iterator

from bot.sandbox.records import Message


class Talk:
    """Messages, oldest first. A ts is later than every one before, so what is added comes last."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._in_channel: list[Message] = []
        self._by_ts: dict[str, Message] = {}
        self._replies: dict[str, list[Message]] = {}

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages)

    def in_channel(self) -> Iterator[Message]:
        """What stands in the channel itself: no replies, but for those that were sent to the channel as well."""
        return iter(self._in_channel)

    def add(self, message: Message) -> None:
        self._messages.append(message)
        self._by_ts[message.ts] = message
        if _stands_in_channel(message):
            self._in_channel.append(message)
        if message.is_reply:
            self._replies.setdefault(message.thread_ts or "", []).append(message)

    def remove(self, message: Message) -> None:
        _take_out(self._messages, message)
        del self._by_ts[message.ts]
        if _stands_in_channel(message):
            _take_out(self._in_channel, message)
        if message.is_reply:
            _take_out(self._replies[message.thread_ts or ""], message)

    def message(self, ts: str) -> Message | None:
        return self._by_ts.get(ts)

    def replies(self, ts: str) -> list[Message]:
        """The thread under a message, without the message itself."""
        return list(self._replies.get(ts, ()))

    def thread(self, ts: str) -> list[Message]:
        """A message and the thread under it."""
        root = self.message(ts)
        return [*([root] if root else []), *self.replies(ts)]


def _stands_in_channel(message: Message) -> bool:
    return not message.is_reply or message.broadcast


def _take_out(messages: list[Message], message: Message) -> None:
    del messages[bisect_left(messages, message.ts, key=lambda each: each.ts)]
