"""The command line's journal and undo."""

import json
from pathlib import Path

import pytest

from desktop import cli
from desktop.records import Member
from desktop.services import entries
from desktop.storage.database import Store


@pytest.fixture
def folder(store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PINGAN_PASSWORD", raising=False)
    with store.work("录入队员") as (session, _):
        entries.save(session, Member, {"name": "张三", "mobile": "19900000001"})
    store.close()
    return store.folder


def test_the_journal_is_listed_with_who_and_masked_values(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--data", str(folder), "journal", "--json"]) == 0
    last = json.loads(capsys.readouterr().out)[-1]
    assert (last["operation"], last["ledger"], last["kind"]) == ("录入队员", "member", "done")
    assert last["after"]["mobile"] == "199****0001"
    assert len(last["chain"]) == 64
    assert cli.main(["--data", str(folder), "journal"]) == 0
    assert "录入队员\tmember 1" in capsys.readouterr().out


def test_undo_takes_back_the_last_operation_and_says_which(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--data", str(folder), "undo"]) == 0
    assert capsys.readouterr().out == "已撤销：录入队员“张三”\n"
    assert cli.main(["--data", str(folder), "undo"]) == 1
    assert "不能撤销" in capsys.readouterr().err


def test_a_journal_that_was_tampered_with_is_listed_and_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.storage import database

    store = database.open_folder(folder)
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER journal_unchanged")
        connection.exec_driver_sql("UPDATE journal SET who = '别人' WHERE id = 1")
    store.close()
    assert cli.main(["--data", str(folder), "journal"]) == 1
    told = capsys.readouterr()
    assert "录入队员" in told.out
    assert "第 1 行被改动过" in told.err


def test_a_journal_whose_end_is_gone_is_listed_and_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.desktop.storage.test_opening import cut_tail

    cut_tail(folder, 1)
    for _ in range(2):
        assert cli.main(["--data", str(folder), "journal", "--json"]) == 1
        told = capsys.readouterr()
        assert json.loads(told.out)
        assert "最后的几行不见了" in told.err
