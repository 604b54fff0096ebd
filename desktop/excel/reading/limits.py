"""How much a file may hold before it is refused, and the sentences that refuse it."""

MEGA = 1024 * 1024
LARGEST_FILE = 50 * MEGA  # bytes; all sizes below are counted while they come and not as declared
LARGEST_UNPACKED = 400 * MEGA  # all parts that are read, together
LARGEST_PART = 320 * MEGA
LARGEST_STRINGS = 60 * MEGA  # the part of shared texts
MEMORY_OF_OLD = 320 * MEGA  # of address space: calamine keeps a cell for each place up to the farthest one
STEEPEST, STEEP_FROM = 1_200, 16 * MEGA  # bytes out for one byte in, looked at in parts above 16 MB
LARGEST_TOKEN = 4 * MEGA  # bytes between two marks of XML; expat reads an open token again and again
DEEPEST = 64  # elements inside elements
MOST_PARTS = 2_000
MOST_SHEETS = 100
MOST_ROWS = 120_000  # with content, in all sheets: imports of 100,000 rows are asked for, and their headings
MOST_COLUMNS = 300
MOST_CELLS = 3_000_000  # with content, in all sheets
MOST_MERGES = 100_000
LONGEST_CELL = 32_767  # characters; no Excel writes more
MOST_TEXT = 80_000_000  # characters handed on in all: one shared text may stand in a million cells
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any Excel sheet

SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为 .xlsx 后再选择"
SPLIT = "请拆成几个文件后再选择"
ONLY_NEEDED = "请只留下要导入的工作表，另存后再选择"


class Unfit(Exception):
    """The file is not read.

    :param why: the fact that stopped it, in Chinese.
    :param remedy: one way out.
    """

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why, remedy)
        self.why, self.remedy = why, remedy


def damaged() -> Unfit:
    return Unfit("文件不完整或已损坏", "请重新复制或下载这个文件，能打开的请另存一份后再选择")


def locked() -> Unfit:
    return Unfit("这个文件有密码", "请在 Excel 或 WPS 中取消密码后再选择")


def strange(detail: str) -> Unfit:
    """An inner structure that no office program writes."""
    return Unfit(f"文件的内部结构不正常（{detail}）", SAVE_AS)


def foreign(kind: str) -> Unfit:
    """Another kind of file than a workbook; ``kind`` completes “它是…”."""
    return Unfit(f"它是{' ' * kind[0].isascii()}{kind}，不是 Excel 工作簿（.xlsx）", SAVE_AS)


def in_mega(size: int) -> str:
    return f"{size // MEGA} MB"
