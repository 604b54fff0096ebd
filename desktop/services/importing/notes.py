"""Sentences about a file as a whole: what was read although hidden, left aside, or taken from elsewhere."""

from collections import Counter
from collections.abc import Iterator, Sequence

from desktop.excel.understanding.table import Table

MOST = 5  # sources that are listed for one target


def of(tables: Sequence[Table]) -> list[str]:
    """What is to be said about the tables of a file."""
    return [said for table in tables for said in _of(table)]


def _of(table: Table) -> Iterator[str]:
    sheet = f"“{table.sheet}”"
    if table.unknown:
        yield f"{sheet}里没有用到的列：{'、'.join(table.unknown)}"
    if table.hidden:
        yield f"{sheet}里有 {table.hidden} 行是隐藏的，也读入了"
    if table.done:
        yield f"{sheet}里有 {table.done} 行已标“已导入”，这次没有再读"
    labels = {one.target.name: one.target.label for one in table.columns if one.target}
    taken = Counter(
        (name, where) for line in table.lines if line.borrowed for name, where in line.borrowed.items()
    )
    for name in dict.fromkeys(name for name, _ in taken):
        found = [(where, number) for (one, where), number in taken.items() if one == name]
        listed = "、".join(f"{where}（{number} 行）" for where, number in found[:MOST])
        more = " 等" if len(found) > MOST else ""
        yield f"{sheet}里的“{labels.get(name, '村（社区）')}”取自{listed}{more}"
