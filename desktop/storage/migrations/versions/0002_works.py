"""The works: matters with their steps, agreements with their lists and activities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _matter()
    _step()
    _agreement()
    _item()
    _activity()


def _matter() -> None:
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("grid_name", sa.String(length=50), nullable=True),
        sa.Column("title", sa.String(length=50), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=True),
        sa.Column("matter_type", sa.String(length=20), nullable=True),
        sa.Column("amount_wan", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("file_no", sa.String(length=50), nullable=True),
        sa.Column("merge_1_2", sa.Boolean(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("course", sa.String(length=20), nullable=True),
        sa.Column("stopped_reason", sa.Text(), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    op.create_index(op.f("ix_matter_deleted_at_spelling"), "matter", ["deleted_at", "spelling"], unique=False)
    op.create_index(op.f("ix_matter_town_code"), "matter", ["town_code"], unique=False)
    op.create_index(op.f("ix_matter_village_code"), "matter", ["village_code"], unique=False)


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("step_no", sa.String(length=20), nullable=True),
        sa.Column("held_at", sa.DateTime(), nullable=True),
        sa.Column("place", sa.String(length=50), nullable=True),
        sa.Column("form", sa.String(length=20), nullable=True),
        sa.Column("host", sa.String(length=20), nullable=True),
        sa.Column("recorder", sa.String(length=20), nullable=True),
        sa.Column("n_due", sa.Integer(), nullable=True),
        sa.Column("n_present", sa.Integer(), nullable=True),
        sa.Column("women_due", sa.Integer(), nullable=True),
        sa.Column("women_present", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("vote_method", sa.String(length=20), nullable=True),
        sa.Column("n_yes", sa.Integer(), nullable=True),
        sa.Column("n_no", sa.Integer(), nullable=True),
        sa.Column("n_abstain", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("town_attendees", sa.String(length=100), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("open_from", sa.Date(), nullable=True),
        sa.Column("open_to", sa.Date(), nullable=True),
        sa.Column("channels", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("objections", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("supervision_opinion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("sign_in", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_step_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_deleted_at_spelling"), "step", ["deleted_at", "spelling"], unique=False)
    op.create_index(op.f("ix_step_matter_id"), "step", ["matter_id"], unique=False)


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("agreement_no", sa.String(length=50), nullable=True),
        sa.Column("party_a_code", sa.String(length=12), nullable=True),
        sa.Column("party_b_name", sa.String(length=50), nullable=True),
        sa.Column("party_b_uscc", sa.String(length=18), nullable=True),
        sa.Column("partner_type", sa.String(length=20), nullable=True),
        sa.Column("a_leader", sa.String(length=20), nullable=True),
        sa.Column("b_leader", sa.String(length=20), nullable=True),
        sa.Column("liaison", sa.String(length=20), nullable=True),
        sa.Column("liaison_phone", sa.String(length=20), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.Column("terminated_reason", sa.String(length=300), nullable=True),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("scan", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(
        op.f("ix_agreement_deleted_at_spelling"), "agreement", ["deleted_at", "spelling"], unique=False
    )
    op.create_index(op.f("ix_agreement_party_a_code"), "agreement", ["party_a_code"], unique=False)
    op.create_index(op.f("ix_agreement_town_code"), "agreement", ["town_code"], unique=False)


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("list_kind", sa.String(length=20), nullable=True),
        sa.Column("title", sa.String(length=50), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("proposer", sa.String(length=50), nullable=True),
        sa.Column("claimed_by", sa.String(length=50), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("evaluation", sa.Integer(), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_item_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    op.create_index(op.f("ix_item_agreement_id"), "item", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_item_deleted_at_spelling"), "item", ["deleted_at", "spelling"], unique=False)


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=50), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("photo", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("fill_date", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_no", sa.String(length=50), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_activity_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_agreement_id"), "activity", ["agreement_id"], unique=False)
    op.create_index(
        op.f("ix_activity_deleted_at_spelling"), "activity", ["deleted_at", "spelling"], unique=False
    )
