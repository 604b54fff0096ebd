"""共建协议: agreements with their status by date, their three lists, activities and scans."""

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Activity, Agreement, Item
from desktop.records.agreement import Standing
from desktop.records.fields import fields
from desktop.services import agreements, entries, papers
from desktop.services.papers import Paper
from desktop.storage.changes import Changes
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.pages import signs
from ui.pages.child_list import ChildList
from ui.pages.ledger import LedgerPage
from ui.pages.papers import Papers
from ui.pages.parts import across, words
from ui.pages.scan_panel import ScanPanel
from ui.pages.signs import Sign, SignDelegate, SignMark
from ui.theme import em, mark

SIGNS: Mapping[str, Sign] = {
    Standing.VALID: Sign.TICK,
    Standing.ENDING: Sign.CLOCK,
    Standing.ENDED: Sign.ALARM,
    Standing.TERMINATED: Sign.DASH,
    Standing.UNSIGNED: Sign.RING,
}
TONES = {
    Standing.VALID: "ok",
    Standing.ENDING: "warn",
    Standing.ENDED: "missing",
    Standing.TERMINATED: "",
    Standing.UNSIGNED: "",
}
ALL = "全部"
COLUMNS = {"party_a_code": 6.2, "party_b_name": 11.0, "valid_to": 5.6, "status": 7.0}
ITEM_COLUMNS = ("list_kind", "title", "claimed_by", "due", "status")
ACTIVITY_COLUMNS = ("date", "title", "people", "result")
SIDES = (440, 560)  # the table and the form, as parts of what there is


