"""An upload template as the city's system hands it down (REFERENCE §7.3), and how its zip is looked at."""

import io
import zipfile
from functools import cache

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

SHEET = "群防群治队伍成员登记表"
HEADINGS = (
    *(
        "姓名*",
        "性别*",
        "出生日期*",
        "片组片格",
        "职务*",
        "队伍类型",
        "详细名称",
        "联系电话",
        "身份证号码*",
        "备注",
    ),
)
FIRST, PREPARED = 6, 1000
LISTS = {"B": ("1-男", "2-女"), "F": ("平安志愿者", "专职治安巡逻队", "义务治安巡逻队", "保安", "其他")}


@cache
def upload(*, prepared: int = PREPARED) -> bytes:
    """Version in A1, notes, unit cells in row 3, headings in row 5, text cells, lists on a hidden sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = "1.0"
    sheet["B1"] = "群防群治队伍成员登记表"
    sheet["A2"] = "填写注意事项：1.带*的必填；2.每个文件不超过1000行；3.请勿从其他文件粘贴。"
    for column, words in zip("ACEG", ("省*", "市*", "市/县/区*", "乡镇/街道"), strict=True):
        sheet[f"{column}3"] = words
    for at, words in enumerate(HEADINGS, 1):
        sheet.cell(5, at, words)
    for row in range(FIRST, FIRST + prepared):
        for at in range(1, len(HEADINGS) + 1):
            sheet.cell(row, at).number_format = "@"
    hidden = book.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for at, (column, words_of) in enumerate(LISTS.items(), 1):
        for row, word in enumerate(words_of, 1):
            hidden.cell(row, at, word)
        place = f"lists!${'AB'[at - 1]}$1:${'AB'[at - 1]}${len(words_of)}"
        rule = DataValidation(type="list", formula1=place)
        rule.add(f"{column}{FIRST}:{column}{FIRST + prepared - 1}")
        sheet.add_data_validation(rule)
    book.create_sheet("bean").append(["A", "name"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def parts(workbook: bytes) -> dict[str, bytes]:
    """The bytes of every part of a workbook by its name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}
