"""设置: the unit's names, phones and deadline; how the window looks; where the data lies."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from desktop.records import Office
from desktop.records.fields import fields
from desktop.services import areas
from ui import theme
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.pages.accounts import Accounts
from ui.pages.page import Page
from ui.pages.parts import Fold, across, card, page_layout, press, scrolled, words
from ui.theme import em
from ui.zoom import LEAST, MOST, STEP, Zoom

FIXED = ("unit_code", "practice")  # said once, when the folder is begun
FORM, LOW = 22, 14  # least height of the form beside and above the looks, in lines of text
TIGHT = 40  # lines of text; in a page that is less wide the form has its own scroll bar
ROOM = 56  # lines of text in which form and looks stand side by side


class SettingsPage(Page):
    name, heading, icon = "settings", "设置", "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = EntryForm(Office, desk, [one.name for one in fields(Office) if one.name not in FIXED])
        self.form.new_button.hide()
        self.form.saving_new.setEnabled(False)
        self.form.pinning.setEnabled(False)
        for row in self.form.rows.values():
            row.pin.hide()  # there is no next unit to carry an answer over to
        self.look, self.letters = QComboBox(), QComboBox()
        self.place = words(str(desk.store.folder), wrap=True)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        zoom: Zoom | None = app.findChild(Zoom)
        self._zoom = zoom if zoom is not None else Zoom(app)
        self._offer()
        self._arrange()
        self.look.activated.connect(lambda _: self.choose_look(self.look.currentData()))
        self.letters.activated.connect(lambda _: self._zoom.set(self.letters.currentData()))
        self._zoom.changed.connect(self._show_size)
        self._load()

    def go(self, target: Target) -> None:
        self.form.focus(target.field)

    def may_leave(self) -> bool:
        return self.form.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def choose_look(self, name: str) -> None:
        """Give the whole program another look, and remember it on this computer."""
        self._zoom.wear(name)
        self.desk.settings.set("theme", name)

    def open_folder(self) -> None:
        """Show the data folder in the computer's own file window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.store.folder)))

    def _load(self) -> None:
        office = self.desk.ask(lambda session: office.id if (office := areas.own_office(session)) else None)
        self.form.load(office)

    def _offer(self) -> None:
        for name, title in theme.NAMES.items():
            self.look.addItem(title, name)
        self.look.setCurrentIndex(self.look.findData(theme.name()))
        for percent in range(LEAST, MOST + STEP, STEP):
            self.letters.addItem(f"{percent}%", percent)
        self._show_size(self._zoom.percent())

    def _show_size(self, percent: int) -> None:
        self.letters.setCurrentIndex(self.letters.findData(percent))
        self.desk.settings.set("zoom", percent)
        self._fit()

    def _fit(self) -> None:
        """As high as all its answers, or as what shows its commands too, where the letters are large."""
        self.form.setMinimumHeight(em(self, FORM if self.width() >= em(self, TIGHT) else LOW))

    def _arrange(self) -> None:
        self.place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.place.setAccessibleName("数据存放的文件夹")
        looks = QFormLayout()
        for label, box in (("颜色", self.look), ("字的大小", self.letters)):
            named = QLabel(label)
            named.setBuddy(box)
            box.setAccessibleName(label)
            looks.addRow(named, box)
        opener = press("打开文件夹", self.open_folder, symbol="folder")
        self.accounts = Accounts(self.desk)
        right = card(
            self.accounts,
            QFrame(),
            words("外观", kind="section"),
            looks,
            words("按住 Ctrl 滚动滚轮，字也会变大变小", kind="muted", wrap=True),
            QFrame(),
            words("数据", kind="section"),
            words("全部数据和附件都在这个文件夹里，不上网：", kind="muted", wrap=True),
            self.place,
            across(opener, 1),
            1,
        )
        content = QWidget()
        whole = page_layout(content)
        whole.addWidget(words("设置", kind="title"))
        whole.addWidget(Fold((self.form, 3), (right, 2), room=ROOM), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))
