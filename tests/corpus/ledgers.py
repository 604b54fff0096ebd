"""Believable registers of the other ledgers: 四议两公开, 共建协议 and its lists, 村情, 队伍, 区域."""

from typing import Any

from tests.corpus.case import Key, Made, Row, believable, saved, workbook
from tests.corpus.unit import HENGKOU, MATTER, PARTNER, SHENWEI, ZHANGLOU, ZHENNAN, ZHENXING

STEPS = [
    *("时间", "地点", "参会人数") * 2,
    *("时间", "应到", "实到", "同意") * 2,
    *("开始时间", "结束时间") * 2,
]


@believable(
    "台账时间地点人数.xlsx",
    "两级表头：第一步党支部提议下面是时间、地点、参会人数；金额单位是元，人数写“33人”",
    ledger="matter",
)
def places_and_heads() -> Made:
    first: list[Any] = [
        "序号",
        "村名",
        "事项名称",
        "动议事由",
        "事项类别",
        "金额（元）",
        "第一步 党支部提议",
        None,
        None,
    ]
    first += ["第二步 两委会商议", None, None, "第三步 党员大会审议", None, None, None]
    first += [
        "第四步 村民代表会议决议",
        None,
        None,
        None,
        "第五步 决议公开",
        None,
        "第六步 实施结果公开",
        None,
    ]
    line: list[Any] = [1, "沈圩村", "村内道路维修", "村干部提议", "公益事业", 125000]
    line += ["2026.3.1", "村部", "5人", "2026.3.3", "村部", "9"]
    line += ["2026年3月8日", "33人", 22, 17, "2026.3.10", "45", "30", "16票"]
    line += ["2026.3.11", "2026.3.18", "2026.9.1", "2026.9.8"]
    rows: list[list[Any]] = [
        ["符离镇“四议两公开”工作台账"],
        ["填报单位：符离镇", None, "填报时间：2026.11.20"],
    ]
    rows += [first, [None] * 6 + STEPS, line, ["合计", None, "1件", None, None, 125000]]
    merges = ["A1:X1", *(f"{one}3:{one}4" for one in "ABCDEF")]
    merges += ["G3:I3", "J3:L3", "M3:P3", "Q3:T3", "U3:V3", "W3:X3"]
    values: dict[str, Any] = {
        "village_code": SHENWEI,
        "title": "村内道路维修",
        "source": "02",
        "amount_wan": "12.50",
    }
    values |= {"step1.held_at": "2026-03-01", "step1.place": "村部", "step1.n_present": 5}
    values |= {"step3.n_due": 33, "step3.n_present": 22, "step3.n_yes": 17, "step4.n_yes": 16}
    values |= {"step5.open_from": "2026-03-11", "step5.open_to": "2026-03-18", "step6.open_to": "2026-09-08"}
    return Made(saved(workbook(rows, merges=merges)), {5: Row("new", values)})


@believable(
    "台账办理状态.xlsx", "决策内容、支部会提议时间、公示起止写在一格，办理状态写已完成、中止", ledger="matter"
)
def with_course() -> Made:
    head = ["村", "决策内容", "支部会提议时间", "两委会商议时间", "党员大会审议时间", "代表到会情况"]
    head += ["村民代表会决议时间", "公示时间", "办理状态"]
    rows: list[list[Any]] = [head]
    rows += [
        [
            "沈圩",
            "修桥",
            "2026.1.5",
            "2026.1.6",
            "2026.1.10",
            "40/45",
            "2026.1.12",
            "2026.1.13-1.20",
            "已完成",
        ]
    ]
    rows += [["横口", "栽树", "2026.1.5", None, None, None, None, "2026.1.13—2026.1.20", "进行中"]]
    rows += [["张楼", "挖塘", "2026.1.5", None, None, None, None, None, "中止"]]
    shown = {"step5.open_from": "2026-01-13", "step5.open_to": "2026-01-20"}
    held = {"step1.held_at": "2026-01-05"}
    expected: dict[Key, Row] = {
        2: Row(
            "new", {"village_code": SHENWEI, "step4.held_at": "2026-01-12", "course": "进行中"} | held | shown
        ),
        3: Row("new", {"village_code": HENGKOU, "title": "栽树", "course": "进行中"} | held | shown),
        4: Row("new", {"village_code": ZHANGLOU, "title": "挖塘", "course": "中止"} | held),
    }
    return Made(saved(workbook(rows)), expected, aside=("代表到会情况",))