class AgreementsPage(LedgerPage):
    ledger, parts = Agreement, (Item, Activity)
    name, heading, icon = "agreement", "共建协议", "agreement"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        if desk.settings.get("table.agreement") is None:
            desk.settings.set("table.agreement", {"shown": list(COLUMNS), "widths": COLUMNS})
        self.items = ChildList(desk, Item, "agreement_id", ITEM_COLUMNS, by="list_kind", called="清单项")
        self.activities = ChildList(desk, Activity, "agreement_id", ACTIVITY_COLUMNS)
        self.scans = ScanPanel(desk, Agreement, "scan")
        self.tabs = QTabWidget()
        self.standings = QButtonGroup()
        self._sign, self.badge, self.term = SignMark(), words(kind="badge"), words(kind="muted")
        self.title = words(kind="section", wrap=True)
        super().__init__(desk, parent)
        if desk.settings.get("split.agreement.side") is None:
            self.split.setSizes(SIDES)
        self._add_filters()
        self._lay_out_side()
        self.papers = Papers(self, self._offered, self.notice, self.may_leave)
        self.tools.addWidget(self.papers.button())
        names = [column.name for column in self.table.columns]
        self.view.setItemDelegateForColumn(names.index("status"), SignDelegate(SIGNS, self.view))
        self.shown.connect(self._show)
        self._show(None)

    def make_form(self) -> EntryForm:
        """Scans have a tab of their own."""
        names = [one.name for one in fields(Agreement) if one.name != "scan"]
        return EntryForm(Agreement, self.desk, names)

    def go(self, target: Target) -> None:
        if target.page in ("item", "activity") and target.entry is not None:
            self._go_to_child(target.page, target.entry)
            return
        if target.entry is not None or target.filters:
            self.show_standing(None)
        super().go(target)

    def add(self) -> None:
        """Begin a new agreement; from the tab of a list, a new entry of that list."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, ChildList) and not self.view.hasFocus():
            tab.add()
        else:
            super().add()

    def show_standing(self, standing: Standing | None) -> None:
        """Show the agreements of one status only, or all of them."""
        number = 0 if standing is None else 1 + list(Standing).index(standing)
        self.standings.button(number).setChecked(True)
        self._filter()

    def _offered(self, session: Session) -> tuple[Paper, ...]:
        """The list of the agreements that the buttons of standings let through."""
        number, today = self.standings.checkedId(), self.desk.today()
        if number <= 0:
            return papers.of_agreements(today)
        standing = list(Standing)[number - 1]
        return papers.of_agreements(today, agreements.by_standing(session, today)[standing])

    def _add_filters(self) -> None:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(em(self, 0.5), 0, em(self, 0.5), 0)
        for number, standing in enumerate((None, *Standing)):
            button = QPushButton(ALL)
            button.setObjectName(f"standing {standing or ALL}")
            button.setCheckable(True)
            if standing is not None:
                button.setIcon(signs.icon(SIGNS[standing]))
            self.standings.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        self.standings.button(0).setChecked(True)
        self.standings.idClicked.connect(self._filter)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, bar)
        self._count()

    def _lay_out_side(self) -> None:
        """The right side: whose agreement it is and how it stands, above its answers, lists and scans."""
        self.form.title.hide()
        self.tabs.addTab(self.form, "协议内容")
        for tab in (self.items, self.activities, self.scans):
            self.tabs.addTab(tab, "")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(em(self, 0.5), em(self, 0.25), em(self, 0.25), 0)
        self.badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        column.addWidget(self.title)
        column.addLayout(across(self._sign, self.badge, self.term, 1))
        column.addWidget(self.tabs, 1)
        self.form_area.insertWidget(0, side)

    def _filter(self, *_: int) -> None:
        number, today = self.standings.checkedId(), self.desk.today()
        if number <= 0:
            self.table.among = None
        else:
            standing = list(Standing)[number - 1]
            self.table.among = lambda session: agreements.by_standing(session, today)[standing]
        self.table.reload()

    def _count(self) -> None:
        today = self.desk.today()
        found = self.desk.ask(lambda session: agreements.by_standing(session, today))
        self.standings.button(0).setText(f"{ALL} {sum(len(some) for some in found.values())}")
        for number, standing in enumerate(Standing, 1):
            self.standings.button(number).setText(f"{standing.value} {len(found[standing])}")

    def _show(self, entry: int | None) -> None:
        for tab in (self.items, self.activities, self.scans):
            tab.show_entry(entry)
            self.tabs.setTabEnabled(self.tabs.indexOf(tab), entry is not None)
        if entry is None:
            self.tabs.setCurrentWidget(self.form)
        self._name_tabs()
        self._show_badge(entry)

    def _name_tabs(self) -> None:
        counts = {"三张清单": self.items.count, "活动": self.activities.count, "扫描件": self.scans.count}
        for number, (name, count) in enumerate(counts.items(), 1):
            self.tabs.setTabText(number, f"{name}（{count}）" if count else name)

    def _show_badge(self, entry: int | None) -> None:
        today = self.desk.today()
        found = self.desk.ask(lambda session: session.get(Agreement, entry)) if entry else None
        for widget in (self._sign, self.badge, self.term):
            widget.setVisible(found is not None)
        self.title.setText("新增协议" if found is None else found.party_b_name or "（未命名）")
        if found is None:
            return
        standing = found.status(today)
        self._sign.show_sign(SIGNS[standing])
        self.badge.setText(standing.value)
        mark(self.badge, tone=TONES[standing])
        self.term.setText(agreements.term_left(found, today))

    def _follow(self, changes: Changes) -> None:
        super()._follow(changes)
        if "agreement" in changes.entries:
            self._count()
            self._show_badge(self.form.entry)
        if {"agreement", "item", "activity"} & changes.entries.keys():
            self._name_tabs()

    def _go_to_child(self, page: str, entry: int) -> None:
        """Show the agreement that a list entry or an activity belongs to, on the tab it stands on."""
        if not self.form.keep():
            return
        try:
            child = self.desk.ask(lambda session: entries.get(session, LEDGERS[page], entry))
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return
        agreement = getattr(child, "agreement_id", None)
        if agreement is not None:
            self.show_standing(None)
            self._open(agreement)
            tab = self.items if page == "item" else self.activities
            self.tabs.setCurrentWidget(tab)
            tab.choose(entry)
