"""Believable rosters: what clerks do that no form foresees."""

from typing import Any

from openpyxl.styles import Border, Side

from tests.corpus import raw
from tests.corpus.case import Key, Made, Row, believable, people, saved, sheets, workbook, zipped
from tests.corpus.rosters import PLAIN, new, plain
from tests.corpus.unit import HENGKOU, HENGKOU_PATROL, ON_RECORD, PATROL, SHENWEI, VOLUNTEERS


@believable(
    "身份证丢后三位Excel存法.xlsx",
    "Excel 把丢了后三位的号码存成 17 位有效数字（…0149 8E+17）：按 15 位四舍五入再比",
)
def lost_as_saved() -> Made:
    rows = [raw.row(1, PLAIN)]
    expected: dict[Key, Row] = {}
    for at, one in enumerate(ON_RECORD, 2):
        cells = [raw.cell(column, at, value) for column, value in enumerate((PATROL, one.name), 1)]
        number = f"{float(one.id_number[:15] + '000'):.16E}"
        cells.append(f'<c r="C{at}"><v>{number}</v></c>')
        rows.append(f'<row r="{at}">{"".join(cells)}</row>')
        expected[at] = Row("wrong", {"id_number": None}, {f"C{at}": "位"}, {"id_number": one.id_number})
    return Made(zipped(raw.parts(raw.sheet("".join(rows)))), expected)


@believable("预填序号的空行.xlsx", "下发的空表，序号已经填到 30，只填了前三行，其余行只有序号和边框")
def numbered_blanks() -> Made:
    some = people(501, 3)
    rows: list[list[Any]] = [
        ["花名册"],
        ["序号", *PLAIN],
        *([at, *plain(one)] for at, one in enumerate(some, 1)),
    ]
    rows += [[at] for at in range(4, 31)]
    book = workbook(rows)
    line = Side("thin")
    for at in range(6, 33):
        for column in range(1, 7):
            book.worksheets[0].cell(at, column).border = Border(left=line, bottom=line)
    return Made(saved(book), {at: new(one) for at, one in enumerate(some, 3)})


@believable("同上.xlsx", "队伍写“同上”“〃”：当成上一行的，或者指出来，不能新建一支叫“同上”的队")
def ditto() -> Made:
    some = people(502, 3)
    places = [("沈圩村", PATROL), ("沈圩村", "同上"), ("沈圩村", "〃")]
    head = ["村", "队伍", "姓名", "身份证号", "手机"]
    rows = [[*place, one.name, one.id_number, one.mobile] for place, one in zip(places, some, strict=True)]
    expected: dict[Key, Row] = {2: new(some[0], village_code=SHENWEI)}
    for at in (3, 4):
        expected[at] = Row("new|wrong", {"name": some[at - 2].name}, never="新建")
    return Made(saved(workbook([head, *rows])), expected)


@believable("附件一二在一起.xlsx", "一个工作簿里附件1是队伍情况汇总，附件2是花名册：导入花名册只读附件2")
def two_annexes() -> Made:
    some = people(503, 2)
    summary: list[list[Any]] = [["附件1"], ["群防群治队伍情况汇总表"]]
    summary += [
        ["序号", "乡镇", "村数", "队伍数", None, "人员数", "备注"],
        [None, None, None, "合计", "义务巡逻队"],
    ]
    summary += [[1, "符离镇", 19, 12, 8, 180], ["合计", None, 19, 12, 8, 180]]
    roster = [["附件2"], ["花名册"], PLAIN, *map(plain, some)]
    book = sheets({"附件1": summary, "附件2": roster})
    return Made(saved(book), {at: new(one) for at, one in enumerate(some, 4)})


@believable("隐藏的旧表.xlsx", "去年的花名册还在一张隐藏的表里：不读它")
def hidden_sheet() -> Made:
    some = people(504, 2)
    book = sheets({"2026年": [PLAIN, plain(some[0])], "2025年": [PLAIN, plain(some[1])]})
    book["2025年"].sheet_state = "hidden"
    return Made(saved(book), {2: new(some[0])})


