"""Which sheets of a workbook hold the entries, and what the clerk said about them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.reading.grid import Number, Sheet, Span
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.targets import targets
from desktop.records import LEDGERS, Ledger, Matter, Member
from tests.desktop.excel.understanding.books import answered, lines, one, sheet, understood

HEAD = ["姓名", "性别", "身份证号", "联系电话"]
ZHANG = ["张三", "男", "341399199001010012", "13812345678"]


def titles(*sheets: object, only: str | None = None) -> list[str]:
    return [table.sheet for table in understood(Member, *sheets, only=only)]  # type: ignore[arg-type]


def test_every_sheet_with_such_headings_is_read_in_its_order() -> None:
    summary = sheet(["村", "队伍数", "人数"], ["北元村", 1, 12], title="汇总")
    cover = sheet(["符离镇2026年材料"], title="封面")
    pages = [sheet(HEAD, ZHANG, title=title) for title in ("北元村", "东湖村")]
    assert titles(cover, pages[0], summary, pages[1]) == ["北元村", "东湖村"]


@pytest.mark.parametrize("title", ["示例", "样表", "填写说明", "填表说明（必读）", "模板说明", "样例"])
def test_examples_are_left_out_when_another_sheet_matches(title: str) -> None:
    example = sheet(HEAD, ZHANG, title=title)
    assert titles(example, sheet(HEAD, ZHANG, title="名册")) == ["名册"]
    assert titles(example) == [title]


def test_hidden_sheets_are_read_only_when_no_other_matches() -> None:
    hidden = sheet(HEAD, ZHANG, title="旧", hidden=True)
    assert titles(hidden, sheet(HEAD, ZHANG, title="新")) == ["新"]
    assert titles(hidden, sheet(["封面"], title="封面")) == ["旧"]


def test_one_sheet_can_be_picked_by_its_title() -> None:
    pages = [sheet(HEAD, ZHANG, title="一", hidden=True), sheet(HEAD, ZHANG, title="二")]
    assert titles(*pages, only="一") == ["一"]
    assert titles(*pages, only="三") == []


def test_columns_are_answered_as_the_clerk_said() -> None:
    learnt = Learnt({"绰号": "name", "B": "mobile", "性别": "", "证件": "身份证号"})
    found = one(
        Member,
        sheet(["绰号", "号码", "性别", "证件", "血型"], ["张三", "138", "男", "3413", "A"]),
        learnt=learnt,
    )
    assert answered(found) == {"绰号": "name", "号码": "mobile", "证件": "id_number"}
    assert found.unknown == ["血型"]


def test_a_clerks_word_is_understood_by_the_last_line_of_a_heading() -> None:
    page = sheet(
        ["事项名称", "其他", None], [None, "到场", "票"], ["修路", 30, 25], merges=["A1:A2", "B1:C1"]
    )
    found = one(Matter, page, learnt=Learnt({"到场": "step4.n_present", "其他／票": "step4.n_yes"}, header=2))
    assert lines(found, "step4.n_present", "step4.n_yes") == [(3, "30", "25")]


def test_the_clerk_points_at_the_headings() -> None:
    page = sheet(HEAD, ["例", "男", "0", "0"], ["甲", "乙", "丙", "丁"], ZHANG)
    found = one(Member, page, learnt=Learnt({"A": "name", "B": "gender"}, header=3))
    assert (found.bottom, [line.row for line in found.lines]) == (3, [4])
    assert understood(Member, page, learnt=Learnt(header=90)) == []


def test_a_column_without_a_heading_is_answered_by_its_letter() -> None:
    found = one(
        Member, sheet(["姓名", "性别", None], ["张三", "男", "13812345678"]), learnt=Learnt({"C": "mobile"})
    )
    assert lines(found, "mobile") == [(2, "13812345678")]


DECORATIONS = st.sampled_from(
    ["{}", "*{}", "{}*", "{}（必填）", " {} ", "{}：", "{}\n", "＊{}", "【选填】{}", "{}(示例)"]
)
PLAIN = [(ledger, target) for ledger in LEDGERS.values() for target in targets(ledger) if not target.above]


@given(data=st.data(), ledger=st.sampled_from(list(LEDGERS.values())))
def test_decorated_headings_are_found_and_their_cells_survive(
    data: st.DataObject, ledger: type[Ledger]
) -> None:
    naming = "team_name" if ledger.naming == "team_id" else ledger.naming
    asked = [
        target for target in targets(ledger) if not target.above and target.ledger == ledger.__tablename__
    ]
    others = data.draw(st.permutations([one for one in asked if one.name != naming]))
    chosen = [next(one for one in asked if one.name == naming), *others[: data.draw(st.integers(2, 6))]]
    above = [[f"第{at}行说明文字"] for at in range(data.draw(st.integers(0, 6)))]
    head = [data.draw(DECORATIONS).format(target.label) for target in chosen]
    row = [f"值{at}" for at in range(len(chosen))]
    found = one(ledger, sheet(*above, head, row))
    assert [column.target for column in found.columns] == chosen
    assert [dict(line.cells) for line in found.lines] == [
        {target.name: cell for target, cell in zip(chosen, row, strict=True)}
    ]


def test_numbers_stay_as_the_file_has_them() -> None:
    number = Number("341399199001010012")
    found = one(Member, sheet(["姓名", "身份证号", "性别"], ["张三", number, "男"]))
    assert found.lines[0].cells["id_number"] == number


WORDS = (
    *("姓名", "性别", "队伍名称", "村", "审议", "应到", "序号", "错误说明"),
    *("合计", "北元村", "注：", "张三", "填报人：", "同上", "已导入"),
)
NUMBERS = st.integers(0, 99999).map(lambda one: Number(str(one)))
ANYTHING = st.one_of(st.none(), st.sampled_from(WORDS), st.text(max_size=12), NUMBERS)
SPANS = st.builds(
    lambda top, left, tall, wide: Span(top, left, top + tall, left + wide),
    *(st.integers(1, 12), st.integers(1, 7), st.integers(0, 4), st.integers(0, 5)),
)


@given(
    rows=st.dictionaries(st.integers(1, 14), st.lists(ANYTHING, max_size=7), max_size=14),
    merges=st.lists(SPANS, max_size=5),
    known=st.booleans(),
    header=st.none() | st.integers(1, 20),
    ledger=st.sampled_from(list(LEDGERS.values())),
)
def test_any_sheet_is_understood_or_not_and_rows_stay_in_order(
    rows: dict[int, list[Any]], merges: list[Span], known: bool, header: int | None, ledger: type[Ledger]
) -> None:
    page = Sheet("任意", dict(sorted(rows.items())), merges, merges_known=known)
    names = {target.name for target in targets(ledger)}
    last = 0
    for table in understood(ledger, page, learnt=Learnt(header=header)):
        assert last < table.top <= table.bottom
        for line in table.lines:
            last = max(last, table.bottom)
            assert last < line.row
            assert line.row in rows
            assert line.cells.keys() <= names
            assert line.borrowed.keys() <= line.cells.keys()
            last = line.row
