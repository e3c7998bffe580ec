"""Who colleagues are in Slack, the language they chose, and whether they want to be pushed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("colleagues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen_language", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("standing", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("working_times", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_pushed", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("working_times", schema=None) as batch_op:
        batch_op.drop_column("is_pushed")

    with op.batch_alter_table("colleagues", schema=None) as batch_op:
        batch_op.drop_column("seen_at")
        batch_op.drop_column("zone")
        batch_op.drop_column("standing")
        batch_op.drop_column("chosen_language")
