"""The start with damaged records: the clerk is told, and chooses; nothing is done unasked."""

from pathlib import Path
from unittest.mock import patch

import pytest
from pytestqt.qtbot import QtBot

from desktop.storage import database
from desktop.storage.backups import listing, making, second
from desktop.storage.backups.manifest import Reason
from desktop.storage.database import Store
from desktop.storage.opening import Damaged
from tests.desktop.storage.conftest import add_team, flip, teams
from ui import messages
from ui.app import rescued
from ui.rescue import Rescue

YES = patch.object(messages, "ask", return_value=0)
NO = patch.object(messages, "ask", return_value=1)


@pytest.fixture
def folder(store: Store) -> Path:
    """A folder with a backup and a damaged database, closed."""
    add_team(store)
    making.make(store.folder, store.key, Reason.EXIT)
    store.close()
    flip(store.folder / database.FILE, 40 * 4096 + 9)
    return store.folder


@pytest.fixture
def rescue(folder: Path, qtbot: QtBot) -> Rescue:
    with pytest.raises(Damaged) as damaged:
        database.open_folder(folder)
    dialog = Rescue(damaged.value, folder, None)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_backups_are_listed_with_their_counts(rescue: Rescue) -> None:
    assert [rescue.model.index(0, column).data() for column in (1, 2, 7)] == ["退出时", "1", "完好"]
    assert rescue.restoring.isEnabled()


def test_a_backup_is_restored_once_it_was_asked_about(rescue: Rescue) -> None:
    with NO:
        rescue.restore()
    assert rescue.store is None
    with YES:
        rescue.restoring.click()
    assert rescue.store is not None
    assert teams(rescue.store) == 1
    rescue.store.close()


def test_damaged_records_are_looked_at_read_only(rescue: Rescue) -> None:
    rescue.look()
    assert rescue.store is not None
    assert rescue.store.read_only
    rescue.store.close()


def test_a_damaged_file_is_not_accepted_as_it_is(rescue: Rescue) -> None:
    with YES:
        rescue.accept_loss()
    assert rescue.store is None
    assert "已损坏" in rescue.notice.text()


def test_what_is_left_is_salvaged_into_a_new_folder(rescue: Rescue, tmp_path: Path) -> None:
    rescue.salvage(tmp_path / "out")
    assert "群防群治队伍：读出" in rescue.notice.text()
    database.open_folder(tmp_path / "out").close()


def test_the_backups_of_a_stick_are_listed_instead(rescue: Rescue, folder: Path, tmp_path: Path) -> None:
    rescue.other(tmp_path / "empty")
    assert "没有找到备份" in rescue.notice.text()
    (first,) = listing.listed(folder, rescue.key)
    second.copy(first, tmp_path, rescue.key)
    rescue.other(tmp_path)
    assert rescue.model.index(0, 8).data() == "U 盘"
    with YES:
        rescue.restore()
    assert rescue.store is not None
    rescue.store.close()


def test_leaving_changes_nothing(folder: Path, qtbot: QtBot) -> None:
    was = (folder / database.FILE).read_bytes()
    with patch.object(Rescue, "exec", return_value=0):
        assert rescued(None, Damaged("数据文件已损坏"), folder, None) is None
    assert (folder / database.FILE).read_bytes() == was
