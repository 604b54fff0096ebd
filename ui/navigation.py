"""The list of pages at the left; without headings where it is low, icons only where it is narrow."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.icons import icon
from ui.pages.registry import PAGES
from ui.theme import em

NAME = Qt.ItemDataRole.UserRole
TITLE = Qt.ItemDataRole.AccessibleTextRole
WIDE, LINE, HEADING = 8.6, 1.9, 2.1  # the list and its lines, in lines of text
SLIM, ROW = 2.7, 1.45  # the same with icons only


class Navigation(QListWidget):
    """Chooses a page; a click leaves the keyboard to the page, the arrow keys keep it here.

    :ivar wanted: the page marked now is another; carries its name.
    :ivar entered: the clerk wants to go on in the page: a click, or Enter.
    """

    wanted = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.slim = False
        self.setObjectName("navigation")
        self.setAccessibleName("页面")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        self.currentItemChanged.connect(self._chosen)
        self.itemClicked.connect(self.entered)
        self.itemActivated.connect(self.entered)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        with QSignalBlocker(self):
            for item in self._items():
                if item.data(NAME) == name:
                    self.setCurrentItem(item)

    def fit(self, slim: bool) -> None:
        """Follow the letter size; ``slim`` leaves the names out, and a list that is too low the headings.

        One that is still too low for its lines draws them together.
        """
        self.slim = slim
        line = ROW if slim or self.height() < em(self, LINE * len(PAGES) + 1) else LINE
        headings = self.count() - len(PAGES)
        bare = slim or self.height() < em(self, LINE * len(PAGES) + HEADING * headings + 1)
        self.setFixedWidth(em(self, SLIM if slim else WIDE))
        for item in self._items():
            named = bool(item.data(NAME))
            item.setText("" if slim else item.data(TITLE))
            item.setHidden(bare and not named)
            item.setSizeHint(QSize(0, em(self, line if named else HEADING)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.slim)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME):
            self.wanted.emit(item.data(NAME))

    def _fill(self) -> None:
        group = ""
        for entry in PAGES:
            if entry.group and entry.group != group:
                heading = QListWidgetItem(entry.group, self)
                heading.setData(TITLE, entry.group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            group = entry.group
            item = QListWidgetItem(icon(entry.icon), entry.heading, self)
            item.setData(NAME, entry.name)
            item.setData(TITLE, entry.heading)
            item.setToolTip(f"{entry.heading}（{entry.keys}）")
