"""Words to a clerk: a question with named answers. A refusal is shown in place by :class:`Notice`."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.errors import Refusal
from ui.pages.parts import Notice

__all__ = ["Notice", "ask", "refused", "tell"]


def ask(parent: QWidget | None, text: str, answers: Sequence[str], *, detail: str = "") -> int:
    """Ask one question; the number of the answer. Esc and Enter are the last one: they never destroy.

    :param answers: the words on the buttons, the safe way out last.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("平安台账")
    box.setText(text)
    box.setInformativeText(detail)
    buttons = [box.addButton(words, QMessageBox.ButtonRole.ActionRole) for words in answers]
    box.setDefaultButton(buttons[-1])
    box.setEscapeButton(buttons[-1])
    box.exec()
    clicked = box.clickedButton()
    return next((at for at, button in enumerate(buttons) if button is clicked), len(buttons) - 1)


def tell(parent: QWidget | None, text: str, *, detail: str) -> None:
    """Say what was done where there is no page yet to say it in."""
    _told(parent, QMessageBox.Icon.Information, text, detail)


def refused(parent: QWidget | None, refusal: Refusal) -> None:
    """Show a refusal where there is no page yet to show it in."""
    icon = QMessageBox.Icon.Warning
    _told(parent, icon, f"{refusal.what}：{refusal.why}。", f"{refusal.remedy}。")


def _told(parent: QWidget | None, icon: QMessageBox.Icon, text: str, detail: str) -> None:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle("平安台账")
    box.setText(text)
    box.setInformativeText(detail)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
