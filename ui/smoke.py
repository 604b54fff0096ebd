"""--smoke-test: an invented township from the first window to the reopened file, told in a JSON report."""

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QThread
from PySide6.QtWidgets import QApplication

from desktop import __version__, paths
from desktop.records import Member, Team
from desktop.services import (
    backups,
    checks,
    entries,
    exporting,
    importing,
    invented,
    papers,
    periods,
    self_check,
    setup,
)
from desktop.services import help as pages
from desktop.settings import Settings
from desktop.storage import database
from desktop.storage.keys.key import Secret
from desktop.word import writing
from ui import theme
from ui.app import name_program
from ui.crash import report
from ui.desk import Desk, Target
from ui.garbage import Collector
from ui.pages.registry import PAGES
from ui.paper.sheet import save_pdf
from ui.window import Window
from ui.zoom import USUAL, Zoom

SECRET = Secret("冒烟测试", "lianxi-341399-smoke")  # of records that are thrown away
OFFICE = {"report_unit": "练习县练习镇人民政府", "filler": "李敏", "practice": "是"}
PATIENCE = 20_000  # milliseconds for the window to be drawn
SIZE = (1366, 728)


def main(arguments: Sequence[str]) -> int:
    """Do it all in a folder that is thrown away, and write the report to the file named first.

    :returns: 0 when all went well; 1 and the reason in the report when not.
    """
    target = Path(arguments[0])
    target.unlink(missing_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Collector(app)
    with tempfile.TemporaryDirectory(prefix="平安台账 冒烟-", ignore_cleanup_errors=True) as folder:
        found = Smoke(app, Path(folder), target.with_suffix(".png")).run()
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return 0 if found["ok"] else 1


class Smoke:
    """One run through the program; each step needs those before it."""

    def __init__(self, app: QApplication, folder: Path, picture: Path) -> None:
        self.app, self.folder, self.picture = app, folder, picture
        self.shown = 0.0  # moment of the first picture, seconds since 1970
        self.person = invented.People(1).one()
        name_program(app)
        theme.apply(app, "light")
        self.zoom = Zoom(app, USUAL)

    def run(self) -> dict[str, Any]:
        """What came of each step; the steps after one that failed are not tried."""
        steps: Sequence[tuple[str, Callable[[], str]]] = (
            ("建立加密数据", self.begin),
            ("打开窗口", self.open),
            ("录入", self.record),
            ("逐页打开", self.visit),
            ("检查", self.check),
            ("导出", self.export),
            ("导入", self.take_in),
            ("存为 PDF、Word", self.print),
            ("备份", self.back_up),
            ("加密", self.sealed),
            ("读回", self.read_back),
            ("程序自检", self.compare),
        )
        told, ok = [], True
        for name, step in steps:
            began = time.perf_counter()
            try:
                said = step()
            except Failed as trouble:
                ok, said = False, str(trouble)
            except Exception as trouble:  # noqa: BLE001 - whatever it is, the report names the step
                ok, said = False, report(trouble)
            told.append({"name": name, "seconds": round(time.perf_counter() - began, 3), "said": said})
            if not ok:
                break
        about = {"version": __version__, "frozen": bool(getattr(sys, "frozen", False))}
        return {**about, "platform": self.app.platformName(), "ok": ok, "shown": self.shown, "steps": told}

    def begin(self) -> str:
        area = invented.area_list(6)
        self.store = setup.start(self.folder / "数据", area, f"{invented.PREFIX}101000", OFFICE, SECRET)
        self.village = next(one["code"] for one in area if one["level"] == "village")
        return "练习镇，6 个村"

    def open(self) -> str:
        self.desk = Desk(self.store, Settings(self.folder / "window.json"))
        self.window = Window(self.desk, self.zoom, "练习镇（测试）")
        self.window.resize(*SIZE)
        self.window.show()
        self._until(self.window.isVisible)
        self.app.processEvents()
        seen = self.window.grab().toImage()
        self.shown = time.time()
        colours = {seen.pixel(x, y) for x in range(0, seen.width(), 40) for y in range(0, seen.height(), 8)}
        require(len(colours) > 3, "the window is blank")
        return f"{seen.width()}×{seen.height()}"

    def record(self) -> str:
        answers = {"team_name": "东湖义务巡逻队", "village_code": self.village}
        self.team = self.desk.do(lambda session: entries.save(session, Team, answers), "录入队伍")
        member = {
            "team_id": str(self.team), "village_code": self.village, "name": self.person.name,
            "id_number": self.person.id_number, "mobile": self.person.mobile, "duty": "成员",
            "joined_on": "2026-01-05", "gender": self.person.gender,
        }  # fmt: skip
        self.desk.do(lambda session: entries.save(session, Member, member), "录入队员")
        return "1 支队伍，1 名队员"

    def visit(self) -> str:
        for page in PAGES:
            self.window.go(Target(page.name))
            self.app.processEvents()
        self.window.go(Target("member"))
        self.app.processEvents()
        require(self.window.grab().save(str(self.picture)), "no picture was written")
        return f"{len(PAGES)} 页"

    def check(self) -> str:
        found = self.desk.ask(lambda session: checks.check(session, self._period, self._today))
        require(bool(found), "a half-filled entry has no finding")
        return f"{len(found)} 条"

    def export(self) -> str:
        out = self.folder / "导出"
        out.mkdir()
        self.files = self.desk.ask(
            lambda session: exporting.export_all(session, self._period, out, self._today)
        )
        require(all(one.path.stat().st_size > 1000 for one in self.files), "a sheet is empty")
        return f"{len(self.files)} 个表"

    def take_in(self) -> str:
        """Read our own roster as a stranger's file: in a child process, which is this program again."""
        import python_calamine

        roster = next(one.path for one in self.files if one.rows == 1 and "花名册" in one.path.name)
        plan = self.desk.ask(lambda session: importing.plan(session, Member, roster, self._today))
        require(plan.counts.read == 1, "the roster did not come back")
        require(
            python_calamine.CalamineWorkbook.from_path(roster).sheet_names != [], "calamine reads nothing"
        )
        return f"读回 {plan.counts.read} 行"

    def print(self) -> str:
        paper = self.desk.ask(lambda session: papers.of_roster(session, Team, self.team, self._today))[0]
        forms = self.desk.ask(lambda session: paper.make(session, paper.usual, False))
        pdf, word = self.folder / "签到.pdf", self.folder / "签到.docx"
        count = save_pdf(pdf, forms, paper.usual)
        writing.save(word, forms, paper.usual)
        require(pdf.read_bytes()[:4] == b"%PDF" and word.read_bytes()[:2] == b"PK", "not a document")
        return f"{count} 页"

    def back_up(self) -> str:
        made = backups.make(self.store, backups.Reason.EXIT)
        require(made.sound, "the backup is not sound")
        return made.name

    def sealed(self) -> str:
        """Nothing that was typed stands readable in the folder, and a wrong password does not open it."""
        self.window.close()
        self.desk.close()
        for file in (one for one in self.store.folder.rglob("*") if one.is_file()):
            held = file.read_bytes()
            for word in (self.person.name, self.person.id_number, "SQLite format 3"):
                require(word.encode() not in held, f"{file.name} is readable")
        return "文件中没有明文"

    def read_back(self) -> str:
        store = database.open_folder(self.store.folder, SECRET)
        try:
            with store.read() as session:
                found = entries.get(session, Member, 1)
                require(entries.answers(found)["id_number"] == self.person.id_number, "another entry")
        finally:
            store.close()
        return "与录入一致"

    def compare(self) -> str:
        told = self_check.differences()
        require(not told, "；".join(told[:5]))
        return f"帮助 {len(pages.pages())} 页，程序在 {paths.resources().parent.name}"

    @property
    def _today(self) -> dt.date:
        return self.desk.today()

    @property
    def _period(self) -> str:
        return periods.of(self._today)

    def _until(self, done: Callable[[], bool]) -> None:
        patience = QDeadlineTimer(PATIENCE)
        while not done():
            require(not patience.hasExpired(), "the window did not come")
            self.app.processEvents()
            QThread.msleep(10)


class Failed(Exception):
    """A step did not do what it should."""


def require(done: bool, why: str) -> None:
    if not done:
        raise Failed(why)
