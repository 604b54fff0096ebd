"""The first start: which township or county this is, and who fills in its ledgers."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from desktop.errors import Refusal, Unreadable
from desktop.records import Office
from desktop.records.fields import field
from desktop.records.kinds import MOBILE
from desktop.services import areas
from ui.form.combo import Combo, Option
from ui.form.lines import Line
from ui.messages import Notice
from ui.pages.parts import across, press, words
from ui.theme import em

CITY = "341300000000"
ASKED = ("report_unit", "filler", "reviewer", "contact_phone")
WHOLE_COUNTY = "（县区本级）"
TOLD = "村（社区）名单随程序提供，以后可以在“区域”页增减；填报人等各项随时可以在“设置”页修改。"


class Welcome(QDialog):
    """Asks for the unit; accepted only once ``begin`` has started its data folder.

    :param begin: takes the unit's code and the typed answers of :class:`Office`.
    """

    def __init__(self, begin: Callable[[str, Mapping[str, str]], None]) -> None:
        super().__init__()
        self._begin = begin
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
        self.start = press("开始使用", self.accept, kind="primary")
        self.start.setDefault(True)
        self.leaving = press("退出", self.reject)
        self._lay_out()
        self.county.changed.connect(self._county_chosen)
        self.town.changed.connect(self._town_chosen)
        self.answers["contact_phone"].editingFinished.connect(self._look_at_phone)

    def unit(self) -> str:
        """The code of the chosen township, or of the county where its own level is chosen; else empty."""
        town = self.town.text()
        return town if town.isdigit() else ""

    def accept(self) -> None:
        code = self.unit()
        if not code:
            self.notice.refuse(Refusal("还不能开始", "没有选定县区和乡镇（街道）", "请从列表中选择"))
            (self.town if self.county.text().isdigit() else self.county).setFocus()
            return
        answers = {name: editor.text() for name, editor in self.answers.items() if editor.text().strip()}
        try:
            self._begin(code, answers)
        except Refusal as refusal:
            self.notice.refuse(refusal)
            refused = next((one for name, one in self.answers.items() if _label(name) in refusal.why), None)
            if refused is not None:
                refused.setFocus()
                refused.selectAll()
            return
        super().accept()

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
        column = QVBoxLayout(self)
        column.addWidget(words("请选择本单位", kind="title"))
        column.addWidget(words(TOLD, kind="muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addLayout(across(1, self.leaving, self.start))
        self.setMinimumWidth(em(self, 30))
        for before, after in ((self.answers[ASKED[-1]], self.start), (self.start, self.leaving)):
            QWidget.setTabOrder(before, after)

    def _leave(self, step: int) -> None:
        self.focusNextChild() if step > 0 else self.focusPreviousChild()


def _label(name: str) -> str:
    """The label of an answer as a refusal quotes it."""
    return f"“{field(Office, name).label}”"
