"""The journal says who and of what kind, holds together by a chain of hashes, and can only grow."""

import sqlalchemy as sa
from alembic import op

from desktop.storage import journal

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
MOMENTS = {
    "unchanged": "UPDATE ON journal",
    "undeleted": "DELETE ON journal",
    "unreplaced": "INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id)",
}


def upgrade() -> None:
    op.add_column("journal", sa.Column("who", sa.String(length=50), nullable=False, server_default=""))
    op.add_column("journal", sa.Column("kind", sa.String(length=10), nullable=False, server_default="done"))
    op.add_column("journal", sa.Column("root", sa.Integer(), nullable=True))
    op.add_column("journal", sa.Column("chain", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("stamp", sa.Column("chain", sa.String(length=64), nullable=True))
    op.drop_index(op.f("ix_journal_entry"), "journal")
    op.drop_index(op.f("ix_journal_ledger"), "journal")
    op.create_index(op.f("ix_journal_ledger_entry"), "journal", ["ledger", "entry"], unique=False)
    connection = op.get_bind()
    linked = [(chain, row) for row, _, chain in journal.chained(connection)]
    if linked:
        connection.exec_driver_sql("UPDATE journal SET chain = ? WHERE id = ?", linked)
    for name, moment in MOMENTS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER journal_{name} BEFORE {moment} {KEPT}")
