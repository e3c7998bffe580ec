"""Holds, where people want to be told things, and working times that leave open what nobody has chosen."""

from datetime import time

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORKING_TIMES = sa.table(
    "working_times",
    sa.column("workspace_id", sa.String()),
    sa.column("whom", sa.String()),
    sa.column("zone", sa.String()),
    sa.column("days", sa.String()),
    sa.column("begins", sa.Time()),
    sa.column("ends", sa.Time()),
    sa.column("country", sa.String()),
    sa.column("works_on", sa.JSON()),
    sa.column("is_pushed", sa.Boolean()),
    sa.column("wish", sa.String()),
)
COLLEAGUES = sa.table(
    "colleagues",
    sa.column("workspace_id", sa.String()),
    sa.column("slack_id", sa.String()),
    sa.column("zone", sa.String()),
)
USUAL = {"zone": "UTC", "days": "01234", "begins": time(9), "ends": time(17)}


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_holds")),
    )
    unanswered = sa.text("answered_at is null")
    op.create_index(
        "ix_pushes_unanswered",
        "pushes",
        ["workspace_id", "whom"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )
    with op.batch_alter_table("working_times", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("wish", sa.String(), nullable=False, server_default="messages"))
        for name, kind in (("zone", sa.String()), ("days", sa.String()), ("begins", sa.Time()), ("ends", sa.Time())):
            batch_op.alter_column(name, existing_type=kind, nullable=True)

    times = WORKING_TIMES.c
    op.execute(WORKING_TIMES.update().where(times.is_pushed.is_(False)).values(wish="nothing"))
    with op.batch_alter_table("working_times", schema=None) as batch_op:
        batch_op.drop_column("is_pushed")

    # Until now these were written down with Do Not Disturb of people who had chosen nothing.
    usual = sa.and_(*(times[name] == value for name, value in USUAL.items()), times.country.is_(None))
    op.execute(WORKING_TIMES.update().where(usual).values(dict.fromkeys(USUAL)))
    # What Slack told of people's zones was looked up when they chose their hours; from now on it stands here.
    is_theirs = sa.and_(COLLEAGUES.c.workspace_id == times.workspace_id, COLLEAGUES.c.slack_id == times.whom)
    told = sa.select(COLLEAGUES.c.zone).where(is_theirs).scalar_subquery()
    op.execute(WORKING_TIMES.update().where(times.zone.is_(None)).values(zone=told))
    has_none = ~sa.exists().where(is_theirs)
    of_others = sa.select(
        COLLEAGUES.c.workspace_id,
        COLLEAGUES.c.slack_id,
        COLLEAGUES.c.zone,
        sa.literal([], sa.JSON()),
        sa.literal("messages"),
    ).where(COLLEAGUES.c.zone.is_not(None), has_none)
    op.execute(WORKING_TIMES.insert().from_select(["workspace_id", "whom", "zone", "works_on", "wish"], of_others))


def downgrade() -> None:
    times = WORKING_TIMES.c
    for name, value in USUAL.items():
        op.execute(WORKING_TIMES.update().where(times[name].is_(None)).values({name: value}))
    with op.batch_alter_table("working_times", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_pushed", sa.Boolean(), nullable=False, server_default=sa.true()))

    op.execute(WORKING_TIMES.update().where(times.wish != "messages").values(is_pushed=False))
    with op.batch_alter_table("working_times", schema=None) as batch_op:
        for name, kind in (("zone", sa.String()), ("days", sa.String()), ("begins", sa.Time()), ("ends", sa.Time())):
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.drop_column("wish")
        batch_op.drop_column("team")

    op.drop_index("ix_pushes_unanswered", "pushes")
    op.drop_table("holds")
