"""Believable rosters by village: sections, a sheet for each village, merged cells, names in every form."""

from typing import Any

from tests.corpus.case import Key, Made, Row, believable, known, people, saved, sheets, workbook
from tests.corpus.unit import (
    FUBEI,
    HENGKOU,
    HENGKOU_PATROL,
    PATROL,
    SAME_NAME,
    SHENWEI,
    VOLUNTEERS,
    WANGLOU,
    ZHANGLOU,
    ZHENNAN,
    ZHENXING,
)

HEAD = ["序号", "姓名", "身份证号", "联系电话", "队伍名称"]
PLACED = ["村（社区）", "队伍", "姓名", "身份证号", "手机"]


@believable("按村分段.xlsx", "整行合并的“一、沈圩村（3人）”把名单分成几段，段下面的人都是这个村的")
def sections() -> Made:
    some = people(101, 5)
    rows: list[list[Any]] = [["符离镇群防群治队员名单"], HEAD, ["一、沈圩村（3人）"]]
    rows += [[at, one.name, one.id_number, one.mobile, VOLUNTEERS] for at, one in enumerate(some[:3], 1)]
    rows += [["二、横口村（2人）"]]
    rows += [[at, one.name, one.id_number, one.mobile, VOLUNTEERS] for at, one in enumerate(some[3:], 1)]
    places = [SHENWEI] * 3 + [HENGKOU] * 2
    expected: dict[Key, Row] = {
        at: Row("new", known(one, VOLUNTEERS, village_code=place))
        for at, one, place in zip((4, 5, 6, 8, 9), some, places, strict=True)
    }
    return Made(saved(workbook(rows, merges=["A1:E1", "A3:E3", "A7:E7"])), expected)


@believable("按村分段不合并.xlsx", "分段行没有合并，只在第一格写“沈圩村：”“横口村:”，每段后有小计")
def loose_sections() -> Made:
    some = people(102, 4)
    rows: list[list[Any]] = [HEAD, ["沈圩村："]]
    rows += [[at, one.name, one.id_number, one.mobile, PATROL] for at, one in enumerate(some[:2], 1)]
    rows += [["小计", "2人"], ["横口村:"]]
    rows += [[at, one.name, one.id_number, one.mobile, HENGKOU_PATROL] for at, one in enumerate(some[2:], 1)]
    rows += [["小计", "2人"], ["总计", "4人"]]
    expected: dict[Key, Row] = {
        at: Row("new", known(one, team, village_code=place))
        for at, one, (team, place) in zip(
            (3, 4, 7, 8), some, [(PATROL, SHENWEI)] * 2 + [(HENGKOU_PATROL, HENGKOU)] * 2, strict=True
        )
    }
    return Made(saved(workbook(rows)), expected)


@believable("分段里重复表头.xlsx", "每个村一段，每段自己有标题和表头，第二段的列次序还不一样")
def sections_with_headings() -> Made:
    some = people(103, 4)
    rows: list[list[Any]] = [["沈圩村队员名单"], HEAD]
    rows += [[at, one.name, one.id_number, one.mobile, VOLUNTEERS] for at, one in enumerate(some[:2], 1)]
    rows += [[], ["横口村队员名单"], ["序号", "姓名", "联系电话", "身份证号", "队伍名称"]]
    rows += [[at, one.name, one.mobile, one.id_number, VOLUNTEERS] for at, one in enumerate(some[2:], 1)]
    places = (SHENWEI, SHENWEI, HENGKOU, HENGKOU)
    expected: dict[Key, Row] = {
        at: Row("new", known(one, VOLUNTEERS, village_code=place))
        for at, one, place in zip((3, 4, 8, 9), some, places, strict=True)
    }
    return Made(saved(workbook(rows, merges=["A1:E1", "A6:E6"])), expected)


@believable("一村一表.xlsx", "每个村一张表，表名就是村名，表里没有村这一列")
def a_sheet_each() -> Made:
    some = people(104, 4)
    pages: dict[str, Any] = {
        "沈圩村": [HEAD, *([1, p.name, p.id_number, p.mobile, VOLUNTEERS] for p in some[:2])],
        "横口": [HEAD, *([1, p.name, p.id_number, p.mobile, VOLUNTEERS] for p in some[2:3])],
        "镇南社区": [HEAD, *([1, p.name, p.id_number, p.mobile, VOLUNTEERS] for p in some[3:])],
    }
    expected: dict[Key, Row] = {
        (sheet, row): Row("new", known(one, VOLUNTEERS, village_code=place))
        for one, (sheet, row, place) in zip(
            some,
            [("沈圩村", 2, SHENWEI), ("沈圩村", 3, SHENWEI), ("横口", 2, HENGKOU), ("镇南社区", 2, ZHENNAN)],
            strict=True,
        )
    }
    return Made(saved(sheets(pages)), expected)


