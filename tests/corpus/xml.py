"""Hostile and odd XML in the parts of a workbook, and odd packages."""

from desktop.services.invented import Person
from tests.corpus import raw
from tests.corpus.case import Made, hostile, zipped
from tests.corpus.members import members, pack, repeated, swapped
from tests.corpus.zips import BROKEN, TOO_MUCH, UNSAFE

FORBIDDEN = "DOCTYPE|实体|不安全|不规范|声明|异常|可疑|损坏|外部"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)


def with_sheet(content: bytes) -> bytes:
    return zipped(raw.parts(content))


def changed(name: str, content: bytes) -> bytes:
    return zipped(raw.parts() | {name: content})


def without(name: str) -> bytes:
    parts = raw.parts()
    del parts[name]
    return zipped(parts)


def declared(doctype: str, encoding: str, name: str = "") -> bytes:
    """The plain sheet with a DOCTYPE in it, in another encoding."""
    text = raw.sheet().decode().partition("?>\n")[2]
    return f'<?xml version="1.0" encoding="{name or encoding}"?>{doctype}{text}'.encode(encoding)


@hostile("DOCTYPE.xlsx", "工作表开头有 DOCTYPE")
def doctype() -> Made:
    return Made(with_sheet(declared("<!DOCTYPE worksheet>", "utf-8")), refused=FORBIDDEN)


for label, encoding, name in (
    ("UTF-16", "utf-16", ""),
    ("UTF-16BE", "utf-16-be", "utf-16"),
    ("UTF-32", "utf-32", ""),
    ("EBCDIC", "cp037", "ibm037"),
    ("UTF-7", "utf-7", ""),
):

    @hostile(f"DOCTYPE-{label}.xlsx", f"DOCTYPE 藏在 {label} 编码里")
    def hidden_doctype(encoding: str = encoding, name: str = name) -> Made:
        plain = declared('<!DOCTYPE worksheet [<!ENTITY a "x">]>', "utf-8").decode()
        if encoding in ("cp037", "utf-7"):
            plain = "".join(mark for mark in plain if mark.isascii())
        plain = plain.replace('encoding="utf-8"', f'encoding="{name or encoding}"')
        return Made(with_sheet(plain.encode(encoding)), refused=FORBIDDEN + "|编码|" + BROKEN)


@hostile("十亿笑.xlsx", "共享字符串里十层实体展开")
def laughs() -> Made:
    body = f'<sst xmlns="{raw.MAIN}"><si><t>&j;</t></si></sst>'
    return Made(changed(raw.STRINGS, f"{LAUGHS}]>{body}".encode()), refused=FORBIDDEN)


@hostile("外部实体.xlsx", "实体指向本机文件")
def outside() -> Made:
    entity = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'{entity}<sst xmlns="{raw.MAIN}"><si><t>&x;</t></si></sst>'
    return Made(changed(raw.STRINGS, body.encode()), refused=FORBIDDEN)


@hostile("工作簿里的DOCTYPE.xlsx", "workbook.xml 里有参数实体")
def doctype_in_book() -> Made:
    text = raw.workbook().decode().partition("?>\n")[2]
    return Made(changed(raw.BOOK, f'<!DOCTYPE a [<!ENTITY % p "q">%p;]>{text}'.encode()), refused=FORBIDDEN)


@hostile("嵌套一万层.xlsx", "工作表里元素嵌套一万层")
def deep() -> Made:
    return Made(
        with_sheet(raw.sheet("<a>" * 10000 + "</a>" * 10000)), refused=TOO_MUCH + "|层|嵌套|" + BROKEN
    )


@hostile("十万属性.xlsx", "一个单元格有十万个属性")
def attributes() -> Made:
    many = " ".join(f'a{at}="1"' for at in range(100_000))
    data = raw.sheet().replace(b'<c r="A2"', b'<c r="A2" ' + many.encode())
    return Made(with_sheet(data), raw.expected(), refused=TOO_MUCH + "|" + BROKEN)


@hostile("非法UTF8.xlsx", "工作表里有不合法的 UTF-8 字节")
def bad_utf8() -> Made:
    return Made(
        with_sheet(raw.sheet().replace("成员".encode(), b"\xff\xfe\xc0", 1)), refused=BROKEN + "|编码"
    )


@hostile("有NUL.xlsx", "工作表的文字里有 NUL 字节")
def nul() -> Made:
    return Made(with_sheet(raw.sheet().replace("成员".encode(), b"\0", 1)), refused=BROKEN + "|字符")


