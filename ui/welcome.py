"""The first start: which unit this is, who administers it, and the recovery code to be locked away."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDialog, QFormLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import Refusal, Unreadable
from desktop.records import Office
from desktop.records.fields import field
from desktop.records.kinds import MOBILE
from desktop.services import areas, entries
from desktop.storage.keys.key import Secret
from ui.entry.first import AdminPage
from ui.entry.recovery import RecoveryCode
from ui.form.combo import Combo, Option
from ui.form.lines import Line
from ui.form.onward import Onward
from ui.messages import Notice
from ui.pages.parts import across, press, words
from ui.theme import em

CITY = "341300000000"
ASKED = ("report_unit", "filler", "reviewer", "contact_phone")
WHOLE_COUNTY = "（县区本级）"
TOLD = (
    "换了电脑或重装过系统的，不用填写，请点“从备份恢复（换电脑）”。\n"
    "村（社区）名单随程序提供，以后可以在“区域”页增减；填报人等各项随时可以在“设置”页修改。"
)


UNIT, ADMIN, CODE = range(3)  # the pages
HEADS = ("请选择本单位", "设置管理员", "请保管好恢复码")
Begin = Callable[[str, Mapping[str, str], Secret], str]


class Welcome(QDialog):
    """Asks for the unit and its administrator; accepted only once the recovery code was put away.

    On a new computer the records may come from a backup instead.

    :param begin: starts the data folder: takes the unit's code, the typed answers of :class:`Office` and the
        administrator's secret; returns the recovery code.
    :param move: takes a backup in, in a dialog of its own; whether it did.
    """

    def __init__(self, begin: Begin, move: Callable[["Welcome"], bool] = lambda _: False) -> None:
        super().__init__()
        self._begin, self._move = begin, move
        listed = [one for one in areas.shipped() if one["level"] in ("county", "township")]
        self._counties = {one["code"]: one["name"] for one in listed if one["parent_code"] == CITY}
        self._listed = {one["code"]: one for one in listed if one["code"] not in self._counties}
        self._proposed = ""
        self.setWindowTitle("平安台账：第一次使用")
        self.county = Combo(lambda: [Option(code, name) for code, name in self._counties.items()])
        self.town = Combo(self._towns)
        self.answers = {name: Line() for name in ASKED}
        self.doubt = words(tone="warn", wrap=True)
        self.notice = Notice()
        self.admin, self.code = AdminPage(), RecoveryCode()
        self.head, self.pages = words(HEADS[UNIT], kind="title"), QStackedWidget()
        self.start = press("下一步", self.accept, kind="primary")
        self.start.setDefault(True)
        Onward([self.admin.new.first, self.admin.new.again], self.notice)
        self.back = press("上一步", lambda: self._show(UNIT))
        self.leaving = press("退出", self.reject)
        self.moving = press("从备份恢复（换电脑）…", self.move_in, symbol="history")
        self._lay_out()
        self.code.kept.toggled.connect(self.start.setEnabled)
        self.county.changed.connect(self._county_chosen)
        self.town.changed.connect(self._town_chosen)
        self.answers["contact_phone"].editingFinished.connect(self._look_at_phone)

    def unit(self) -> str:
        """The code of the chosen township, or of the county where its own level is chosen; else empty."""
        town = self.town.text()
        return town if town.isdigit() else ""

    def accept(self) -> None:
        """The next page; the last one is left only with the tick."""
        self.notice.clear()
        try:
            if self.pages.currentIndex() == UNIT:
                self._check_unit()
                self._show(ADMIN)
                self.admin.propose(self.answers["filler"].text().strip())
            elif self.pages.currentIndex() == ADMIN:
                code = self._begin(self.unit(), self._answered(), self.admin.secret())
                self.code.show_code(
                    code, self.answers["report_unit"].text(), f"{dt.date.today():%Y年%m月%d日}"
                )
                self._show(CODE)
            elif self.code.kept.isChecked():
                super().accept()
        except Refusal as refusal:
            self.notice.refuse(refusal)

    def move_in(self) -> None:
        """Take the records from a backup; nothing is asked here then."""
        self.notice.clear()
        if self._move(self):
            super().accept()

    def reject(self) -> None:
        """Give up; not while the code is shown, for it is never shown again."""
        if self.pages.currentIndex() == CODE:
            self.notice.refuse(Refusal("还不能关闭", "恢复码只显示这一次", "请打印或抄写下来，再打上勾"))
        else:
            super().reject()

    def _answered(self) -> dict[str, str]:
        return {name: editor.text() for name, editor in self.answers.items() if editor.text().strip()}

    def _check_unit(self) -> None:
        """:raises Refusal: no unit is chosen, or an answer cannot be read; the keyboard is there."""
        if not self.unit():
            (self.town if self.county.text().isdigit() else self.county).setFocus()
            raise Refusal("还不能开始", "没有选定县区和乡镇（街道）", "请从列表中选择")
        try:
            entries.read(Office, self._answered())
        except Refusal as refusal:
            refused = next(one for name, one in self.answers.items() if _label(name) in refusal.why)
            refused.setFocus()
            refused.selectAll()
            raise

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.notice.clear()
        self.head.setText(HEADS[page])
        self.back.setVisible(page == ADMIN)
        self.moving.setVisible(page == UNIT)
        self.leaving.setVisible(page != CODE)
        self.start.setText("开始使用" if page == CODE else "下一步")
        self.start.setEnabled(page != CODE)
        if page == CODE:
            self.code.printing.setFocus()

    def _towns(self) -> list[Option]:
        """The townships of the county; of all counties, each with its county, until one is chosen."""
        county = self.county.text()
        if county.isdigit():
            mine = [one for one in self._listed.values() if one["parent_code"] == county]
            return [*(Option(one["code"], one["name"]) for one in mine), Option(county, WHOLE_COUNTY)]
        names = self._counties
        towns = self._listed.items()
        return [Option(code, f"{one['name']} · {names[one['parent_code']]}") for code, one in towns]

    def _county_chosen(self) -> None:
        self.town.renew()
        self.town.set_text("")

    def _town_chosen(self) -> None:
        """A township chosen among all of them says which county it is."""
        code = self.unit()
        if code and not self.county.text().isdigit():
            with QSignalBlocker(self.county):
                self.county.set_text(self._listed[code]["parent_code"])
            self.town.renew()
            self.town.set_text(code)  # comes back here
        else:
            self._propose()

    def _propose(self) -> None:
        """Propose the unit's full name until the clerk has written another."""
        name = self.answers["report_unit"]
        if name.text() == self._proposed and self.unit():
            town = "" if self.town.currentText() == WHOLE_COUNTY else self.town.currentText()
            ending = "人民政府" if town.endswith(("镇", "乡")) else "办事处" if town.endswith("街道") else ""
            self._proposed = f"{self.county.currentText()}{town}{ending}"
            name.set_text(self._proposed)

    def _look_at_phone(self) -> None:
        """Say what is doubtful about the number; it may stay, as it may in a form."""
        from desktop.rules.members import LANDLINE

        typed, doubt = self.answers["contact_phone"].text().strip(), ""
        try:
            number = field(Office, "contact_phone").kind.read(typed) if typed else ""
        except Unreadable as trouble:
            number, doubt = "", f"联系电话{trouble}"
        if number and not MOBILE.fullmatch(number) and not LANDLINE.fullmatch(number):
            doubt = f"联系电话有 {len(number)} 位，既不是 11 位手机号，也不是固定电话，请核对"
        self.doubt.setText(doubt)
        self.doubt.setVisible(bool(doubt))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("县区", self.county)
        form.addRow("乡镇（街道）", self.town)
        for name, editor in self.answers.items():
            editor.setObjectName(name)
            editor.setPlaceholderText(field(Office, name).help)
            editor.leave.connect(self._leave)
            form.addRow(field(Office, name).label, editor)
        form.addRow("", self.doubt)
        self.doubt.hide()
        self.town.line.setPlaceholderText("输入汉字或拼音首字母，也可以不选县区直接输入")
        self.county.line.setPlaceholderText("输入汉字或拼音首字母来选择")
        for box, name in ((self.county, "county"), (self.town, "town")):
            box.setObjectName(name)
            box.leave.connect(self._leave)
        unit = QWidget()
        first = QVBoxLayout(unit)
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(words(TOLD, kind="muted", wrap=True))
        first.addLayout(form)
        first.addStretch(1)
        for page in (unit, self.admin, self.code):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.pages)
        column.addWidget(self.notice)
        column.addLayout(across(self.back, self.moving, 1, self.leaving, self.start))
        self.setMinimumWidth(em(self, 30))
        self._show(UNIT)
        last = (self.answers[ASKED[-1]], self.start, self.leaving, self.moving)
        for before, after in pairwise(last):
            QWidget.setTabOrder(before, after)

    def _leave(self, step: int) -> None:
        self.focusNextChild() if step > 0 else self.focusPreviousChild()


def _label(name: str) -> str:
    """The label of an answer as a refusal quotes it."""
    return f"“{field(Office, name).label}”"
