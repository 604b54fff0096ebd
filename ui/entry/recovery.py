"""The recovery code: shown once to be printed or saved, and typed in when a password is forgotten."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Refusal
from desktop.storage import files
from desktop.storage.trouble import as_refusal
from ui.entry.password import NewPassword
from ui.form.onward import Onward
from ui.messages import Notice
from ui.pages.parts import across, card, press, words
from ui.theme import em, mark

FILE = "平安台账恢复码.txt"
WHY = (
    "密码都忘了的时候，只有这组恢复码能打开数据，谁也没有别的办法。"
    "请打印或抄写下来，锁在柜子里，不要留在这台电脑上。"
)
SHEET = """<h1>平安台账　恢复码</h1><p></p>
<p style="font-size:22pt; font-weight:600">{code}</p><p></p>
<p>使用单位：{unit}</p><p>制作日期：{day}</p><p></p>
<p>用途：忘记密码时，在登录窗口点“忘记密码…”，输入这组恢复码，重新设置密码。</p>
<p>保管：请锁在柜子里。拿到它的人可以打开全部数据，所以不要拍照，不要存在电脑上。</p>
"""


class RecoveryCode(QWidget):
    """The code in large letters, what to do with it, and a tick that it was done."""

    def __init__(self) -> None:
        super().__init__()
        self.code, self._sheet = mark(QLabel(), kind="number"), QTextDocument(self)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self.code.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.notice = Notice()
        self.printing = press("打印…", self.print_out, symbol="print")
        self.saving = press("存到 U 盘…", self.choose_file, symbol="save")
        self.kept = QCheckBox("我已经抄下来或打印")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(self, 0.6))
        column.addWidget(words(WHY, wrap=True))
        column.addWidget(card(self.code))
        column.addLayout(across(self.printing, self.saving, 1))
        column.addWidget(self.notice)
        column.addWidget(self.kept)
        column.addStretch(1)

    def show_code(self, code: str, unit: str, day: str) -> None:
        """Show a code, and write the sheet to be kept of it."""
        self.code.setText(code)
        self.code.setAccessibleName(f"恢复码 {code}")
        self._sheet.setHtml(SHEET.format(code=code, unit=unit, day=day))
        self.kept.setChecked(False)

    def print_out(self) -> None:
        """Print the sheet on the printer that the clerk chooses."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinters():
            self.notice.refuse(Refusal("未能打印", "这台电脑没有打印机", "请抄写下来，或存到 U 盘"))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self._sheet.print_(printer)
            self.notice.say("已送到打印机。")

    def choose_file(self) -> None:
        """Ask where the sheet is to be saved."""
        chosen, _ = QFileDialog.getSaveFileName(self, "存到 U 盘", FILE, "文本文件 (*.txt)")
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Save the sheet as text."""
        try:
            with as_refusal("未能保存恢复码"):
                files.write_whole(file, self._sheet.toPlainText().encode("utf-8-sig"))
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.notice.say(f"已保存到 {file}。请把 U 盘锁好。")


class Forgotten(QDialog):
    """Asks for the recovery code and a new password for someone who may do everything.

    :param admins: the names to choose from.
    :param work: sets the password; takes the code, the name and the password.
    """

    def __init__(
        self, parent: QWidget | None, admins: Sequence[str], work: Callable[[str, str, str], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("用恢复码设置新密码")
        self._work = work
        self.code = QLineEdit()
        self.code.setPlaceholderText("第一次使用时打印或抄下来的那一组")
        self.name = QComboBox()
        self.name.addItems(list(admins))
        self.new = NewPassword(self)
        self.notice = Notice()
        self.confirm = press("设置新密码", self.accept, kind="primary")
        self.confirm.setDefault(True)
        self.name.currentTextChanged.connect(self.new.name_is)
        self.new.name_is(self.name.currentText())
        form = QFormLayout()
        for label, editor in (("恢复码", self.code), ("给谁设置", self.name), *self.new.rows()):
            editor.setAccessibleName(label)
            form.addRow(label, editor)
        column = QVBoxLayout(self)
        told = "恢复码可以给任一位“管理”角色的人设置新密码；其他人的密码再由他在“设置”页重设。"
        column.addWidget(words(told, kind="muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addLayout(across(1, press("取消", self.reject), self.confirm))
        Onward([self.code, self.new.first, self.new.again], self.notice)
        self.setMinimumWidth(em(self, 28))

    def user(self) -> str:
        return self.name.currentText()

    def accept(self) -> None:
        try:
            password = self.new.password("未能设置新密码")
            self._work(self.code.text(), self.user(), password)
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return
        super().accept()