@believable("一村一表有村列.xlsx", "每个村一张表，表里也有村这一列；以列里写的为准，另有一张空的“汇总”表")
def a_sheet_each_with_villages() -> Made:
    some = people(105, 3)
    pages: dict[str, Any] = {
        "汇总": [["汇总表"], ["村名", "人数"], ["沈圩", 2], ["横口", 1], ["合计", 3]],
        "沈圩": [PLACED, *(["沈圩村", VOLUNTEERS, p.name, p.id_number, p.mobile] for p in some[:2])],
        "横口": [PLACED, *(["符北村", VOLUNTEERS, p.name, p.id_number, p.mobile] for p in some[2:])],
    }
    expected: dict[Key, Row] = {
        ("沈圩", 2): Row("new", known(some[0], VOLUNTEERS, village_code=SHENWEI)),
        ("沈圩", 3): Row("new", known(some[1], VOLUNTEERS, village_code=SHENWEI)),
        ("横口", 2): Row("new", known(some[2], VOLUNTEERS, village_code=FUBEI)),
    }
    return Made(saved(sheets(pages)), expected)


@believable("合并的村和队伍.xlsx", "村名、队伍名称纵向合并，只有第一行有字，管着下面几行")
def merged_places() -> Made:
    some = people(106, 5)
    rows: list[list[Any]] = [["花名册"], PLACED]
    rows += [[None, None, one.name, one.id_number, one.mobile] for one in some]
    rows[2][:2] = ["沈圩村", PATROL]
    rows[5][:2] = ["横口村", HENGKOU_PATROL]
    expected: dict[Key, Row] = {
        at: Row("new", known(one, team, village_code=place))
        for at, one, (team, place) in zip(
            range(3, 8), some, [(PATROL, SHENWEI)] * 3 + [(HENGKOU_PATROL, HENGKOU)] * 2, strict=True
        )
    }
    return Made(saved(workbook(rows, merges=["A3:A5", "B3:B5", "A6:A7", "B6:B7"])), expected)


@believable("没合并的空队伍.xlsx", "只在第一行写了村名，下面空着没有合并：不能替他猜，村空着；队伍每行都有")
def blank_places() -> Made:
    some = people(107, 2)
    rows: list[list[Any]] = [PLACED]
    rows += [["沈圩村", VOLUNTEERS, some[0].name, some[0].id_number, some[0].mobile]]
    rows += [[None, VOLUNTEERS, some[1].name, some[1].id_number, some[1].mobile]]
    expected: dict[Key, Row] = {
        2: Row("new", known(some[0], VOLUNTEERS, village_code=SHENWEI)),
        3: Row("new|wrong", {"name": some[1].name}),
    }
    return Made(saved(workbook(rows)), expected)


NAMES = (
    ("沈圩村", SHENWEI),
    ("沈圩村委会", SHENWEI),
    ("沈圩", SHENWEI),
    ("沈圩村民委员会", SHENWEI),
    ("符离镇沈圩村", SHENWEI),
    ("沈 圩 村", SHENWEI),
    ("341302100201", SHENWEI),
    ("镇南社区", ZHENNAN),
    ("镇南居委会", ZHENNAN),
    ("振兴社区居委会", ZHENXING),
    ("埇桥区符离镇横口村", HENGKOU),
    ("宿州市埇桥区符离镇横口村委会", HENGKOU),
    ("符离镇横口", HENGKOU),
)


@believable("村名各种写法.xlsx", "带不带村委会、前面带镇名区名市名、区划代码、中间有空格")
def village_names() -> Made:
    some = people(108, len(NAMES))
    rows: list[list[Any]] = [
        [name, VOLUNTEERS, one.name, one.id_number, one.mobile]
        for one, (name, _) in zip(some, NAMES, strict=True)
    ]
    expected: dict[Key, Row] = {
        at: Row("new", known(one, VOLUNTEERS, village_code=code))
        for at, (one, (_, code)) in enumerate(zip(some, NAMES, strict=True), 2)
    }
    return Made(saved(workbook([PLACED, *rows])), expected)


