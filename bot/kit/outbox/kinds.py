"""The kinds of notices there are: how each is put into words, and what is written down when it was delivered."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.i18n import Words
from bot.kit.outbox.rules import NoticeData
from bot.kit.slack.blocks import escaped
from bot.kit.slack.errors import unexpected
from bot.kit.slack.outgoing import Said

Data = TypeVar("Data", bound=NoticeData)


@dataclass(frozen=True)
class Kind(Generic[Data]):
    """`sent` runs in the transaction that marks a notice as sent. It is given the workspace, the data, and where the
    message stands (channel and ts; None for what only one person saw)."""

    name: str
    data: type[Data]
    render: Callable[[Data, Words], Said]
    sent: Callable[[AsyncSession, str, Data, str | None, str | None], Awaitable[None]] | None = None


class Sorry(NoticeData):
    """Something that a person waits for cannot be said."""

    error_id: str


def _sorry(sorry: Sorry, _: Words) -> Said:
    return Said(escaped(unexpected(sorry.error_id, _)))


SORRY = Kind("kit.sorry", Sorry, _sorry)


def of_a_reminder(reminder: str, _: Words, *, is_stopped: bool) -> str:
    """What is promised of a notice that is to come: while an administrator has stopped all of them, that none does."""
    if not is_stopped:
        return reminder
    return _("An administrator has stopped all my messages, reminders too. Until I start again: look in your Home tab.")


class UnknownKind(Exception):
    """A newer version of the bot may know it, or an older one did."""


class Kinds:
    def __init__(self, kinds: Iterable[Kind[Any]]) -> None:
        self._kinds = {kind.name: kind for kind in (SORRY, *kinds)}

    def __getitem__(self, name: str) -> Kind[Any]:
        """Raises UnknownKind."""
        if name not in self._kinds:
            raise UnknownKind(name)
        return self._kinds[name]
