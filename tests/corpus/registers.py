"""Believable registers of 四议两公开: six steps in a row, or a step a row."""

import datetime as dt
from typing import Any

from tests.corpus.case import Key, Made, Row, believable, saved, sheets, workbook
from tests.corpus.unit import FUBEI, HENGKOU, MATTER, SHENWEI, ZHANGLOU

FIRST = ["序号", "村", "事项名称", "事由", "提议时间", "商议时间", "审议", None, None, None]
FIRST += ["决议", None, None, None, None, "决议公开起止", None, "结果公开起止", None, "监督意见", "状态"]
SECOND = [*[None] * 6, "审议时间", "应到", "实到", "同意", "决议时间", "形式", "应到", "实到", "同意"]
SECOND += ["起", "止", "起", "止", None, None]
SPANS = [
    "A{0}:A{1}",
    "B{0}:B{1}",
    "C{0}:C{1}",
    "D{0}:D{1}",
    "E{0}:E{1}",
    "F{0}:F{1}",
    "G{0}:J{0}",
    "K{0}:O{0}",
]
SPANS += ["P{0}:Q{0}", "R{0}:S{0}", "T{0}:T{1}", "U{0}:U{1}"]

WHOLE = {
    "step1.held_at": "2026-10-05",
    "step2.held_at": "2026-10-09",
    "step3.held_at": "2026-10-14",
    "step3.n_due": 40,
    "step3.n_present": 35,
    "step3.n_yes": 34,
    "step4.held_at": "2026-10-20",
    "step4.form": "41",
    "step4.n_due": 45,
    "step4.n_present": 40,
    "step4.n_yes": 39,
    "step5.open_from": "2026-10-21",
    "step5.open_to": "2026-10-27",
}


def line(number: int, village: str, title: str) -> list[Any]:
    """A row of 附件5 whose steps are those of ``WHOLE``."""
    days = ["2026-10-05", "2026.10.9", "2026年10月14日", "2026/10/20", "20261021", "2026-10-27"]
    row = [number, village, title, "党员群众建议", days[0], days[1], days[2], 40, 35, 34]
    return [*row, days[3], "村民代表会议", 45, 40, 39, days[4], days[5], None, None, "同意公开", "进行中"]


@believable("附件5.xlsx", "附件5村级重大事项台账：一行一件事，六步都在列里，两级表头", ledger="matter")
def annex_five() -> Made:
    rows: list[list[Any]] = [["附件5"], ["村级重大事项台账（2026年11月）"], ["填报单位（盖章）：符离镇"]]
    rows += [FIRST, SECOND, line(1, "沈圩村", "沈圩小广场建设"), line(2, "横口村", "横口村集体土地流转")]
    rows[6][17:19] = [dt.date(2026, 11, 2), dt.date(2026, 11, 8)]
    merges = ["A2:U2", *(span.format(4, 5) for span in SPANS)]
    last = {"step6.open_from": "2026-11-02", "step6.open_to": "2026-11-08"}
    expected: dict[Key, Row] = {
        6: Row("new", {"village_code": SHENWEI, "title": "沈圩小广场建设", "source": "01"} | WHOLE),
        7: Row("new", {"village_code": HENGKOU, "title": "横口村集体土地流转"} | WHOLE | last),
    }
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable(
    "起止写在一格.xlsx", "决议公开起止是一列，写成 2026-11-01至2026-11-07、11月1日-11月7日等", ledger="matter"
)
def spans_in_a_cell() -> Made:
    head = ["村名", "事项名称", "动议事由", "事项类别", "提议时间", "商议时间", "审议时间", "决议时间"]
    head += ["决议公开起止", "结果公开起止"]
    spans = [
        "2026-11-01至2026-11-07",
        "2026.11.1—2026.11.7",
        "2026年11月1日至2026年11月7日",
        "2026/11/1-2026/11/7",
    ]
    days = ["2026-10-05", "2026-10-09", "2026-10-14", "2026-10-20"]
    rows: list[list[Any]] = [
        ["沈圩村", f"修路{at}", "村干部提议", "公益事业", *days, span, None] for at, span in enumerate(spans)
    ]
    rows[0][-1] = "2026-11-10至2026-11-16"
    opened = {
        "step5.open_from": "2026-11-01",
        "step5.open_to": "2026-11-07",
        "source": "02",
        "matter_type": "07",
    }
    expected: dict[Key, Row] = {at: Row("new", opened) for at in range(2, 6)}
    last = {"step6.open_from": "2026-11-10", "step6.open_to": "2026-11-16"}
    expected[2] = Row("new", opened | last)
    return Made(saved(workbook([head, *rows])), expected)


