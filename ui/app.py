"""The start: the only place where the objects of the program are made and joined."""

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from desktop import paths
from desktop.errors import Refusal
from desktop.services import areas
from desktop.settings import Settings
from desktop.storage import database
from desktop.storage.database import Store
from ui import theme
from ui.crash import CrashHook
from ui.desk import Desk
from ui.icons import icon
from ui.messages import refused
from ui.zoom import USUAL, Zoom

SETTINGS = "window.json"
LOG = "crash.log"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    asked = _asked(sys.argv[1:] if arguments is None else arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    name_program(app)
    settings = Settings(paths.home() / SETTINGS)
    theme.apply(app, settings.get("theme", "light"))
    zoom = Zoom(app, settings.get("zoom", USUAL))
    CrashHook(paths.home() / LOG).install()
    try:
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
        window.show()
        return app.exec()
    finally:
        desk.close()


def open_store(asked: argparse.Namespace) -> Store | None:
    """The data folder to work in; ``None`` when the clerk gave up at the first start.

    :raises Refusal: it is in use, damaged, of a newer program, or cannot be written to.
    """
    if asked.practice:
        from desktop.services import demo

        return demo.practice(asked.data or paths.practice(), asked.today or dt.date.today())
    folder: Path = asked.data or paths.data()
    return database.open_folder(folder) if database.exists(folder) else first_start(folder)


def first_start(folder: Path) -> Store | None:
    """Ask which unit this is, and start its data folder."""
    from desktop.services import setup
    from ui.welcome import Welcome

    made: list[Store] = []

    def begin(code: str, answers: Mapping[str, str]) -> None:
        made.append(setup.initialise(folder, code, answers))

    Welcome(begin).exec()
    return made[0] if made else None


def unit_name(session: Session) -> str:
    """What stands at the top of the window."""
    office = areas.own_office(session)
    if office is None:
        return ""
    name = areas.named(session, office.unit_code)
    return f"{name}（练习）" if office.practice else name


def name_program(app: QApplication) -> None:
    """The name and the icon of every window, also of a question asked before there is one; Chinese."""
    app.setApplicationName("平安台账")
    app.setWindowIcon(icon("app"))
    _speak_chinese(app)


def _speak_chinese(app: QApplication) -> None:
    """Buttons and menus of Qt itself in Chinese, dates and numbers as in China."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pingan-window", description="平安台账")
    parser.add_argument("--data", type=Path, help="数据文件夹")
    parser.add_argument("--practice", action="store_true", help="打开练习乡镇")
    parser.add_argument("--today", type=dt.date.fromisoformat, help="当作今天的日期，如 2026-11-23")
    return parser.parse_args(arguments)
