"""Cases, promises, moments that were noted, and gestures: the diary, budgets, how they were received, and limits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and then give the ids of erased customers again.
    op.add_column("customers", sa.Column("event_key", sa.String(), nullable=True))
    op.create_index(
        "ix_customers_event",
        "customers",
        ["workspace_id", "event_key"],
        unique=True,
        sqlite_where=sa.text("event_key is not null"),
        postgresql_where=sa.text("event_key is not null"),
    )
    op.drop_index("ix_customers_contact", "customers")
    op.create_index("ix_customers_contact", "customers", ["workspace_id", "contact_id", "changed_at"])
    op.drop_index("ix_customers_silence", "customers")
    op.create_index("ix_customers_silence", "customers", ["workspace_id", "contact_id", "silent_since", "id"])
    op.add_column("notices", sa.Column("about", sa.String(), nullable=True))
    op.create_index(
        "ix_notices_about",
        "notices",
        ["workspace_id", "about"],
        sqlite_where=sa.text("about is not null"),
        postgresql_where=sa.text("about is not null"),
    )
    op.create_table(
        "gesture_budgets",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "whose", "month", name=op.f("pk_gesture_budgets")),
    )
    op.create_table(
        "gesture_limits",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("days_between", sa.Integer(), nullable=True),
        sa.Column("days_after_case", sa.Integer(), nullable=True),
        sa.Column("most_per_gesture", sa.Integer(), nullable=True),
        sa.Column("colleague_decides", sa.Integer(), nullable=True),
        sa.Column("colleague_a_month", sa.Integer(), nullable=True),
        sa.Column("team_a_month", sa.Integer(), nullable=True),
        sa.Column("gifts_a_year", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_gesture_limits")),
    )
    op.create_table(
        "gesture_receptions",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("gesture_id", sa.String(), nullable=False),
        sa.Column("well", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "gesture_id", name=op.f("pk_gesture_receptions")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("handled_by", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_cases_customer_id_customers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("workspace_id", "event_key", name=op.f("uq_cases_workspace_id_event_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_customer", ["customer_id", "closed_on"], unique=False)
        batch_op.create_index(
            "ix_cases_open",
            ["workspace_id", "handled_by", "opened_at"],
            unique=False,
            sqlite_where=sa.text("closed_at is null"),
            postgresql_where=sa.text("closed_at is null"),
        )

    op.create_table(
        "gestures_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("gesture_id", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("colleague_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("reaches_out", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_of", sa.JSON(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("felt", sa.String(), nullable=True),
        sa.Column("emotion", sa.String(), nullable=True),
        sa.Column("ambassador", sa.String(), nullable=True),
        sa.Column("was_asked", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_gestures_given_customer_id_customers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gestures_given")),
        sa.UniqueConstraint("workspace_id", "event_key", name=op.f("uq_gestures_given_workspace_id_event_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gestures_given", schema=None) as batch_op:
        batch_op.create_index("ix_gestures_given_colleague", ["workspace_id", "colleague_id", "on_day"], unique=False)
        batch_op.create_index("ix_gestures_given_customer", ["customer_id", "workspace_id", "on_day"], unique=False)
        batch_op.create_index(
            "ix_gestures_given_due",
            ["tell_at"],
            unique=False,
            sqlite_where=sa.text("tell_at is not null"),
            postgresql_where=sa.text("tell_at is not null"),
        )
        batch_op.create_index("ix_gestures_given_month", ["workspace_id", "on_day"], unique=False)
        batch_op.create_index("ix_gestures_given_state", ["workspace_id", "state", "colleague_id"], unique=False)

    op.create_table(
        "gestures_set_aside",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("gesture_id", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_gestures_set_aside_customer_id_customers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", "gesture_id", name=op.f("pk_gestures_set_aside")),
    )
    op.create_table(
        "noted_moments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.String(), nullable=False),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("their_words", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_noted_moments_customer_id_customers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_moments")),
        sa.UniqueConstraint(
            "customer_id",
            "workspace_id",
            "moment_id",
            "falls_on",
            name=op.f("uq_noted_moments_customer_id_workspace_id_moment_id_falls_on"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("noted_moments", schema=None) as batch_op:
        batch_op.create_index("ix_noted_moments_day", ["workspace_id", "moment_id", "falls_on"], unique=False)

    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_hour", sa.Time(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("times_moved", sa.Integer(), nullable=False),
        sa.Column("ahead", sa.String(), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("spoken_to_before", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_promises_customer_id_customers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("workspace_id", "event_key", name=op.f("uq_promises_workspace_id_event_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index("ix_promises_customer", ["customer_id"], unique=False)
        batch_op.create_index(
            "ix_promises_due",
            ["tell_at"],
            unique=False,
            sqlite_where=sa.text("tell_at is not null"),
            postgresql_where=sa.text("tell_at is not null"),
        )
        batch_op.create_index(
            "ix_promises_open",
            ["workspace_id", "made_by", "due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def downgrade() -> None:
    for table in (
        *("promises", "noted_moments", "cases"),
        *("gestures_set_aside", "gestures_given", "gesture_receptions", "gesture_limits", "gesture_budgets"),
    ):
        op.drop_table(table)
    op.drop_index("ix_notices_about", "notices")
    op.execute("alter table notices drop column about")
    op.drop_index("ix_customers_contact", "customers")
    op.create_index("ix_customers_contact", "customers", ["workspace_id", "contact_id"])
    op.drop_index("ix_customers_silence", "customers")
    op.create_index("ix_customers_silence", "customers", ["workspace_id", "silent_since", "id"])
    op.drop_index("ix_customers_event", "customers")
    op.execute("alter table customers drop column event_key")
