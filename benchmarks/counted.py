"""`acht`, with each of its database statements written down: `python -m benchmarks.counted <file> run …`.

A line for each, which is the moment. What only begins or ends a transaction is none, nor is the driver's look whether
a connection still lives: they read and write nothing.
"""

import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.__main__ import main

_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def write_down(file: Path) -> None:
    lines = file.open("a", encoding="ascii", buffering=1)

    @event.listens_for(Engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.upper().startswith(_OF_TRANSACTIONS):
            lines.write(f"{time.time()}\n")


if __name__ == "__main__":
    write_down(Path(sys.argv.pop(1)))
    main()
