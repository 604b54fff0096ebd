"""Sentences about a file as a whole: what was read although hidden, left aside, or taken from elsewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from desktop.excel.understanding.table import Table
from desktop.excel.understanding.targets import targets
from desktop.records.fields import Ledger

MOST = 5  # sources that are listed for one target


def of(tables: Sequence[Table], ledger: type[Ledger]) -> list[str]:
    """What is to be said about the tables of a file."""
    labels = {one.name: one.label for one in targets(ledger)}
    return [said for table in tables for said in _of(table, labels)]


def _of(table: Table, labels: Mapping[str, str]) -> Iterator[str]:
    sheet = f"“{table.sheet}”"
    if table.unknown:
        yield f"{sheet}里没有用到的列：{'、'.join(table.unknown)}"
    if table.hidden:
        yield f"{sheet}里有 {table.hidden} 行是隐藏的，也读入了"
    if table.done:
        yield f"{sheet}里有 {len(table.done)} 行已标“已导入”，这次没有再读"
    taken = Counter(
        (name, where) for line in table.lines if line.borrowed for name, where in line.borrowed.items()
    )
    for name in dict.fromkeys(name for name, _ in taken):
        found = [(where, number) for (one, where), number in taken.items() if one == name]
        listed = "、".join(f"{where}（{number} 行）" for where, number in found[:MOST])
        more = " 等" if len(found) > MOST else ""
        yield f"{sheet}里的“{labels[name]}”取自{listed}{more}"
