"""Hostile and odd cells: indexes, places, numbers, formulas, sizes."""

from typing import Any

from tests.corpus import raw
from tests.corpus.case import Key, Made, Row, hostile, known, people, zipped
from tests.corpus.members import members, pack, repeated, swapped
from tests.corpus.unit import PATROL
from tests.corpus.xml import with_sheet
from tests.corpus.zips import BROKEN, TOO_MUCH


def replaced(*swaps: tuple[str, str]) -> bytes:
    """The plain sheet with pieces of its XML changed."""
    text = raw.sheet().decode()
    for old, new in swaps:
        if old not in text:
            raise ValueError(old)
        text = text.replace(old, new)
    return with_sheet(text.encode())


def others(row: int, one: Row) -> dict[Key, Row]:
    """The plain roster with another outcome for one row."""
    return raw.expected() | {row: one}


def day_cell(written: str) -> bytes:
    """The plain roster with something else as the date in row 3."""
    return replaced(('<c r="F3" s="1"><v>45296</v></c>', f'<c r="F3" s="1"><v>{written}</v></c>'))


DUTY = raw.inline("E3", "成员")
NO_DUTY = Row("new|wrong", {"name": raw.SOME[1].name, "duty": None})

for label, index in (
    ("越界", "99"),
    ("负数", "-1"),
    ("巨大", "99999999999999999999"),
    ("不是数", "abc"),
    ("空", ""),
):

    @hostile(f"字符串号{label}.xlsx", f"职务的共享字符串号是 {index or '空的'}：这一格读不出，或说明损坏")
    def bad_index(index: str = index) -> Made:
        cell = f'<c r="E3" t="s"><v>{index}</v></c>'
        return Made(replaced((DUTY, cell)), others(3, NO_DUTY), refused=BROKEN)


@hostile("样式号越界.xlsx", "单元格的样式号是 9999、-1、abc：读对")
def bad_style() -> Made:
    swaps = [
        ('<c r="A2"', '<c r="A2" s="9999"'),
        ('<c r="A3"', '<c r="A3" s="-1"'),
        ('<c r="A4"', '<c r="A4" s="abc"'),
    ]
    return Made(replaced(*swaps), raw.expected(), refused=BROKEN)


for label, written in (
    ("负数", "-5"),
    ("极大", "1e308"),
    ("NaN", "NaN"),
    ("Infinity", "Infinity"),
    ("溢出", "9" * 400),
    ("文字", "昨天"),
    ("六十", "60"),
):

    @hostile(f"日期{label}.xlsx", f"入队日期的序列号是 {written[:20]}：只有这一行有错")
    def bad_day(written: str = written) -> Made:
        wrong = Row("wrong", {"joined_on": None}, {"F3": "日期|年月日|\\d"})
        return Made(day_cell(written), others(3, wrong), refused=BROKEN if written == "昨天" else "")


@hostile("单元格类型不认得.xlsx", "单元格类型写成 zzz")
def bad_type() -> Made:
    return Made(
        replaced((DUTY, '<c r="E3" t="zzz"><v>成员</v></c>')),
        others(3, Row("new|wrong", {"name": raw.SOME[1].name})),
        refused=BROKEN,
    )


@hostile("公式出错.xlsx", "职务是 #REF!：指出这一格")
def faulty() -> Made:
    wrong = Row("wrong", {"duty": None}, {"E3": "#REF!"})
    return Made(replaced((DUTY, '<c r="E3" t="e"><f>A99</f><v>#REF!</v></c>')), others(3, wrong))


@hostile("循环公式.xlsx", "两个公式互相引用，没有结果：指出这一格，不能当成空白")
def circular() -> Made:
    said = Row("new|wrong", {"duty": None}, {"E3": "公式"})
    return Made(replaced((DUTY, '<c r="E3"><f>E4&amp;E3</f></c>')), others(3, said))


@hostile("公式注入.xlsx", "住址写着 =HYPERLINK、=cmd|、@SUM、+DDE：都只是文字")
def injected() -> Made:
    evil = ['=HYPERLINK("http://example.invalid","x")', "=cmd|'/c calc'!A1", "@SUM(1+1)"]
    rows = [raw.row(1, ["队伍", "姓名", "身份证号", "手机", "家庭住址"])]
    rows += [raw.row(at, [*raw.lines()[at - 1][:4], evil[at - 2]]) for at in (2, 3, 4)]
    some: dict[Key, Row] = {
        at: Row("new", known(one, PATROL, address=said))
        for at, (one, said) in enumerate(zip(raw.SOME, evil, strict=True), 2)
    }
    return Made(with_sheet(raw.sheet("".join(rows))), some)


