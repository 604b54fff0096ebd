"""What the program says about a step while it is filled in: the verdict, and figures it can propose."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from desktop.records.codes import code_list
from desktop.rules.deliberation import Verdict
from desktop.services.matters import Advice
from ui.pages import signs
from ui.pages.parts import press, words
from ui.pages.signs import Sign, SignMark
from ui.theme import colour, colours, em, mark


class Advisor(QFrame):
    """The verdict in a sentence, and one line with a button for each figure it can propose.

    :ivar taken: the clerk takes a proposal over; carries the field's name and the text for it.
    """

    taken = Signal(str, str)

    def __init__(self, state: QLabel, parent: QWidget | None = None) -> None:
        """:param state: of the form, whether it is saved; it stands at the right."""
        super().__init__(parent)
        self._sign = SignMark()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.due, self._take_due = words(wrap=True), press("采用", self._due_taken)
        self.result, self._take_result = words(wrap=True), press("采用", self._result_taken)
        self._take_due.setAccessibleName("采用建议的应到人数")
        self._take_result.setAccessibleName("采用建议的结果")
        self._advice: Advice | None = None
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(em(self, 0.15))
        grid.setContentsMargins(em(self, 0.5), em(self, 0.3), em(self, 0.5), em(self, 0.3))
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.sentence, 0, 1)
        grid.addWidget(state, 0, 2, Qt.AlignmentFlag.AlignTop)
        for row, (label, button) in enumerate(self._lines(), 1):
            grid.addWidget(label, row, 1)
            grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)

    def show_advice(self, advice: Advice, due: str, result: str, *, new: bool) -> None:
        """Say what there is to say.

        :param due: what the clerk has typed as 应到; :param result: and as 结果, so that nothing is
            proposed that stands there already.
        :param new: the step is not on file yet; of one that is, only a blank 应到 is proposed for.
        """
        self._advice = advice
        self._judge(advice.verdict)
        proposal = advice.due
        said = advice.why
        if proposal is not None:
            word = "应到" if due == str(proposal.number) else "应到建议"
            said = f"{word} {proposal.number}：{proposal.sum_text}（村情）"
        self.due.setText(said)
        self.due.setVisible(bool(said) and (new or not due))
        self._take_due.setVisible(proposal is not None and (new or not due) and due != str(proposal.number))
        outcome = code_list("vote_result").items[advice.result] if advice.result else ""
        differs = bool(outcome) and result not in (outcome, advice.result)
        self.result.setText(f"按以上数字，结果应为“{outcome}”")
        self.result.setVisible(differs)
        self._take_result.setVisible(differs)

    def _judge(self, verdict: Verdict) -> None:
        if verdict.quorum_met is False or verdict.passed is False:
            sign, head = Sign.ALARM, _what_fails(verdict)
        elif verdict.passed:
            sign = Sign.TICK
            head = "符合规定" if verdict.quorum_met is None else "到会、表决都符合规定"
        elif verdict.quorum_met:
            sign, head = Sign.DOT, "到会人数符合规定"
        else:
            sign, head = Sign.RING, "还不能判断"
        self._sign.show_sign(sign)
        said = verdict.sentence.removesuffix(f"。依据：{verdict.basis}")
        tone = f' style="color:{colour(signs.TONES[sign]).name()}"'
        basis = f'<br><span style="color:{colours().muted}">依据：{escape(verdict.basis)}</span>'
        told = f"<b{tone}>{head}</b>　{escape(said)}"
        self.sentence.setText(told + basis if verdict.basis else told)
        self.sentence.setAccessibleName(f"{head}：{verdict.sentence}")
        mark(self, grade="A" if sign is Sign.ALARM else "D")

    def _lines(self) -> tuple[tuple[QLabel, QPushButton], ...]:
        return (self.due, self._take_due), (self.result, self._take_result)

    def _due_taken(self) -> None:
        if self._advice and self._advice.due:
            self.taken.emit("n_due", str(self._advice.due.number))

    def _result_taken(self) -> None:
        if self._advice and self._advice.result:
            self.taken.emit("result", self._advice.result)


def _what_fails(verdict: Verdict) -> str:
    if verdict.quorum_met is None:
        return "公开天数不够"
    if verdict.quorum_met is False:
        return "到会人数不够"
    return "同意票不够，不能算通过"
