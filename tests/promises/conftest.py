import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from tests.promises.ledger import MONDAY, Ledger


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def ledger(database: Database, clock: HeldClock) -> Ledger:
    """Noor and Daan serve Mrs Jansen, of whom Noor is the contact; Iris is in no team. They work nine to five."""
    return await Ledger.open(database, clock)
