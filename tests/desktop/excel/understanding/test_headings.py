"""A heading means one thing, or nothing: never what it only resembles."""

import pytest

from desktop.excel import template
from desktop.excel.layout import headings, load
from desktop.excel.reading.grid import Sheet, Span
from desktop.excel.understanding.headings import proposals, signature
from desktop.excel.understanding.targets import targets
from desktop.records import LEDGERS, Agreement, Ledger, Matter, Member, Step, Team
from tests.desktop.excel.understanding.books import answered, one, sheet, understood


def meant(ledger: type[Ledger], heading: str, above: str = "") -> str | None:
    found = proposals(heading, above, ledger)
    return found.name if found else None


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_every_column_of_its_own_blank_workbook_is_known(ledger: type[Ledger]) -> None:
    asked = [field for field, _ in template.columns(ledger)]
    table = one(ledger, sheet([template.heading(field) for field in asked], ["某"] * len(asked)))
    wanted = ["team_name" if ledger is Member and field.name == "team_id" else field.name for field in asked]
    assert [column.target.name if column.target else None for column in table.columns] == wanted


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("code", "ledger", "aside"),
    [
        ("annex2", Member, ["序号", "县区"]),
        ("annex5", Matter, ["序号", "状态"]),
        ("annex6", Agreement, ["序号", "状态"]),
    ],
)
def test_every_column_of_a_default_layout_is_known(
    code: str, ledger: type[Ledger], aside: list[str], merged: bool
) -> None:
    layout = load(code)
    rows: dict[int, list[str | None]] = {}
    merges = []
    for span in headings(layout.columns, layout.depth - 1):
        rows.setdefault(4 + span.top, [None] * len(layout.leaves))[span.left] = span.label
        if (span.top, span.left) != (span.bottom, span.right):
            merges.append(Span(4 + span.top, span.left + 1, 4 + span.bottom, span.right + 1))
    table = one(ledger, Sheet(layout.title, rows, merges if merged else (), merges_known=merged))
    assert table.unknown == []
    assert [column.heading for column in table.columns if column.target is None] == aside
    assert table.bottom == 3 + layout.depth


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_a_target_is_named_once_and_found_by_its_name(ledger: type[Ledger]) -> None:
    names = [target.name for target in targets(ledger)]
    assert len(set(names)) == len(names)
    assert [meant(ledger, name) for name in names] == names


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "*身份证号码*",
        "身 份 证 号",
        "身份证\n号码",
        "身份证号码（必填）",
        "身份证号(18位)",
        "身份证号：",
        "【必填】身份证号",
        "公民身份号码",
        "队员身份证号",
        "4.身份证号",
        "ID_NUMBER",
        "本人身份证号码",
        "身份证号码情况",
    ],
)
def test_a_heading_is_known_under_its_decorations(heading: str) -> None:
    assert meant(Member, heading) == "id_number"


@pytest.mark.parametrize(
    "heading", ["身份证地址", "银行卡号", "监护人姓名", "（必填）", "***", "姓名拼音", "血型", "联系人姓名"]
)
def test_a_heading_that_only_resembles_one_is_not_guessed(heading: str) -> None:
    assert meant(Member, heading) is None


@pytest.mark.parametrize(
    ("above", "heading", "name"),
    [
        ("审议", "应到", "step3.n_due"),
        ("（三）党员大会或党员议事会审议", "实到人数", "step3.n_present"),
        ("第四步 村民代表会议决议", "会议形式", "step4.form"),
        ("村“两委”会商议", "时间", "step2.held_at"),
        ("党支部提议", "地点", "step1.place"),
        ("审议", "审议时间", "step3.held_at"),
        ("审议", "类别", None),
        ("审议", "备注", "step3.remark"),
        ("决议公开", "公开方式", "step5.channels"),
        ("公开（二）", "监督意见", "step6.supervision_opinion"),
        ("决议公开起止", "止", "step5.open_to"),
        ("", "提议时间", "step1.held_at"),
        ("", "审议应到人数", "step3.n_due"),
        ("", "决议同意票数", "step4.n_yes"),
        ("", "决议形式", "step4.form"),
        ("", "结果公开时间", "step6.open_from"),
        ("", "监督意见", "step6.supervision_opinion"),
        ("", "公示时间", "step5.open_from"),
        ("", "党员大会时间", "step3.held_at"),
        ("", "会议时间", None),
        ("", "应到", None),
        ("基本情况", "事项名称", "title"),
    ],
)
def test_a_column_of_a_register_belongs_to_its_step(above: str, heading: str, name: str | None) -> None:
    assert meant(Matter, heading, above) == name