@hostile("没有坐标.xlsx", "行和单元格都没有 r：按次序读对")
def placeless() -> Made:
    import re

    text = re.sub(r' r="[A-Z]*\d+"', "", raw.sheet().decode())
    return Made(with_sheet(text.encode()), raw.expected())


@hostile("行序颠倒.xlsx", "行从下往上写：按行号读对")
def backwards() -> Made:
    rows = [raw.row(at, values) for at, values in enumerate(raw.lines(), 1)]
    return Made(with_sheet(raw.sheet("".join(reversed(rows)))), raw.expected(), refused=BROKEN)


@hostile("列序颠倒.xlsx", "行里单元格从右往左写：按坐标读对")
def right_to_left() -> Made:
    rows = []
    for at, values in enumerate(raw.lines(), 1):
        cells = [raw.cell(column, at, value) for column, value in enumerate(values, 1)]
        rows.append(f'<row r="{at}">{"".join(reversed(cells))}</row>')
    return Made(with_sheet(raw.sheet("".join(rows))), raw.expected(), refused=BROKEN)


@hostile("单元格重复.xlsx", "同一个坐标写了两次，值不同：不能混成第三种")
def doubled() -> Made:
    said = Row("new|wrong", {"name": raw.SOME[1].name})
    return Made(replaced((DUTY, DUTY + raw.inline("E3", "队长"))), others(3, said), refused=BROKEN + "|重复")


@hostile("最远的角.xlsx", "名单之外，XFD1048576 有一个字：读对，不占内存")
def far_corner() -> Made:
    data = raw.sheet().replace(
        b"</sheetData>", f'<row r="1048576">{raw.inline("XFD1048576", "角")}</row></sheetData>'.encode()
    )
    return Made(with_sheet(data), raw.expected() | {}, refused=TOO_MUCH + "|列|行")


for label, place, number in (
    ("XFE", "XFE2", "2"),
    ("ZZZZZZZZ", "ZZZZZZZZ2", "2"),
    ("第0行", "A0", "0"),
    ("行号天文数", "A99999999999", "99999999999"),
    ("负行号", "A-5", "-5"),
    ("行号不是数", "A1x", "1x"),
):

    @hostile(f"坐标{label}.xlsx", f"有一个单元格的坐标是 {place}")
    def bad_place(place: str = place, number: str = number) -> Made:
        extra = f'<row r="{number}">{raw.inline(place, "远")}</row>'
        text = raw.sheet().decode().replace("</sheetData>", extra + "</sheetData>")
        return Made(with_sheet(text.encode()), raw.expected(), refused=BROKEN + "|行号|坐标|列|行")


for label, told in (("谎报小", "A1"), ("谎报大", "A1:XFD1048576"), ("不成样", "abc:")):

    @hostile(f"尺寸{label}.xlsx", f"工作表说自己的尺寸是 {told}：不信它，读对")
    def dimension(told: str = told) -> Made:
        return Made(with_sheet(raw.sheet(before=f'<dimension ref="{told}"/>')), raw.expected())


@hostile("百万空行.xlsx", "名单下面有一百万个只设了格式的空行：读对")
def styled_rows() -> Made:
    front, _, back = raw.sheet().partition(b"</sheetData>")
    bomb = repeated(
        raw.SHEET,
        front,
        b'<row s="1" customFormat="1" ht="20"><c s="1"/></row>',
        1_000_000,
        b"</sheetData>" + back,
    )
    return Made(pack(swapped(members(raw.parts()), bomb)), raw.expected())


@hostile("整列样式.xlsx", "一百列设了列宽，最后一列到 16384：读对")
def styled_columns() -> Made:
    columns = '<cols><col min="1" max="16384" width="9" style="1" hidden="0"/></cols>'
    return Made(with_sheet(raw.sheet(before=columns)), raw.expected())


@hostile("两万处合并.xlsx", "名单右边有两万处合并单元格")
def many_merges() -> Made:
    spans = "".join(f'<mergeCell ref="H{at}:I{at}"/>' for at in range(10, 20010))
    return Made(
        with_sheet(raw.sheet(after=f"<mergeCells>{spans}</mergeCells>")),
        raw.expected(),
        refused=TOO_MUCH + "|合并",
    )


@hostile("合并整张表.xlsx", "一处合并盖住 A10:XFD1048576，还有互相重叠、反着写、不成样的合并：读对")
def huge_merge() -> Made:
    spans = ("A10:XFD1048576", "A12:C14", "B13:D15", "D9:A9", "abc", "", "A1048577:A9999999999")
    listed = "".join(f'<mergeCell ref="{span}"/>' for span in spans)
    return Made(
        with_sheet(raw.sheet(after=f"<mergeCells>{listed}</mergeCells>")),
        raw.expected(),
        refused=BROKEN + "|合并",
    )


