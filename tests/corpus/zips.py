"""Hostile and broken zips."""

import zlib
from dataclasses import replace

from tests.corpus import raw
from tests.corpus.case import Made, hostile, zipped
from tests.corpus.members import lying, member, members, pack, repeated, swapped

BROKEN = "损坏|不完整|坏|截断|残缺|不是.{0,9}(Excel|工作簿|表格|xlsx)|不一致|不符|缺"
TOO_MUCH = "最大|最多|太大|过大|超过|太多|过多|上限|膨胀|异常|炸弹|压缩"
UNSAFE = "重名|内部结构|路径|不安全|不规范|异常|可疑|不合规|重复|损坏|名称|部件"
GOOD = zipped(raw.parts())
SPACE = b" " * 4096


def read() -> Made:
    """The plain roster as it is, for what must be read right."""
    return Made(GOOD, raw.expected())


@hostile("完好.xlsx", "对照：后面各个坏文件都由它改成")
def good() -> Made:
    return read()


@hostile("空文件.xlsx", "0 字节")
def empty() -> Made:
    return Made(b"", refused="空")


@hostile("一个字节.xlsx", "只有一个字节")
def one_byte() -> Made:
    return Made(b"P", refused=BROKEN + "|栏目")


@hostile("空压缩包.xlsx", "没有任何成员的压缩包")
def empty_zip() -> Made:
    return Made(pack([]), refused=BROKEN + "|空")


