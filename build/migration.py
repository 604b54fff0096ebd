"""Writes the migration that brings the newest schema to what the ledgers declare now.

``python3 build/dev.py migration NAME``, for example ``patrol``; read the file before you keep it.
"""

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def main() -> int:
    from alembic import command
    from sqlalchemy import create_engine

    import desktop.records.keeping  # the tables beside the ledgers are declared there
    from desktop.storage.database import HEAD
    from desktop.storage.migrations import runner

    del desktop
    name = re.sub(r"\W+", "_", "_".join(sys.argv[1:])).lower()
    if not name:
        print("用法：python3 build/dev.py migration 名称")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/empty.db")
        runner.upgrade(engine, 0)
        with engine.connect() as connection:
            number = f"{int(HEAD) + 1:04}"
            command.revision(runner.config(connection), message=name, autogenerate=True, rev_id=number)
        engine.dispose()
    print(runner.SCRIPTS / "versions" / f"{number}_{name}.py")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
