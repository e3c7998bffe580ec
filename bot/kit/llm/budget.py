"""How many tokens a workspace may spend on the language model in a day (UTC)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.clock import Clock
from bot.kit.database import Base, Database, insert_into


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
        """Adds to what the day has taken, whoever else spends at the same moment."""
        async with self._database.writing() as session:
            new = insert_into(session, ModelUse).values(
                workspace_id=workspace_id, day=self._clock.now().date(), tokens=tokens
            )
            added = {"tokens": ModelUse.tokens + new.excluded.tokens}
            await session.execute(new.on_conflict_do_update(index_elements=["workspace_id", "day"], set_=added))
