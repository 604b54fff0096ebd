"""What the program says about a step while it is filled in: the verdict, and figures it can propose."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.rules.deliberation import Verdict
from ui.pages import signs
from ui.pages.parts import press, words
from ui.pages.signs import Sign, SignMark
from ui.theme import colour, colours, em, mark


class Advisor(QFrame):
    """The verdict in a sentence, with its clause.

    :param state: of the form, whether it is saved; it stands at the right.
    """

    def __init__(self, state: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict: Verdict | None = None
        self._sign = SignMark()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        line = QHBoxLayout(self)
        line.setContentsMargins(em(self, 0.5), em(self, 0.3), em(self, 0.5), em(self, 0.3))
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.sentence, 1)
        line.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)

    def show_verdict(self, verdict: Verdict) -> None:
        self._verdict = verdict
        sign, head = _judged(verdict)
        self._sign.show_sign(sign)
        said = verdict.sentence.removesuffix(f"。依据：{verdict.basis}")
        told = f'<b style="color:{colour(signs.TONES[sign]).name()}">{head}</b>　{escape(said)}'
        if verdict.basis:
            told += f'<br><span style="color:{colours().muted}">依据：{escape(verdict.basis)}</span>'
        self.sentence.setText(told)
        self.sentence.setAccessibleName(f"{head}：{verdict.sentence}")
        mark(self, grade="A" if sign is Sign.ALARM else "D")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        verdict = getattr(self, "_verdict", None)
        if event.type() == QEvent.Type.PaletteChange and verdict is not None:
            self.show_verdict(verdict)  # its colours are those of the look


class Suggestion(QWidget):
    """An answer that the program can propose, told under the field, with a button to take it over.

    :ivar taken: the clerk takes it over; carries the text for the field.
    """

    taken = Signal(str)

    def __init__(self, what: str) -> None:
        super().__init__()
        self._text = ""
        self.words = words(kind="muted", wrap=True)
        self.button = press("采用", lambda: self.taken.emit(self._text), kind="link")
        self.button.setAccessibleName(f"采用建议的{what}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(self, said: str, text: str = "") -> None:
        """Say why an answer should be so; nothing is said where ``said`` is empty.

        :param text: what the button puts into the field; no button if empty.
        """
        self._text = text
        self.words.setText(said)
        self.button.setText(f"采用 {text}")
        self.button.setVisible(bool(text))
        self.setVisible(bool(said))


def _judged(verdict: Verdict) -> tuple[Sign, str]:
    if verdict.quorum_met is False:
        return Sign.ALARM, "到会人数不够"
    if verdict.passed is False:
        short = verdict.quorum_met is None and "天" in verdict.sentence
        return Sign.ALARM, "公开天数不够" if short else "同意票不够，不能算通过"
    if verdict.passed:
        return Sign.TICK, "符合规定" if verdict.quorum_met is None else "到会、表决都符合规定"
    return (Sign.DOT, "到会人数符合规定") if verdict.quorum_met else (Sign.RING, "还不能判断")
