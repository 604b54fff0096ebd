"""How cells travel from the child to the window: JSON lines, whose marked texts stand for other cells."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit

# A text cell travels as itself; what begins with the mark is told by its second character. The mark is DEL:
# one byte, needs no escape in JSON, and no office program writes it.
MARK = "\x7f"
TEXT, NUMBER, DATED, FORMULA, FAULT = (MARK + kind for kind in "tndfe")

Packed = str | bool | None
CELLS_IN_LINE = 4_096  # so that taking one line in never holds the window up for more than some ms
TEXT_IN_LINE = 128 * 1024  # characters

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(text: str) -> str | None:
    """A text as it travels; one of nothing but blanks is no content."""
    if not text or text.isspace():
        return None
    return TEXT + text if text.startswith(MARK) else text


class Outlet:
    """Gathers what is read into lines, and counts rows, cells and texts of the whole book.

    :param write: is handed each line, without its line end.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._title = ""
        self._rows: list[tuple[int, Sequence[Packed]]] = []
        self._held = self._weight = 0  # cells and characters in the rows gathered
        self._sheets = self._taken = self._cells = self._text = 0

    def sheet(
        self, title: str, *, hidden: bool = False, from_1904: bool = False, merges: bool = True
    ) -> None:
        """Begin a sheet; the rows that follow are its."""
        self._title = title
        self._sheets += 1
        if self._sheets > limits.MOST_SHEETS:
            raise Unfit(f"工作表超过 {limits.MOST_SHEETS} 张", limits.ONLY_NEEDED)
        self.say({"sheet": title, "hidden": hidden, "from_1904": from_1904, "merges_known": merges})

    def row(self, number: int, cells: list[Packed], weight: int) -> None:
        """Hand a row on.

        :param weight: at least the characters of its cells.
        """
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            return
        if number > limits.LAST_ROW:
            raise Unfit(f"{self.where}写到第 {number} 行，表格最多 {limits.LAST_ROW} 行", limits.SAVE_AS)
        if len(cells) > limits.MOST_COLUMNS:
            self.too_wide(number, len(cells))
        self._rows.append((number, cells))
        self._held += len(cells)
        self._weight += weight
        if self._held > CELLS_IN_LINE or self._weight > TEXT_IN_LINE:
            self.flush()

    def flush(self) -> None:
        """Send the rows gathered."""
        if not self._rows:
            return
        self._taken += len(self._rows)
        self._cells += self._held
        if self._taken > limits.MOST_ROWS:
            raise Unfit(f"有内容的行超过 {limits.MOST_ROWS} 行（到{self.where}为止）", limits.SPLIT)
        if self._cells > limits.MOST_CELLS:
            raise Unfit(f"单元格超过 {limits.MOST_CELLS // 10_000} 万个（到{self.where}为止）", limits.SPLIT)
        self._text += self.say(self._rows)
        if self._text > limits.MOST_TEXT:
            raise Unfit(f"文字超过 {limits.MOST_TEXT // 10_000} 万个（到{self.where}为止）", limits.SPLIT)
        self._rows = []
        self._held = self._weight = 0

    def end_of_sheet(
        self,
        merges: Sequence[tuple[int, int, int, int]] = (),
        hidden_rows: Sequence[int] = (),
        hidden_columns: Sequence[int] = (),
    ) -> None:
        """Close a sheet with what is known of it only now."""
        self.flush()
        for at in range(0, len(merges), CELLS_IN_LINE):
            self.say({"merges": merges[at : at + CELLS_IN_LINE]})
        for at in range(0, len(hidden_rows), CELLS_IN_LINE):
            self.say({"hidden_rows": hidden_rows[at : at + CELLS_IN_LINE]})
        self.say({"hidden_columns": hidden_columns})

    def say(self, message: Any) -> int:
        """Send one message; returns its length in characters."""
        line = _encode(message)
        self._write(line)
        return len(line)

    def told(self, chunks: Iterable[bytes], done: int, total: int) -> Iterator[bytes]:
        """The chunks, saying after each how far the reading is."""
        for chunk in chunks:
            yield chunk
            done += len(chunk)
            self.say({"done": done, "total": total})

    @property
    def where(self) -> str:
        return f"工作表“{self._title}”" if self._title else "表格"

    def too_wide(self, row: int, column: int) -> None:
        """Refuse content beyond the last column that is read."""
        cell = f"{letters(column)}{row}"
        raise Unfit(
            f"{self.where}的单元格 {cell} 有内容，最多读到第 {limits.MOST_COLUMNS} 列",
            f"请删去右边多余的列（到 {cell} 为止）后再选择",
        )


def letters(column: int) -> str:
    """The letters of a column counted from 1: 28 is ``AB``."""
    found = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        found = chr(65 + place) + found
    return found
