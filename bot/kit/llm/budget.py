"""How many tokens a workspace may spend on the language model in a day (UTC)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.clock import Clock
from bot.kit.database import Base, Database


class ModelUse(Base):
    __tablename__ = "model_use"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    tokens: Mapped[int]


class Budget:
    def __init__(self, database: Database, clock: Clock, tokens_a_day: int) -> None:
        self._database = database
        self._clock = clock
        self._tokens_a_day = tokens_a_day

    async def is_spent(self, workspace_id: str) -> bool:
        async with self._database.reading() as session:
            use = await session.get(ModelUse, (workspace_id, self._clock.now().date()))
        return (use.tokens if use else 0) >= self._tokens_a_day

    async def spend(self, workspace_id: str, tokens: int) -> None:
        key = {"workspace_id": workspace_id, "day": self._clock.now().date()}
        async with self._database.writing() as session:
            use = await session.scalar(select(ModelUse).filter_by(**key).with_for_update())
            if use is None:
                session.add(ModelUse(**key, tokens=tokens))
            else:
                use.tokens += tokens