@believable("左右两栏.xlsx", "为省纸左右各排一栏：右边一栏不能不声不响丢掉")
def side_by_side() -> Made:
    some = people(505, 4)
    rows: list[list[Any]] = [[*PLAIN, *PLAIN]]
    rows += [[*plain(some[0]), *plain(some[1])], [*plain(some[2]), *plain(some[3])]]
    return Made(saved(workbook(rows)), {2: new(some[0]), 3: new(some[2])}, aside=("姓名", "身份证号"))


@believable("没有的写无.xlsx", "没有的内容写“/”“—”“-”，电话写“无”：都是空")
def nothings() -> Made:
    some = people(506, 3)
    head = [*PLAIN, "固定电话", "家庭住址", "职业"]
    said = [("无", "/", "—"), ("/", "——", "-"), ("-", "－", "/")]
    rows = [[*plain(one), *words] for one, words in zip(some, said, strict=True)]
    blank: dict[str, Any] = {"phone": None, "address": None, "occupation": None}
    return Made(saved(workbook([head, *rows])), {at: new(one, **blank) for at, one in enumerate(some, 2)})


UNCLEAR: tuple[Any, ...] = (
    "1/5/2024",
    "去年",
    "5月1日",
    "2024.2.30",
    "2024.13.1",
    0,
    2024,
    "2024",
    "一月五号",
)


@believable("日期说不清.xlsx", "1/5/2024、只有年、去年、没有的日子：指出这一格，不猜")
def unclear_days() -> Made:
    some = people(507, len(UNCLEAR))
    rows = [[*plain(one), said] for one, said in zip(some, UNCLEAR, strict=True)]
    expected = {
        at: Row("wrong", {"name": one.name, "joined_on": None}, {f"F{at}": "."})
        for at, one in enumerate(some, 2)
    }
    return Made(saved(workbook([[*PLAIN, "入队日期"], *rows])), expected)


