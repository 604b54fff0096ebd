"""Believable rosters: how they are laid out and filled in, half by habit and half by mistake."""

import datetime as dt
from typing import Any

from tests.corpus.case import Key, Made, Row, believable, known, people, saved, workbook
from tests.corpus.rosters import PLAIN, new
from tests.corpus.unit import HENGKOU, HENGKOU_PATROL, PATROL, SHENWEI, VOLUNTEERS

NEW_TEAM = "记录中没有"


@believable("每页附件号和表头.xlsx", "每页都有附件号、标题、表头，村名整行作分段，段后小计，末尾注和签名")
def annex_on_every_page() -> Made:
    some = people(7001, 3)
    head = ["序号", "队伍名称", "姓名*", "身份证号码\n（18位）", "联系电话", "入队时间"]
    page: list[list[Any]] = [["附件2"], ["符离镇群防群治队伍花名册"], head]
    teams, days = (PATROL, PATROL, HENGKOU_PATROL), ("2024.3.5", "2024年3月", "20240305")
    lines = [
        [at, team, one.name, one.id_number, f"{one.mobile[:3]}-{one.mobile[3:7]}-{one.mobile[7:]}", day]
        for at, (one, team, day) in enumerate(zip(some, teams, days, strict=True), 1)
    ]
    rows = [
        *page,
        ["一、沈圩村（2人）"],
        *lines[:2],
        ["小计", None, 2],
        *page,
        ["二、横口村（1人）"],
        lines[2],
    ]
    rows += [["小计", None, 1], ["合计", None, 3], ["注：1.此表由村填写。2.每月25日前报。"]]
    rows += [["填表人：某甲", None, "审核人：某乙", None, "联系电话：0557-3011111"]]
    expected: dict[Key, Row] = {
        5: new(some[0], village_code=SHENWEI, joined_on="2024-03-05"),
        6: new(some[1], village_code=SHENWEI, joined_on="2024-03-01"),
        12: new(some[2], HENGKOU_PATROL, village_code=HENGKOU, joined_on="2024-03-05"),
    }
    return Made(saved(workbook(rows, merges=["A2:F2", "A4:F4", "A9:F9", "A11:F11"])), expected)


@believable("合并到一半.xlsx", "村名合并管五行，队伍只合并了前三行：后面没有队伍的一行指出来，不接上一队")
def half_merged() -> Made:
    some = people(7002, 5)
    own = "沈圩村义务巡逻二队"
    rows: list[list[Any]] = [["村（社区）", "队伍名称", "姓名", "身份证号", "手机号码"]]
    rows += [[None, None, one.name, one.id_number, one.mobile] for one in some]
    rows[1][:2], rows[5][1] = ["沈圩村", own], PATROL
    expected: dict[Key, Row] = {
        2: Row("new", known(some[0], own, village_code=SHENWEI), {"B2": f"{NEW_TEAM}“{own}”"}),
        3: new(some[1], own, village_code=SHENWEI),
        4: new(some[2], own, village_code=SHENWEI),
        5: Row("wrong", {"name": some[3].name}, {"B5": "队伍”没有填写"}),
        6: new(some[4], village_code=SHENWEI),
    }
    return Made(saved(workbook(rows, merges=["A2:A6", "B2:B4"])), expected)


@believable("一张表两个名册.xlsx", "一张工作表上下两个队的名册，标题在第一列，第二个多一列序号")
def two_rosters() -> Made:
    some = people(7003, 3)
    short, long = ["姓名", "身份证号", "电话"], ["序号", "姓名", "身份证号", "电话"]
    rows: list[list[Any]] = [["沈圩巡逻队名册"], short]
    rows += [[one.name, one.id_number, one.mobile] for one in some[:2]]
    rows += [[], ["横口巡逻队名册"], long, [1, some[2].name, some[2].id_number, some[2].mobile]]
    expected: dict[Key, Row] = {3: new(some[0]), 4: new(some[1]), 8: new(some[2], HENGKOU_PATROL)}
    return Made(saved(workbook(rows)), expected)


READABLE: tuple[Any, ...] = (
    *("２０２４－３－５", "二〇二四年三月五日", "2024年03月05号", "2024\\3\\5", "2024—3—5", "2024。3。5"),
    *("2024年3月5日入队", "'2024-03-05", "自2024.3.5", dt.date(2024, 3, 5), 45356, "2024-03-05 8:30"),
)
DOUBTFUL = ("24.3.5", "24年3月", "3月5日", "2024年", "5/3/2024", "2024年3月至今", "前年")


