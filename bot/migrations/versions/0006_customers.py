"""Customers' cards, and the beginnings of the words of their names."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_words",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", "customer_id", name=op.f("pk_customer_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("has_consented", sa.Boolean(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("silent_since", sa.Date(), nullable=False),
        sa.Column("reference_key", sa.String(), nullable=True),
        sa.Column("birthday_key", sa.String(), nullable=True),
        sa.Column("since_key", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("preferences", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("birthday", sa.Text(), nullable=True),
        sa.Column("customer_since", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("workspace_id", "reference_key", name=op.f("uq_customers_workspace_id_reference_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.create_index("ix_customers_birthday", ["workspace_id", "birthday_key", "contact_id"], unique=False)
        batch_op.create_index("ix_customers_contact", ["workspace_id", "contact_id"], unique=False)
        batch_op.create_index("ix_customers_silence", ["workspace_id", "silent_since", "id"], unique=False)
        batch_op.create_index("ix_customers_since", ["workspace_id", "since_key", "contact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_index("ix_customers_since")
        batch_op.drop_index("ix_customers_silence")
        batch_op.drop_index("ix_customers_contact")
        batch_op.drop_index("ix_customers_birthday")

    op.drop_table("customers")
    op.drop_table("customer_words")
