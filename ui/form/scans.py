"""Attached scans and photos: small pictures, add by button or by dropping files, open, take away."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.services import lists
from desktop.storage import files
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.icons import icon
from ui.pages.parts import Notice
from ui.rights import withhold
from ui.theme import em

PATTERNS = "图片和 PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)"


class ScansList(QWidget):
    """The attachments of one entry; a file is copied when added, and belongs once the entry is saved."""

    changed = Signal()
    leave = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: list[Attachment] = []
        self.setAcceptDrops(desk.may(Right.ENTER))
        self.list = QListWidget()
        self.list.setIconSize(QSize(em(self, 2), em(self, 2)))
        self.list.setMaximumHeight(em(self, 6.5))
        self.list.itemActivated.connect(lambda _: self.open_current())
        self.adding = QPushButton(icon("attach"), "添加…")
        self.opening, self.removing = QPushButton("打开"), QPushButton("移除")
        self.adding.clicked.connect(self.choose)
        self.opening.clicked.connect(self.open_current)
        self.removing.clicked.connect(self.remove_current)
        self.trouble = Notice()
        column, buttons = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.adding, self.opening, self.removing):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addWidget(self.trouble)
        self.setFocusProxy(self.adding)
        withhold(desk, Right.ENTER, self.adding, self.removing)
        self._show()

    def text(self) -> str:
        return json.dumps([one.id for one in self._kept]) if self._kept else ""

    def set_text(self, text: str) -> None:
        wanted = json.loads(text) if text else []
        self._kept = self._desk.ask(lambda session: lists.attachments(session, wanted)) if wanted else []
        self.trouble.clear()
        self._show()
        self.changed.emit()

    def choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件", "", PATTERNS)
        self.add([Path(name) for name in names])

    def add(self, sources: Sequence[Path]) -> None:
        """Attach files; one that is refused is named, the others are kept."""
        self.trouble.clear()
        store = self._desk.store
        for source in sources:
            attach = partial(files.attach, folder=store.folder, key=store.key, source=source)
            try:
                kept = self._desk.do(attach, "添加附件")
            except Refusal as refusal:
                self.trouble.refuse(refusal)
            else:
                self._kept.append(kept)
        self._show()
        self.changed.emit()

    def remove_current(self) -> None:
        at = self.list.currentRow()
        if at >= 0:
            del self._kept[at]
            self._show()
            self.changed.emit()

    def open_current(self) -> None:
        """Open a copy under its own name: the kept file is never given to another program."""
        at = self.list.currentRow()
        if at < 0:
            return
        one = self._kept[at]
        store = self._desk.store
        try:
            copy = files.lend(store.folder, store.key, one.sha256, one.name)
        except Refusal as refusal:
            self.trouble.refuse(refusal)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.add([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _show(self) -> None:
        self.list.clear()
        for one in self._kept:
            item = QListWidgetItem(self._picture(one), one.name, self.list)
            item.setToolTip(f"{one.name}，{max(1, one.size // 1024)} KB")
        if self._kept:
            self.list.setCurrentRow(len(self._kept) - 1)
        self.list.setVisible(bool(self._kept))
        for button in (self.opening, self.removing):
            button.setVisible(bool(self._kept))

    def _picture(self, one: Attachment) -> QIcon:
        if not one.media.startswith("image/"):
            return icon("attach", "muted")
        try:
            content = files.read(self._desk.store.folder, self._desk.store.key, one.sha256)
        except Refusal:  # said when it is opened
            return icon("attach", "muted")
        buffer = QBuffer()
        buffer.setData(content)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        whole = reader.size()
        if not whole.isValid():
            return icon("attach", "muted")
        reader.setScaledSize(whole.scaled(QSize(128, 128), Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        return icon("attach", "muted") if image.isNull() else QIcon(QPixmap.fromImage(image))
