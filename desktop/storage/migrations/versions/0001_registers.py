"""The registers: areas, villages, teams, members."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _region()
    _village()
    _team()
    _member()


def _region() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=True),
        sa.Column("name", sa.String(length=50), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.String(length=12), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
    )
    op.create_index(op.f("ix_region_deleted_at_spelling"), "region", ["deleted_at", "spelling"], unique=False)
    op.create_index(op.f("ix_region_parent_code"), "region", ["parent_code"], unique=False)


def _village() -> None:
    op.create_table(
        "village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("grid_name", sa.String(length=50), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("registered", sa.Integer(), nullable=True),
        sa.Column("adults", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("reps", sa.Integer(), nullable=True),
        sa.Column("women_reps", sa.Integer(), nullable=True),
        sa.Column("village_committee", sa.Integer(), nullable=True),
        sa.Column("branch_committee", sa.Integer(), nullable=True),
        sa.Column("cross_holders", sa.Integer(), nullable=True),
        sa.Column("supervisors", sa.Integer(), nullable=True),
        sa.Column("party_total", sa.Integer(), nullable=True),
        sa.Column("party_formal", sa.Integer(), nullable=True),
        sa.Column("party_voting", sa.Integer(), nullable=True),
        sa.Column("excluded_sick", sa.Integer(), nullable=True),
        sa.Column("excluded_abroad", sa.Integer(), nullable=True),
        sa.Column("excluded_penalty", sa.Integer(), nullable=True),
        sa.Column("excluded_away", sa.Integer(), nullable=True),
        sa.Column("excluded_other", sa.Integer(), nullable=True),
        sa.Column("excluded_note", sa.Text(), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
    )
    op.create_index(
        op.f("ix_village_deleted_at_spelling"), "village", ["deleted_at", "spelling"], unique=False
    )
    op.create_index(op.f("ix_village_town_code"), "village", ["town_code"], unique=False)
    op.create_index(op.f("ix_village_village_code"), "village", ["village_code"], unique=False)


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("grid_name", sa.String(length=50), nullable=True),
        sa.Column("team_name", sa.String(length=50), nullable=True),
        sa.Column("team_type", sa.String(length=20), nullable=True),
        sa.Column("team_level", sa.String(length=20), nullable=True),
        sa.Column("guide_dept", sa.String(length=50), nullable=True),
        sa.Column("member_count", sa.Integer(), nullable=True),
        sa.Column("main_function", sa.Text(), nullable=True),
        sa.Column("leader_name", sa.String(length=20), nullable=True),
        sa.Column("leader_phone", sa.String(length=20), nullable=True),
        sa.Column("address", sa.String(length=50), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("is_patrol_team", sa.Boolean(), nullable=True),
        sa.Column("merged_forces", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_deleted_at_spelling"), "team", ["deleted_at", "spelling"], unique=False)
    op.create_index(op.f("ix_team_town_code"), "team", ["town_code"], unique=False)
    op.create_index(op.f("ix_team_village_code"), "team", ["village_code"], unique=False)


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("grid_name", sa.String(length=50), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=20), nullable=True),
        sa.Column("id_type", sa.String(length=20), nullable=True),
        sa.Column("id_number", sa.String(length=18), nullable=True),
        sa.Column("gender", sa.String(length=20), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("ethnicity", sa.String(length=20), nullable=True),
        sa.Column("political", sa.String(length=20), nullable=True),
        sa.Column("education", sa.String(length=20), nullable=True),
        sa.Column("duty", sa.String(length=20), nullable=True),
        sa.Column("member_category", sa.String(length=20), nullable=True),
        sa.Column("skills", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("mobile", sa.String(length=11), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("address", sa.String(length=50), nullable=True),
        sa.Column("occupation", sa.String(length=50), nullable=True),
        sa.Column("service_direction", sa.String(length=20), nullable=True),
        sa.Column("volunteer_no", sa.String(length=50), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_member_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_deleted_at_spelling"), "member", ["deleted_at", "spelling"], unique=False)
    op.create_index(op.f("ix_member_id_number"), "member", ["id_number"], unique=False)
    op.create_index(op.f("ix_member_team_id"), "member", ["team_id"], unique=False)
    op.create_index(op.f("ix_member_town_code"), "member", ["town_code"], unique=False)
    op.create_index(op.f("ix_member_village_code"), "member", ["village_code"], unique=False)
