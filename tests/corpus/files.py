"""Believable rosters in other formats: .xls, .ods, .xlsm, .csv and text with tabs.

The fixtures are ``old()`` and ``old_register()`` as LibreOffice saves them: write both as .xlsx, then
``soffice --headless --convert-to xls --outdir tests/corpus/files FILE``, and the same with ``ods``.
"""

import datetime as dt
import io
import zipfile
from typing import Any

from tests.corpus.case import Key, Made, Row, believable, fixture, known, people, saved, workbook, zipped
from tests.corpus.registers import FIRST, SECOND, SPANS, WHOLE, line
from tests.corpus.unit import HENGKOU, HENGKOU_PATROL, PATROL, SHENWEI

HEAD = ["序号", "村", "队伍名称", "姓名", "身份证号", "手机", "入队日期"]


def old() -> bytes:
    """The roster that the .xls and .ods fixtures were made from."""
    some = people(401, 4)
    rows: list[list[Any]] = [["符离镇花名册"], HEAD]
    for at, one in enumerate(some, 1):
        day = dt.date(2024, 1, 5) if at < 3 else "2024.1.5"
        phone = int(one.mobile) if at == 2 else one.mobile
        rows.append([at, None, None, one.name, one.id_number, phone, day])
    rows[2][1:3] = ["沈圩村", PATROL]
    rows[4][1:3] = ["横口村", HENGKOU_PATROL]
    rows += [["合计", None, None, "4人"]]
    return saved(workbook(rows, title="花名册", merges=["A1:G1", "B3:B4", "C3:C4", "B5:B6", "C5:C6"]))


def old_register() -> bytes:
    """The register that the .xls and .ods fixtures were made from."""
    rows: list[list[Any]] = [["村级重大事项台账"], FIRST, SECOND, line(1, "沈圩村", "小广场建设")]
    return saved(workbook(rows, title="台账", merges=["A1:U1", *(span.format(2, 3) for span in SPANS)]))


def old_rows(*, merged: bool) -> dict[Key, Row]:
    """What must come of :func:`old`; where merges cannot be known, the rows below have no team."""
    some = people(401, 4)
    places = [(PATROL, SHENWEI)] * 2 + [(HENGKOU_PATROL, HENGKOU)] * 2
    return {
        at: Row("new", known(one, team, village_code=place, joined_on="2024-01-05"))
        if merged or at in (3, 5)
        else Row("new|wrong", {"name": one.name})
        for at, one, (team, place) in zip(range(3, 7), some, places, strict=True)
    }


@believable("花名册.xls", "97-2003 格式的花名册，村和队伍纵向合并，日期是真日期，一个手机是数字")
def xls() -> Made:
    return Made(fixture("roster.xls"), old_rows(merged=True))


@believable("花名册.ods", "开放文档格式的花名册，村和队伍纵向合并")
def ods() -> Made:
    return Made(fixture("roster.ods"), old_rows(merged=True))


@believable("台账.xls", "97-2003 格式的附件5台账，两级合并表头", ledger="matter")
def register_xls() -> Made:
    return Made(fixture("register.xls"), {4: Row("new", {"title": "小广场建设"} | WHOLE)})


@believable("台账.ods", "开放文档格式的附件5台账，两级合并表头", ledger="matter")
def register_ods() -> Made:
    return Made(fixture("register.ods"), {4: Row("new", {"title": "小广场建设"} | WHOLE)})


@believable("改名的旧文件.xlsx", "其实是 .xls，扩展名被改成了 .xlsx：照内容读")
def xls_renamed() -> Made:
    return Made(fixture("roster.xls"), old_rows(merged=True), refused="xls|扩展名|格式")


@believable("改名的新文件.xls", "其实是 .xlsx，扩展名被改成了 .xls：照内容读")
def xlsx_renamed() -> Made:
    return Made(old(), old_rows(merged=True))


@believable("大写扩展名.XLSX", "扩展名是大写")
def capitals() -> Made:
    return Made(old(), old_rows(merged=True))


@believable("带宏.xlsm", "启用宏的工作簿：读数据，不理会宏")
def macros() -> Made:
    raw = io.BytesIO(old())
    with zipfile.ZipFile(raw) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    book = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(book, macro)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not a macro at all"
    return Made(zipped(parts), old_rows(merged=True))


def text(separator: str = ",", *, title: bool = True) -> tuple[str, dict[Key, Row]]:
    """The text of a roster of three people and what must come of it."""
    some = people(402, 3)
    lines = [separator.join(["姓名", "身份证号", "手机", "队伍", "入队日期", "备注"])]
    for one in some:
        remark = f'"说好{separator}晚上去"' if one is some[1] else ""
        lines.append(separator.join([one.name, one.id_number, one.mobile, PATROL, "2024/1/5", remark]))
    if title:
        lines = ["符离镇花名册", *lines, "合计"]
    top = 3 if title else 2
    rows: dict[Key, Row] = {
        at: Row("new", known(one, PATROL, joined_on="2024-01-05")) for at, one in enumerate(some, top)
    }
    return "\r\n".join(lines) + "\r\n", rows


@believable("国标编码.csv", "GB18030 编码的 CSV，Excel 在中文 Windows 上存出来的样子")
def gb18030() -> Made:
    written, rows = text()
    return Made(written.encode("gb18030"), rows)


@believable("带BOM.csv", "UTF-8 带 BOM 的 CSV")
def bom() -> Made:
    written, rows = text()
    return Made(written.encode("utf-8-sig"), rows)


@believable("无BOM.csv", "UTF-8 不带 BOM 的 CSV，没有标题行")
def utf8() -> Made:
    written, rows = text(title=False)
    return Made(written.encode(), rows)


@believable("制表符.csv", "用制表符分隔的文本，UTF-16（Excel 存“Unicode 文本”的样子）")
def utf16() -> Made:
    written, rows = text("\t")
    return Made(written.encode("utf-16"), rows, refused="编码|UTF-16|另存")


@believable("分号.csv", "用分号分隔的 CSV，GB18030")
def semicolons() -> Made:
    written, rows = text(";", title=False)
    return Made(written.encode("gb18030"), rows)


@believable("引号换行.csv", 'CSV 的格子里有换行、引号、逗号，行尾只有换行符；身份证前有制表符或 ="…"')
def quoted() -> Made:
    some = people(403, 3)
    lines = ['姓名,"身份证\n号码",手机,队伍,"家庭住址"']
    guards = (f'"=""{some[0].id_number}"""', f"\t{some[1].id_number}", f"'{some[2].id_number}")
    for one, guarded in zip(some, guards, strict=True):
        lines.append(f'{one.name},{guarded},{one.mobile},{PATROL},"东头,""老槐树""旁"')
    rows: dict[Key, Row] = {
        at: Row("new", known(one, PATROL, address='东头,"老槐树"旁'))
        for at, one in zip((2, 3, 4), some, strict=True)
    }
    return Made("\n".join(lines).encode("utf-8-sig"), rows)


@believable("科学计数.csv", "身份证在 CSV 里已变成 3.41399E+17：后面的数字没有了，指出来")
def scientific() -> Made:
    one = people(404, 1)[0]
    body = f"姓名,身份证号,手机,队伍\r\n{one.name},{int(one.id_number[:17]):.5E},{one.mobile},{PATROL}\r\n"
    return Made(
        body.encode("gb18030"), {2: Row("wrong", {"id_number": None}, {"B2": "后|15 ?位|科学计数|不完整"})}
    )