@believable(
    "四议两公开松散台账.xlsx",
    "村里自己画的台账：各步时间写全称，党员大会、代表会议各有应到实到",
    ledger="matter",
)
def loose_register() -> Made:
    head = ["序号", "村（社区）", "决策事项", "涉及金额（万元）", "党支部提议时间", "两委会商议时间"]
    head += [
        "党员大会审议时间",
        "党员应到",
        "党员实到",
        "村民代表会议决议时间",
        "代表应到",
        "代表实到",
    ]
    row = [1, "符北村委会", "机井维修", "12.5", "2026.10.5", "2026.10.9", "2026.10.14", 40, 35]
    rows: list[list[Any]] = [["符北村“四议两公开”工作台账"], head, [*row, "2026.10.20", 45, 40]]
    wanted = {name: value for name, value in WHOLE.items() if name[:5] in ("step1", "step2", "step4")}
    del wanted["step4.form"], wanted["step4.n_yes"]
    wanted |= {"step3.held_at": "2026-10-14", "step3.n_due": 40, "step3.n_present": 35, "amount_wan": "12.50"}
    expected: dict[Key, Row] = {3: Row("new", {"village_code": FUBEI, "title": "机井维修"} | wanted)}
    return Made(saved(workbook(rows)), expected)


@believable(
    "台账按步分组.xlsx",
    "两级表头按六步分组：第三步（党员大会审议）下面有时间、地点、应到、实到、同意",
    ledger="matter",
)
def grouped_by_step() -> Made:
    first = ["村", "事项名称", "第一步 党支部提议", None, None, "第三步 党员大会审议", None, None, None, None]
    first += ["第四步 村民代表会议决议", None, None, None]
    second = [None, None, "时间", "地点", "实到", "时间", "地点", "应到", "实到", "同意"]
    second += ["时间", "应到", "实到", "同意"]
    row = ["张楼村", "路灯安装", "2026-10-05", "村部", 5, "2026-10-14", "会议室", 40, 35, 34]
    rows: list[list[Any]] = [first, second, [*row, "2026-10-20 09:00", 45, 40, 39]]
    merges = ["A1:A2", "B1:B2", "C1:E1", "F1:J1", "K1:N1"]
    wanted = {name: value for name, value in WHOLE.items() if name[:5] in ("step3", "step4")}
    del wanted["step4.form"]
    wanted |= {"step1.place": "村部", "step1.n_present": 5, "step3.place": "会议室"}
    wanted["step4.held_at"] = "2026-10-20T09:00:00"
    expected: dict[Key, Row] = {3: Row("new", {"village_code": ZHANGLOU, "title": "路灯安装"} | wanted)}
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable("台账一村一表.xlsx", "附件5样的台账每村一张表，没有村这一列", ledger="matter")
def register_by_sheet() -> Made:
    head = ["事项名称", "事由", "提议时间", "商议时间"]
    pages: dict[str, Any] = {
        "沈圩村": [["沈圩村台账"], head, ["沈圩村委会翻修", "村干部提议", "2026-10-05", "2026-10-09"]],
        "横口村": [["横口村台账"], head, ["横口泵站", "上级安排", "2026-10-05", "2026-10-09"]],
    }
    steps = {"step1.held_at": "2026-10-05", "step2.held_at": "2026-10-09"}
    expected: dict[Key, Row] = {
        ("沈圩村", 3): Row("new", {"village_code": SHENWEI, "source": "02"} | steps),
        ("横口村", 3): Row("new", {"village_code": HENGKOU, "source": "03"} | steps),
    }
    return Made(saved(sheets(pages)), expected)


