"""Speed, as ratios in one run on 100,000 members; the goals stand beside the figures.

``python3 build/dev.py bench [--members N] [--write]``; ``--write`` puts the table into ``build/BENCH.md``.
"""

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import bench_excel
import bench_safety
import torture

if TYPE_CHECKING:
    from PySide6.QtSql import QSqlQueryModel
    from PySide6.QtWidgets import QTableView

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
TODAY = dt.date(2026, 11, 23)
WORK = ROOT / "out" / "bench"
TABLE = ROOT / "build" / "BENCH.md"
START_LIMIT = 60  # seconds


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what was measured, against what, and the goal for the ratio."""

    work: str
    ours: str
    other: str
    ratio: float | None
    goal: str
    met: bool | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    folder = township(asked.members)
    lines: list[Line] = []
    for measure in (searching, safe, tables, starting, exchanging):
        for line in measure(folder):
            print(row(line), flush=True)
            lines.append(line)
    if asked.write:
        TABLE.write_text(report(lines, asked.members) + torture.section(), "utf-8")
    return 0


def township(members: int) -> Path:
    """The practice township with that many members, made once and kept."""
    from desktop.services import demo

    folder = WORK / f"data-{members}"
    if not folder.exists():
        part = WORK / "data.part"
        shutil.rmtree(part, ignore_errors=True)
        started = time.perf_counter()
        demo.begin(part, TODAY, members).close()
        part.rename(folder)
        print(f"made {members} members in {time.perf_counter() - started:.0f} s", flush=True)
    return folder


def timed(work: Callable[[], object], times: int = 15) -> list[float]:
    """Milliseconds of each of ``times`` runs, after one that is not counted."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return found


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


def against(work: str, ours: list[float], other: list[float], goal: float, words: str) -> Line:
    """A line that compares two medians."""
    mine, theirs = statistics.median(ours), statistics.median(other)
    ratio = mine / theirs
    return Line(work, f"{mine:.2f} ms", f"{theirs:.2f} ms", ratio, words, ratio <= goal)


def within(work: str, times: list[float], goal: float = 100) -> Line:
    """A line that holds a median against milliseconds."""
    median = statistics.median(times)
    return Line(work, f"{median:.0f} ms", "", None, f"<= {goal:.0f} ms", median <= goal)


def searching(folder: Path) -> Iterator[Line]:
    """Search while typing, against LIKE over the same column."""
    from desktop.services import search
    from desktop.storage import database

    typed = ["z", "zs", "zsf", "张", "张三", "李", "341399", "8000", "lxm", "王建国", "wjg", "199000"]
    store = database.open_folder(folder, exclusive=False)
    with store.read() as session:
        ours = [value for word in typed for value in timed(partial(search.find, session, word), 9)]
        connection = session.connection()

        def like(word: str) -> object:
            query = "SELECT id FROM member WHERE name LIKE ? OR id_number LIKE ? OR mobile LIKE ? LIMIT 30"
            return connection.exec_driver_sql(query, (f"%{word}%",) * 3).all()

        other = [value for word in ("张三", "没有", "李四") for value in timed(partial(like, word), 5)]
    store.close()
    worst = p95(ours)
    yield Line("search while typing, p95", f"{worst:.2f} ms", "", None, "<= 1 ms", worst <= 1)
    yield against("search while typing / LIKE '%q%'", ours, other, 1 / 30, "<= 1/30")


