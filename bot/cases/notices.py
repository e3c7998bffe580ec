"""What is told of cases: kept as data, put into words when it is delivered."""

from typing import Any

from bot.cases import views
from bot.cases.rules import GivenData
from bot.cases.service import GIVEN
from bot.kit.outbox.kinds import Kind


def kinds() -> list[Kind[Any]]:
    return [Kind(GIVEN, GivenData, views.given)]
