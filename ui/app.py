"""The start: the only place where the objects of the program are made and joined."""

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.orm import Session, configure_mappers

from desktop import paths
from desktop.errors import Refusal
from desktop.services import accounts, areas, audit, entrance
from desktop.settings import Settings
from desktop.storage import database, lock
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.keys.keyfile import KeysLost
from desktop.storage.opening import Damaged
from desktop.usage import WRONG_USAGE
from ui import theme
from ui.arguments import read
from ui.crash import CrashHook
from ui.desk import Desk, Target
from ui.entry.idle import IDLE, MINUTES, Idle
from ui.entry.login import Login
from ui.entry.recovery import Forgotten
from ui.garbage import Collector
from ui.icons import icon
from ui.keeping import Keeper, told
from ui.messages import ask, refused
from ui.raising import Raised, raise_first
from ui.zoom import USUAL, Zoom

if TYPE_CHECKING:
    from ui.window import Window

SETTINGS = "window.json"
LOG = "crash.log"
DESKTOP_FILE = "pingan-taizhang"  # by it a Linux desktop finds the icon of the window
STILL = "两台电脑同时用一份数据会丢记录；请先到那台电脑上关闭平安台账，确认没有人在用，再打开。"
RESCUED = "数据没有正常打开，现在只能查看。关闭程序再打开，可以选一份备份恢复"
NEXT = ("ui.window", "ui.pages.home", "ui.pages.unfinished")  # what comes after the login
STAYS = 60_000  # milliseconds that a backup that failed is told of at the bottom


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    try:
        asked = read(sys.argv[1:] if arguments is None else arguments)
    except Refusal as wrong:
        _application()
        refused(None, wrong)
        return WRONG_USAGE
    app = _application()
    settings = Settings(paths.home() / SETTINGS)
    theme.apply(app, settings.get("theme", "light"))
    zoom = Zoom(app, settings.get("zoom", USUAL))
    CrashHook(paths.home() / LOG).install()
    Collector(app)
    try:
        if raise_first(place(asked), asked.file):
            return 0
        store = open_store(asked)
    except Refusal as refusal:
        refused(None, refusal)
        return 1
    if store is None:
        return 0
    desk = Desk(store, settings, today=asked.today)
    try:
        from ui.window import Window

        window = Window(desk, zoom, desk.ask(unit_name))
        idle = Idle(app, settings.get(IDLE, MINUTES))
        idle.idle.connect(window.locking.lock_when_free)
        keeper = keep(desk, window)
        desk.past_wanted.connect(lambda past, moment: show_past(window, zoom, past, moment))
        Raised(window, store.folder).handed.connect(lambda file: take_in(window, Path(file)))
        window.show()
        offer(desk, window)
        if asked.file is not None:
            take_in(window, asked.file)
        code = app.exec()
        try:
            keeper.finish()
        except Refusal as refusal:
            refused(None, refusal)
        return code
    finally:
        desk.close()


def keep(desk: Desk, window: "Window") -> Keeper:
    """Back up while the clerk works, and say so at the bottom of the window."""
    if desk.store.read_only:
        from ui.past import band

        band(window, f"只读：{desk.store.warning or RESCUED}。")
    elif desk.store.cut:
        window.notice.say(audit.CUT)
    keeper = Keeper(desk)
    keeper.made.connect(lambda moment: window.state.setText(told(moment)))
    keeper.failed.connect(lambda refusal: window.statusBar().showMessage(str(refusal), STAYS))
    return keeper


def offer(desk: Desk, window: "Window") -> None:
    """Offer what was typed and not saved before the program ended, to everyone their own."""
    if not desk.store.read_only:
        from ui.pages.unfinished import Offer

        offered = Offer(window, desk)
        window.locking.page.unlocked.connect(offered.came)
        offered.show()


def take_in(window: "Window", file: Path) -> None:
    """Keep the template profile of a file that was double-clicked; behind the lock, once it is opened."""
    from ui.pages.templates import TemplatesPage

    if window.locking.locked:
        once = Qt.ConnectionType.SingleShotConnection
        window.locking.page.unlocked.connect(lambda _: take_in(window, file), once)
        return
    window.go(Target("templates"))
    page = window.page()
    if isinstance(page, TemplatesPage):
        page.take_in(file)


def show_past(window: "Window", zoom: Zoom, past: Store, moment: dt.datetime) -> None:
    """Open a window on the records as they were; it goes with the one it was asked for in."""
    from ui.past import PastWindow

    opened = PastWindow(window.desk, zoom, window.desk.ask(unit_name), past, moment)
    opened.setParent(window, Qt.WindowType.Window)
    opened.show()