@hostile("XML没写完.xlsx", "工作表的 XML 写到一半就没了")
def unfinished() -> Made:
    text = raw.sheet()
    return Made(with_sheet(text[: len(text) * 2 // 3]), refused=BROKEN)


@hostile("命名空间不对.xlsx", "工作表用了别的命名空间：读对或说明")
def wrong_namespace() -> Made:
    text = raw.sheet().replace(raw.MAIN.encode(), b"http://example.invalid/other")
    return Made(with_sheet(text), raw.expected(), refused=BROKEN + "|空|没有|找不到")


@hostile("严格OOXML.xlsx", "ISO 严格版本的工作簿：读对")
def strict() -> Made:
    swaps = {
        raw.MAIN.encode(): b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        raw.LINKS.encode(): b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = {}
    for name, content in raw.parts().items():
        for old, new in swaps.items():
            content = content.replace(old, new)  # noqa: PLW2901
        parts[name] = content
    return Made(zipped(parts), raw.expected())


for label, name in (("工作簿", raw.BOOK), ("关系", raw.BOOK_LINKS), ("工作表", raw.SHEET)):

    @hostile(f"缺{label}.xlsx", f"压缩包里没有 {name}")
    def missing(name: str = name) -> Made:
        return Made(without(name), refused=BROKEN)


for label, name in (
    ("内容类型", raw.TYPES),
    ("样式", raw.STYLES),
    ("共享字符串", raw.STRINGS),
    ("根关系", raw.LINKS_PART),
):

    @hostile(f"缺{label}.xlsx", f"压缩包里没有 {name}，但名单用不着它：读对或说明损坏")
    def spared(name: str = name) -> Made:
        return Made(without(name), raw.expected(), refused=BROKEN)


@hostile("缺用着的共享字符串.xlsx", "单元格引用共享字符串，压缩包里却没有这个部件")
def missing_strings() -> Made:
    parts = raw.parts(raw.sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    del parts[raw.STRINGS]
    return Made(zipped(parts), refused=BROKEN + "|没有|找不到")


@hostile("关系指向外部.xlsx", "工作表的关系指向网址")
def external() -> Made:
    text = raw.parts()[raw.BOOK_LINKS].replace(
        b'Target="worksheets/sheet1.xml"', b'Target="http://example.invalid/a.xml" TargetMode="External"'
    )
    return Made(changed(raw.BOOK_LINKS, text), refused=BROKEN + "|外部|" + UNSAFE)


@hostile("关系指向包外.xlsx", "工作表的目标是 ../../../../etc/passwd")
def climbing() -> Made:
    text = raw.parts()[raw.BOOK_LINKS].replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd")
    return Made(changed(raw.BOOK_LINKS, text), refused=BROKEN + "|" + UNSAFE)


@hostile("关系兜圈.xlsx", "工作表的关系指回工作簿自己")
def circular() -> Made:
    text = raw.parts()[raw.BOOK_LINKS].replace(b"worksheets/sheet1.xml", b"workbook.xml")
    return Made(changed(raw.BOOK_LINKS, text), refused=BROKEN + "|空|没有|找不到")


@hostile("部件换名.xlsx", "工作簿叫 a/书.xml，工作表叫 数据.bin：按关系找，读对")
def renamed() -> Made:
    parts = raw.parts()
    links = raw.links(
        [
            ("rId1", "worksheet", "../数据.bin"),
            ("rId8", "styles", "/s.xml"),
            ("rId9", "sharedStrings", "t.xml"),
        ]
    )
    return Made(
        zipped(
            {
                raw.TYPES: raw.types(
                    [("a/书.xml", "sheet.main"), ("数据.bin", "worksheet"), ("s.xml", "styles")]
                ),
                raw.LINKS_PART: raw.links([("rId1", "officeDocument", "/a/书.xml")]),
                "a/书.xml": parts[raw.BOOK],
                "a/_rels/书.xml.rels": links,
                "数据.bin": parts[raw.SHEET],
                "s.xml": parts[raw.STYLES],
                "a/t.xml": parts[raw.STRINGS],
            }
        ),
        raw.expected(),
    )


@hostile("部件名大小写.xlsx", "关系里写 Worksheets/Sheet1.xml，压缩包里是小写：读对")
def other_case() -> Made:
    text = raw.parts()[raw.BOOK_LINKS].replace(b"worksheets/sheet1.xml", b"Worksheets/Sheet1.xml")
    return Made(changed(raw.BOOK_LINKS, text), raw.expected(), refused=BROKEN)


@hostile("样式坏.xlsx", "styles.xml 是一段废话：名单照样读对，或说明损坏")
def bad_styles() -> Made:
    return Made(
        changed(raw.STYLES, b"<styleSheet><cellXfs><xf numFmtId='abc'"), raw.expected(), refused=BROKEN
    )


@hostile("格式代码坏.xlsx", "自定义数字格式是乱码、超长、没有闭合的引号：读对")
def bad_formats() -> Made:
    formats = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>'
        for at, code in enumerate(("[$-F800]&quot;", "yyyy" * 5000, "\\", "", "[红][$-804]"))
    )
    text = raw.STYLE_SHEET.replace(
        b'<fonts count="1">', f'<numFmts count="9">{formats}</numFmts><fonts count="1">'.encode()
    )
    text = text.replace(
        b'numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"', b'numFmtId="164" xfId="0"'
    )
    return Made(changed(raw.STYLES, text), raw.expected(), refused=BROKEN)


@hostile("注释和处理指令.xlsx", "单元格中间夹着注释、CDATA 和处理指令：读对")
def interleaved() -> Made:
    one: Person = raw.SOME[0]
    text = (
        raw.sheet()
        .decode()
        .replace(f'preserve">{one.name}<', f'preserve"><!-- 假 --><![CDATA[{one.name}]]><?x 假?><')
    )
    return Made(with_sheet(text.encode()), raw.expected())


@hostile("扩展和备用内容.xlsx", "工作表里有 mc:AlternateContent 和 extLst：读对")
def alternate() -> Made:
    spare = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
        '<extLst><ext uri="{0}"><sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData></ext></extLst>'
    )
    return Made(with_sheet(raw.sheet(after=spare)), raw.expected())


@hostile("共享字符串60兆.xlsx", "共享字符串解开 64 兆")
def heavy_strings() -> Made:
    front = f'<sst xmlns="{raw.MAIN}">'.encode()
    item = b"<si><t>" + "平安".encode() * 500 + b"</t></si>"
    bomb = repeated(raw.STRINGS, front, item, 64 * 2**20 // len(item), b"</sst>")
    return Made(pack(swapped(members(raw.parts()), bomb)), refused=TOO_MUCH)


@hostile("二百张表.xlsx", "工作簿里有 200 张工作表")
def many_sheets() -> Made:
    parts = raw.parts()
    parts[raw.BOOK] = raw.workbook([f"表{at}" for at in range(1, 201)])
    named = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, 201)]
    parts[raw.BOOK_LINKS] = raw.links(named)
    parts |= {f"xl/worksheets/sheet{at}.xml": raw.sheet("") for at in range(2, 201)}
    return Made(zipped(parts), refused=TOO_MUCH)


@hostile("图表页.xlsx", "第一张是图表页，第二张才是名单：读对")
def chart_sheet() -> Made:
    parts = raw.parts()
    parts[raw.BOOK] = raw.workbook(["图", "名单"])
    parts[raw.BOOK_LINKS] = raw.links(
        [("rId1", "chartsheet", "chartsheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet1.xml")]
    )
    parts["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{raw.MAIN}"><sheetViews/></chartsheet>'.encode()
    return Made(zipped(parts), raw.expected())


@hostile("没有表的工作簿.xlsx", "工作簿里一张表也没有")
def no_sheets() -> Made:
    return Made(changed(raw.BOOK, raw.workbook([])), refused=BROKEN + "|空|没有")


@hostile("表名古怪.xlsx", "表名有三百字、斜杠、控制字符引用、零宽字符：读对")
def odd_titles() -> Made:
    title = "名/单\\[1]:*?" + "长" * 300 + "\u200b"
    return Made(changed(raw.BOOK, raw.workbook([title])), raw.expected(), refused=BROKEN)


@hostile("空表.xlsx", "工作表里什么也没有")
def blank_sheet() -> Made:
    return Made(with_sheet(raw.sheet("")), refused="空|没有|找不到")


@hostile("二进制工作表.xlsb", "二进制工作簿（.xlsb）")
def binary() -> Made:
    parts = raw.parts()
    kept = {raw.TYPES: parts[raw.TYPES].replace(b"sheet.main+xml", b"sheet.binary.macroEnabled.main")}
    kept |= {raw.LINKS_PART: raw.links([("rId1", "officeDocument", "xl/workbook.bin")])}
    kept |= {"xl/workbook.bin": b"\x83\x01\x00\x84\x01\x00", "xl/worksheets/sheet1.bin": b"\x81\x01\x00"}
    return Made(zipped(kept), refused="xlsb|二进制|另存")
