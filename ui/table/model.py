"""Any ledger as a table: it holds ids, and fetches pages of entries when they are looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Container, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from desktop.records import Region
from desktop.records.fields import Derived, Field, Ledger, Privacy, derived, fields
from desktop.records.kinds import Link, Money, Share, Whole, masked
from desktop.services import lists
from desktop.storage.changes import Changes
from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
PAGE = 100  # rows fetched at once
PAGES = 24  # kept
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
ENTRY = int(Qt.ItemDataRole.UserRole)  # the id of a row's entry
SERVED = frozenset((DISPLAY, TOOLTIP, ALIGNMENT, ENTRY))
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LedgerTable(QAbstractTableModel):
    """A windowed table of one ledger; sort, filter and search happen in SQL.

    :ivar reloaded: other rows may stand at other places now.
    """

    reloaded = Signal()

    def __init__(self, ledger: type[Ledger], desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger, self.desk = ledger, desk
        self.columns: tuple[Field | Derived, ...] = (*fields(ledger), *derived(ledger))
        self.filters: dict[str, str | None] = {}
        self.find, self.order, self.descending = "", "", False
        self.among: Callable[[Session], Container[int]] | None = None  # a page's own condition on ids
        self._revealed = False
        self._alignments = [_alignment(column) for column in self.columns]
        self._ids = array("q")
        self._pages: OrderedDict[int, list[list[str]]] = OrderedDict()
        self._names = lists.Names()
        own = inspect(ledger)
        self._beside = {ledger.__tablename__} | {one.mapper.class_.__tablename__ for one in own.relationships}
        self._named = {Region.__tablename__} | {
            one.kind.ledger for one in fields(ledger) if isinstance(one.kind, Link)
        }
        desk.changed.connect(self._follow)
        self.reload()

    # what a view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role not in SERVED or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == ENTRY:
            return self._ids[row]
        if role == ALIGNMENT:
            return self._alignments[column]
        page = self._pages.get(row // PAGE)
        if page is None:
            page = self._fetch(row // PAGE)
        return page[row % PAGE][column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].label
        if role == TOOLTIP:
            return getattr(self.columns[section], "help", "") or self.columns[section].label
        return None

    # what a page asks

    def entry(self, row: int) -> int | None:
        """The id of the entry in ``row``."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row(self, entry: int) -> int | None:
        """The row of an entry; ``None`` if it is filtered out or deleted."""
        try:
            return self._ids.index(entry)
        except ValueError:
            return None

    def rows(self, entries: Container[int]) -> list[int]:
        """The rows of those entries that are shown, from the top."""
        return [row for row, entry in enumerate(self._ids) if entry in entries]

    def show_only(self, filters: Mapping[str, str | None], find: str = "") -> None:
        """Show the entries with these values (field name to clean value as text) that ``find`` finds."""
        if (dict(filters), find) != (self.filters, self.find):
            self.filters, self.find = dict(filters), find
            self.reload()

    def sort_by(self, order: str, *, descending: bool = False) -> None:
        """Sort by a field; an empty name is the order of writing. A worked-out column cannot be sorted."""
        if (order, descending) != (self.order, self.descending):
            self.order, self.descending = order, descending
            self.reload()

    @property
    def revealed(self) -> bool:
        """Whether personal numbers are shown whole."""
        return self._revealed

    def reveal(self, revealed: bool) -> None:
        """Show personal numbers whole, or with their middle hidden."""
        if revealed != self._revealed:
            self._revealed = revealed
            self._forget_pages()

    def reload(self) -> None:
        """Ask for the ids again; where they are the same, only the texts are fetched anew."""
        ids = self.desk.ask(
            lambda session: lists.ids(
                session,
                self.ledger,
                filters=self.filters,
                find=self.find,
                order=self.order,
                descending=self.descending,
            )
        )
        if self.among is not None:
            kept = self.desk.ask(self.among)
            ids = array("q", (entry for entry in ids if entry in kept))
        if ids == self._ids:
            self._forget_pages()
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()
        self.reloaded.emit()

    # its own

    def _follow(self, changes: Changes) -> None:
        touched = set(changes.entries)
        if touched & self._named:
            self._names = lists.Names()
        if touched & self._beside:
            self.reload()
        elif touched & self._named:
            self._forget_pages()

    def _forget_pages(self) -> None:
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [DISPLAY, TOOLTIP])

    def _fetch(self, page: int) -> list[list[str]]:
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]

        def texts(session: Session) -> list[list[str]]:
            entries = {one.id: one for one in lists.rows(session, self.ledger, wanted)}
            self._names.learn(session, self.ledger, list(entries.values()))
            return [self._texts(entries.get(one)) for one in wanted]

        self._pages[page] = made = self.desk.ask(texts)
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        return made

    def _texts(self, entry: Ledger | None) -> list[str]:
        if entry is None:
            return [""] * len(self.columns)
        return [self._text(entry, column) for column in self.columns]

    def _text(self, entry: Ledger, column: Field | Derived) -> str:
        if isinstance(column, Derived):
            return self._names.text(column, column.work(entry, self.desk.today()))
        text = self._names.text(column, getattr(entry, column.name)).replace("\n", " ")
        hidden = column.privacy is Privacy.PERSONAL and not self._revealed
        return masked(column.kind, text) if hidden else text


def _alignment(column: Field | Derived) -> int:
    return RIGHT if isinstance(column.kind, (Whole, Money, Share)) else LEFT