@believable("日期再多几种.xlsx", "中文数字、几号、反斜杠、破折号、全角；两位年份、没有年份、只有年份的指出来")
def more_days() -> Made:
    some = people(7004, len(READABLE) + len(DOUBTFUL))
    days = (*READABLE, *DOUBTFUL)
    rows = [[PATROL, one.name, one.id_number, one.mobile, day] for one, day in zip(some, days, strict=True)]
    expected: dict[Key, Row] = {
        at: new(one, joined_on="2024-03-05") for at, one in enumerate(some[: len(READABLE)], 2)
    }
    for at, one in enumerate(some[len(READABLE) :], 2 + len(READABLE)):
        expected[at] = Row("wrong", {"name": one.name, "joined_on": None}, {f"E{at}": "."})
    return Made(saved(workbook([["队伍", "姓名", "身份证号", "手机", "入队日期"], *rows])), expected)


PHONES: tuple[tuple[Any, str, str], ...] = (
    ("138 1234 5678", "new", "13812345678"),
    ("8613812345679", "new", "13812345679"),
    ("(+86)13812345670", "new", "13812345670"),
    ("１３８１２３４５６７１", "new", "13812345671"),
    ("13812345672；", "new", "13812345672"),
    ("(0557)3012345", "wrong", "固定电话"),
    ("0557-3012345-801", "wrong", "固定电话"),
    ("13812345673/13912345673", "wrong", "2 个号码"),
    ("13812345674\n13912345674", "wrong", "2 个号码"),
    ("13812345675（妻子）", "wrong", "只写号码"),
    ("138123456789", "wrong", "12 位"),
)


@believable(
    "电话再多几种.xlsx", "带 86、括号、分号、换行两个号码、写明是谁的、固定电话：认出或说明白是什么不对"
)
def more_phones() -> Made:
    some = people(7005, len(PHONES))
    rows = [[PATROL, one.name, one.id_number, said] for one, (said, *_) in zip(some, PHONES, strict=True)]
    expected: dict[Key, Row] = {}
    for at, (one, (_, outcome, meant)) in enumerate(zip(some, PHONES, strict=True), 2):
        good = outcome == "new"
        values = {"name": one.name, "mobile": meant if good else None}
        expected[at] = Row(outcome, values, {} if good else {f"D{at}": meant})
    return Made(saved(workbook([["队伍", "姓名", "身份证号", "联系方式"], *rows])), expected)


@believable(
    "身份证再多几种.xlsx", "末尾单引号、中间空格、打了星号、加了说明、字母O、暂缺：认出或指出，不补不猜"
)
def more_numbers() -> Made:
    some = people(7006, 7)
    n = [one.id_number for one in some]
    said = [n[0] + "'", f"{n[1][:6]} {n[1][6:14]} {n[1][14:]}", "暂缺", n[3][:10] + "****" + n[3][14:]]
    said += [n[4] + "（身份证）", n[5][:6] + "O" + n[5][7:], n[6] + "1"]
    rows = [[PATROL, one.name, number, one.mobile] for one, number in zip(some, said, strict=True)]
    expected: dict[Key, Row] = {2: new(some[0]), 3: new(some[1])}
    expected[4] = Row("new", {"name": some[2].name, "id_number": None}, {"C4": "身份证号”没有填写"})
    reasons = {5: "数字和字母", 6: "数字和字母", 7: "17 位数字", 8: "19 位"}
    expected |= {
        at: Row("wrong", {"name": some[at - 2].name}, {f"C{at}": why}) for at, why in reasons.items()
    }
    return Made(saved(workbook([["队伍", "姓名", "身份证号", "联系方式"], *rows])), expected)


