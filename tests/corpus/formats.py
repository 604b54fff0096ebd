"""Hostile files of other formats: under a false name, locked, cut off, too large."""

import io
import struct
import zipfile

from tests.corpus import raw
from tests.corpus.case import Made, fixture, hostile, zipped
from tests.corpus.files import old
from tests.corpus.members import member, members, pack, repeated, swapped
from tests.corpus.zips import BROKEN, TOO_MUCH

WRONG_KIND = BROKEN + "|网页|文档|图片|PDF|Word|格式|另存|扩展名"

for label, content in (
    (
        "网页",
        b"<html><head><meta charset='utf-8'></head><body><table><tr><td>x</td></tr></table></body></html>",
    ),
    ("XML", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"),
    ("PDF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
    ("图片", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500) + b"\xff\xd9"),
    ("RAR", b"Rar!\x1a\x07\x01\x00" + bytes(200)),
):

    @hostile(f"其实是{label}.xlsx", f"{label}文件改名成了 .xlsx")
    def renamed(content: bytes = content) -> Made:
        return Made(content, refused=WRONG_KIND)


@hostile("网页另存.xls", "系统“导出 Excel”其实是网页，扩展名 .xls")
def html_as_xls() -> Made:
    table = "<html><meta charset=gb2312><table><tr><td>姓名</td><td>身份证号</td></tr></table></html>"
    return Made(table.encode("gb18030"), refused=WRONG_KIND)


@hostile("其实是Word.xlsx", "Word 文档改名成了 .xlsx")
def word() -> Made:
    parts = {
        raw.TYPES: raw.types([]),
        raw.LINKS_PART: raw.links([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>",
    }
    return Made(zipped(parts), refused=WRONG_KIND)


@hostile("普通压缩包.xlsx", "里面是照片的压缩包改名成了 .xlsx")
def photos() -> Made:
    return Made(zipped({"照片/1.jpg": b"\xff\xd8\xff", "说明.txt": b"x"}), refused=WRONG_KIND)


def compound(*streams: str, content: bytes = b"") -> bytes:
    """A minimal compound file (MS-CFB) with up to three streams, the first of which holds ``content``."""
    end, free, data = 0xFFFFFFFE, 0xFFFFFFFF, max(1, -(-len(content) // 512))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)  # the table is sector 0
    chain = [0xFFFFFFFD, end, *range(3, 2 + data), end]  # directory in sector 1, content from 2 on
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    entries = b""
    for at, name in enumerate(("Root Entry", *streams)):
        encoded = (name + "\0").encode("utf-16-le")
        kind = 5 if at == 0 else 2
        child = 1 if at == 0 and streams else 0xFFFFFFFF
        right = at + 1 if 0 < at < len(streams) else 0xFFFFFFFF
        entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, right, child)
        start, size = (2, len(content)) if at == 1 and content else (end, 0)
        entries += entry + bytes(36) + struct.pack("<IQ", start, size)
    return header.ljust(512, b"\xff") + table + entries.ljust(512, b"\0") + content.ljust(data * 512, b"\0")


@hostile("有密码.xlsx", "在 WPS 里设了打开密码的工作簿")
def encrypted() -> Made:
    return Made(compound("EncryptedPackage", "EncryptionInfo", content=b"\x01" * 5000), refused="密码")


@hostile("有密码.xls", "97-2003 格式设了打开密码（FilePass 记录）")
def encrypted_old() -> Made:
    book = struct.pack("<HHHHHHI", 0x0809, 8, 0x0600, 5, 0, 0, 0) + struct.pack("<HHH", 0x2F, 6, 1)
    return Made(compound("Workbook", content=book.ljust(5000, b"\0")), refused="密码|" + BROKEN)


@hostile("WPS表格.et", "WPS 的 .et 文件：请另存为 .xlsx")
def et() -> Made:
    return Made(compound("ETExtData", content=b"\0" * 5000), refused="另存")


@hostile("其实是旧Word.xls", "旧 Word 文档改名成了 .xls")
def old_word() -> Made:
    return Made(compound("WordDocument", "1Table", content=b"\0" * 5000), refused=WRONG_KIND)


for share in (30, 70):

    @hostile(f"截断{share}.xls", f"只传来了 {share}% 的 .xls")
    def cut_xls(share: int = share) -> Made:
        content = fixture("roster.xls")
        return Made(content[: len(content) * share // 100], refused=BROKEN)


@hostile("目录成环.xls", ".xls 的扇区链首尾相接")
def looped_xls() -> Made:
    content = bytearray(compound("Workbook", content=b"\x09\x08" * 3000))
    struct.pack_into("<I", content, 512 + 2 * 4, 2)
    return Made(bytes(content), refused=BROKEN + "|另存")


@hostile("内容翻转.xls", ".xls 中间一段被改坏")
def bent_xls() -> Made:
    content = bytearray(fixture("roster.xls"))
    content[1024:2048] = bytes(reversed(content[1024:2048]))
    return Made(bytes(content), refused=BROKEN + "|另存")


def open_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(fixture("roster.ods"))) as made:
        return {name: made.read(name) for name in made.namelist()}


@hostile("炸弹.ods", "开放文档里的 content.xml 解开 330 兆")
def ods_bomb() -> Made:
    parts = open_parts()
    bomb = repeated("content.xml", parts["content.xml"][:200], b" " * 4096, 84000, b"")
    return Made(pack(swapped(members(parts), bomb)), refused=TOO_MUCH + "|" + BROKEN)


@hostile("重复十亿次.ods", "一行写着重复 1,048,576 次，一格写着重复 16,384 次，都有内容")
def ods_repeats() -> Made:
    parts = open_parts()
    evil = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"'
        b' table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", evil + b"</table:table>", 1)
    return Made(pack(members(parts)), refused=TOO_MUCH)


@hostile("DOCTYPE.ods", "content.xml 里有实体")
def ods_doctype() -> Made:
    parts = open_parts()
    head, _, rest = parts["content.xml"].partition(b"?>")
    parts["content.xml"] = head + b'?><!DOCTYPE a [<!ENTITY a "x">]>' + rest
    return Made(pack(members(parts)), refused="DOCTYPE|实体|不安全|不规范|声明|异常|可疑|损坏|外部")


@hostile("空名单.ods", "mimetype 是开放文档，却没有 content.xml")
def ods_hollow() -> Made:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return Made(pack([member("mimetype", kind, method=0)]), refused=BROKEN)


@hostile("文档.ods", "文字文档（.odt）改名成了 .ods")
def odt() -> Made:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    return Made(zipped(parts), refused=WRONG_KIND)


@hostile("有NUL.csv", "CSV 里有 NUL 字节")
def csv_nul() -> Made:
    return Made("姓名,身份证号\r\n".encode() + bytes(2000), refused=WRONG_KIND + "|字符|文字|空")


@hostile("其实是工作簿.csv", "工作簿改名成了 .csv：照内容读")
def xlsx_as_csv() -> Made:
    from tests.corpus.files import old_rows

    return Made(old(), old_rows(merged=True))


@hostile("百万列.csv", "一行有一百万个逗号")
def csv_wide() -> Made:
    return Made(b"," * 1_000_000 + b"x\n", refused=TOO_MUCH + "|列")


@hostile("一行三十兆.csv", "三十兆字没有一个换行")
def csv_long() -> Made:
    return Made("平安".encode() * 5_000_000, refused=TOO_MUCH + "|" + WRONG_KIND + "|没有|找不到")


@hostile("引号没关.csv", "一个引号没有关上，后面两万行都成了一格")
def csv_open_quote() -> Made:
    body = '姓名,身份证号,手机,队伍\r\n"张三,1,2,3\r\n' + "李四,1,2,3\r\n" * 20_000
    return Made(body.encode("utf-8-sig"), refused=BROKEN + "|引号|" + TOO_MUCH)


@hostile("两种编码.csv", "前一半 UTF-8 后一半 GB18030：不能悄悄读成乱码")
def csv_mixed() -> Made:
    head = "姓名,身份证号,手机,队伍\r\n".encode()
    return Made(head + "张三,1,2,沈圩巡逻队\r\n".encode("gb18030"), refused="编码|乱码|另存|栏目|表头")


@hostile("只有表头.csv", "只有一行表头，没有数据")
def csv_header_only() -> Made:
    return Made("姓名,身份证号,手机,队伍\r\n".encode("utf-8-sig"), {}, refused="没有|空")


@hostile("六十兆.csv", "六十兆的 CSV：超过 50 兆")
def csv_large() -> Made:
    return Made("张三,1,2,3\r\n".encode() * 4_200_000, refused=TOO_MUCH)


@hostile("没有这些栏目.xlsx", "完好的工作簿，但是与本台账无关的购物清单")
def unrelated() -> Made:
    rows = raw.row(1, ["商品", "单价", "数量"]) + raw.row(2, ["铅笔", 1, 2])
    return Made(zipped(raw.parts(raw.sheet(rows))), refused="栏目|表头|列")


@hostile("最远的角.xls", "名单之外，IV65536 有一个字：读对，或说明列太多，不占内存")
def far_corner_xls() -> Made:
    return Made(fixture("far.xls"), raw.expected(), refused=TOO_MUCH + "|列|行")
