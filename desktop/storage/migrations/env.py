"""Called by Alembic: runs the migrations on the connection that :mod:`runner` hands over."""

from alembic import context

from desktop.records.fields import Base


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """The search index and its shadow tables are no part of the models."""
    return not (kind == "table" and (name or "").startswith("finder"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=include_name,
    transactional_ddl=False,
    compare_server_default=True,
)
context.run_migrations()
