"""One finding in full: what, why and how, a button that mends it, a box for its reason."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.rules.rulebook import Grade
from desktop.services.reasons import ASKED as ASKING
from desktop.services.reasons import SHORTEST
from ui.pages.finding_facts import Line
from ui.pages.parts import Notice, across, press, words
from ui.theme import em, mark

ASKED = {Grade.B: "审核人说明", Grade.C: "原因"}


class FindingDetail(QFrame):
    """Shows the chosen finding.

    :ivar wanted: go to the field.
    :ivar mending: make the safe correction.
    :ivar reasoned: a reason was typed and confirmed; carries its text.
    :ivar explained: F1 or the link: the help about this rule is wanted.
    """

    wanted = Signal()
    mending = Signal()
    reasoned = Signal(str)
    explained = Signal()

    def __init__(self, offered: Callable[[Line], str | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, kind="card")
        self._offered = offered
        self.what, self.why, self.how = (words(wrap=True) for _ in range(3))
        self.notice = Notice()
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.installEventFilter(self)
        self.asked = words(kind="field", wrap=True)
        self.same = press("与上期相同", self._same, symbol="history")
        self.give = press("写下原因（Ctrl+回车）", self._give, symbol="reason")
        self.mend = press("", self.mending.emit, symbol="mend")
        self.jump = press("到这一栏（回车）", self.wanted.emit, symbol="next")
        self.more = press("说明", self.explained.emit, symbol="help", kind="quiet")
        self._arrange()
        self.show_line(None)

    def show_line(self, line: Line | None) -> None:
        """Show a finding; ``None`` when there is none to show."""
        self.setVisible(line is not None)
        self.notice.clear()
        if line is None:
            return
        one = line.finding
        self.what.setText(f"{line.ledger}　{line.what}")
        mark(self.what, tone=one.grade.value)
        self.why.setText(f"依据：{one.code}　{one.basis}")
        self.how.setText(f"怎么办：{one.remedy}")
        self.mend.setVisible(one.mend is not None)
        self.mend.setText(f"改正：{one.mend.label}" if one.mend else "")
        self._show_reason(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._give()
                return True
        return False

    def _show_reason(self, line: Line) -> None:
        asks = line.finding.grade in ASKING
        for widget in (self.asked, self.reason, self.give):
            widget.setVisible(asks)
        self.same.hide()
        if not asks:
            return
        asked = f"“{line.title or line.ledger}”这一条的{ASKED[line.finding.grade]}（不少于 {SHORTEST} 个字）"
        self.asked.setText(asked)
        self.reason.setAccessibleName(asked)
        self.reason.setText(line.reason)
        before = None if line.reason else self._offered(line)
        self.same.setVisible(bool(before))
        self.same.setToolTip(before or "")
        self.reason.setPlaceholderText(f"上期：{before}" if before else "写明为什么这样填是对的")

    def _same(self) -> None:
        self.reason.setText(self.same.toolTip())
        self._give()

    def _give(self) -> None:
        self.reasoned.emit(self.reason.text())

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        side = em(self, 0.6)
        column.setContentsMargins(side, em(self, 0.4), side, em(self, 0.4))
        column.setSpacing(em(self, 0.25))
        for widget in (self.what, self.why, self.how, self.notice):
            column.addWidget(widget)
        answer = across(self.reason, self.give, self.same)
        answer.setStretch(0, 1)
        column.addWidget(self.asked)
        column.addLayout(answer)
        column.addLayout(across(self.jump, self.mend, 1, self.more))
