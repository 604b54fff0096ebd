"""Called by Alembic: runs the migrations on the connection that :mod:`runner` hands over."""

from alembic import context

from desktop.records.fields import Base
from desktop.storage.migrations.runner import include_name, render_item

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=include_name,
    render_item=render_item,
    transactional_ddl=False,
    compare_server_default=True,
)
context.run_migrations()