@believable("打勾和在队状态.xlsx", "同意登记写√×是有1，在队状态写正常、离队、是，性别与民族各种写法")
def ticks() -> Made:
    some = people(7007, 5)
    head = [*PLAIN, "是否同意登记", "在队状态", "民族", "特长"]
    ticked = [
        ("√", "在队", "汉"),
        ("×", "是", "汉族"),
        ("有", "离队", "回"),
        (1, "正常", "汉"),
        ("否", "—", "汉"),
    ]
    rows = [
        [PATROL, one.name, one.id_number, one.mobile, "队员", *marks, "无"]
        for one, marks in zip(some, ticked, strict=True)
    ]
    yes, standing = (True, False, True, True, False), ("1", "1", "2", "1", "1")
    expected = {
        at: new(one, consent=agreed, status=status, skills=None)
        for at, (one, agreed, status) in enumerate(zip(some, yes, standing, strict=True), 2)
    }
    return Made(saved(workbook([head, *rows])), expected)


def _csv(some: list[list[Any]]) -> str:
    lines: list[list[Any]] = [
        ["符离镇群防群治队员名单"],
        ["单位：符离镇平安办"],
        ["序号", "姓名", "身份证号", "手机号码", "队伍名称"],
    ]
    lines += [*some, ["合计", "3人"], ["填表人：", "某某"], ["审核人：", "某某某"]]
    return "".join(
        ",".join(f"{cell}" for cell in [*line, *[""] * (5 - len(line))]) + "\r\n" for line in lines
    )


@believable(
    "名单带签名.csv", "GB18030 的 CSV，上面有标题和单位，下面有合计、填表人，填表人的名字在第二格：不是队员"
)
def signed_csv() -> Made:
    some = people(7008, 3)
    rows = [[at, one.name, one.id_number, one.mobile, PATROL] for at, one in enumerate(some, 1)]
    return Made(_csv(rows).encode("gb18030"), {at: new(one) for at, one in enumerate(some, 4)})


@believable("编号和每页小计.xlsx", "第一列是自编的编号，每页有小计和重复表头，末尾有说明和负责人签字")
def own_numbers() -> Made:
    some = people(7009, 4)
    head = ["编号", "村别", "队名", "姓名", "公民身份证号码", "移动电话"]
    lines: list[list[Any]] = [
        [number, "横口", HENGKOU_PATROL, one.name, one.id_number, one.mobile]
        for number, one in zip(("ZY001", "ZY002", 3, "4"), some, strict=True)
    ]
    rows: list[list[Any]] = [
        ["2026年度平安志愿者名单"],
        head,
        *lines[:2],
        ["本页小计", None, None, "2人"],
        head,
    ]
    rows += [
        *lines[2:],
        [],
        ["说明：以上人员均已征得本人同意"],
        [None, None, "负责人（签字）：", None, "2026年11月20日"],
    ]
    expected: dict[Key, Row] = {
        at: new(one, HENGKOU_PATROL, record_no=None) for at, one in zip((3, 4, 7, 8), some, strict=True)
    }
    return Made(saved(workbook(rows, merges=["A1:F1"])), expected)


@believable(
    "中间有说明.xlsx", "名单中间写“以下为新增人员：”，一格里写了两个人的姓名：说明不是人，两个人的要提醒"
)
def remarks_between() -> Made:
    some = people(7010, 3)
    rows: list[list[Any]] = [[one.name, one.id_number, PATROL, one.mobile] for one in some]
    rows[2][0] = f"{some[2].name}、某某"
    rows.insert(1, ["以下为新增人员："])
    rows += [["（以下空白）"], ["备注：略"]]
    expected: dict[Key, Row] = {2: new(some[0]), 4: new(some[1]), 5: Row("new|wrong", {}, {"A5": "姓名"})}
    return Made(saved(workbook([["姓名", "身份证号", "队伍", "电话"], *rows])), expected)


@believable("填写要求和示例行.xlsx", "表头下面一行写必填、18位文本，再一行是示例：都不是队员")
def orders_and_example() -> Made:
    (one,) = people(7011, 1)
    rows: list[list[Any]] = [[*PLAIN], ["必填", "必填", "18位文本", "11位数字", "下拉选择"]]
    rows += [["例：沈圩巡逻队", "张三", "341399199001011234", "13800000000", "成员"]]
    rows += [[PATROL, one.name, one.id_number, one.mobile, "成员"]]
    return Made(saved(workbook(rows)), {4: new(one)})


