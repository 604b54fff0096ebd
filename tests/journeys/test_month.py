"""A month's work from an empty folder to the submitted files, through the services and the command line."""

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.cli import main
from desktop.errors import Refusal
from desktop.records import Member, Step
from desktop.services import corrections, demo, entries, overview, submissions, submitting, township
from desktop.services.overview import CellState
from desktop.storage import database
from desktop.storage.database import Store
from tests.conftest import EARNEST

TODAY = dt.date(2026, 11, 23)
PERIOD = "2026-10"
DAY = ("--today", TODAY.isoformat())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice township on which the ``demo`` journey was run."""
    folder = tmp_path_factory.mktemp("练习 乡镇")
    arguments = [
        "--data",
        str(folder / "data"),
        *DAY,
        "demo",
        "--out",
        str(folder / "out"),
        "--members",
        "60",
    ]
    assert main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same township of a county whose units may submit, with last month sent."""
    folder = tmp_path_factory.mktemp("earnest")
    store = demo.begin(folder / "data", TODAY, 60, EARNEST)
    with store.work("上报") as (session, _):
        demo.explain_last_month(session, TODAY)
        submitting.submit(session, store, PERIOD, out=folder / "out", today=TODAY)
    with store.work("录入本月") as (session, _):
        township.this_month(session, TODAY)
    store.close()
    return folder


@pytest.fixture
def store(sent: Path, tmp_path: Path) -> Any:
    """A copy of it."""
    shutil.copytree(sent / "data", tmp_path / "data")
    store = database.open_folder(tmp_path / "data")
    yield store
    store.close()


def test_a_submission_writes_the_five_annexes_and_the_statement(sent: Path) -> None:
    names = sorted(path.name for path in (sent / "out").iterdir())
    assert len(names) == 6
    assert all("2026年10月" in name and "草稿" not in name for name in names)


def test_the_demo_writes_drafts_of_the_five_annexes_and_sends_nothing(folder: Path) -> None:
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert len(names) == 5
    assert all(name.startswith("练习县练习镇") and "2026年10月）（草稿）" in name for name in names)
    store = database.open_folder(folder / "data", exclusive=False)
    with store.read() as session:
        assert submissions.history(session) == []
    store.close()
    roster = next(path for path in (folder / "out").iterdir() if "花名册" in path.name)
    sheet = openpyxl.load_workbook(roster).worksheets[0]
    numbers = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("341399")]
    assert len(numbers) == 60
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in numbers)


def test_the_same_day_gives_the_same_township(folder: Path, tmp_path: Path) -> None:
    assert (
        main(["--data", str(tmp_path / "again"), *DAY, "demo", "--out", str(tmp_path), "--members", "60"])
        == 0
    )
    first, again = (
        database.open_folder(one, exclusive=False) for one in (folder / "data", tmp_path / "again")
    )
    with first.read() as one, again.read() as other:
        people = [sorted(session.query(Member.name, Member.id_number).all()) for session in (one, other)]
    first.close()
    again.close()
    assert people[0] == people[1]


def test_what_is_wrong_this_month_is_found_in_every_grade(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--data", str(folder / "data"), *DAY, "check", "--period", "2026-11", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["grade"] for one in found} == {"A", "B", "C", "D"}
    assert all(one["message"] and one["basis"] and one["remedy"] for one in found)


def test_a_month_with_open_findings_is_not_sent(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="处需要处理"), store.work("上报") as (session, _):
        submitting.submit(session, store, "2026-11", out=tmp_path / "out", today=TODAY)
    assert not (tmp_path / "out").exists()
    assert not list(store.folder.glob("submit-*"))


def test_a_sent_month_is_frozen_returned_corrected_and_sent_again(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        sent = submissions.history(session)[0]
        step = (
            session.query(Step)
            .filter(Step.held_at < dt.datetime(2026, 11, 1), Step.host.is_not(None))
            .first()
        )
    assert step is not None
    assert (sent.period, sent.version) == (PERIOD, 1)
    with pytest.raises(Refusal, match="已锁定"), store.work("修改") as (session, _):
        entries.save(session, Step, {"host": "新主持人"}, entry=step.id)
    with store.work("退回") as (session, _):
        submissions.return_(session, sent.id, "主持人姓名有误")
    with store.work("修改") as (session, _):
        entries.save(session, Step, {"host": "新主持人"}, entry=step.id)
    with store.read() as session:
        changed = corrections.changed_since(session, sent.id)
        mine = [one for one in changed if (one.ledger, one.entry) == ("step", step.id)]
    assert [(one.label, one.before, one.after) for one in mine] == [("主持人", step.host, "新主持人")]
    with store.work("上报") as (session, _):
        again = submitting.submit(session, store, PERIOD, out=tmp_path / "第二版", today=TODAY)
    assert again.version == 2
    with store.read() as session:
        paths = submissions.save_again(session, store, sent.id, tmp_path / "第一版")
        kept = {one["name"]: one["sha256"] for one in sent.files}
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths} == kept


def test_a_return_needs_its_reason_and_happens_once(store: Store) -> None:
    with store.work("退回") as (session, _):
        sent = submissions.history(session)[0]
        with pytest.raises(Refusal, match="没有写退回原因"):
            submissions.return_(session, sent.id, "  ")
        submissions.return_(session, sent.id, "数字有误")
        with pytest.raises(Refusal, match="已经退回过"):
            submissions.return_(session, sent.id, "数字有误")


def test_a_zero_report_is_made_and_taken_back_while_the_month_is_open(store: Store) -> None:
    with store.work("零报告") as (session, _):
        villages = [code for code, _ in overview.grid(session, "2026-11", TODAY).villages]
        submissions.zero(session, villages, "matter", "2026-11")
        cells = overview.grid(session, "2026-11", TODAY).cells
        assert cells[villages[-1], "matter"].state == CellState.ZERO
        submissions.zero(session, villages, "matter", "2026-11", on=False)
        cells = overview.grid(session, "2026-11", TODAY).cells
        assert cells[villages[-1], "matter"].state == CellState.MISSING
        with pytest.raises(Refusal, match="已经上报并锁定"):
            submissions.zero(session, villages, "matter", PERIOD)
        with pytest.raises(Refusal, match="不能零报告"):
            submissions.zero(session, villages, "village", "2026-11")


def test_a_target_that_cannot_be_written_leaves_the_month_open(store: Store, tmp_path: Path) -> None:
    with store.work("退回") as (session, _):
        submissions.return_(session, submissions.history(session)[0].id, "数字有误")
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="未能把文件保存到"), store.work("上报") as (session, _):
        submitting.submit(session, store, PERIOD, out=tmp_path / "file" / "out", today=TODAY)
    with store.read() as session:
        assert [one.version for one in submissions.history(session)] == [1]


def test_the_practice_township_opens_again_as_it_was_left(tmp_path: Path) -> None:
    demo.practice(tmp_path / "practice", TODAY).close()
    store = demo.practice(tmp_path / "practice", TODAY)
    with store.read() as session:
        assert session.query(Member).count() > 600
    store.close()
