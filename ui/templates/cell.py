"""选中的格: what is written once into a cell outside the entries, such as the unit or the period."""

import re
from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.excel.profiled import PLACEHOLDERS
from ui.pages.parts import across, press, words
from ui.templates.draft import Draft
from ui.templates.placeholders import Pattern
from ui.theme import em

BLANKS = re.compile(r"(?<=[：:])[_＿\s　年月日]*$|[_＿\s　]*$")
MARKS = re.compile(r"\s|[*＊]|[（(]盖章[）)]")
MEANT = {
    **dict.fromkeys(("单位", "上报单位", "填表单位"), "填报单位"),
    **dict.fromkeys(("日期", "时间", "填报时间", "填表日期", "填表时间"), "填报日期"),
    **dict.fromkeys(("乡镇/街道", "乡镇（街道）", "乡镇街道"), "乡镇"),
    **dict.fromkeys(("县/区", "县（区）", "市/县/区"), "县区"),
    "填表人": "填报人",
    "电话": "联系电话",
}


class CellPanel(QWidget):
    """One cell; what is typed goes into the draft at once."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._place = ""
        self._showing = False
        self.title = words(kind="section", wrap=True)
        self.now = words(kind="muted", wrap=True)
        self.pattern = Pattern("这一格写成")
        self.offer = press("", self.take, symbol="mend")
        self.clear = press("不填这一格", lambda: self.pattern.set_text(""), symbol="delete", kind="quiet")
        self._arrange()
        self.pattern.changed.connect(self._say)
        self.setFocusProxy(self.pattern)

    def show_words(self, said: Mapping[str, str]) -> None:
        self.pattern.show_words(said)

    def show_cell(self, draft: Draft, row: int, at: int) -> None:
        """Show what goes into a cell."""
        self._showing = True
        self._draft, self._place = draft, f"{get_column_letter(at)}{row}"
        text = draft.handed.text(draft.profile.sheet, row, at)
        self.title.setText(f"{self._place} 格")
        self.now.setText(f"模板里写着：{text}" if text else "模板里这一格是空的")
        self._offered = suggested(text) if text else self._beside(row, at)
        self.offer.setText(f"写成：{self._offered}")
        self.pattern.set_text(draft.profile.cells.get(self._place, ""))
        self._showing = False
        self._show()

    def take(self) -> None:
        """Take what is suggested for the cell."""
        self.pattern.set_text(self._offered)
        self.pattern.setFocus()

    def _beside(self, row: int, at: int) -> str:
        """What a blank cell is there for: the nearest label to the left says it."""
        draft = self._draft
        texts = draft.handed.row(draft.profile.sheet, row) if draft else {}
        label = next((texts[one] for one in range(at - 1, 0, -1) if one in texts), "")
        return f"{{{meant(label)}}}" if meant(label) else ""

    def _say(self) -> None:
        if not self._showing and self._draft is not None:
            self._draft.set_cell(self._place, self.pattern.text())
            self._show()

    def _show(self) -> None:
        self.clear.setVisible(bool(self.pattern.text()))
        self.offer.setVisible(bool(self._offered) and self.pattern.text() == "")

    def _arrange(self) -> None:
        self._offered = ""
        about = "填报单位、期间、日期这些只填一次的内容，写在这里；{ } 里的内容每期自动换成当期的。"
        column = QVBoxLayout(self)
        column.setContentsMargins(*[em(self, 0.4)] * 4)
        for one in (self.title, self.now, words("这一格写成", kind="field"), self.pattern, self.offer):
            column.addWidget(one)
        column.addLayout(across(self.clear, 1))
        column.addWidget(words(about, kind="muted", wrap=True))
        column.addStretch(1)


def meant(label: str) -> str:
    """The placeholder that a label such as 填报单位（盖章）： asks for; empty if we know none."""
    bare = MARKS.sub("", BLANKS.sub("", label)).rstrip("：:")
    word = MEANT.get(bare, bare)
    return word if word in PLACEHOLDERS.values() else ""


def suggested(text: str) -> str:
    """What a label becomes: 填报单位：____ to 填报单位：{填报单位}; empty if nothing is suggested."""
    label = BLANKS.sub("", text)
    colon = "" if label.endswith(("：", ":")) else "："
    return f"{label}{colon}{{{meant(text)}}}" if meant(text) else ""
