"""Roles, user groups, teams and their members, the audit log, and what holds for a whole workspace."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_past", ["at"], unique=False)
        batch_op.create_index("ix_audit_workspace", ["workspace_id", "id"], unique=False)

    op.create_table(
        "role_groups",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "role", name=op.f("pk_role_groups")),
    )
    with op.batch_alter_table("role_groups", schema=None) as batch_op:
        batch_op.create_index("ix_role_groups_due", ["read_again_at"], unique=False)

    op.create_table(
        "roles_given",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "slack_id", "role", "source", name=op.f("pk_roles_given")),
    )
    with op.batch_alter_table("roles_given", schema=None) as batch_op:
        batch_op.create_index("ix_roles_given_role", ["workspace_id", "role", "source"], unique=False)

    op.create_table(
        "team_leads",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "slack_id", name=op.f("pk_team_leads")),
    )
    with op.batch_alter_table("team_leads", schema=None) as batch_op:
        batch_op.create_index("ix_team_leads_person", ["workspace_id", "slack_id"], unique=False)

    op.create_table(
        "team_members",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "slack_id", name=op.f("pk_team_members")),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index("ix_team_members_person", ["workspace_id", "slack_id"], unique=False)

    op.create_table(
        "teams",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("goal_time", sa.Time(), nullable=False),
        sa.Column("challenge_day", sa.Integer(), nullable=False),
        sa.Column("challenge_time", sa.Time(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("vision", sa.Text(), nullable=True),
        sa.Column("sponsor", sa.String(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_up_by", sa.String(), nullable=False),
        sa.Column("set_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_name", sa.String(), nullable=True),
        sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reading_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reading_cursor", sa.String(), nullable=True),
        sa.Column("left_meanwhile", sa.JSON(), nullable=False),
        sa.Column("members_read", sa.Integer(), nullable=False),
        sa.Column("members_expected", sa.Integer(), nullable=True),
        sa.Column("members_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_teams")),
    )
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.create_index("ix_teams_reading", ["read_again_at"], unique=False)

    op.create_table(
        "workspaces",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("guests_may_browse", sa.Boolean(), nullable=False),
        sa.Column("profiles_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("profiles_cursor", sa.String(), nullable=True),
        sa.Column("profiles_wanted_again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspaces")),
    )
    # So that everybody's profile is read again: whether they look after the workspace was not kept until now.
    op.execute(
        "insert into workspaces (workspace_id, guests_may_browse, profiles_due_at, profiles_wanted_again)"
        " select distinct workspace_id, false, current_timestamp, false from colleagues"
    )
    with op.batch_alter_table("colleagues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_slack_admin", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("first_day", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("first_day_at", sa.DateTime(timezone=True), nullable=True))
    # Who asked something before needs no welcome.
    op.execute("update colleagues set first_day = 'over', first_day_at = current_timestamp")


def downgrade() -> None:
    with op.batch_alter_table("colleagues", schema=None) as batch_op:
        batch_op.drop_column("first_day_at")
        batch_op.drop_column("first_day")
        batch_op.drop_column("is_slack_admin")

    op.drop_table("workspaces")
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.drop_index("ix_teams_reading")

    op.drop_table("teams")
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.drop_index("ix_team_members_person")

    op.drop_table("team_members")
    with op.batch_alter_table("team_leads", schema=None) as batch_op:
        batch_op.drop_index("ix_team_leads_person")

    op.drop_table("team_leads")
    with op.batch_alter_table("roles_given", schema=None) as batch_op:
        batch_op.drop_index("ix_roles_given_role")

    op.drop_table("roles_given")
    with op.batch_alter_table("role_groups", schema=None) as batch_op:
        batch_op.drop_index("ix_role_groups_due")

    op.drop_table("role_groups")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_workspace")
        batch_op.drop_index("ix_audit_past")

    op.drop_table("audit")
