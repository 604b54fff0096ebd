"""A submission or a draft that is killed half-way leaves nothing readable behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.storage import database, files
from desktop.storage.database import Store
from tests.conftest import EARNEST

ROOT = Path(__file__).parents[3]
KILLED = f"""
import datetime as dt, os, signal, sys
from pathlib import Path
from desktop.services import demo, exporting, submitting
today, folder, what = dt.date(2026, 11, 23), Path(sys.argv[1]), sys.argv[2]
store = demo.begin(folder, today, 20, "{EARNEST}")
make = exporting.export_all
def made_and_killed(*given, **named):
    make(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
exporting.export_all = made_and_killed
with store.work("上报") as (session, _):
    demo.explain_last_month(session, today)
    if what == "submit":
        submitting.submit(session, store, "2026-10", out=folder.parent / "out", today=today)
    else:
        submitting.draft(session, folder, "2026-10", out=folder.parent / "out", today=today)
"""
FRONTS = (files.UNFINISHED, files.SKETCHED, files.LENT)


@pytest.mark.parametrize(("what", "front"), [("submit", files.UNFINISHED), ("draft", files.SKETCHED)])
def test_what_a_kill_left_in_plain_is_gone_after_the_next_start(
    tmp_path: Path, what: str, front: str
) -> None:
    folder = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), what], cwd=ROOT, timeout=240, check=False
    )
    assert done.returncode != 0
    (left,) = folder.glob(f"{front}*")
    assert list(left.glob("*.xlsx"))
    database.open_folder(folder).close()
    assert not list(folder.rglob("*.xlsx"))
    assert not [one for one in folder.iterdir() if one.name.startswith(FRONTS)]


def test_every_kind_of_plain_folder_is_swept_at_the_start(store: Store) -> None:
    store.close()
    for front in FRONTS:
        (store.folder / f"{front}x").mkdir()
        (store.folder / f"{front}x" / "名单.xlsx").write_bytes(b"PK")
    database.open_folder(store.folder).close()
    assert not [one for one in store.folder.iterdir() if one.name.startswith(FRONTS)]


if sys.platform != "win32":  # Windows gives rights by other means

    def test_plain_files_lie_where_only_their_owner_may_enter(store: Store) -> None:
        before = os.umask(0)
        try:
            sha256 = files.store(store.folder, store.key, b"%PDF-1.4")
            lent = files.lend(store.folder, store.key, sha256, "扫描.pdf").parent
            with files.workshop(store.folder, files.UNFINISHED) as made:
                assert {one.stat().st_mode & 0o777 for one in (lent, made)} == {0o700}
        finally:
            os.umask(before)