def tables(folder: Path) -> Iterator[Line]:
    """Sort, filter and scroll of the member table to a finished repaint, offscreen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication, QTableView

    from desktop.records import Member
    from desktop.settings import Settings
    from desktop.storage import database
    from ui import theme
    from ui.desk import Desk
    from ui.table.model import LedgerTable
    from ui.table.view import LedgerView

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    desk = Desk(database.open_folder(folder, exclusive=False), Settings(WORK / "bench.json"), today=TODAY)
    model = LedgerTable(Member, desk)
    view = LedgerView(model)

    def shown(table: QTableView) -> None:
        table.resize(900, 600)
        table.show()
        app.processEvents()

    def painted(work: Callable[[], object], times: int = 7) -> list[float]:
        def whole() -> None:
            work()
            view.viewport().repaint()

        return timed(whole, times)

    shown(view)
    turns = iter([True, False] * 50)
    yield within(
        "sort all rows by name, to repaint", painted(lambda: model.sort_by("name", descending=next(turns)))
    )
    typed = iter(["z", "zs", "l", "ls", "w", "wj"] * 20)
    yield within("filter by initials, to repaint", painted(lambda: model.show_only({}, next(typed))))
    model.show_only({})
    places = iter([at * 997 for at in range(200)])
    bar = view.verticalScrollBar()
    yield within("jump anywhere, to repaint", painted(lambda: bar.setValue(next(places)), 21))
    ours = painted(lambda: None, 21)
    other_view, other_model = sql_table(folder)
    shown(other_view)
    yield against(
        "repaint / C++ QSqlQueryModel",
        ours,
        timed(lambda: other_view.viewport().repaint(), 21),
        1.1,
        "<= 1.1",
    )
    other_model.clear()
    view.close()
    desk.close()


def sql_table(folder: Path) -> "tuple[QTableView, QSqlQueryModel]":
    """The same rows in Qt's own model, written in C++."""
    from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
    from PySide6.QtWidgets import QTableView

    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(str(folder / "data.db"))
    base.open()
    model = QSqlQueryModel()
    model.setQuery("SELECT * FROM member", base)
    view = QTableView()
    view.setModel(model)
    return view, model


def exchanging(folder: Path) -> Iterator[Line]:
    """Excel in and out, against openpyxl."""
    for work, ours, other, figure, goal, words in bench_excel.measure(folder, WORK):
        yield Line(work, ours, other, figure if other else None, words, figure <= goal)


def safe(folder: Path) -> Iterator[Line]:
    """What a safe store costs."""
    for work, ours, other, figure, goal, words in bench_safety.measure(folder, WORK):
        yield Line(work, ours, other, figure if other else None, words, figure <= goal)


def starting(folder: Path) -> Iterator[Line]:
    """Process start to a visible window under Xvfb, and memory, against sqlitebrowser on the same file."""
    missing = [tool for tool in ("Xvfb", "xdotool", "sqlitebrowser") if shutil.which(tool) is None]
    if missing:
        yield Line(f"start (left out: {', '.join(missing)} not installed)", "", "", None, "<= 1.2", None)
        return
    read, write = os.pipe()
    command = ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1366x768x24"]
    screen = subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=(write,))
    os.close(write)
    display = f":{os.read(read, 16).decode().strip()}"
    env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    mine = [sys.executable, "-m", "ui", "--data", str(folder), "--today", TODAY.isoformat()]
    theirs = ["sqlitebrowser", "-t", "member", str(folder / "data.db")]
    try:
        pairs = [(start(mine, "平安台账", env), start(theirs, "DB Browser", env)) for _ in range(6)][1:]
    finally:
        screen.terminate()
        screen.wait()
    ours, other = [pair[0][0] for pair in pairs], [pair[1][0] for pair in pairs]
    yield against("start to visible window / sqlitebrowser", ours, other, 1.2, "<= 1.2")
    sizes, their_sizes = (statistics.median(pair[side][1] for pair in pairs) for side in (0, 1))
    ratio = sizes / their_sizes
    words = f"{sizes:.0f} MiB", f"{their_sizes:.0f} MiB"
    yield Line("memory / sqlitebrowser", *words, ratio, "<= 0.5", ratio <= 0.5)


def start(command: list[str], title: str, env: dict[str, str]) -> tuple[float, float]:
    """Milliseconds until a window of that title is visible, and MiB of memory a moment later."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    look = ["xdotool", "search", "--onlyvisible", "--name", title]
    while subprocess.run(look, env=env, capture_output=True, check=False).returncode != 0:
        if time.perf_counter() - started > START_LIMIT or process.poll() is not None:
            raise TimeoutError(title)
    took = (time.perf_counter() - started) * 1000
    time.sleep(2)
    status = Path(f"/proc/{process.pid}/status").read_text()
    size = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    process.terminate()
    process.wait()
    return took, size / 1024


def row(line: Line) -> str:
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    met = {True: "met", False: "not met", None: ""}[line.met]
    return f"| {line.work} | {line.ours} | {line.other} | {ratio} | {line.goal} | {met} |"


def report(lines: list[Line], members: int) -> str:
    """The table with the date and the machine."""
    head = (
        f"# Speed\n\n`python3 build/dev.py bench --write` on {dt.date.today()}, {members:,} members; Python "
        f"{platform.python_version()}, {platform.system()}, {os.cpu_count()} shared cores.\n"
        "Medians; ratios ±15 %.\n\n"
        "| work | ours | other | ratio | goal | |\n|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(row(line) for line in lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
