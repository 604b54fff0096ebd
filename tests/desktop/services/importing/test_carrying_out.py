"""Carrying a plan out: all of it, its good rows, or nothing; what it leaves behind; what it remembers."""

import hashlib
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.understanding.learnt import Learnt
from desktop.records import Member, Step, Team
from desktop.records.keeping import ImportRun, ImportSource, JournalRow
from desktop.services import entries as records
from desktop.services import importing, invented
from desktop.services.importing import keeping
from desktop.storage.database import Store
from tests.desktop.services.importing.rosters import HEADINGS, TODAY, member, outcomes, planned, said, table


def wrong(person: invented.Person) -> str:
    return person.id_number[:-1] + ("0" if person.id_number[-1] != "0" else "1")


def test_only_the_good_rows_go_in_when_that_is_chosen(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    good, bad = people.one(), people.one()
    file = table(tmp_path, HEADINGS, member(bad, 身份证号=wrong(bad)), member(good))
    counts = importing.carry_out(entries, planned(entries, file), only_good=True)
    assert (counts.new, counts.wrong) == (1, 1)
    assert entries.scalars(select(Member.name)).all() == [good.name]


def test_an_import_leaves_a_record_with_the_cells_as_they_stood(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    file = table(tmp_path, HEADINGS, member(person, 手机=int(person.mobile)))
    importing.carry_out(entries, planned(entries, file))
    (run,) = entries.scalars(select(ImportRun))
    assert run.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (run.file, run.ledger, run.counts["new"], run.undone_at) == ("名单.xlsx", "member", 1, None)
    ((sheet, row, cells),) = keeping.unpacked(run.raw)
    assert (sheet, row, cells["mobile"], cells["joined_on"]) == ("Sheet", 2, person.mobile, "2024.1.5")
    batches = entries.scalars(select(JournalRow.batch).where(JournalRow.ledger == "member")).all()
    assert batches == [run.batch]


@pytest.mark.parametrize("what", ["changed", "deleted", "recorded", "team"])
def test_what_changed_since_the_plan_refuses_it(
    entries: Session, people: invented.People, tmp_path: Path, what: str
) -> None:
    one, two = people.one(), people.one()
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, member(one))))
    kept = entries.scalars(select(Member)).one()
    plan = planned(entries, table(tmp_path, HEADINGS, member(one, 手机="19911111111"), member(two)))
    if what == "changed":
        records.save(entries, Member, {"mobile": "19922222222"}, entry=kept.id)
    elif what == "deleted":
        records.delete(entries, Member, kept.id)
    elif what == "recorded":
        answers = {"team_id": str(kept.team_id), "name": two.name, "id_number": two.id_number}
        records.save(entries, Member, answers)
    else:
        records.save(entries, Team, {"team_name": "改了名"}, entry=kept.team_id)
    before = entries.scalar(select(func.count(Member.id)))
    with pytest.raises(Refusal, match="读取文件以后"):
        importing.carry_out(entries, plan)
    assert entries.scalar(select(func.count(Member.id))) == before


