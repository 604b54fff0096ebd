"""The first schema: every ledger, what is kept beside them, and the search index."""

import sqlalchemy as sa
from alembic import op

from desktop.storage.finder import CREATE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    op.create_index(op.f("ix_agreement_deleted_at"), "agreement", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_agreement_party_a_code"), "agreement", ["party_a_code"], unique=False)
    op.create_index(op.f("ix_agreement_spelling"), "agreement", ["spelling"], unique=False)
    op.create_index(op.f("ix_agreement_town_code"), "agreement", ["town_code"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media", sa.String(length=50), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operation", sa.String(length=50), nullable=False),
        sa.Column("ledger", sa.String(length=20), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_entry"), "journal", ["entry"], unique=False)
    op.create_index(op.f("ix_journal_ledger"), "journal", ["ledger"], unique=False)
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
    op.create_index(op.f("ix_matter_deleted_at"), "matter", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_matter_spelling"), "matter", ["spelling"], unique=False)
    op.create_index(op.f("ix_matter_town_code"), "matter", ["town_code"], unique=False)
    op.create_index(op.f("ix_matter_village_code"), "matter", ["village_code"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=12), nullable=True),
        sa.Column("report_unit", sa.String(length=50), nullable=True),
        sa.Column("leader", sa.String(length=20), nullable=True),
        sa.Column("filler", sa.String(length=20), nullable=True),
        sa.Column("reviewer", sa.String(length=20), nullable=True),
        sa.Column("contact_phone", sa.String(length=20), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("shift_due", sa.Boolean(), nullable=True),
        sa.Column("out_folder", sa.String(length=260), nullable=True),
        sa.Column("practice", sa.Boolean(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("spelling", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_deleted_at"), "office", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_office_spelling"), "office", ["spelling"], unique=False)
    op.create_index(op.f("ix_office_unit_code"), "office", ["unit_code"], unique=False)
    op.create_table(
        "reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=120), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("finding", "period", name=op.f("uq_reason_finding_period")),
    )
    op.create_index(op.f("ix_reason_finding"), "reason", ["finding"], unique=False)
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
    op.create_index(op.f("ix_region_deleted_at"), "region", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_region_parent_code"), "region", ["parent_code"], unique=False)
    op.create_index(op.f("ix_region_spelling"), "region", ["spelling"], unique=False)
    op.create_table(
        "serial",
        sa.Column("prefix", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_serial")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("filler", sa.String(length=20), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("journal_mark", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("returned_reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("period", "version", name=op.f("uq_submission_period_version")),
    )
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
    op.create_index(op.f("ix_team_deleted_at"), "team", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_team_spelling"), "team", ["spelling"], unique=False)
    op.create_index(op.f("ix_team_town_code"), "team", ["town_code"], unique=False)
    op.create_index(op.f("ix_team_village_code"), "team", ["village_code"], unique=False)
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
    op.create_index(op.f("ix_village_deleted_at"), "village", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_village_spelling"), "village", ["spelling"], unique=False)
    op.create_index(op.f("ix_village_town_code"), "village", ["town_code"], unique=False)
    op.create_index(op.f("ix_village_village_code"), "village", ["village_code"], unique=False)
    op.create_table(
        "zero_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=False),
        sa.Column("ledger", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_report")),
        sa.UniqueConstraint(
            "village_code", "ledger", "period", name=op.f("uq_zero_report_village_code_ledger_period")
        ),
    )
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
    op.create_index(op.f("ix_activity_deleted_at"), "activity", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_activity_spelling"), "activity", ["spelling"], unique=False)
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
    op.create_index(op.f("ix_item_deleted_at"), "item", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_item_spelling"), "item", ["spelling"], unique=False)
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
    op.create_index(op.f("ix_member_deleted_at"), "member", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_member_id_number"), "member", ["id_number"], unique=False)
    op.create_index(op.f("ix_member_spelling"), "member", ["spelling"], unique=False)
    op.create_index(op.f("ix_member_team_id"), "member", ["team_id"], unique=False)
    op.create_index(op.f("ix_member_town_code"), "member", ["town_code"], unique=False)
    op.create_index(op.f("ix_member_village_code"), "member", ["village_code"], unique=False)
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
    op.create_index(op.f("ix_step_deleted_at"), "step", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_step_matter_id"), "step", ["matter_id"], unique=False)
    op.create_index(op.f("ix_step_spelling"), "step", ["spelling"], unique=False)
    op.execute(CREATE)
