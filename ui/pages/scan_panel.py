"""The scans of an entry on a tab: dropped or chosen, kept at once, and shown as large as they fit."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records.fields import Ledger
from desktop.services import entries, lists
from desktop.storage import files
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.form.scans import PATTERNS, ScansList
from ui.pages.asking import documents
from ui.pages.parts import Notice, across, words
from ui.pages.preview import Preview

FIRST = "先保存这一条，再添加扫描件"
NOTHING = "还没有扫描件。\n把图片或 PDF 拖到这里，或按“添加…”"


class ScanPanel(QWidget):
    """The files of the answer ``name`` of one entry of ``ledger``."""

    def __init__(self, desk: Desk, ledger: type[Ledger], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._name = desk, ledger, name
        self._entry: int | None = None
        self._kept = ""  # the ids as saved
        self.setAcceptDrops(desk.may(Right.ENTER))
        self.notice = Notice()
        self.scans = ScansList(desk)
        self.scans.setAccessibleName("扫描件")
        self.scans.list.setMaximumHeight(16_777_215)  # here it has the height of the tab
        self.scans.adding.clicked.disconnect()
        self.scans.adding.clicked.connect(self.choose)
        self.preview = Preview()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.scans)
        split.addWidget(self.preview)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.addWidget(
            words("可以直接拖入 JPG、PNG、TIFF 图片或 PDF，每个不超过 20 MB", kind="muted", wrap=True)
        )
        # its buttons in one place whether or not there is a file, its refusals as wide as the tab
        column.addLayout(across(self.scans.adding, self.scans.opening, self.scans.removing, 1))
        column.addWidget(self.notice)
        column.addWidget(self.scans.trouble)
        column.addWidget(split, 1)
        self.scans.changed.connect(self._keep)
        self.scans.list.currentRowChanged.connect(self._show)
        desk.changed.connect(self._follow)
        self.show_entry(None)

    @property
    def count(self) -> int:
        return len(json.loads(self._kept)) if self._kept else 0

    def show_entry(self, entry: int | None) -> None:
        """Show the scans of ``entry``; ``None`` for one that is not saved yet."""
        self._entry = entry
        self.notice.clear()
        for widget in (self.scans, self.scans.adding):
            widget.setEnabled(entry is not None)
        self._load()

    def choose(self) -> None:
        """Ask for files, and add them."""
        names, _ = QFileDialog.getOpenFileNames(self, "添加扫描件", documents(), PATTERNS)
        self.scans.add([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._entry is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.scans.add(dropped)

    def _follow(self, changes: Changes) -> None:
        if self._entry in changes.entries.get(self._ledger.__tablename__, ()):
            self._load()

    def _load(self) -> None:
        entry = self._entry
        saved = self._desk.ask(lambda session: session.get(self._ledger, entry)) if entry else None
        self._kept = entries.answers(saved)[self._name] if saved else ""
        if self.scans.text() != self._kept:
            self.scans.set_text(self._kept)
        self._show()

    def _keep(self) -> None:
        """Save the list of files as soon as it is another."""
        entry, typed = self._entry, self.scans.text()
        if entry is None or typed == self._kept:
            return
        try:
            self._desk.do(
                lambda session: entries.save(session, self._ledger, {self._name: typed}, entry=entry),
                "修改扫描件",
            )
        except Refusal as refusal:
            self.notice.refuse(refusal)
            self.scans.set_text(self._kept)

    def _show(self, *_: int) -> None:
        row = self.scans.list.currentRow()
        held = json.loads(self.scans.text() or "[]")
        self.scans.setVisible(bool(held))
        if not 0 <= row < len(held):
            self.preview.clear(NOTHING if self._entry else FIRST)
            return
        (chosen,) = self._desk.ask(lambda session: lists.attachments(session, [held[row]]))
        pdf = chosen.media == "application/pdf"
        why = "PDF 文件，按“打开”查看" if pdf else "这张图片无法预览，按“打开”查看"
        size = f"{chosen.size / 1024 / 1024:.1f} MB"
        store = self._desk.store
        try:
            content = files.read(store.folder, store.key, chosen.sha256)
        except Refusal as refusal:
            self.preview.clear(f"{chosen.name}\n{refusal}")
        else:
            self.preview.show_content(content, f"{chosen.name}\n{size}\n{why}")
