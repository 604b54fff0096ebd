"""What this program consists of, to be compared with what it should consist of."""

import sys
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy
from sqlcipher3 import dbapi2

from desktop import __version__
from desktop.paths import resources
from desktop.records import LEDGERS
from desktop.storage import database
from desktop.storage.keys.key import Secret

FOLDERS = ("codes", "regions", "rules", "layouts", "icons", "style")


def report(folder: Path, secret: Secret | None = None) -> dict[str, Any]:
    """Versions, ledger titles, migration head, resources by folder, and the state of ``folder``.

    ``integrity`` is ``ok``, or what SQLite found wrong; a folder without records is ``ok``.
    """
    return {
        "version": __version__,
        "python": sys.version.split()[0],
        "sqlite": dbapi2.sqlite_version,
        "sqlalchemy": sqlalchemy.__version__,
        "openpyxl": openpyxl.__version__,
        "ledgers": {name: ledger.caption for name, ledger in LEDGERS.items()},
        "migration_head": database.HEAD,
        "resources": {
            name: sum(1 for path in (resources() / name).rglob("*") if path.is_file()) for name in FOLDERS
        },
        "integrity": _integrity(folder, secret),
    }


def _integrity(folder: Path, secret: Secret | None) -> str:
    if not database.exists(folder):
        return "ok"
    store = database.open_folder(folder, secret, exclusive=False)
    try:
        with store.read() as session:
            connection = session.connection()
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check").all()]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    finally:
        store.close()
    if broken:
        found.append(f"{len(broken)} 条记录指向不存在的记录")
    return "ok" if found == ["ok"] else "；".join(found)
