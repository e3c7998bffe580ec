"""What was changed, by whom and when: kept in the transaction of the change, read by administrators."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base

KEPT = timedelta(days=365)


class Entry(Base):
    """One change."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_workspace", "workspace_id", "id"), Index("ix_audit_past", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None]
    """Slack's id of who did it; null: it followed from what happened in Slack."""
    what: Mapped[str]
    """A name of the change, such as `role_given`; the slice that writes it down puts it into words."""
    about: Mapped[str | None]
    """Slack's id of the person, channel or group it was done to."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Never what people wrote."""


def note(
    session: AsyncSession,
    workspace_id: str,
    what: str,
    *,
    by: str | None,
    about: str | None,
    at: datetime,
    **detail: Any,
) -> None:
    """Part of the transaction that makes the change: there is no change without its line, and no line without."""
    session.add(Entry(workspace_id=workspace_id, at=at, by=by, what=what, about=about, detail=detail))


async def note_of_each(
    session: AsyncSession,
    workspace_id: str,
    what: str,
    *,
    by: str | None,
    about: Collection[str],
    at: datetime,
    **detail: Any,
) -> None:
    """As `note`, a line for each of many."""
    if about:
        same = {"workspace_id": workspace_id, "at": at, "by": by, "what": what, "detail": detail}
        await session.execute(insert(Entry.__table__), [{**same, "about": each} for each in about])  # pyright: ignore[reportArgumentType]


async def entries(session: AsyncSession, workspace_id: str, *, skip: int, limit: int) -> Sequence[Entry]:
    """The newest first."""
    newest = select(Entry).where(Entry.workspace_id == workspace_id).order_by(Entry.id.desc())
    return (await session.scalars(newest.offset(skip).limit(limit))).all()


async def how_many(session: AsyncSession, workspace_id: str) -> int:
    return await session.scalar(select(func.count()).where(Entry.workspace_id == workspace_id)) or 0


async def forget(session: AsyncSession, now: datetime) -> None:
    """What is older than a year, of all workspaces."""
    await session.execute(delete(Entry).where(Entry.at < now - KEPT))
