"""Believable rosters: how answers are written, and what the rows are to the records."""

import datetime as dt
from typing import Any

from desktop.services.invented import Person
from tests.corpus.case import Made, Row, believable, people, saved, workbook
from tests.corpus.rosters import PLAIN, new, plain
from tests.corpus.unit import HENGKOU, HENGKOU_PATROL, ON_RECORD, PATROL

DATES: tuple[tuple[Any, str], ...] = (
    ("2024-01-05", "2024-01-05"),
    ("2024.1.5", "2024-01-05"),
    ("2024/1/5", "2024-01-05"),
    ("20240105", "2024-01-05"),
    (20240105, "2024-01-05"),
    ("2024年1月5日", "2024-01-05"),
    ("２０２４．１．５", "2024-01-05"),
    ("2024年1月", "2024-01-01"),
    ("2024.01", "2024-01-01"),
    (dt.date(2024, 1, 5), "2024-01-05"),
    (dt.datetime(2024, 1, 5, 8, 30), "2024-01-05"),
    (45296, "2024-01-05"),
    ("45296", "2024-01-05"),
    ("2024-01-05 00:00:00", "2024-01-05"),
    (" 2024 年 1 月 5 日 ", "2024-01-05"),
)


@believable(
    "日期各种写法.xlsx", "入队日期有十五种写法：点、斜线、连写、年月日、只有年月、序列号、真日期、带时间"
)
def dates() -> Made:
    some = people(9, len(DATES))
    rows = [[*plain(one), value] for one, (value, _) in zip(some, DATES, strict=True)]
    expected = {
        at: new(one, joined_on=day) for at, (one, (_, day)) in enumerate(zip(some, DATES, strict=True), 2)
    }
    return Made(saved(workbook([[*PLAIN, "入队日期"], *rows])), expected)


@believable("1904日期系统.xlsx", "苹果电脑做的工作簿，日期从 1904 年起算")
def epoch_1904() -> Made:
    some = people(10, 3)
    book = workbook([[*PLAIN, "入队日期"], *map(plain, some)])
    book.epoch = dt.datetime(1904, 1, 1)
    sheet = book.worksheets[0]
    for at in range(2, 5):
        sheet.cell(at, 6, 45296 - 1462).number_format = "yyyy-mm-dd"
    sheet["F4"].number_format = "General"
    return Made(saved(book), {at: new(one, joined_on="2024-01-05") for at, one in enumerate(some, 2)})


def grouped(number: str) -> str:
    return f"{number[:6]} {number[6:14]} {number[14:]}"


@believable("身份证各种写法.xlsx", "身份证有空格、横线、单引号、全角数字、小写 x、前后不可见字符")
def identity_forms() -> Made:
    some = people(11, 8)
    with_x = next(one for one in people(12, 400) if one.id_number.endswith("X"))
    wide = some[3].id_number.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    forms = [
        grouped(some[0].id_number),
        f"'{some[1].id_number}",
        f"{some[2].id_number[:6]}-{some[2].id_number[6:14]}-{some[2].id_number[14:]}",
        wide,
        f"\u200e{some[4].id_number}\u200b",
        f"　{some[5].id_number}\t",
        f"\xa0{some[6].id_number}\xa0",
        f"‘{some[7].id_number}",
    ]
    rows = [[PATROL, one.name, number, one.mobile, "成员"] for one, number in zip(some, forms, strict=True)]
    rows.append([PATROL, with_x.name, with_x.id_number.lower(), with_x.mobile, "成员"])
    expected = {at: new(one) for at, one in enumerate([*some, with_x], 2)}
    return Made(saved(workbook([PLAIN, *rows])), expected)


@believable("电话是数字.xlsx", "手机号是数字单元格，有空格、横线、+86、一格两个号码")
def phones() -> Made:
    some = people(13, 5)
    forms: list[Any] = [
        int(some[0].mobile),
        f"{some[1].mobile[:3]} {some[1].mobile[3:7]} {some[1].mobile[7:]}",
        f"{some[2].mobile[:3]}-{some[2].mobile[3:7]}-{some[2].mobile[7:]}",
        f"+86{some[3].mobile}",
        float(some[4].mobile),
    ]
    rows = [[PATROL, one.name, one.id_number, phone, "成员"] for one, phone in zip(some, forms, strict=True)]
    return Made(saved(workbook([PLAIN, *rows])), {at: new(one) for at, one in enumerate(some, 2)})


