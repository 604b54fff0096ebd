"""What this program consists of, compared with what it should consist of."""

import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy
from sqlcipher3 import dbapi2

from desktop import __version__
from desktop.paths import resources
from desktop.records import LEDGERS
from desktop.services import contents, payload
from desktop.storage import database
from desktop.storage.keys.key import Secret

MANIFEST = "manifest.json"  # lies in the frozen program: the contents of the source tree it was made from


def report(folder: Path, secret: Secret | None = None) -> dict[str, Any]:
    """Versions, ledger titles, migration head, resources by folder, and the state of ``folder``.

    ``integrity`` is ``ok``, or what SQLite found wrong; a folder without records is ``ok``. ``differences``
    has a sentence for all in which a frozen program is not the source tree it was made from.
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
            name: sum(1 for path in (resources() / name).rglob("*") if path.is_file())
            for name in contents.SHIPPED
        },
        "frozen": payload.folder() is not None,
        "differences": differences(),
        "integrity": _integrity(folder, secret),
    }


def differences() -> list[str]:
    """What is not as it was made; nothing in the source tree, which has nothing to be compared with."""
    program = payload.folder()
    if program is None:
        return []
    if told := payload.faults(program):
        return told  # what lacks a file cannot even be asked for its contents
    try:
        expected = json.loads((resources().parent / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return ["读不懂程序内容清单，请重新安装"]
    return contents.differences(expected, contents.contents())


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
