"""逐行结果: what each row would do, filtered by outcome, with what is to be said about each cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from desktop.excel.plan import CellFinding, Outcome, PartPlan, Plan, RowPlan
from desktop.excel.understanding.table import Target
from desktop.excel.understanding.targets import targets
from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.records.fields import Ledger, field
from desktop.records.kinds import Area, Link, masked
from desktop.services import masking
from ui.form.combo import Combo, Option
from ui.pages.parts import across, press, scrolled, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em

WHO = 6  # width of a column that says whose row it is, in lines of text
TOLD = 5.5  # lines of text of what is said about the chosen row
EVERY = "全部"


class RowsPane(QWidget):
    """The rows of a plan.

    :ivar confirmed: the clerk takes the offered number of a cell; carries (sheet, row, field) and the number.
    :ivar answered: the clerk said what a word stands for; carries field, word and value.
    """

    confirmed = Signal(object, str)
    answered = Signal(str, str, str)

    def __init__(self, ledger: type[Ledger]) -> None:
        super().__init__()
        self._ledger = ledger
        self._targets = {one.name: one for one in targets(ledger)}
        self._who = _who(ledger, self._targets)
        self._plan: Plan | None = None
        self._names: Mapping[str, str] = {}  # of villages, by code
        self._several = False
        heads = ("行", "结果", *(one.label for one in self._who), "说明")
        self.model: PlainModel[RowPlan] = PlainModel(heads, self._cells)
        self.table = PlainTable("导入的各行", (4, 4, *(WHO for _ in self._who), 20))
        self.table.setModel(self.model)
        self.table.fit()
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.filters = QButtonGroup(self)
        self._buttons = {name: self._filter(name) for name in (EVERY, *(one.value for one in Outcome))}
        self.whole = words("", wrap=True)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = press("采用完整号码", self._take, symbol="ok")
        self.meant = words("")
        self.place = Combo(self._villages)
        self.place.setMinimumContentsLength(12)
        self.say = press("就是它", self._answer)
        column = QVBoxLayout(self)
        side = em(self, 0.5)
        column.setContentsMargins(side, side, side, side)
        column.addLayout(across(*self._buttons.values(), 1))
        column.addWidget(self.table, 1)
        told = scrolled(self.whole)
        told.setFixedHeight(em(self, TOLD))
        column.addWidget(told)
        column.addLayout(across(self.take, self.meant, self.place, self.say, 1))
        self.show_plan(None, {})

    def show_plan(self, plan: Plan | None, villages: Mapping[str, str]) -> None:
        """Show the rows of ``plan``, the wrong ones first where there are any.

        :param villages: names by code, of every village of this unit.
        """
        self._plan, self._names = plan, villages
        self._several = bool(plan) and len({row.sheet for row in plan.rows}) > 1 if plan else False
        self.place.renew()
        counts = plan.counts if plan else None
        for name, button in self._buttons.items():
            number = 0 if counts is None else counts.read if name == EVERY else getattr(counts, name)
            word = EVERY if name == EVERY else Outcome(name).word
            button.setText(f"{word} {number}")
            button.setEnabled(number > 0)
        wrong = counts is not None and counts.wrong > 0
        self._buttons[Outcome.WRONG.value if wrong else EVERY].setChecked(True)
        self._show()

    def chosen(self) -> RowPlan | None:
        """The row that is marked."""
        at = self.table.chosen()
        return None if at is None else self.model.rows[at]

    def _filter(self, name: str) -> QPushButton:
        button = press(EVERY if name == EVERY else Outcome(name).word, self._show, kind="quiet")
        button.setCheckable(True)
        button.setProperty("outcome", name)
        self.filters.addButton(button)
        return button

    def _show(self) -> None:
        rows: Sequence[RowPlan] = self._plan.rows if self._plan else []
        wanted = self.filters.checkedButton().property("outcome")
        if wanted != EVERY:
            rows = [row for row in rows if row.outcome.value == wanted]
        self.model.show_rows(rows)
        self.table.selectRow(0)
        self._tell()

    def _tell(self, *_: object) -> None:
        """The whole message of the chosen row, and what the clerk can do about it here."""
        row = self.chosen()
        self.whole.setText("" if row is None else "\n".join(self._said(row)))
        self.take.setVisible(row is not None and any(one.offer for one in row.findings))
        asked = None if row is None else self._asked(row)
        for widget in (self.meant, self.place, self.say):
            widget.setVisible(asked is not None)
        if asked is not None:
            self.meant.setText(f"“{asked[1]}”指的是")
            self.place.set_text("")

    def _asked(self, row: RowPlan) -> tuple[str, str] | None:
        """The target and the word of a place in this row that was not understood."""
        for one in row.findings:
            target = self._targets.get(one.field)
            if one.grave and target is not None and isinstance(target.kind, Area):
                written = self._written(row, one)
                if written:
                    return one.field, written
        return None

    def _written(self, row: RowPlan, finding: CellFinding) -> str:
        for table in self._plan.tables if self._plan else ():
            for line in table.lines if table.sheet == row.sheet else ():
                if line.row == row.row:
                    cell = line.cells.get(finding.field)
                    return cell if isinstance(cell, str) else ""
        return ""

    def _take(self) -> None:
        row = self.chosen()
        if row is not None:
            offered = next(one for one in row.findings if one.offer)
            self.confirmed.emit((row.sheet, row.row, offered.field), offered.offer)

    def _answer(self) -> None:
        row = self.chosen()
        asked = None if row is None else self._asked(row)
        if asked is not None and self.place.text() in self._names:
            self.answered.emit(*asked, self.place.text())

    def _villages(self) -> list[Option]:
        return [Option(code, name) for code, name in self._names.items()]

    def _cells(self, row: RowPlan) -> tuple[str, ...]:
        who = (self._named(one, row.values.get(one.name)) for one in self._who)
        number = f"{row.sheet} {row.row}" if self._several else str(row.row)
        return number, row.outcome.word, *who, "；".join(self._said(row))

    def _named(self, one: Target, value: Any) -> str:
        if isinstance(one.kind, Area):
            return self._names.get(value, value or "")
        return str(value or "") if isinstance(one.kind, Link) else masked(one.kind, one.kind.show(value))

    def _said(self, row: RowPlan) -> list[str]:
        """What keeps the row out first, then what is done, then what is only told."""
        grave = [_of_cell(one) for one in row.findings if one.grave]
        told = [_of_cell(one) for one in row.findings if not one.grave]
        changes = row.difference.items() if row.outcome is Outcome.CHANGED else ()
        done = [self._change(self._targets.get(name), name, *pair) for name, pair in changes]
        done += [_of_part(part) for part in row.parts if part.outcome is not Outcome.SAME]
        return list(filter(None, [*grave, *done, *told]))

    def _change(self, one: Target | None, name: str, before: object, after: object) -> str:
        if one is None:
            return ""
        return f"{one.label}：{self._named(one, before) or '空白'} → {self._named(one, after) or '空白'}"


def _of_cell(finding: CellFinding) -> str:
    """A finding with its cell; one about the whole row, whose number stands before it, without."""
    place = "" if finding.cell.isdigit() else f"{finding.cell} "
    return f"{place}{masking.hidden(finding.message)}"  # it may quote what stands in the cell


def _of_part(part: PartPlan) -> str:
    """What is done beside the row's own entry: 新增四议两公开六步“审议”."""
    ledger = LEDGERS[part.ledger]
    named = part.values.get(ledger.naming)
    shown = field(ledger, ledger.naming).kind.show(named) if named else ""
    verb = "新增" if part.outcome is Outcome.NEW else "修改"
    return f"{verb}{ledger.caption}“{shown}”"


def _who(ledger: type[Ledger], known: Mapping[str, Target]) -> list[Target]:
    """The targets that tell a clerk whose row it is: what names it, and its village."""
    where = ledger.where if issubclass(ledger, Reported) else ""
    return [known[name] for name in dict.fromkeys((ledger.naming, where)) if name in known]