@believable(
    "身份证丢了后三位.xlsx",
    "身份证是数字格式，后三位已变成 0；一人本单位有记录，可以提供完整号码，其余不许编造",
)
def lost_digits() -> Made:
    strangers = people(14, 3)
    known_one = ON_RECORD[0]

    def lost(person: Person) -> int:
        return int(person.id_number[:15] + "000")

    rows: list[list[Any]] = [
        [PATROL, known_one.name, lost(known_one), known_one.mobile, "成员"],
        [PATROL, strangers[0].name, lost(strangers[0]), strangers[0].mobile, "成员"],
        [PATROL, strangers[1].name, f"{lost(strangers[1]):.5E}", strangers[1].mobile, "成员"],
        [PATROL, strangers[2].name, strangers[2].id_number, strangers[2].mobile, "成员"],
        [PATROL, strangers[0].name, lost(known_one), strangers[0].mobile, "成员"],  # another name: no offer
    ]
    no_number = {"id_number": None}
    expected = {
        2: Row("wrong", no_number, {"C2": "位"}, {"id_number": known_one.id_number}),
        3: Row("wrong", no_number, {"C3": "后三位|15 ?位|科学计数|不完整"}, {"id_number": ""}),
        4: Row("wrong", no_number, {"C4": "后|15 ?位|科学计数|不完整"}, {"id_number": ""}),
        5: new(strangers[2]),
        6: Row("wrong", no_number, {"C6": "位"}, {"id_number": ""}),
    }
    return Made(saved(workbook([PLAIN, *rows])), expected)