@believable(
    "步骤写第几步.xlsx", "步骤写“第一步：党支部提议”，会议时间带上午下午，公示起止写在一格", ledger="step"
)
def numbered_steps() -> Made:
    head = [
        "事项名称",
        "村",
        "步骤",
        "会议时间",
        "应到人数",
        "实到人数",
        "表决结果",
        "公示起止时间",
        "公开方式",
    ]
    rows: list[list[Any]] = [
        [MATTER, "沈圩村", "第一步：党支部提议", "2026年3月1日上午9时", "5人", "5人", "一致通过"],
        [MATTER, "沈圩村", "（二）两委会商议", "2026.3.2下午3点", "9", "9", "通过"],
        [MATTER, "沈圩村", "第五步 决议公开", None, None, None, None, "2026.3.11-3.18", "公开栏、微信群"],
        [MATTER, "横口村", "第一步：党支部提议", "2026年3月1日", "5人", "5人", "通过"],
    ]
    expected: dict[Key, Row] = {
        2: Row("new", {"step_no": "1", "held_at": "2026-03-01T09:00:00", "n_due": 5, "result": "1"}),
        3: Row("new", {"step_no": "2", "held_at": "2026-03-02T15:00:00", "n_present": 9}),
        4: Row(
            "new",
            {"step_no": "5", "open_from": "2026-03-11", "open_to": "2026-03-18", "channels": ["01", "05"]},
        ),
        5: Row("wrong", {"step_no": "1"}, {"A5": "沈圩村"}),
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable(
    "协议期限写法.xlsx",
    "期限写起止、长期、三年；单位名称一列的合计写“4家”；信用代码与另一家相同",
    ledger="agreement",
)
def terms() -> Made:
    head = ["序号", "社区", "共建单位", "单位性质", "签约时间", "协议期限", "共建内容", "联络员", "联系电话"]
    rows: list[list[Any]] = [
        [1, "镇南社区", "练习银行符离支行", "银行", "2025.1.1", "2025.1.1-2027.12.31", "治安巡逻；矛盾调解"],
        [2, "振兴居委会", "练习医院", "事业单位", 45658, "长期", "1.普法宣传 2.治安巡逻"],
        [3, "站东", "练习中学", "学校", "2025年3月", "三年", "反诈宣传/校园安全"],
    ]
    rows = [[*row, "丙", "13900001111"] for row in rows]
    content = [["社区共建协议台账"], head, *rows, ["合计", None, "3家"]]
    values: dict[str, Any] = {
        "signed_on": "2025-01-01",
        "valid_from": "2025-01-01",
        "valid_to": "2027-12-31",
        "fields": ["04", "05"],
    }
    expected: dict[Key, Row] = {
        3: Row("new", {"party_a_code": ZHENNAN, "partner_type": "08", "liaison": "丙"} | values),
        4: Row("new", {"party_a_code": ZHENXING, "valid_to": None, "fields": ["04", "10"]}),
        5: Row("wrong", {"party_b_name": "练习中学"}, {"F5": "三年", "G5": "“校园安全”"}),
    }
    return Made(saved(workbook(content, merges=["A1:I1"])), expected)


@believable(
    "三张清单并排.xlsx", "需求清单、资源清单、项目清单各占几列，并排在一份协议的一行里", ledger="agreement"
)
def lists_beside() -> Made:
    first = ["社区", "单位名称", "签订日期", "需求清单", None, "资源清单", "项目清单", None]
    second = [None, None, None, "名称", "具体内容", None, "名称", "完成时限"]
    line = ["镇南社区", "练习超市", "2026.2.1", "反诈课堂", "讲两次", "会议室", "路灯认领", "2026.12"]
    values: dict[str, Any] = {"party_b_name": "练习超市", "item1.title": "反诈课堂", "item1.detail": "讲两次"}
    values |= {"item2.title": "会议室", "item3.title": "路灯认领", "item3.due": "2026-12-01"}
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:H1"]
    return Made(saved(workbook([first, second, line], merges=merges)), {3: Row("new", values)})


@believable(
    "甲方乙方两级.xlsx",
    "两级表头，甲方、乙方下面各有负责人和电话：联络员电话是乙方的那一个",
    ledger="agreement",
)
def both_parties() -> Made:
    first = ["序号", "甲方", None, None, "乙方", None, None, None, None, "协议", None, None]
    second = [
        None,
        "社区",
        "负责人",
        "电话",
        "单位名称",
        "性质",
        "负责人",
        "联络员",
        "电话",
        "签订时间",
        "起",
        "止",
    ]
    line = [1, "镇南社区", "甲", "0557-3010001", "练习供电所", "国有企业", "乙", "丙", "13900003333"]
    line += ["2026.1.1", "2026.1.1", "长期"]
    values: dict[str, Any] = {
        "a_leader": "甲",
        "b_leader": "乙",
        "liaison": "丙",
        "liaison_phone": "13900003333",
    }
    values |= {"partner_type": "03", "valid_from": "2026-01-01", "valid_to": None}
    rows: list[list[Any]] = [["社区共建协议汇总表"], first, second, line]
    merges = ["A1:L1", "A2:A3", "B2:D2", "E2:I2", "J2:L2"]
    return Made(saved(workbook(rows, merges=merges)), {4: Row("new", values)}, aside=("甲方／电话",))


@believable(
    "清单按单位.xlsx",
    "三张清单写的是单位名称，清单写“需求”“资源清单”，时限写长期；没有的单位指出来",
    ledger="item",
)
def items_by_unit() -> Made:
    head = ["社区", "单位名称", "清单类型", "项目名称", "内容", "认领单位", "完成时间", "进展情况", "评价"]
    rows: list[list[Any]] = [
        ["镇南社区", PARTNER, "需求", "校门口护学", "早晚高峰", "镇南社区", "2026.12", "正在推进", "5分"],
        ["镇南社区", PARTNER, "资源清单", "操场开放", "周末", None, "长期", "已完成", 4],
        ["镇南社区", "没有的单位", "项目", "路灯", None, None, None, None, None],
    ]
    expected: dict[Key, Row] = {
        2: Row(
            "new",
            {"list_kind": "1", "title": "校门口护学", "due": "2026-12-01", "status": "02", "evaluation": 5},
        ),
        3: Row("new", {"list_kind": "2", "due": None, "status": "03", "evaluation": 4}),
        4: Row("wrong", {"title": "路灯"}, {"B4": "没有的单位"}),
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("活动按单位.xlsx", "共建活动按单位写，人数写“30人”“约30”：约数指出来，不猜", ledger="activity")
def activities() -> Made:
    rows: list[list[Any]] = [
        ["序号", "共建单位", "活动时间", "活动内容", "参与人数", "活动效果"],
        [1, PARTNER, "2026.5.4", "护学岗志愿服务", "30人", "良好"],
        [2, PARTNER, "2026年6月", "反诈宣讲", "约30", None],
    ]
    expected: dict[Key, Row] = {
        2: Row("new", {"title": "护学岗志愿服务", "date": "2026-05-04", "people": 30, "result": "良好"}),
        3: Row("wrong", {"title": "反诈宣讲", "people": None}, {"E3": "约30"}),
    }
    return Made(saved(workbook(rows)), expected)


@believable(
    "村情人口两级.xlsx",
    "人口下面分常住、户籍，人数带“人”“户”和千分号，日期写“截至2026年6月30日”",
    ledger="village",
)
def people_of_villages() -> Made:
    first = ["村别", "户数", "人口（人）", None, "村民代表（人）", None, "党员（人）", None, "数据日期"]
    second = [None, None, "常住", "户籍", "总数", "其中：女", "总数", "正式", None]
    rows: list[list[Any]] = [["符离镇各村基本情况统计表"], first, second]
    rows += [["沈圩村", "1,234户", "3456人", 4567, 45, "16人", 78, 75, "截至2026年6月30日"]]
    rows += [
        ["横口村委会", 800, 2200.0, "2,600", "４０", 12, "60", "58", "2026.6"],
        ["合计", 2034, 5656, 7167, 85],
    ]
    expected: dict[Key, Row] = {
        4: Row("new", {"households": 1234, "population": 3456, "registered": 4567, "as_of": "2026-06-30"}),
        5: Row(
            "new", {"population": 2200, "registered": 2600, "reps": 40, "women_reps": 12, "party_formal": 58}
        ),
    }
    merges = ["A1:I1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:I3"]
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable(
    "队伍分村计数.xlsx",
    "村名一行后面跟着队数，队长写带队人，状态写正常、解散；成立时间只有年份的指出来",
    ledger="team",
)
def teams_with_counts() -> Made:
    head = ["村（居）", "队伍名称", "队伍性质", "带队人", "手机号码", "人员数（人）", "组建时间", "在册状态"]
    rows: list[list[Any]] = [["2026年群防群治队伍统计表"], head, ["一、沈圩村", None, None, None, None, 2]]
    rows += [[None, "沈圩一队", "义务巡逻", "甲", "13900001111", "12人", "2020.5", "正常"]]
    rows += [[None, "沈圩二队", "平安志愿者", "乙", "0557-3011222", 8, "2020年", "解散"]]
    rows += [
        ["二、横口村", None, None, None, None, 1],
        [None, "横口一队", "专职巡逻队", "丙", "13900001113", 6],
    ]
    rows += [
        ["符离镇", "镇应急队", "其他", "丁", "13900001114", 10],
        ["合计", "4支", None, None, None, "36人"],
    ]
    expected: dict[Key, Row] = {
        4: Row(
            "new",
            {"village_code": SHENWEI, "team_type": "02", "member_count": 12, "founded_on": "2020-05-01"},
        ),
        5: Row("wrong", {"team_name": "沈圩二队", "status": "撤销"}, {"G5": "只有年份"}),
        7: Row("new", {"village_code": HENGKOU, "team_type": "01", "leader_name": "丙"}),
        8: Row("new", {"village_code": None, "team_name": "镇应急队", "leader_name": "丁"}),
    }
    return Made(saved(workbook(rows, merges=["A1:H1"])), expected)


@believable("区域增补.xlsx", "区划代码是数字单元格，新增一个临时村，层级写“村”", ledger="region")
def areas() -> Made:
    rows: list[list[Any]] = [
        ["序号", "区划代码", "村名", "级别", "所属乡镇"],
        [1, 341302100998, "新建村", "村级", "符离镇"],
        [2, "341302100999", "又一村", "村", "符离镇"],
    ]
    town = {"level": "village", "parent_code": "341302100000"}
    expected: dict[Key, Row] = {
        2: Row("new", {"code": "341302100998", "name": "新建村"} | town),
        3: Row("new", {"code": "341302100999", "name": "又一村"} | town),
    }
    return Made(saved(workbook(rows)), expected)