@believable("与身份证矛盾.xlsx", "性别、出生日期和身份证对不上：提醒，不悄悄改")
def contradictions() -> Made:
    some = people(508, 2)
    other = {"1": "女", "2": "男"}
    head = [*PLAIN, "性别", "出生日期"]
    rows: list[list[Any]] = [
        [*plain(some[0]), other[some[0].gender], some[0].born.isoformat()],
        [*plain(some[1]), None, "1971-01-01"],
    ]
    expected: dict[Key, Row] = {
        2: Row("new|wrong", {"id_number": some[0].id_number}, {"[CF]2": "身份证|性别"}),
        3: Row("new|wrong", {"id_number": some[1].id_number}, {"[CG]3": "身份证|出生"}),
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("其他证件.xlsx", "有军官证、护照，号码不按身份证校验；15 位老身份证要指出")
def other_cards() -> Made:
    some = people(509, 3)
    head = ["队伍", "姓名", "证件类型", "证件号码", "手机", "性别", "出生日期"]
    cards = [("军官证", "J1234567"), ("护照", "E12345678"), ("身份证", "341399800101123")]
    rows = [
        [PATROL, one.name, kind, number, one.mobile, "男", "1980-01-01"]
        for one, (kind, number) in zip(some, cards, strict=True)
    ]
    expected: dict[Key, Row] = {
        2: Row("new", {"id_type": "114", "id_number": "J1234567", "birth_date": "1980-01-01"}),
        3: Row("new", {"id_type": "414", "id_number": "E12345678", "gender": "1"}),
        4: Row("wrong", {}, {"D4": "15 ?位"}),
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("一格两个号码.xlsx", "手机一格里写了两个号码、写了座机、少一位：指出或认出，不能截断")
def two_phones() -> Made:
    some = people(510, 3)
    phones = [f"{some[0].mobile}、19911112222", "0557-3012345", some[2].mobile[:-1]]
    rows = [[PATROL, one.name, one.id_number, said, "成员"] for one, said in zip(some, phones, strict=True)]
    expected: dict[Key, Row] = {
        2: Row("wrong|new", {"name": some[0].name}, {"D2": "."}),
        3: Row("wrong|new", {"mobile": (None, "0557-3012345"), "name": some[1].name}),
        4: Row("wrong|new", {"name": some[2].name}, {"D4": "10 ?位|11 ?位|手机"}),
    }
    return Made(saved(workbook([PLAIN, *rows])), expected)


@believable(
    "村和队伍在标题里.xlsx",
    "没有村和队伍两列，标题写着“横口村横口巡逻队”：认出，或指出缺队伍，不能另建一队",
)
def named_in_title() -> Made:
    some = people(511, 2)
    rows: list[list[Any]] = [["横口村横口巡逻队花名册"], ["序号", "姓名", "身份证号", "手机"]]
    rows += [[at, one.name, one.id_number, one.mobile] for at, one in enumerate(some, 1)]
    teams = (HENGKOU_PATROL, f"横口村{HENGKOU_PATROL}", None)
    either = {"team_name": teams, "village_code": (HENGKOU, None)}
    expected = {
        at: Row("new|wrong", {"name": one.name} | either, never="新建") for at, one in enumerate(some, 3)
    }
    return Made(saved(workbook(rows, merges=["A1:D1"])), expected)


@believable("表头两行不合并.xlsx", "表头占两行，没有合并：上一行写“身份证”，下一行写“号码”")
def split_heading() -> Made:
    some = people(512, 2)
    rows: list[list[Any]] = [
        ["所在", None, "公民身份", "联系", "队内"],
        ["队伍", "姓名", "号码", "电话", "职务"],
    ]
    rows += [plain(one, VOLUNTEERS) for one in some]
    return Made(saved(workbook(rows)), {at: new(one, VOLUNTEERS) for at, one in enumerate(some, 3)})


@believable("LibreOffice存的.xlsx", "LibreOffice 存出的 .xlsx，村和队伍纵向合并")
def libre_office() -> Made:
    from tests.corpus.case import fixture
    from tests.corpus.files import old_rows

    return Made(fixture("roster.xlsx"), old_rows(merged=True))


@believable("镇级队伍的队员.xlsx", "镇平安志愿者队只有一支，队员来自各村：都在这一支队里，不给每个村新建一支")
def town_team() -> Made:
    some = people(513, 3)
    head = ["村", "队伍", "姓名", "身份证号", "手机"]
    rows = [
        [place, VOLUNTEERS, one.name, one.id_number, one.mobile]
        for place, one in zip(("沈圩村", "横口村", None), some, strict=True)
    ]
    expected = {
        at: Row("new", {"name": one.name, "team_name": VOLUNTEERS}, never="新建")
        for at, one in enumerate(some, 2)
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("队名差一个字.xlsx", "记录中是“沈圩巡逻队”，花名册写“沈圩村巡逻队”：提醒可能是同一支，不悄悄新建")
def near_team() -> Made:
    one = people(514, 1)[0]
    head = ["村", "队伍", "姓名", "身份证号", "手机"]
    rows = [["沈圩村", "沈圩村巡逻队", one.name, one.id_number, one.mobile]]
    row = Row("new|wrong", {"name": one.name}, {"B2": PATROL})
    return Made(saved(workbook([head, *rows])), {2: row})


@believable("叫法更偏.xlsx", "所属队伍、人员姓名、公民身份证号、移动电话、政治面目、加入队伍时间")
def rarer_headings() -> Made:
    some = people(515, 2)
    head = ["所属队伍", "人员姓名", "公民身份证号", "移动电话", "政治面目", "加入队伍时间"]
    rows = [[PATROL, one.name, one.id_number, one.mobile, "群众", "2024-01-05"] for one in some]
    expected = {at: new(one, political="13", joined_on="2024-01-05") for at, one in enumerate(some, 2)}
    return Made(saved(workbook([head, *rows])), expected)