@believable(
    "选项各种叫法.xlsx",
    "性别写男/1/女性，政治面貌写党员/群众/团员，学历写大专/大学专科/高中（中专），职务写队员",
)
def list_words() -> Made:
    some = people(15, 5)
    sexes = [
        {"1": ("男", "1", "男性", "M", "男 "), "2": ("女", "2", "女性", "F", "女 ")}[one.gender][at]
        for at, one in enumerate(some)
    ]
    words = [
        ("党员", "大专", "队长", "汉"),
        ("中共党员", "大学专科", "副队长", "汉族"),
        ("群众", "高中（中专）", "队员", "回"),
        ("预备党员", "本科", "组员", "01"),
        ("共青团员", "初中毕业", "成员", "汉族"),
    ]
    codes = [
        ("01", "30", "07", "01"),
        ("01", "30", "08", "01"),
        ("13", "60", "09", "03"),
        ("02", "20", "09", "01"),
        ("03", "70", "09", "01"),
    ]
    head = ["队伍", "姓名", "身份证号", "手机", "性别", "政治面貌", "学历", "职务", "民族"]
    rows = [
        [PATROL, one.name, one.id_number, one.mobile, sex, *said]
        for one, sex, said in zip(some, sexes, words, strict=True)
    ]
    expected = {
        at: new(one, political=code[0], education=code[1], duty=code[2], ethnicity=code[3])
        for at, (one, code) in enumerate(zip(some, codes, strict=True), 2)
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("出生年月与年龄.xlsx", "出生年月只到月，年龄是另一列；出生日期以身份证为准，年龄列不用")
def birth_months() -> Made:
    some = people(16, 4)
    shown: list[Any] = [
        f"{some[0].born:%Y.%m}",
        f"{some[1].born.year}年{some[1].born.month}月",
        f"{some[2].born:%Y-%m}",
        some[3].born,
    ]
    head = ["队伍", "姓名", "性别", "出生年月", "年龄", "身份证号", "手机"]
    rows = [
        [PATROL, one.name, {"1": "男", "2": "女"}[one.gender], born, 2026 - one.born.year, *numbers]
        for one, born in zip(some, shown, strict=True)
        for numbers in [(one.id_number, one.mobile)]
    ]
    return Made(saved(workbook([head, *rows])), {at: new(one) for at, one in enumerate(some, 2)})


@believable("文件内重复.xlsx", "同一人在同一队写了两遍，另一人在两个队各一遍（允许）")
def duplicates() -> Made:
    some = people(24, 2)
    rows = [PLAIN, plain(some[0]), plain(some[0]), plain(some[1]), plain(some[1], HENGKOU_PATROL)]
    expected = {
        2: new(some[0]),
        3: Row("wrong", {}, {"C3": "重复|第 2 行"}),
        4: new(some[1]),
        5: new(some[1], HENGKOU_PATROL),
    }
    return Made(saved(workbook(rows)), expected)


@believable("与记录比较.xlsx", "一人和记录相同，一人手机变了，一人职务空着（不清空），一人是新的")
def against_records() -> Made:
    same, moved, blank, _ = ON_RECORD
    stranger = people(25, 1)[0]
    rows = [PLAIN, plain(same), plain(moved), plain(blank), plain(stranger)]
    rows[2] = [PATROL, moved.name, moved.id_number, "19988887777", "成员"]
    rows[3] = [PATROL, blank.name, blank.id_number, None, None]
    expected = {
        2: Row("same"),
        3: Row("changed", {"mobile": "19988887777"}),
        4: Row("same"),
        5: new(stranger),
    }
    return Made(saved(workbook(rows)), expected)


@believable("错误各一处.xlsx", "校验码错、少一位、职务不在列表、日期不存在、没有姓名、没有队伍，每处指到格子")
def mistakes() -> Made:
    some = people(26, 7)
    wrong = some[0].id_number[:-1] + ("0" if some[0].id_number[-1] != "0" else "1")
    head = [*PLAIN, "入队日期"]
    rows: list[list[Any]] = [[*plain(one), "2024-01-05"] for one in some]
    rows[0][2] = wrong
    rows[1][2] = some[1].id_number[:-1]
    rows[2][4] = "皇帝"
    rows[3][5] = "2026-02-30"
    rows[4][1] = None
    rows[5][0] = None
    places = ("C2", "C3", "E4", "F5", "B6", "A7")
    words = ("校验码", "17 ?位", "皇帝", "2 ?月 ?30|没有", "姓名", "队伍")
    expected: dict[int | tuple[str, int], Row] = {
        at: Row("wrong", {}, {place: word})
        for at, (place, word) in enumerate(zip(places, words, strict=True), 2)
    }
    expected[8] = new(some[6])
    return Made(saved(workbook([head, *rows])), expected)


@believable("还没有的队伍.xlsx", "花名册里有一个记录中还没有的队伍，连同队伍类型、村一起写着")
def new_team() -> Made:
    some = people(27, 3)
    head = ["村", "队伍名称", "队伍类型", "姓名", "身份证号", "手机"]
    rows = [["横口村", "横口守护队", "义务巡逻队", one.name, one.id_number, one.mobile] for one in some]
    expected = {at: new(one, "横口守护队", village_code=HENGKOU) for at, one in enumerate(some, 2)}
    return Made(saved(workbook([head, *rows])), expected)


@believable("同名不同人.xlsx", "与记录中一人同名同手机，身份证却不同：要提醒")
def near_ones() -> Made:
    stranger, old = people(30, 1)[0], ON_RECORD[3]
    rows = [PLAIN, [PATROL, old.name, stranger.id_number, old.mobile, "成员"]]
    expected = {2: Row("new|wrong", {}, {"[BC]2": "同名|相近|相似|已有|同一|核对|姓名|手机"})}
    return Made(saved(workbook(rows)), expected)


@believable("没有队伍列.xlsx", "花名册没有队伍这一列：每行都要指出不知道是哪个队的")
def teamless() -> Made:
    some = people(33, 2)
    rows = [["姓名", "身份证号", "手机"], *([one.name, one.id_number, one.mobile] for one in some)]
    cells = {at: {f"[A-Z]*{at}": "队伍"} for at in (2, 3)}
    expected = {at: Row("wrong", {"name": one.name}, cells[at]) for at, one in enumerate(some, 2)}
    return Made(saved(workbook(rows)), expected)


@believable("姓名有空格.xlsx", "两个字的姓名中间加了空格对齐，少数民族姓名有间隔点")
def spaced_names() -> Made:
    some = people(34, 3)
    names = ["王 伟", "李　敏", "买买提·艾力"]
    rows = [[PATROL, name, one.id_number, one.mobile] for one, name in zip(some, names, strict=True)]
    expected = {
        at: new(one, name=name)
        for at, (one, name) in enumerate(zip(some, ["王伟", "李敏", "买买提·艾力"], strict=True), 2)
    }
    return Made(saved(workbook([PLAIN[:4], *rows])), expected)
