"""A version of the program after this one, with a migration more: what this one must be able to become."""

import re
import shutil
from pathlib import Path

from desktop import __version__
from desktop.storage import database

NUMBER = re.sub(r"\d+$", lambda last: str(int(last[0]) + 1), __version__)
HEAD = f"{int(database.HEAD) + 1:04}"
TABLE = "later_version"
MIGRATION = f'''\
"""A table of a version to come."""

import sqlalchemy as sa
from alembic import op

revision = "{HEAD}"
down_revision = "{database.HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("{TABLE}", sa.Column("id", sa.Integer(), primary_key=True))
'''
NOT_FROZEN = shutil.ignore_patterns(".*", "out", "dist", "tests", "__pycache__")


def make(source: Path, target: Path) -> Path:
    """Copy the source tree into ``target``, which is made anew, and let it be the next version.

    :returns: ``target``.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=NOT_FROZEN)
    about = target / "desktop" / "__init__.py"
    about.write_text(about.read_text("utf-8").replace(f'"{__version__}"', f'"{NUMBER}"'), "utf-8")
    versions = target / "desktop" / "storage" / "migrations" / "versions"
    (versions / f"{HEAD}_later.py").write_text(MIGRATION, "utf-8")
    return target