@believable("台账有错.xlsx", "审议应到写成“四十人”，决议公开止早写成不存在的日期：指到格子", ledger="matter")
def wrong_register() -> Made:
    rows: list[list[Any]] = [["附件5"], FIRST, SECOND]
    rows += [line(at, "沈圩村", title) for at, title in enumerate(("甲事", "乙事", "丙事"), 1)]
    rows[3][7] = "很多人"
    rows[4][16] = "2026-11-31"
    merges = [span.format(2, 3) for span in SPANS]
    expected: dict[Key, Row] = {
        4: Row("wrong", {"title": "甲事"}, {"H4": "很多"}),
        5: Row("wrong", {"title": "乙事"}, {"Q5": "2026-11-31|11 ?月 ?31"}),
        6: Row("new", {"title": "丙事"} | WHOLE),
    }
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable("补录一步.xlsx", "记录中已有的事项，台账里多了提议时间：这一行是有变化", ledger="matter")
def more_steps() -> Made:
    rows: list[list[Any]] = [
        ["村", "事项名称", "提议时间", "商议时间"],
        ["沈圩村", MATTER, "2026-10-05", None],
    ]
    rows += [["沈圩村", "另一件事", None, None]]
    expected: dict[Key, Row] = {
        2: Row("changed", {"step1.held_at": "2026-10-05", "step2.held_at": None}),
        3: Row("new", {"title": "另一件事", "step1.held_at": None}),
    }
    return Made(saved(workbook(rows)), expected)


@believable("六步清单.xlsx", "一行一步：事项名称纵向合并，步骤写“党支部提议”“决议公开”等", ledger="step")
def steps() -> Made:
    head = [
        "村",
        "事项名称",
        "步骤",
        "会议时间",
        "地点",
        "应到人数",
        "实到人数",
        "同意",
        "公开日期起",
        "公开日期止",
    ]
    rows: list[list[Any]] = [["六步登记"], head]
    rows += [["沈圩村", MATTER, "党支部提议", "2026-10-05 09:30", "村部", 5, 5, 5]]
    rows += [[None, None, "“两委”会商议", "2026.10.9", "村部", 7, 6, 6]]
    rows += [[None, None, "党员大会审议", "2026年10月14日", "会议室", 40, 35, 34]]
    rows += [[None, None, "决议公开", *[None] * 5, "2026-10-21", "2026-10-27"]]
    expected: dict[Key, Row] = {
        3: Row("new", {"step_no": "1", "held_at": "2026-10-05T09:30:00", "n_due": 5}),
        4: Row("new", {"step_no": "2", "held_at": "2026-10-09", "n_present": 6}),
        5: Row("new", {"step_no": "3", "held_at": "2026-10-14", "n_yes": 34}),
        6: Row("new", {"step_no": "5", "open_from": "2026-10-21", "open_to": "2026-10-27"}),
    }
    return Made(saved(workbook(rows, merges=["A3:A6", "B3:B6"])), expected)


@believable("六步没有的事项.xlsx", "步骤清单里的事项在记录中没有：指出来，先录事项", ledger="step")
def steps_of_nothing() -> Made:
    rows: list[list[Any]] = [
        ["事项名称", "步骤", "会议时间"],
        ["没有的事", "提议", "2026-10-05"],
        [MATTER, "提议", "2026-10-05"],
    ]
    expected: dict[Key, Row] = {
        2: Row("wrong", {}, {"A2": "没有的事"}),
        3: Row("new", {"step_no": "1", "held_at": "2026-10-05"}),
    }
    return Made(saved(workbook(rows)), expected)


@believable("金额是元.xlsx", "金额一列写明单位是元：折成万元，或说明没有用到，不能当成万元", ledger="matter")
def amounts_in_yuan() -> Made:
    rows: list[list[Any]] = [["村", "事项名称", "涉及金额（元）"], ["沈圩村", "买水泵", 125000]]
    return Made(
        saved(workbook(rows)), {2: Row("new|wrong", {"title": "买水泵", "amount_wan": ("12.50", None)})}
    )


@believable("会议时间写法.xlsx", "会议时间带上午下午、时分、真日期时间", ledger="step")
def meeting_times() -> Made:
    rows: list[list[Any]] = [["事项名称", "步骤", "召开时间"]]
    times: list[Any] = ["2026年10月5日上午9:30", "2026.10.9 下午3时30分", dt.datetime(2026, 10, 14, 15, 0)]
    rows += [[MATTER, step, time] for step, time in zip(("提议", "商议", "审议"), times, strict=True)]
    wanted = ("2026-10-05T09:30:00", "2026-10-09T15:30:00", "2026-10-14T15:00:00")
    expected: dict[Key, Row] = {
        at: Row("new", {"step_no": str(at - 1), "held_at": time}) for at, time in enumerate(wanted, 2)
    }
    return Made(saved(workbook(rows)), expected)
