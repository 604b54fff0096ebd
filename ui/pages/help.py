"""帮助: the pages of :mod:`desktop.services.help`, with contents and search beside them."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.services import help as pages
from ui.desk import Desk, Target
from ui.pages.page import Page
from ui.pages.parts import across, page_layout, press, words
from ui.theme import colours, em

WITHIN = Qt.ShortcutContext.WidgetShortcut
PLACE = Qt.ItemDataRole.UserRole
RESTYLED = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class Book(QTextBrowser):
    """Shows help pages by place (``member#id_number``) in the colours of the look in force."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenExternalLinks(False)
        self._restyle()

    def show_place(self, place: str) -> None:
        self.setSource(QUrl(place))

    def place(self) -> str:
        return self.source().toString(QUrl.ComponentFormattingOption.PrettyDecoded)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        page = pages.pages().get(QUrl(name).path())
        if page is None or kind != QTextDocument.ResourceType.HtmlResource.value:
            return None
        return page.html

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._restyle()
            if not self.source().isEmpty():
                self.reload()

    def _restyle(self) -> None:
        look = colours()
        self.document().setDocumentMargin(em(self, 0.6))
        self.document().setDefaultStyleSheet(
            f"h1 {{ font-size: x-large; }} h2 {{ font-size: large; }} h3 {{ font-size: medium; }}"
            f"table {{ border-collapse: collapse; border-color: {look.line}; border-style: solid; }}"
            f"th {{ background-color: {look.raised}; color: {look.muted}; }}"
            f"a {{ color: {look.accent_ink}; }}"
        )


class HelpPage(Page):
    name, heading, icon = "help", "帮助", "help"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.book = Book()
        self.search = QLineEdit(placeholderText="查找（可用拼音首字母）")
        self.search.setAccessibleName("在帮助中查找")
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName("帮助目录")
        self._arrange()
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._first)
        self.search.installEventFilter(self)
        self.contents.currentItemChanged.connect(lambda item, _: self._open(item))
        QShortcut(QKeySequence("Backspace"), self.book, self.book.backward, WITHIN)
        self.book.sourceChanged.connect(lambda url: self._mark(url.path()))
        self._list()
        self.book.show_place(pages.INDEX)

    def go(self, target: Target) -> None:
        """Open the page for ``target.field``: ``member.id_number``, a rule's code, a ledger or a place."""
        self.search.clear()
        self.book.show_place(pages.located(target.field) if target.field else pages.INDEX)
        self.book.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.contents.setFocus()
            self._first()
            return True
        return False

    def _arrange(self) -> None:
        back = press("后退", self.book.backward, symbol="back", kind="quiet")
        home = press("目录", lambda: self.book.show_place(pages.INDEX), symbol="home", kind="quiet")
        self.book.backwardAvailable.connect(back.setEnabled)
        back.setEnabled(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.contents)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.book)
        split.setSizes([em(self, 15), em(self, 45)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        whole = page_layout(self)
        whole.addLayout(across(words("帮助", kind="title"), 1, back, home))
        whole.addWidget(split, 1)

    def _list(self) -> None:
        """The contents, or what was found."""
        typed = self.search.text().strip()
        self.contents.blockSignals(True)
        self.contents.clear()
        if typed:
            for topic in pages.find(typed):
                self._add(topic.title, topic.place)
            if not self.contents.count():
                self._add_heading("没有找到，请换一个词")
        else:
            self._list_pages()
        self.contents.blockSignals(False)

    def _list_pages(self) -> None:
        chapter = ""
        for page in pages.pages().values():
            if page.chapter != chapter:
                chapter = page.chapter
                self._add_heading(chapter)
            self._add(page.title, page.name)

    def _add(self, title: str, place: str) -> None:
        item = QListWidgetItem("　" + title, self.contents)
        item.setData(PLACE, place)
        item.setToolTip(title)

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title, self.contents)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        bold = item.font()
        bold.setBold(True)
        item.setFont(bold)

    def _mark(self, name: str) -> None:
        """Show in the contents which page is open."""
        for row in range(self.contents.count()):
            if self.contents.item(row).data(PLACE) == name:
                self.contents.blockSignals(True)
                self.contents.setCurrentRow(row)
                self.contents.blockSignals(False)

    def _first(self) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(PLACE):
                self.contents.setCurrentRow(row)
                self._open(self.contents.item(row))
                return

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(PLACE):
            self.book.show_place(item.data(PLACE))
