"""The strip at the top of the window: the unit, the period, search, the look and the letter size."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.services import periods
from ui import theme
from ui.buttons import tool
from ui.desk import Desk
from ui.icons import icon
from ui.search import SearchBox
from ui.theme import em, mark
from ui.zoom import Zoom

BACK = 24  # months offered, from the next one back
SYMBOLS = {"light": "sun", "dark": "moon", "contrast": "sun"}
LEAST = 4  # of the unit's name and of the search box, in lines of text


class Elided(QLabel):
    """One line that is cut with an ellipsis where there is no room; it can be read in full as a tip."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return whole.boundedTo(QSize(em(self, LEAST), whole.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


class Header(QFrame):
    """What is true of every page.

    :param unit: name of the unit that this data folder belongs to.
    """

    def __init__(self, desk: Desk, zoom: Zoom, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, kind="bar")
        self._desk, self._zoom = desk, zoom
        self.unit = mark(Elided(unit), kind="section")
        self.period = QComboBox()
        self.period.setObjectName("period")
        self.period.setAccessibleName("期间")
        self.before = tool(symbol="previous", tip="上一期（Alt+←）")
        self.after = tool(symbol="next", tip="下一期（Alt+→）")
        self.search = SearchBox(desk)
        self.look = tool(symbol="sun", tip="颜色")
        self.percent = tool("100%", tip="字号：Ctrl+滚轮，Ctrl 加 + - 0；点一下恢复")
        self.lock = tool(symbol="lock", tip="锁定，离开电脑时用（Ctrl+L）")
        for button in (self.before, self.after, self.look, self.percent, self.lock):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has its keys, or stands in 设置 as well
        self._fill_periods()
        self._lay_out()
        self.period.activated.connect(lambda _: desk.choose_period(self.period.currentData()))
        self.before.clicked.connect(lambda: desk.choose_period(periods.before(desk.period)))
        self.after.clicked.connect(lambda: desk.choose_period(periods.after(desk.period)))
        desk.period_changed.connect(self._fill_periods)
        self.look.clicked.connect(self._next_look)
        self.percent.clicked.connect(zoom.usual)
        zoom.changed.connect(self._zoomed)
        self._show_look()
        self._zoomed(zoom.percent())

    def offer(self, button: QToolButton) -> None:
        """Put a button of the whole window before the search."""
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line.insertWidget(self._line.indexOf(self.search), button)

    def _fill_periods(self, _: str = "") -> None:
        """Offer the last two years and whatever period is chosen."""
        one = periods.after(periods.of(self._desk.today()))
        months: list[str] = []
        while len(months) < BACK:
            months.append(one)
            one = periods.before(one)
        if self._desk.period not in months:
            months = sorted({*months, self._desk.period}, reverse=True)
        self.period.clear()
        for month in months:
            self.period.addItem(periods.words(month), month)
        self.period.setCurrentIndex(months.index(self._desk.period))

    def _next_look(self) -> None:
        looks = list(theme.NAMES)
        chosen = looks[(looks.index(theme.name()) + 1) % len(looks)]
        self._zoom.wear(chosen)
        self._desk.settings.set("theme", chosen)
        self._show_look()

    def _show_look(self) -> None:
        self.look.setIcon(icon(SYMBOLS.get(theme.name(), "sun")))
        self.look.setToolTip(f"颜色：{theme.NAMES[theme.name()]}，点一下换一种")
        self.look.setAccessibleName("颜色")

    def _zoomed(self, percent: int) -> None:
        self.percent.setText(f"{percent}%")
        self._desk.settings.set("zoom", percent)
        self.search.setMinimumWidth(em(self, LEAST))
        self.search.setMaximumWidth(em(self, 20))

    def _lay_out(self) -> None:
        side = em(self, 0.5)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(side, side // 2, side, side // 2)
        line.addWidget(self.unit)
        line.addStretch(1)
        for widget in (self.before, self.period, self.after):
            line.addWidget(widget)
        line.addSpacing(side)
        line.addWidget(self.search, 2)
        line.addWidget(self.look)
        line.addWidget(self.percent)
        line.addWidget(self.lock)
