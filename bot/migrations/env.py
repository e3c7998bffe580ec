"""Alembic's entry: runs the migrations on the connection that `bot.kit.migrate` hands over.

The imports below make all tables known to `make migration`.
"""

from typing import Any, Literal

from alembic import context

from bot.cases import tables as _cases
from bot.coaching import tables as _coaching
from bot.customers import tables as _customers
from bot.gestures import tables as _gestures
from bot.gestures.tables import Amount
from bot.kit import audit as _audit
from bot.kit.appointments import tables as _appointments
from bot.kit.database import Base, UtcTime
from bot.kit.embedding import store as _embedding
from bot.kit.encryption import EncryptedText
from bot.kit.llm import budget as _llm
from bot.kit.outbox import tables as _outbox
from bot.kit.working_time import tables as _working_time
from bot.moments import tables as _moments
from bot.people import tables as _people
from bot.promises import tables as _promises
from bot.teams import tables as _teams

ALL_TABLES = (
    *(_appointments, _audit, _cases, _coaching, _customers, _embedding, _gestures, _llm),
    *(_moments, _outbox, _people, _promises, _teams, _working_time),
)


def plain_types(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration says what the database holds, not which class of ours reads it: those may move."""
    if kind == "type" and isinstance(item, EncryptedText):
        return "sa.Text()"
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Amount):
        return "sa.Integer()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