def test_a_period_that_was_sent_meanwhile_refuses_the_plan(
    entries: Session, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = table(tmp_path, ["事项名称", "步骤", "时间"], ["修路", "提议", "2026-10-05 09:00"])
    plan = planned(entries, file, Step)
    request.getfixturevalue("october")
    with pytest.raises(Refusal, match="第 2 行：2026年10月已于"):
        importing.carry_out(entries, plan)
    assert entries.scalar(select(func.count(Step.id))) == 0


def test_a_cancelled_import_leaves_nothing(store: Store, people: invented.People, tmp_path: Path) -> None:
    file = table(tmp_path, ["队伍", "姓名", "身份证号"], ["新队", "张三", people.one().id_number])
    with store.read() as session:
        plan = importing.plan(session, Member, file, TODAY)

    def cancel(done: int, total: int) -> None:
        raise Refusal("已取消", "操作由您取消", "可以重新开始")

    with pytest.raises(Refusal, match="已取消"), store.work("导入") as (session, _):
        importing.carry_out(session, plan, progress=cancel)
    with store.read() as session:
        for one in (Member, Team, ImportRun, JournalRow):
            left = select(func.count()).select_from(one)
            assert session.scalar(left.where(JournalRow.ledger == "team") if one is JournalRow else left) == 0


def test_what_was_said_about_a_source_is_remembered_and_can_be_forgotten(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    file = table(
        tmp_path,
        ["队伍", "姓名", "身份证号", "号头"],
        ["东湖巡逻队", "张三", person.id_number, "19900000001"],
    )
    assert planned(entries, file).unknown == ["号头"]
    learnt = Learnt(columns={"号头": "mobile"})
    plan = planned(entries, file, learnt=learnt)
    assert plan.rows[0].values["mobile"] == "19900000001"
    importing.remember(entries, plan, learnt)
    assert planned(entries, file).rows[0].values["mobile"] == "19900000001"
    importing.remember(entries, plan, Learnt())
    assert entries.scalars(select(ImportSource)).all() == []
    assert planned(entries, file).unknown == ["号头"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(entries: Session, tmp_path: Path) -> None:
    file = table(tmp_path, ["队伍", "姓名"], ["东湖巡逻队", "张三"])
    with pytest.raises(Refusal, match=r"没有名为“名册”的工作表.*Sheet"):
        planned(entries, file, sheet="名册")


def test_rows_of_several_sheets_are_told_apart(entries: Session, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("乙")):
        sheet.append(["队伍", "姓名", "手机"])
        sheet.append(["东湖巡逻队", "张三", "19900000001"])
    book.save(tmp_path / "两张.xlsx")
    plan = planned(entries, tmp_path / "两张.xlsx")
    assert outcomes(plan) == ["new", "wrong"]
    assert "与“Sheet”第 2 行重复" in said(plan, 1)
    assert [row["sheet"] for row in plan.as_json()["rows"]] == ["Sheet", "乙"]


def test_the_clerks_own_file_comes_back_and_only_what_was_repaired_is_read_again(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    good, bad = people.one(), people.one()
    file = table(tmp_path, HEADINGS, member(good), member(bad, 身份证号=wrong(bad)))
    plan = planned(entries, file)
    importing.carry_out(entries, plan, only_good=True)
    back = tmp_path / "错误.xlsx"
    importing.write_errors(plan, file, back, imported=True)
    book = openpyxl.load_workbook(back)
    assert book.worksheets[0]["C3"].fill.fgColor.rgb == "FFFF8080"
    book.worksheets[0]["C3"] = bad.id_number
    book.save(back)
    again = planned(entries, back)
    assert [(row.row, row.outcome.value) for row in again.rows] == [(3, "new")]
    assert any("已导入" in note for note in again.notes)


def test_rows_of_an_earlier_import_stay_marked_when_the_file_comes_back_again(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    good, first, second = people.one(), people.one(), people.one()
    rows = [member(one, 身份证号=wrong(one)) for one in (first, second)]
    file, once, twice = (
        table(tmp_path, HEADINGS, member(good), *rows),
        tmp_path / "1.xlsx",
        tmp_path / "2.xlsx",
    )
    plan = planned(entries, file)
    importing.carry_out(entries, plan, only_good=True)
    importing.write_errors(plan, file, once, imported=True)
    book = openpyxl.load_workbook(once)
    book.worksheets[0]["C3"] = first.id_number
    book.save(once)
    plan = planned(entries, once)
    importing.carry_out(entries, plan, only_good=True)
    importing.write_errors(plan, once, twice, imported=True)
    assert [(row.row, row.outcome.value) for row in planned(entries, twice).rows] == [(4, "wrong")]


def test_the_errors_are_saved_as_a_workbook_only(tmp_path: Path) -> None:
    importing.refuse_errors(tmp_path / "名单.csv", tmp_path / "错误.xlsx")
    with pytest.raises(Refusal, match=r"改为 \.xlsx"):
        importing.refuse_errors(tmp_path / "名单.csv", tmp_path / "错误.csv")


def test_the_errors_never_cover_the_file_itself(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    file = table(tmp_path, HEADINGS, member(person, 身份证号=wrong(person)))
    with pytest.raises(Refusal, match="不能盖掉"):
        importing.write_errors(planned(entries, file), file, file, imported=False)


def test_a_map_is_read_leniently_and_a_bad_one_refused(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    good = {
        '{"columns": {"C": "手机"}, "header": 2}': Learnt({"C": "mobile"}, {}, 2),
        '{"负责人手机": "mobile", "序号": ""}': Learnt({"负责人手机": "mobile", "序号": ""}),
        '{"mobile": "D"}': Learnt({"D": "mobile"}),
        '\ufeff{"words": {"村（社区）": {"北元": "341302101201"}}}': Learnt(
            words={"village_code": {"北元": "341302101201"}}
        ),
    }
    for text, learnt in good.items():
        file.write_text(text, "utf-8")
        assert importing.read_map(file, Member) == learnt
    file.write_bytes('{"手机号码一": "手机"}'.encode("gb18030"))
    assert importing.read_map(file, Member) == Learnt({"手机号码一": "mobile"})
    for text in (
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"A": "血型"}',
        '{"header": 0}',
        '{"words": {"血型": {}}}',
        '{"A": 3}',
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(Refusal, match=r"未能读取“map\.json”"):
            importing.read_map(file, Member)
    with pytest.raises(Refusal):
        importing.read_map(tmp_path / "none.json", Member)
