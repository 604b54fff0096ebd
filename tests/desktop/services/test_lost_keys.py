"""Key files put back from a backup: only by who may, and only those of these records."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.services import accounts, invented, lost_keys, setup
from desktop.services.audit import Event
from desktop.storage import journal
from desktop.storage.backups import making
from desktop.storage.backups.manifest import Reason
from desktop.storage.database import Store
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Role, Secret
from tests.conftest import EARNEST, OFFICE

ADMIN, CLERK = Secret("李敏", "fuli2026ok"), Secret("张爱民", "luru2026ok")


def _unit(folder: Path) -> Store:
    return setup.start(folder, invented.area_list(1, EARNEST), f"{EARNEST}101000", OFFICE, ADMIN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A unit with two backups and no key file."""
    store = _unit(tmp_path / "data")
    with store.work("新增账号") as (session, _):
        accounts.add(session, accounts.Keys(store.folder), CLERK.user, Role.ENTER, CLERK.password)
    for name in ("甲", "乙"):
        with store.work("新增账号") as (session, _):
            accounts.add(session, accounts.Keys(store.folder), name, Role.READ, CLERK.password)
        making.make(store.folder, store.key, Reason.ASKED)
    store.close()
    for name in (keyfile.FILE, keyfile.COPY):
        (store.folder / name).unlink()
    return store.folder


def _kept(folder: Path) -> Path:
    found = lost_keys.kept(folder)
    assert found is not None
    return found


def test_the_newest_backup_whose_keys_can_be_read_is_taken(folder: Path) -> None:
    newest = _kept(folder)
    assert [one.name for one in accounts.Keys(newest).users()][-1] == "乙"
    for broken in newest.glob(f"{keyfile.FILE}*"):
        broken.write_bytes(b"{")
    assert [one.name for one in accounts.Keys(_kept(folder)).users()][-1] == "甲"


def test_a_backup_is_found_on_a_stick_whichever_folder_was_chosen(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "平安台账备份-12345678"
    shutil.copytree(folder / "backups", stick / "backups")
    for chosen in (stick, stick.parent):
        assert _kept(chosen).is_relative_to(stick)
    assert lost_keys.kept(tmp_path / "none") is None


def test_it_is_written_down_that_keys_were_put_back(folder: Path) -> None:
    store = lost_keys.open_with(folder, _kept(folder), ADMIN)
    with store.read() as session:
        assert Event.KEYS in {row["operation"] for row in journal.export(session)}
    store.close()
    assert (folder / keyfile.FILE).read_bytes() == (folder / keyfile.COPY).read_bytes()


def test_a_clerk_does_not_put_keys_back(folder: Path) -> None:
    with pytest.raises(Refusal, match="不能恢复和抢救数据"):
        lost_keys.open_with(folder, _kept(folder), CLERK)
    assert not keyfile.there(folder)


def test_the_keys_of_another_unit_are_refused(folder: Path, tmp_path: Path) -> None:
    other = _unit(tmp_path / "other")
    backup = making.make(other.folder, other.key, Reason.ASKED)
    other.close()
    with pytest.raises(Refusal, match="不是这份数据的"):
        lost_keys.open_with(folder, backup.folder, ADMIN)
    assert not keyfile.there(folder)
