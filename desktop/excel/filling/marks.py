"""What is to be marked on a sheet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

TITLE, DONE = "错误说明", "已导入"
WIDTH = 50  # of the column, in characters
LINE = 15.0  # points that a line of it takes
RED = "FFFF8080"  # our own red, told by it when the file comes back


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Rows and columns are counted from 1.

    :param header: the row of the headings, the last one where they have several.
    :param wrong: by row, the column that is wrong, ``None`` for the row as a whole, and a sentence.
    :param done: rows that need no repair.
    """

    header: int
    wrong: Mapping[int, Sequence[tuple[int | None, str]]]
    done: Collection[int] = field(default_factory=frozenset)

    def message(self, row: int) -> str:
        """What stands beside a row; nothing for one that was not looked at."""
        said = dict.fromkeys(text for _, text in self.wrong.get(row, ()))
        return "；".join(said) or (DONE if row in self.done else "")

    def cells(self) -> dict[tuple[int, int], str]:
        """The sentences by row and column."""
        found: dict[tuple[int, int], list[str]] = {}
        for row, faults in self.wrong.items():
            for column, text in faults:
                if column is not None and text not in found.setdefault((row, column), []):
                    found[row, column].append(text)
        return {place: "；".join(texts) for place, texts in found.items()}
