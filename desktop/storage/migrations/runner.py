"""Runs the migrations, without an ini file and inside one transaction."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from desktop.records.kinds import Hundredths

SCRIPTS = Path(__file__).parent


def upgrade(engine: Engine, application_id: int, revision: str = "head") -> None:
    """Bring the database behind ``engine`` to the schema of ``revision``, all of it or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(config(connection), revision)
        connection.exec_driver_sql(f"PRAGMA application_id={application_id}")


def config(connection: Connection) -> Config:
    """Alembic's configuration for our migrations on an open connection."""
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """The search index and its shadow tables are no part of the models."""
    return not (kind == "table" and (name or "").startswith("finder"))


def render_item(kind: str, item: object, context: object) -> str | Literal[False]:
    """A migration names SQL types only: our own types may change after it was written."""
    return "sa.Integer()" if kind == "type" and isinstance(item, Hundredths) else False
