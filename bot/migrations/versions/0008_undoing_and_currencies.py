"""Undoing a case or a promise, moving a gesture, and the currency and the name that a workspace goes by

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-22 11:12:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would make the tables anew, and then give ids of what was erased again.
    op.add_column("customers", sa.Column("contacts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("spoken_to_before", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("contact", sa.Integer(), nullable=True))
    op.add_column("promises", sa.Column("contact", sa.Integer(), nullable=True))
    op.add_column("promises", sa.Column("times_told_anew", sa.Integer(), nullable=False, server_default="0"))
    op.execute("update promises set times_told_anew = times_moved")
    op.add_column("gesture_limits", sa.Column("currency", sa.String(), nullable=True))
    op.add_column("gesture_limits", sa.Column("known_as", sa.String(), nullable=True))
    op.add_column("gestures_given", sa.Column("plans", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_noted_moments_day", "noted_moments")


def downgrade() -> None:
    op.create_index("ix_noted_moments_day", "noted_moments", ["workspace_id", "moment_id", "falls_on"])
    op.drop_column("gestures_given", "plans")
    op.drop_column("gesture_limits", "known_as")
    op.drop_column("gesture_limits", "currency")
    op.drop_column("promises", "times_told_anew")
    op.drop_column("promises", "contact")
    op.drop_column("cases", "contact")
    op.drop_column("cases", "spoken_to_before")
    op.drop_column("customers", "contacts")