def place(asked: argparse.Namespace) -> Path:
    """The data folder that was asked for."""
    named: Path | None = asked.data
    return named or (paths.practice() if asked.practice else paths.data())


def open_store(asked: argparse.Namespace) -> Store | None:
    """The data folder to work in; ``None`` when the clerk gave up at the first start or at the login.

    :raises Refusal: it is in use, damaged, of a newer program, or cannot be written to.
    """
    folder = place(asked)
    left = lock.left_by(folder)
    if left is not None and not still(left):
        return None
    take_over = left is not None
    if asked.practice:
        from desktop.services import demo

        return demo.practice(folder, asked.today or dt.date.today(), take_over=take_over)
    return come_in(folder, take_over=take_over) if database.exists(folder) else first_start(folder)


def still(left: Refusal) -> bool:
    """Ask whether data are opened that another computer has not closed; the lock stays until they are."""
    question = "另一台电脑没有正常关闭这份数据，仍然打开？"
    return ask(None, question, ["仍然打开", "不打开"], detail=f"{left.why}。{STILL}") == 0


def come_in(folder: Path, *, take_over: bool = False) -> Store | None:
    """Ask who comes and for the password; practice data open without."""

    def rescue(parent: QWidget, damaged: Refusal, secret: Secret) -> Store | None:
        return rescued(parent, damaged, folder, secret)

    try:
        keys = accounts.Keys(folder)
    except KeysLost as lost:
        from ui.entry.kept_keys import come_in_with

        return come_in_with(folder, lost, rescue=rescue, take_over=take_over)
    if keys.practice:
        try:
            return database.open_folder(folder, take_over=take_over)
        except Damaged as damaged:
            return rescued(None, damaged, folder, None)
    login = Login(
        [one.name for one in accounts.listed(keys)],
        lambda user, password: entrance.enter(folder, Secret(user, password), take_over=take_over),
        lambda user: entrance.waits(folder, user),
        recover=lambda parent: recover(folder, parent),
        ready=read_ahead,
        rescue=rescue,
    )
    login.exec()
    return login.store


def read_ahead() -> None:
    """Do what needs no key while the password is typed and looked at."""
    for one in NEXT:
        import_module(one)
    configure_mappers()


def rescued(parent: QWidget | None, damaged: Refusal, folder: Path, secret: Secret | None) -> Store | None:
    """Ask what to do with records that do not open as they should; ``None`` when the clerk leaves it."""
    from ui.rescue import Rescue

    dialog = Rescue(damaged, folder, secret, parent)
    dialog.exec()
    return dialog.store


def recover(folder: Path, parent: QWidget) -> str:
    """Set a new password by the recovery code; whose it is, or empty when the clerk gave up."""
    keys = accounts.Keys(folder)
    admins = [one.name for one in accounts.listed(keys) if one.role.manages]
    dialog = Forgotten(parent, admins, lambda code, user, new: accounts.recover(keys, code, user, new))
    return dialog.user() if dialog.exec() else ""


def first_start(folder: Path) -> Store | None:
    """Ask which unit this is and who administers it, and start its data folder; or take a backup in."""
    from desktop.services import moving, setup
    from ui.moving import Moving
    from ui.welcome import Welcome

    moving.give_up(folder)  # what a power cut has left of a restore
    made: list[Store] = []

    def begin(code: str, answers: Mapping[str, str], secret: Secret) -> str:
        made.append(setup.initialise(folder, code, secret, answers))
        return made[0].new_recovery()

    def move(parent: QWidget) -> bool:
        dialog = Moving(folder, recover, parent)
        made.extend([dialog.store] if dialog.exec() and dialog.store else [])
        return bool(made)

    Welcome(begin, move).exec()
    return made[0] if made else None


def unit_name(session: Session) -> str:
    """What stands at the top of the window."""
    office = areas.own_office(session)
    if office is None:
        return ""
    name = areas.named(session, office.unit_code)
    return f"{name}（练习）" if office.practice else name


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    name_program(app)
    return app


def name_program(app: QApplication) -> None:
    """The name and the icon of every window, also of a question asked before there is one; Chinese."""
    app.setApplicationName("平安台账")
    app.setDesktopFileName(DESKTOP_FILE)
    app.setWindowIcon(icon("app"))
    _speak_chinese(app)


def _speak_chinese(app: QApplication) -> None:
    """Buttons and menus of Qt itself in Chinese, dates and numbers as in China."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