@believable("外镇和写错的村.xlsx", "一个外镇的村、一个写错字的村：指出来，不猜")
def strange_villages() -> Made:
    some = people(109, 3)
    rows: list[list[Any]] = [
        [name, VOLUNTEERS, one.name, one.id_number, one.mobile]
        for one, name in zip(some, ("朱仙庄镇二铺村", "沈围村", "本级"), strict=True)
    ]
    expected: dict[Key, Row] = {
        2: Row("wrong", {"village_code": None}, {"A2": "二铺"}, never="队伍”没有填写"),
        3: Row("wrong", {"village_code": None}, {"A3": "沈围"}, never="队伍”没有填写"),
        4: Row("new", known(some[2], VOLUNTEERS)),
    }
    return Made(saved(workbook([PLACED, *rows])), expected)


@believable("同名队伍.xlsx", "两个村都有“义务巡逻队”：写明村的认得出，没写村的要问")
def same_teams() -> Made:
    some = people(110, 3)
    rows: list[list[Any]] = [
        [place, SAME_NAME, one.name, one.id_number, one.mobile]
        for one, place in zip(some, ("张楼村", "王楼", None), strict=True)
    ]
    expected: dict[Key, Row] = {
        2: Row("new", known(some[0], SAME_NAME, village_code=ZHANGLOU)),
        3: Row("new", known(some[1], SAME_NAME, village_code=WANGLOU)),
        4: Row("wrong", {}, {"B4": "同名|两|2 ?条|2 ?个|村"}),
    }
    return Made(saved(workbook([PLACED, *rows])), expected)


COUNTY_HEAD = ["乡镇", "村（社区）", "队伍名称", "队伍类型", "负责人", "联系电话"]


@believable(
    "县里同名的村.xlsx",
    "县区的队伍表：两个镇都有李桥村，写了镇的认得出，没写镇的要问",
    ledger="team",
    unit="county",
)
def same_villages() -> Made:
    phones = [one.mobile for one in people(111, 5)]
    rows: list[list[Any]] = [
        COUNTY_HEAD,
        ["符离镇", "李桥村", "李桥一队", "义务巡逻队", "王伟", phones[0]],
        ["灰古镇", "李桥村委会", "李桥二队", "义务巡逻队", "王伟", phones[1]],
        [None, "灰古镇李桥村", "李桥三队", "义务巡逻队", "王伟", phones[2]],
        [None, "李桥村", "李桥四队", "义务巡逻队", "王伟", phones[3]],
        [None, "沈圩村", "沈圩一队", "义务巡逻队", "王伟", phones[4]],
    ]
    codes = ["341302100212", village_code("灰古镇", "李桥"), village_code("灰古镇", "李桥")]
    expected: dict[Key, Row] = {
        at: Row("new", {"village_code": code, "team_type": "02"}) for at, code in enumerate(codes, 2)
    }
    expected[5] = Row("wrong", {"village_code": None}, {"B5": "同名|符离镇.*灰古镇"})
    expected[6] = Row("new", {"village_code": SHENWEI})
    return Made(saved(workbook(rows)), expected)


@believable(
    "合并的镇名.xlsx", "县区的队伍表：镇名纵向合并，下面几个同名的村靠它分清", ledger="team", unit="county"
)
def merged_towns() -> Made:
    one, other = people(112, 2)
    rows: list[list[Any]] = [
        ["各乡镇群防群治队伍"],
        COUNTY_HEAD,
        ["灰古镇", "李桥村", "李桥巡逻队", "义务巡逻队", one.name, one.mobile],
        [None, "李桥村", "李桥志愿者", "平安志愿者", other.name, other.mobile],
    ]
    code = village_code("灰古镇", "李桥")
    expected: dict[Key, Row] = {
        3: Row("new", {"village_code": code, "leader_name": one.name, "leader_phone": one.mobile}),
        4: Row("new", {"village_code": code, "team_type": "05"}),
    }
    return Made(saved(workbook(rows, merges=["A1:F1", "A3:A4"])), expected)


def village_code(town: str, stem: str) -> str:
    """The code of a village of the shipped list."""
    from desktop.services import areas

    listed = areas.shipped()
    parent = next(area["code"] for area in listed if area["name"] == town)
    return next(
        area["code"] for area in listed if area["parent_code"] == parent and area["name"].startswith(stem)
    )
