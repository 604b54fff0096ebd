"""The first start: which township or county this is, and who fills in its ledgers."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout

from desktop.errors import Refusal
from desktop.records import Office
from desktop.records.fields import field
from desktop.services import areas
from ui.form.combo import Combo, Option
from ui.messages import Notice
from ui.pages.parts import across, press, words
from ui.theme import em

ASKED = ("report_unit", "filler", "reviewer", "contact_phone")
WHOLE_COUNTY = "（县区本级）"


class Welcome(QDialog):
    """Asks for the unit; accepted only once ``begin`` has started its data folder.

    :param begin: takes the unit's code and the typed answers of :class:`Office`.
    """

    def __init__(self, begin: Callable[[str, Mapping[str, str]], None]) -> None:
        super().__init__()
        self._begin = begin
        self._listed = [one for one in areas.shipped() if one["level"] in ("county", "township")]
        self._proposed = ""
        self.setWindowTitle("平安台账：第一次使用")
        self.county = Combo(lambda: self._options("341300000000"))
        self.town = Combo(self._towns)
        self.answers = {name: QLineEdit() for name in ASKED}
        self.notice = Notice()
        form = QFormLayout()
        form.addRow("县区", self.county)
        form.addRow("乡镇（街道）", self.town)
        for name, editor in self.answers.items():
            editor.setObjectName(name)
            editor.setPlaceholderText(field(Office, name).help)
            form.addRow(field(Office, name).label, editor)
        for box, name in ((self.county, "county"), (self.town, "town")):
            box.setObjectName(name)
            box.line.setPlaceholderText("输入汉字或拼音首字母来选择")
            box.leave.connect(self._leave)
        self.county.changed.connect(self._county_chosen)
        self.town.changed.connect(self._propose)
        self.start = press("开始使用", self.accept, kind="primary")
        column = QVBoxLayout(self)
        column.addWidget(words("请选择本单位", kind="title"))
        told = "选定后不再更改。村（社区）名单随程序提供，可以在“区域”页增减。其余各项以后可在“设置”页修改。"
        column.addWidget(words(told, kind="muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addLayout(across(1, press("退出", self.reject), self.start))
        self.setMinimumWidth(em(self, 30))

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
            return
        super().accept()

    def _options(self, parent: str) -> list[Option]:
        return [Option(one["code"], one["name"]) for one in self._listed if one["parent_code"] == parent]

    def _towns(self) -> list[Option]:
        county = self.county.text()
        return [*self._options(county), Option(county, WHOLE_COUNTY)] if county.isdigit() else []

    def _county_chosen(self) -> None:
        self.town.renew()
        self.town.set_text("")

    def _propose(self) -> None:
        """Propose the unit's full name until the clerk has written another."""
        name = self.answers["report_unit"]
        if name.text() == self._proposed and self.unit():
            town = "" if self.town.currentText() == WHOLE_COUNTY else self.town.currentText()
            ending = "人民政府" if town.endswith(("镇", "乡")) else "办事处" if town.endswith("街道") else ""
            self._proposed = f"{self.county.currentText()}{town}{ending}"
            name.setText(self._proposed)

    def _leave(self, step: int) -> None:
        self.focusNextChild() if step > 0 else self.focusPreviousChild()
