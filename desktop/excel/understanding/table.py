"""A sheet as understood: which column answers what, and the rows that are entries."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.excel.reading.grid import Cell
from desktop.records.kinds import Kind


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column can answer.

    :param name: how a row's values and the command line call it: a field (``n_due``), a field of a part
        (``step3.n_due``, ``item.title``), or an answer of the entry that is linked to (``team_name``).
    :param ledger: table name of the ledger whose field it is.
    :param field: name of that field.
    :param words: headings that mean it and nothing else, wherever they stand (审议应到); the best one first.
    :param aliases: headings that mean it where nothing else claims them.
    :param above: words of a common heading (审议, 决议公开起止) under which alone ``aliases`` count (应到);
        empty for one whose aliases count anywhere.
    """

    name: str
    label: str
    ledger: str
    field: str
    kind: Kind
    words: Sequence[str]
    aliases: Sequence[str] = ()
    above: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    :param number: counted from 1.
    :param heading: as the clerk sees it, both levels, joined by ``／``.
    :param target: ``None`` for one that is left aside.
    :param aside: it is known and never read: 序号, 县区, what the program works out itself, or the clerk
        said so. Without a target and without this, nobody knows what it answers.
    :param until: what the second half of a range of dates in this column answers (期限, 决议公开起止).
    """

    number: int
    heading: str
    target: Target | None
    aside: bool = False
    until: Target | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is an entry.

    :param row: its number in the sheet.
    :param cells: raw cells by target name; blank ones are left out.
    :param borrowed: target name to where its cell was taken from, in a clerk's words: ``本表名称“北元村”``,
        ``第 5 行“北元村”``, ``第 8 行的合并单元格``.
    """

    row: int
    cells: Mapping[str, Cell]
    borrowed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of entries on one sheet.

    :param top, bottom: first and last row of its headings.
    :param columns: every column that has a heading, from left to right.
    :param hidden: how many of ``lines`` stand in hidden rows.
    :param done: the rows that were left out because an earlier import has marked them as imported.
    """

    sheet: str
    epoch: dt.datetime
    top: int
    bottom: int
    columns: Sequence[Column]
    lines: Sequence[Line]
    hidden: int = 0
    done: Sequence[int] = ()

    @property
    def unknown(self) -> list[str]:
        """The headings that no field answers to."""
        return [one.heading for one in self.columns if one.target is None and not one.aside]

    def column_of(self, target: str) -> int | None:
        """The number of the column that answers ``target``, alone or as the end of a range."""
        for one in self.columns:
            if (one.target and one.target.name == target) or (one.until and one.until.name == target):
                return one.number
        return None