@hostile("随机字节.xlsx", "六万字节无意义的内容")
def noise() -> Made:
    return Made(
        b"".join(zlib.crc32(bytes([at % 251, at // 251])).to_bytes(4, "big") for at in range(15000)),
        refused=BROKEN,
    )


for share in (10, 50, 90, 99):

    @hostile(f"截断{share}.xlsx", f"只传来了 {share}% 的文件")
    def cut(share: int = share) -> Made:
        return Made(GOOD[: len(GOOD) * share // 100], refused=BROKEN)


@hostile("截断末字节.xlsx", "少了最后一个字节")
def cut_last() -> Made:
    return Made(GOOD[:-1], raw.expected(), refused=BROKEN)


@hostile("截断前面.xlsx", "少了前 100 个字节")
def cut_front() -> Made:
    return Made(GOOD[100:], raw.expected(), refused=BROKEN)


@hostile("校验和错.xlsx", "工作表的 CRC 不对")
def bad_crc() -> Made:
    return Made(pack(lying(members(raw.parts()), raw.SHEET, crc=1)), refused=BROKEN)


@hostile("内容翻转.xlsx", "工作表压缩内容中间坏了一段")
def bad_bytes() -> Made:
    listed = members(raw.parts())
    one = next(one for one in listed if one.name == raw.SHEET.encode())
    middle = len(one.stored) // 2
    stored = one.stored[:middle] + bytes(40) + one.stored[middle + 40 :]
    return Made(pack(swapped(listed, replace(one, stored=stored))), refused=BROKEN)


@hostile("目录偏移错.xlsx", "中央目录里成员位置指向别处")
def bad_offset() -> Made:
    content = bytearray(GOOD)
    at = content.rindex(b"PK\x01\x02")
    content[at + 42 : at + 46] = (len(GOOD) - 30).to_bytes(4, "little")
    return Made(bytes(content), refused=BROKEN)


@hostile("目录数目错.xlsx", "中央目录说有 3 个成员，其实有 7 个")
def bad_total() -> Made:
    return Made(pack(members(raw.parts()), total=3), raw.expected(), refused=BROKEN + "|" + UNSAFE)


@hostile("本地名不同.xlsx", "本地头里的名字和目录里的不一样")
def other_local_name() -> Made:
    lied = lying(members(raw.parts()), raw.SHEET, local=b"xl/worksheets/other1.xml")
    return Made(pack(lied), raw.expected(), refused=BROKEN + "|" + UNSAFE)


@hostile("成员重复.xlsx", "两个同名的工作表，内容不同")
def twice() -> Made:
    other = raw.sheet(raw.row(1, raw.HEAD) + raw.row(2, ["假队", "假人", "1", "2", "成员"]))
    return Made(pack([*members(raw.parts()), member(raw.SHEET, other)]), refused=UNSAFE)


@hostile("成员仅大小写不同.xlsx", "sheet1.xml 和 Sheet1.XML 两个成员")
def twice_by_case() -> Made:
    other = member("xl/worksheets/Sheet1.XML", raw.sheet(raw.row(1, ["假"])))
    return Made(pack([*members(raw.parts()), other]), refused=UNSAFE)


for label, name in (
    ("上级目录", "../../evil.xml"),
    ("绝对路径", "/etc/evil.xml"),
    ("盘符", "C:/windows/evil.xml"),
    ("反斜杠", "xl\\..\\..\\evil.xml"),
    ("中间上级", "xl/../../evil.xml"),
):

    @hostile(f"路径-{label}.xlsx", f"有一个成员叫 {name}")
    def escaping(name: str = name) -> Made:
        return Made(pack([*members(raw.parts()), member(name, b"<a/>")]), refused=UNSAFE)


@hostile("名字有NUL.xlsx", "成员名里有 NUL 和换行")
def odd_bytes() -> Made:
    odd = [member("xl/a\0b.xml", b"<a/>"), member("xl/a\nb.xml", b"<a/>")]
    return Made(pack([*members(raw.parts()), *odd]), raw.expected(), refused=UNSAFE)


@hostile("目录里全是反斜杠.xlsx", "别的工具打的包：所有成员名用反斜杠，内容完好")
def backslashes() -> Made:
    parts = {name.replace("/", "\\"): content for name, content in raw.parts().items()}
    return Made(pack(members(parts)), raw.expected(), refused=UNSAFE)


@hostile("部件加密.xlsx", "成员带加密标志")
def locked() -> Made:
    listed = [replace(one, flags=one.flags | 1) for one in members(raw.parts())]
    return Made(pack(listed), refused="密码|加密")


@hostile("压缩方法99.xlsx", "工作表用不认得的压缩方法（99，AES）")
def method_99() -> Made:
    return Made(pack(lying(members(raw.parts()), raw.SHEET, method=99)), refused="密码|加密|压缩")


@hostile("压缩方法12.xlsx", "工作表说是用 bzip2 压缩的")
def method_12() -> Made:
    return Made(pack(lying(members(raw.parts()), raw.SHEET, method=12)), refused="压缩|损坏")


@hostile("大小谎报小.xlsx", "工作表解开有 330 兆，目录里只说 1000 字节")
def says_small() -> Made:
    bomb = repeated(raw.SHEET, raw.sheet("").split(b"<sheetData>")[0], SPACE, 84000, b"")
    return Made(
        pack(swapped(members(raw.parts()), replace(bomb, size=1000))), refused=TOO_MUCH + "|" + BROKEN
    )


@hostile("大小谎报大.xlsx", "工作表只有一千多字节，目录里说 3 GB")
def says_large() -> Made:
    return Made(
        pack(lying(members(raw.parts()), raw.SHEET, size=3 * 2**30)),
        raw.expected(),
        refused=TOO_MUCH + "|" + BROKEN,
    )


@hostile("一个330兆的部件.xlsx", "压缩后 1 兆多，工作表解开 330 兆空白")
def huge_part() -> Made:
    front, _, back = raw.sheet("\n").partition(b"\n</sheetData>")
    bomb = repeated(raw.SHEET, front, SPACE, 84000, b"\n</sheetData>" + back)
    return Made(pack(swapped(members(raw.parts()), bomb)), refused=TOO_MUCH)


@hostile("多个大部件.xlsx", "六张工作表各 80 兆空白，合起来超过 400 兆")
def many_huge() -> Made:
    front, _, back = raw.sheet("\n").partition(b"\n</sheetData>")
    bomb = repeated(raw.SHEET, front, SPACE, 20480, b"\n</sheetData>" + back)
    parts = raw.parts()
    parts[raw.BOOK] = raw.workbook([f"表{at}" for at in range(1, 7)])
    named = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, 7)]
    parts[raw.BOOK_LINKS] = raw.links(named)
    more = [replace(bomb, name=f"xl/worksheets/sheet{at}.xml".encode()) for at in range(2, 7)]
    return Made(pack([*swapped(members(parts), bomb), *more]), refused=TOO_MUCH)


@hostile("重叠炸弹.xlsx", "三百个成员指向同一段 60 兆的压缩数据")
def overlapping() -> Made:
    kernel = repeated("xl/media/a.bin", b"", SPACE, 15000, b"")
    listed = [kernel, *members(raw.parts())]
    listed += [replace(kernel, name=f"xl/media/a{at}.bin".encode(), at=0) for at in range(300)]
    return Made(pack(listed), raw.expected(), refused=TOO_MUCH + "|" + UNSAFE + "|" + BROKEN)


@hostile("套娃炸弹.xlsx", "里面是压缩包套压缩包，没有工作簿")
def nested() -> Made:
    inner = pack([repeated("a.bin", b"", SPACE, 2000, b"")])
    for _ in range(5):
        inner = pack([member(f"{at}.zip", inner) for at in range(8)])
    return Made(inner, refused=BROKEN)


@hostile("三千个成员.xlsx", "完好的名单之外还有 3,000 个小成员")
def many_members() -> Made:
    more = [member(f"xl/media/{at}.bin", b"x") for at in range(3000)]
    return Made(pack([*members(raw.parts()), *more]), refused=TOO_MUCH)


@hostile("尾部有注释.xlsx", "压缩包带注释，前面还有 200 字节垃圾：能读就读对")
def commented() -> Made:
    return Made(
        b"\0" * 200 + pack(members(raw.parts()), comment=b"hello"),
        raw.expected(),
        refused=BROKEN + "|" + UNSAFE,
    )


@hostile("不压缩.xlsx", "所有成员只存不压：读对")
def stored() -> Made:
    listed = [member(name, content, method=0) for name, content in raw.parts().items()]
    return Made(pack(listed), raw.expected())


@hostile("带数据描述符.xlsx", "流式写出的压缩包：本地头里没有大小，后面跟着描述符：读对")
def streamed() -> Made:
    listed = []
    for one in members(raw.parts()):
        tail = b"PK\x07\x08" + one.crc.to_bytes(4, "little") + len(one.stored).to_bytes(4, "little")
        listed.append((one, tail + one.size.to_bytes(4, "little")))
    content, directory = bytearray(), []
    for one, tail in listed:
        at = len(content)
        blank = pack([replace(one, flags=one.flags | 8, crc=0, size=0, stored=b"")])
        content += blank[: 30 + len(one.name)] + one.stored + tail
        directory.append(replace(one, flags=one.flags | 8, at=at))
    end = pack(directory)
    position = end.rindex(b"PK\x05\x06")
    fixed = end[: position + 16] + len(content).to_bytes(4, "little") + end[position + 20 :]
    return Made(bytes(content) + fixed, raw.expected())


@hostile("末尾多字节.xlsx", "微信传过来的文件末尾多了 2,000 个零字节")
def padded() -> Made:
    return Made(GOOD + bytes(2000), raw.expected(), refused=BROKEN)
