"""How hard it is made: a short ordeal for every day, and the one in full for `make torture`."""

import os
from dataclasses import dataclass

IN_FULL = os.environ.get("TORTURE") == "full"


@dataclass(frozen=True, kw_only=True)
class Ordeal:
    replicas: int
    notices: int
    pushes: int
    """Of the notices: each to somebody who gets nothing else, because there is one a day."""
    questions: int
    channels: int
    people: int
    kills: int
    between_kills: float
    """Seconds, on average: any moment is as good as any other."""
    instalments: int
    """In so many transactions the notices come, spread over most of the time in which is killed."""
    later: float
    """Seconds until which `not_before` holds some of them back, at most."""
    patience: float
    """Seconds for all that is left to be told when nothing goes wrong any more."""

    @property
    def lasts(self) -> float:
        """Seconds in which processes are killed."""
        return self.kills * self.between_kills


def ordeal_on(database: str) -> Ordeal:
    """Three processes share PostgreSQL; a file serves one."""
    many = database == "postgresql"
    if IN_FULL:
        return Ordeal(
            replicas=3 if many else 1,
            notices=5000,
            pushes=300,
            questions=300,
            channels=300,
            people=200,
            kills=45,
            between_kills=7 if many else 12,
            instalments=25,
            later=120,
            patience=900,
        )
    return Ordeal(
        replicas=3 if many else 1,
        notices=75 if many else 25,
        pushes=8 if many else 3,
        questions=6 if many else 4,
        channels=40,
        people=20,
        kills=4 if many else 2,
        between_kills=0.5 if many else 1,
        instalments=4,
        later=3,
        patience=90,
    )
