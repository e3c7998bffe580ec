"""`make migration m="what changes"`: writes the next file from the difference between tables and migrations."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from bot.kit.database import newest_migration
from bot.kit.migrate import config


def main(what_changes: str) -> None:
    following = f"{int(newest_migration()) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.connect() as connection:
            command.upgrade(config(connection), "head")
            command.revision(config(connection), message=what_changes, autogenerate=True, rev_id=following)
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1]:
        sys.exit('Say what changes: make migration m="what changes"')
    main(sys.argv[1])
