"""The journal as a workbook: every row, masked, written down, whole or not at all."""

from pathlib import Path

import openpyxl
import pytest

from desktop.errors import Refusal
from desktop.records import Member
from desktop.services import audit, entries, invented, operations, trail
from desktop.services.audit import Event
from desktop.storage import journal
from desktop.storage.database import Store

PHONE = "19900000001"


@pytest.fixture
def number(store: Store) -> str:
    number = invented.People(1).one().id_number
    with store.work("录入队员") as (session, _):
        given = {"name": "张三", "mobile": PHONE, "id_number": number}
        entry = entries.save(session, Member, given)
    with store.work("修改队员") as (session, _):
        entries.save(session, Member, {"name": "张山"}, entry=entry)
    return number


def test_every_row_is_exported_masked_and_the_export_is_in_the_journal(
    store: Store, number: str, tmp_path: Path
) -> None:
    target = tmp_path / "操作记录.xlsx"
    with store.work("导出操作记录") as (session, _):
        rows = trail.export(session, target)
    with store.read() as session:
        kept = list(journal.export(session))
        assert journal.verify(session) is None
        assert operations.looks(session)[0].name == "导出操作记录：操作记录.xlsx"
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells[0] == list(trail.HEADS)
    assert [row[-1] for row in cells[1:]] == [row["chain"] for row in kept]
    assert rows == len(kept) == len(cells) - 1
    text = "\n".join("\t".join(row) for row in cells)
    assert "姓名：张三" in text
    assert "姓名：张山" in text
    assert "199****0001" in text
    assert PHONE not in text
    assert number not in text


def test_an_export_that_cannot_be_written_leaves_the_old_file_and_no_word(
    store: Store, tmp_path: Path
) -> None:
    target = tmp_path / "folder.xlsx"
    target.mkdir()
    with pytest.raises(Refusal), store.work("导出操作记录") as (session, _):
        trail.export(session, target)
    with store.read() as session:
        assert Event.EXPORT_JOURNAL.value not in {row["operation"] for row in journal.export(session)}
    assert not list(tmp_path.glob("*.part"))


def test_looks_are_listed_apart_and_cannot_be_taken_back(store: Store) -> None:
    with store.work("查看完整号码") as (session, _):
        audit.record(session, Event.REVEAL, "队员花名册 1")
    with store.read() as session:
        (look,) = operations.looks(session)
        assert (look.name, look.who) == ("查看完整号码：队员花名册 1", store.key.user)
        assert look.instead
        assert look.name not in [one.name for one in operations.listed(session)]
