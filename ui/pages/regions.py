"""区域: the villages of this unit with their dates; add, rename, merge and close them."""

from collections.abc import Callable

from PySide6.QtCore import QSortFilterProxyModel
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.records import Region
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk, Target
from ui.pages import area_dialogs
from ui.pages.area_table import WIDTHS, AreaRow, area_model, area_rows
from ui.pages.asking import Asked
from ui.pages.page import Page
from ui.pages.parts import Notice, across, page_layout, press, words
from ui.pages.plain_table import SEARCHED, PlainTable
from ui.rights import withhold
from ui.theme import em


class RegionsPage(Page):
    name, heading, icon = "region", "区域", "region"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = area_model()
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setFilterRole(SEARCHED)
        self.table = PlainTable("村（社区）", WIDTHS)
        self.search = QLineEdit(placeholderText="查找村（社区）：名称、拼音首字母或代码")
        self.notice = Notice()
        self.count = words(kind="muted")
        self._arrange()
        self.search.textChanged.connect(lambda typed: self.found.setFilterFixedString(typed.strip().lower()))
        self.table.selectionModel().selectionChanged.connect(self._offer)
        desk.changed.connect(self._follow)
        self.refresh()

    def go(self, target: Target) -> None:
        self.search.clear()
        for row, area in enumerate(self.model.rows):
            if area.entry == target.entry:
                self.table.selectRow(self.found.mapFromSource(self.model.index(row, 0)).row())
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.New):
            self.adding.click()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        today = self.desk.today()
        self.model.show_rows(self.desk.ask(lambda session: area_rows(session, today)))
        self.count.setText(f"在用 {sum(row.in_use for row in self.model.rows)} 个村（社区）")
        self._offer()

    def selected(self) -> AreaRow | None:
        row = self.table.chosen()
        return (
            None if row is None else self.model.rows[self.found.mapToSource(self.found.index(row, 0)).row()]
        )

    def add(self) -> Asked:
        return self._ask(area_dialogs.add(self, self.desk))

    def change(self, dialog: Callable[[QWidget, Desk, AreaRow], Asked]) -> Asked | None:
        """Ask about the selected village, if it is in use."""
        row = self.selected()
        able = row is not None and row.in_use and self.desk.may(Right.ENTER)
        return self._ask(dialog(self, self.desk, row)) if row is not None and able else None

    def merge(self, parent: QWidget, desk: Desk, row: AreaRow) -> Asked:
        others = [other for other in self.model.rows if other.in_use and other.code != row.code]
        return area_dialogs.merge(parent, desk, row, others)

    def _ask(self, asked: Asked) -> Asked:
        asked.accepted.connect(lambda: self.notice.say(f"已保存：{asked.windowTitle()}"))
        asked.open()
        return asked

    def _offer(self) -> None:
        row = self.selected()
        for button in self.changing:
            button.setEnabled(row is not None and row.in_use)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(Region):
            self.refresh()

    def _arrange(self) -> None:
        self.search.setAccessibleName("查找村（社区）")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(em(self, 18))
        self.table.setModel(self.found)
        self.table.fit()
        self.table.activated.connect(lambda _: self.change(area_dialogs.rename))
        self.changing = [
            press("改名…", lambda: self.change(area_dialogs.rename)),
            press("合并…", lambda: self.change(self.merge)),
            press("停用…", lambda: self.change(area_dialogs.close)),
        ]
        self.adding = press("新增村（社区）…", self.add, symbol="add")
        withhold(self.desk, Right.ENTER, self.adding, *self.changing)
        whole = page_layout(self)
        whole.addLayout(across(words("区域", kind="title"), self.count, 1, self.search))
        whole.addLayout(across(self.adding, *self.changing, 1))
        whole.addWidget(self.notice)
        whole.addWidget(self.table, 1)