@hostile("五千列.xlsx", "表头有 5,000 列")
def wide() -> Made:
    rows = raw.row(1, [*raw.HEAD, *(f"栏{at}" for at in range(5000))])
    rows += "".join(raw.row(at, values) for at, values in enumerate(raw.lines()[1:], 2))
    return Made(with_sheet(raw.sheet(rows)), raw.expected(), refused=TOO_MUCH + "|列")


@hostile("三百万格.xlsx", "一万两千行、每行 251 个数字：超过三百万格")
def many_cells() -> Made:
    front, _, back = raw.sheet().partition(b"</sheetData>")
    line = b"<row>" + b"<c><v>1</v></c>" * 251 + b"</row>"
    bomb = repeated(raw.SHEET, front, line, 12_000, b"</sheetData>" + back)
    return Made(pack(swapped(members(raw.parts()), bomb)), refused=TOO_MUCH)


@hostile("十三万行.xlsx", "十三万行：超过一个文件能有的行数")
def many_rows() -> Made:
    front, _, back = raw.sheet().partition(b"</sheetData>")
    line = b'<row><c t="inlineStr"><is><t>x</t></is></c><c><v>1</v></c></row>'
    bomb = repeated(raw.SHEET, front, line, 130_000, b"</sheetData>" + back)
    return Made(pack(swapped(members(raw.parts()), bomb)), refused=TOO_MUCH)


@hostile("四万字.xlsx", "备注有 40,000 个字：这一行有错，别的照读")
def long_text() -> Made:
    text = raw.sheet().decode()
    text = text.replace(raw.inline("E1", "职务"), raw.inline("E1", "备注"))
    text = text.replace(DUTY, raw.inline("E3", "长" * 40_000)).replace("成员", "好")
    rows: dict[Key, Row] = {at: Row("new", known(one, PATROL)) for at, one in enumerate(raw.SOME, 2)}
    rows[3] = Row("wrong", {"remark": None}, {"E3": "40000|40,000|最多|太长"})
    return Made(with_sheet(text.encode()), rows, refused=TOO_MUCH)


@hostile("转义字符.xlsx", "文字里有 _x000D_、_x0000_、_x005F_ 转义和换行")
def escaped() -> Made:
    one = people(701, 1)[0]
    cells: list[Any] = [PATROL, f"{one.name}_x000D_", one.id_number, one.mobile, "成员_x000a_"]
    rows = raw.row(1, raw.HEAD[:5]) + raw.row(2, cells)
    return Made(with_sheet(raw.sheet(rows)), {2: Row("new", known(one, PATROL, duty="09"))})


@hostile("布尔和空串.xlsx", "职务是空字符串，备注是 TRUE，数字带 E 和正号：读对")
def odd_values() -> Made:
    one = people(702, 1)[0]
    head = raw.row(1, [*raw.HEAD[:4], "职务", "同意登记", "备注"])
    cells = "".join(raw.cell(at, 2, value) for at, value in enumerate((PATROL, one.name, one.id_number), 1))
    cells += f'<c r="D2"><v>+{one.mobile[0]}.{one.mobile[1:]}E+10</v></c><c r="E2" t="str"><v></v></c>'
    cells += '<c r="F2" t="b"><v>1</v></c><c r="G2" t="inlineStr"><is/></c>'
    row = Row("new", known(one, PATROL, consent=True, duty=None, remark=None))
    return Made(with_sheet(raw.sheet(f'{head}<row r="2">{cells}</row>')), {2: row})


@hostile("共享公式.xlsx", "共享公式和数组公式，存着结果：读结果")
def shared_formula() -> Made:
    shared = '<c r="E3" t="str"><f t="shared" ref="E3:E4" si="0">E2</f><v>成员</v></c>'
    array = '<c r="E4" t="str"><f t="array" ref="E4:E9">E2</f><v>成员</v></c>'
    return Made(replaced((DUTY, shared), (raw.inline("E4", "成员"), array)), raw.expected())


@hostile("样式兆级.xlsx", "样式表有十万种格式")
def many_styles() -> Made:
    many = b'<xf numFmtId="0" xfId="0"/>' * 100_000
    text = raw.STYLE_SHEET.replace(b"</cellXfs>", many + b"</cellXfs>")
    return Made(zipped(raw.parts() | {raw.STYLES: text}), raw.expected(), refused=TOO_MUCH)
