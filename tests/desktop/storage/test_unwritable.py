"""What must not be changed is not: data of a newer program, and a folder that is read-only."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.records import Team
from desktop.storage import database, lock
from desktop.storage.database import Store

ROOT = Path(__file__).parents[3]
NOBODY = 65534
LOOK = """
import os, sys
from pathlib import Path
from sqlalchemy import func, select
from desktop.records import Team
from desktop.storage import database
if os.geteuid() == 0:  # root may write everywhere; what it alone may read is imported by now
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
for exclusive in (True, False):
    store = database.open_folder(Path(sys.argv[1]), exclusive=exclusive)
    with store.read() as session:
        print(session.scalar(select(func.count(Team.id))), store.read_only, store.warning)
    try:
        with store.work("录入") as (session, _):
            session.add(Team(team_name="二队"))
    except Exception as refusal:
        print(refusal)
    store.close()
"""


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != lock.FILE
    }


@pytest.fixture
def newer(store: Store) -> Store:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    return store


def test_a_refused_newer_folder_keeps_every_byte(newer: Store) -> None:
    newer.close()
    before = bytes_of(newer.folder)
    with pytest.raises(Refusal, match="更新版本"):
        database.open_folder(newer.folder)
    assert bytes_of(newer.folder) == before


def test_a_refused_newer_folder_keeps_every_byte_after_a_crash(newer: Store, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    shutil.copytree(newer.folder, crashed)
    before = bytes_of(crashed)
    assert before["data.db-wal"]
    with pytest.raises(Refusal, match="更新版本"):
        database.open_folder(crashed)
    assert bytes_of(crashed) == before


def _read_only(folder: Path) -> None:
    for place in folder.parents:
        if place.is_relative_to(tempfile.gettempdir()) and place != Path(tempfile.gettempdir()):
            place.chmod(0o755)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


if sys.platform != "win32":  # Windows keeps a folder read-only by other means

    def test_a_read_only_folder_is_shown_and_nothing_is_written(store: Store) -> None:
        with store.work("录入") as (session, _):
            session.add(Team(team_name="一队"))
        store.close()
        folder = store.folder
        _read_only(folder)
        before = bytes_of(folder)
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(folder), str(NOBODY)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        told = done.stdout.splitlines()
        assert told[0].startswith("1 True 数据文件夹是只读的，现在只能查看")
        assert "未能保存" in told[1]
        assert told[2].startswith("1 True")
        assert "未能保存" in told[3]
        folder.chmod(0o755)
        assert bytes_of(folder) == before
        assert {one.name for one in folder.iterdir()} <= {*before, lock.FILE, "files"}
