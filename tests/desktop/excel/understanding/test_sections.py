"""Lines of words say to which village and team the rows below them belong."""

from typing import Any

import pytest

from desktop.excel.understanding.sections import place_in, team_in
from desktop.records import Agreement, Member, Team, Village
from tests.desktop.excel.understanding.books import is_place, lines, one, sheet, understood

HEAD = ["序号", "队伍名称", "姓名", "性别"]


def places(section: str, *, wide: bool = False, column: int = 0) -> list[tuple[object, ...]]:
    rows: list[list[Any]] = [
        [None] * column + [section],
        [1, "一队", "张三", "男"],
        [2, "一队", "李四", "女"],
    ]
    found = one(Member, sheet(HEAD, *rows, merges=["A2:D2"] if wide else []))
    return lines(found, "village_code")


@pytest.mark.parametrize(
    ("section", "village"),
    [
        ("北元村", "北元村"),
        ("一、北元村委会", "北元村委会"),
        ("北元村（12人）", "北元村"),
        ("北元村 共12人", "北元村"),
        ("村（社区）：北元村", "北元村"),
        ("村名：北元村", "北元村"),
        ("北元村：", "北元村"),
        ("【北元】", "北元"),
        ("（一）符离镇北元村", "符离镇北元村"),
        ("符离镇北元村群防群治队伍花名册", "符离镇北元村"),
    ],
)
@pytest.mark.parametrize("wide", [True, False])
def test_a_row_that_names_a_village_counts_for_the_rows_below(section: str, village: str, wide: bool) -> None:
    assert places(section, wide=wide) == [(3, village), (4, village)]


def test_a_village_that_nobody_knows_is_not_taken_for_the_one_before() -> None:
    rows: list[list[Any]] = [["北元村"], [1, "一队", "张三", "男"], ["西山村"], [2, "一队", "李四", "女"]]
    assert lines(one(Member, sheet(HEAD, *rows)), "village_code") == [(3, "北元村"), (5, "西山村")]


def test_a_town_is_no_village() -> None:
    assert places("符离镇") == [(3, None), (4, None)]


def test_a_row_keeps_its_own_village() -> None:
    head = ["村", "队伍名称", "姓名", "性别"]
    found = one(
        Member,
        sheet(head, ["北元村"], [None, "一队", "张三", "男"], ["东湖村", "一队", "李四", "女"]),
    )
    assert lines(found, "village_code") == [(3, "北元村"), (4, "东湖村")]
    assert found.lines[0].borrowed == {"village_code": "第 2 行“北元村”"}
    assert found.lines[1].borrowed == {}


@pytest.mark.parametrize(
    ("section", "team"),
    [
        ("队伍名称：北元村巡逻队", "北元村巡逻队"),
        ("（一）北元村义务巡逻队", "北元村义务巡逻队"),
        ("北元村平安志愿者队（5人）", "北元村平安志愿者队"),
    ],
)
def test_a_row_that_names_a_team_counts_for_the_members_below(section: str, team: str) -> None:
    found = one(Member, sheet(["序号", "姓名", "性别"], [section], [1, "张三", "男"]))
    assert lines(found, "team_name", "village_code") == [(3, team, "北元村")]


def test_a_team_of_one_village_is_not_the_team_of_the_next() -> None:
    found = one(
        Member,
        sheet(
            ["序号", "姓名", "性别"],
            ["北元村"],
            ["（一）巡逻队"],
            [1, "张三", "男"],
            ["东湖村"],
            [2, "李四", "女"],
        ),
    )
    assert lines(found, "village_code", "team_name") == [(4, "北元村", "巡逻队"), (6, "东湖村", None)]


@pytest.mark.parametrize(
    "above",
    [
        [["符离镇北元村群防群治队伍花名册"]],
        [["花名册"], ["填报单位：北元村", None, "单位：人"]],
        [["花名册"], ["填报单位（盖章）：", "北元村", "填报时间："]],
        [["群防群治队伍花名册（北元村）"]],
        [["附件2"], ["北元村村民委员会花名册（2026年11月）"]],
    ],
)
def test_a_line_above_the_headings_names_the_village(above: list[list[Any]]) -> None:
    found = one(Member, sheet(*above, HEAD, [1, "一队", "张三", "男"]))
    (line,) = found.lines
    assert is_place(str(line.cells["village_code"]))
    assert line.borrowed["village_code"].startswith("第 ")


def test_a_line_above_the_headings_names_the_team() -> None:
    head = ["序号", "姓名", "性别"]
    told = one(Member, sheet(["队伍名称：", "北元村巡逻队"], head, [1, "张三", "男"]))
    assert lines(told, "team_name") == [(3, "北元村巡逻队")]
    titled = one(Member, sheet(["北元村义务巡逻队花名册"], head, [1, "张三", "男"]))
    assert lines(titled, "team_name") == [(3, "北元村义务巡逻队")]
    common = one(Member, sheet(["北元村群防群治队伍花名册"], head, [1, "张三", "男"]))
    assert lines(common, "team_name") == [(3, None)]


def test_the_title_of_a_sheet_names_the_village_when_no_column_does() -> None:
    head = ["单位名称", "签订日期"]
    pages = [sheet(head, ["练习小学", "2026-01-05"], title=title) for title in ("东湖社区", "汇总")]
    found = understood(Agreement, *pages)
    assert [lines(table, "party_a_code") for table in found] == [[(2, "东湖社区")], [(2, None)]]
    assert found[0].lines[0].borrowed == {"party_a_code": "本表名称“东湖社区”"}
    column = one(Member, sheet(["村", *HEAD], ["东湖村", 1, "一队", "张三", "男"], title="北元村"))
    assert lines(column, "village_code") == [(2, "东湖村")]


def test_a_village_alone_in_its_own_ledger_is_an_entry() -> None:
    found = one(Village, sheet(["村", "常住人口"], ["北元村", None], ["东湖村", 2000]))
    assert lines(found, "village_code") == [(2, "北元村"), (3, "东湖村")]


def test_a_total_of_a_village_is_no_section() -> None:
    rows: list[list[Any]] = [["北元村"], [1, "一队", "张三", "男"], ["北元村小计"], [2, "一队", "李四", "女"]]
    assert lines(one(Member, sheet(HEAD, *rows)), "village_code") == [(3, "北元村"), (5, "北元村")]


def test_two_villages_in_one_title_name_none() -> None:
    assert place_in("北元村、东湖村联合巡逻队", is_place) is None
    assert place_in("符离镇北元村花名册（北元村）", is_place) == "符离镇北元村"
    assert place_in("东湖社区", is_place) == "东湖社区"
    assert place_in("村级重大事项台账", is_place) is None


def test_what_every_township_has_is_not_the_name_of_a_team() -> None:
    assert team_in("群防群治队伍") is None
    assert team_in("北元村平安志愿者队伍花名册", titled=True) is None
    assert team_in("平安巡逻队") == "平安巡逻队"


def test_a_team_register_takes_its_villages_from_sections() -> None:
    found = one(
        Team, sheet(["队伍名称", "负责人"], ["北元村"], ["巡逻队", "张三"], ["东湖村"], ["义务队", "李四"])
    )
    assert lines(found, "team_name", "village_code") == [(3, "巡逻队", "北元村"), (5, "义务队", "东湖村")]
