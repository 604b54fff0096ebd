"""Rows of a sheet that are no entries: totals, notes, signatures, column numbers, instructions, examples."""

import re
from collections.abc import Sequence

from desktop.excel.reading.grid import Cell, Number
from desktop.excel.understanding.wording import key, plain

LEADING = 4  # text cells of a row in which 合计 is looked for
LONG = 30  # characters: a row of one such cell is a sentence

TOTAL = re.compile(r".{0,12}?(?:合计|小计|总计|累计|共计|总数|总人数)(?:\d.{0,6})?")
COUNTED = re.compile(r"\s*[-—/]+\s*|\s*(?:共|计)?\s*\d+\s*[^\W\d_]{0,3}\s*")
NOTE = re.compile(
    r"\s*[(\[【<]?(?:\d[.、])?(?:注|备注|说明|附注|附|填表说明|填写说明|填报说明|填表须知|填报要求|要求)\s*\d*\s*"
    r"[)\]】>]?\s*[::.、].*",
    re.DOTALL,
)
SIGNED = (
    *("填报人", "填表人", "制表人", "审核人", "审批人", "经办人", "统计人", "登记人", "录入人", "校对人"),
    *("填报单位", "填报部门", "制表单位", "填报时间", "填报日期", "填表时间", "填表日期", "制表日期"),
    *("单位负责人", "单位主要负责人", "主要负责人", "分管负责人", "分管领导", "负责人签字", "领导签字"),
    *("主要领导", "审核", "复核人", "联系电话", "联系人", "电话", "日期", "制表时间", "报送时间", "报送单位"),
    *("负责人", "村书记", "书记签字", "签字", "盖章", "单位", "单位盖章", "村委会盖章"),
)
SIGNATURE = re.compile(
    rf"\s*(?:{'|'.join(SIGNED)})\s*(?:签字|签名|签章|盖章)?\s*(?:[(\[][^()\[\]]*[)\]])?\s*[::].*", re.DOTALL
)
DATE_LINE = re.compile(r"\s*(?:\d{4}|\d{2}|二[〇○零]\w{2})?\s*年\s*\d{0,2}\s*月\s*(?:\d{0,2}\s*日)?\s*")
EMPTY = re.compile(r".*(?:零报告|无数据|以下空白|以下无正文|此行不填|没有更多).*")
PAGE = re.compile(r"第\s*\d*\s*页.*")

EXAMPLE = re.compile(
    r"\s*[(\[【<]?\s*(?:示例|样例|填写示例|填报示例|举例|范例|例如?\s*[::\d]|例\s*[)\]】>]?$).*"
)
ORDER = re.compile(
    r".*(?:必填|选填|非必填|可不填|不必填|自动生成|自动计算|请填写|请选择|下拉|文本格式|日期格式|格式\s*[::为如]"
    r"|yyyy|填写说明|不超过\d+|限\d+字|\d+位数字|^如\s*[::]|如\s*[::]\s*\d{4}).*"
)
COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,3}|[甲乙丙丁戊己庚辛壬癸]|[a-z])[)\]]?")
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
SPELLED = tuple(one + colon for one in SIGNED for colon in "::：")
TOTALS = tuple(
    word
    for first, second in ("合计", "小计", "总计", "累计", "共计")
    for word in (first + second, f"{first} {second}", f"{first}  {second}", f"{first}　{second}")
)


def texts(row: Sequence[Cell]) -> list[str]:
    return [cell for cell in row if isinstance(cell, str) and not cell.isspace()]


def total(row: Sequence[Cell]) -> bool:
    """A leading cell says 合计, 小计, 本页合计, 北元村小计."""
    return any(is_total(text) for text in texts(row)[:LEADING])


def is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONG and TOTAL.fullmatch(key(cell)) is not None


def counted(cell: Cell) -> bool:
    """A number or a dash where a name is expected, as totals have it: 12人, 4家."""
    return isinstance(cell, Number) or (isinstance(cell, str) and COUNTED.fullmatch(plain(cell)) is not None)


def note(text: str) -> bool:
    """A note below the table, or one that continues it."""
    words = plain(text)
    return any(found.fullmatch(words) for found in (NOTE, EMPTY, PAGE, DATE_LINE))


def signed(words: Sequence[str]) -> bool:
    """A line that begins with who is to sign, or who filled in the table."""
    return bool(words) and signature(words[0])


def signature(text: str) -> bool:
    return SIGNATURE.fullmatch(plain(text)) is not None


def explains(row: Sequence[Cell], naming: Cell) -> bool:
    """A row under the headings that says how the columns are filled in, or counts or names them."""
    return numbered(row) or field_names(row) or example(row) or instruction(row, naming)


def numbered(row: Sequence[Cell]) -> bool:
    """A row that counts the columns: 1 2 3, or 甲 乙 1 2."""
    found = [COLUMN_NUMBER.fullmatch(plain(_text(cell)).strip()) for cell in row if cell is not None]
    if len(found) < 2 or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one and one[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def example(row: Sequence[Cell]) -> bool:
    return any(EXAMPLE.fullmatch(plain(text)) for text in texts(row)[:LEADING])


def instruction(row: Sequence[Cell], naming: Cell) -> bool:
    """A row that says how to fill in the columns: its naming cell does, or that one is blank."""
    orders = [text for text in texts(row) if ORDER.fullmatch(plain(text).replace("\n", " "))]
    return naming in orders if isinstance(naming, str) else bool(orders)


def field_names(row: Sequence[Cell]) -> bool:
    """A row of English field names, as programs hide above or below the headings."""
    filled = [cell for cell in row if cell is not None]
    return len(filled) > 1 and all(isinstance(cell, str) and FIELD_NAME.fullmatch(cell) for cell in filled)


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Number) else str(cell)