@believable("选项写代码.xlsx", "表头括号里写“1男2女”，性别、政治面貌、职务都填代码，有的是数字有的是全角")
def coded() -> Made:
    some = people(7012, 2)
    head = [
        "队伍（填全称）",
        "姓名（与身份证一致）",
        "身份证号（文本格式）",
        "手机（11位）",
        "性别（1男2女）",
    ]
    head += ["职务（代码）", "政治面貌（代码）", "出生年月（YYYYMM）"]
    codes = [(int(some[0].gender), 7, 1, int(f"{some[0].born:%Y%m}")), (some[1].gender, "９", "13", None)]
    rows = [
        [PATROL, one.name, one.id_number, one.mobile, *said] for one, said in zip(some, codes, strict=True)
    ]
    expected: dict[Key, Row] = {2: new(some[0], duty="07", political="01"), 3: new(some[1], political="13")}
    return Made(saved(workbook([head, *rows])), expected)


@believable("分队不分村.xlsx", "标题写村名，下面整行写“（一）沈圩巡逻队（共1人）”“三、护村队”分段")
def sections_of_teams() -> Made:
    some = people(7013, 3)
    lines = [[1, one.name, one.id_number, one.mobile] for one in some]
    rows: list[list[Any]] = [["沈圩村群防群治队伍花名册"], ["序号", "姓名", "身份证号", "联系电话"]]
    rows += [["（一）沈圩巡逻队（共1人）"], lines[0], ["（二）沈圩村平安志愿者队 1人"], lines[1]]
    rows += [["三、护村队"], lines[2]]
    teams = (PATROL, "沈圩村平安志愿者队", "护村队")
    expected: dict[Key, Row] = {
        at: new(one, team, village_code=SHENWEI) for at, one, team in zip((4, 6, 8), some, teams, strict=True)
    }
    return Made(saved(workbook(rows, merges=["A1:D1", "A3:D3", "A5:D5", "A7:D7"])), expected)


@believable(
    "村和队伍在标签行.xlsx", "表上一行写“村名：横口村”“队伍名称：横口巡逻队”，表头有全角空格和全角数字"
)
def labelled() -> Made:
    some = people(7014, 2)
    rows: list[list[Any]] = [
        ["符离镇平安志愿服务队登记表"],
        ["村名：横口村", None, "队伍名称：横口巡逻队", "单位：人"],
    ]
    rows += [["序　号", "姓　　名", "身份证号码（１８位）", "联系电话（手机）", "职　务"]]
    rows += [[at, one.name, one.id_number, one.mobile, "队　员"] for at, one in enumerate(some, 1)]
    expected = {
        at: new(one, HENGKOU_PATROL, village_code=HENGKOU, duty="09") for at, one in enumerate(some, 4)
    }
    return Made(saved(workbook(rows, merges=["A1:E1"])), expected)


@believable(
    "镇和村混着写.xlsx", "村一栏有写镇直、全镇、本镇名的（是镇本级），有一格写了两个村、有外镇的（指出来）"
)
def mixed_places() -> Made:
    places = [("符离", "沈圩村民委员会"), (None, "镇直"), ("符离镇", "全镇"), (None, "符离镇")]
    places += [("符离镇", "沈圩村、横口村"), ("时村镇", "时村村")]
    some = people(7015, len(places))
    rows = [
        [*place, VOLUNTEERS, one.name, one.id_number, one.mobile]
        for place, one in zip(places, some, strict=True)
    ]
    expected: dict[Key, Row] = {2: new(some[0], VOLUNTEERS, village_code=SHENWEI)}
    expected |= {at: new(some[at - 2], VOLUNTEERS, village_code=None) for at in (3, 4, 5)}
    expected |= {at: Row("wrong", {"village_code": None}, {f"B{at}": "找不到"}) for at in (6, 7)}
    return Made(saved(workbook([["乡镇", "村", "队伍", "姓名", "身份证号", "电话"], *rows])), expected)


@believable("队伍列错位.xlsx", "粘贴时错了一列，队伍一栏里是手机号：指出来，不新建一支叫 139… 的队")
def shifted() -> Made:
    some = people(7016, 2)
    rows = [[one.name, one.id_number, None, one.mobile] for one in some]
    expected: dict[Key, Row] = {
        at: Row("wrong", {"name": one.name}, {f"D{at}": "不像队伍"}) for at, one in enumerate(some, 2)
    }
    return Made(saved(workbook([["姓名", "身份证号", "手机", "队伍"], *rows])), expected)