@pytest.mark.parametrize(
    ("heading", "above", "name"),
    [
        ("项目名称", "", "item.title"),
        ("名称", "项目清单", "item3.title"),
        ("类别", "三张清单", "item.list_kind"),
        ("活动日期", "", "activity.date"),
        ("时间", "共建活动", "activity.date"),
        ("期限", "", "valid_from"),
        ("单位名称", "", "party_b_name"),
        ("联系电话", "", "liaison_phone"),
        ("负责人", "乙方", "b_leader"),
    ],
)
def test_a_column_of_an_agreement_belongs_to_its_part(heading: str, above: str, name: str) -> None:
    assert meant(Agreement, heading, above) == name


def test_the_better_claim_wins_and_the_other_column_takes_its_next() -> None:
    both = one(Member, sheet(["姓名", "联系电话", "联系手机"], ["张三", "0557-3020000", "13812345678"]))
    assert answered(both) == {"姓名": "name", "联系电话": "phone", "联系手机": "mobile"}
    assert meant(Member, "联系电话") == "mobile"


def test_of_two_columns_with_one_meaning_the_second_is_unknown() -> None:
    table = one(Member, sheet(["姓名", "性别", "姓名"], ["张三", "男", "李四"]))
    assert table.unknown == ["姓名"]
    assert table.column_of("name") == 1


def test_a_short_word_behind_a_step_belongs_to_it() -> None:
    table = one(Matter, sheet(["事项名称", "代表应到", "代表实到", "赞成"], ["修路", 50, 40, 39]))
    assert answered(table)["赞成"] == "step4.n_yes"


def test_numbers_and_worked_out_columns_are_aside_and_not_unknown() -> None:
    table = one(
        Member,
        sheet(["序号", "县区", "姓名", "年龄", "性别", "血型", "错误说明"], [1, None, "张三", 30, "男"]),
    )
    assert table.unknown == ["血型"]
    assert [column.heading for column in table.columns if column.aside] == [
        "序号",
        "县区",
        "年龄",
        "错误说明",
    ]


def test_the_member_ledger_names_its_team_and_no_link() -> None:
    names = {target.name: target.ledger for target in targets(Member)}
    assert names["team_name"] == names["team_type"] == "team"
    assert "team_id" not in names
    assert {"matter_id"} <= {target.name for target in targets(Step)}
    assert "leader_name" in {target.name for target in targets(Team)}


def test_the_signature_holds_for_the_headings_and_not_for_the_rows() -> None:
    head, other = ["姓名", "性 别"], ["姓名", "性别", "电话"]
    first = signature(understood(Member, sheet(head, ["张三", "男"])))
    assert first == signature(understood(Member, sheet(["花名册"], ["姓名*", "性别"], ["李四", "女"])))
    assert first == signature(
        understood(Member, sheet(head, ["张三", "男"]), sheet(head, ["李", "女"], title="二"))
    )
    assert first != signature(understood(Member, sheet(other, ["张三", "男", "1"])))


def test_the_signature_of_our_own_error_workbook_is_that_of_the_file_it_was_made_from() -> None:
    head = ["姓名", "性别"]
    ours = signature(understood(Member, sheet([*head, "错误说明"], ["张三", "男", "“姓名”填写为“张三”"])))
    assert ours == signature(understood(Member, sheet(head, ["张三", "男"])))
