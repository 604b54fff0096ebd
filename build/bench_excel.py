"""Speed of Excel in and out on 100,000 rows, against openpyxl on the same rows in the same run.

Each measurement runs in a process of its own, which prints its seconds and its memory. Ratios are of
seconds of work (CPU, of the process and its reader beside it), which a busy machine does not change much;
seconds by the clock stand beside them.
"""

import argparse
import datetime as dt
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
TODAY = dt.date(2026, 11, 23)
PERIOD = "2026-11"
FEW = 5_000  # rows of a roster that a clerk may well have


def peak() -> float:
    """MiB of memory at the worst moment of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Watch:
    """Counts seconds of work and by the clock from now on."""

    def __init__(self) -> None:
        self.began = self._now()

    def _now(self) -> tuple[float, float]:
        of = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in of), time.perf_counter()

    def told(self) -> dict[str, float]:
        now = self._now()
        return {"seconds": now[0] - self.began[0], "clock": now[1] - self.began[1]}


def export(folder: Path, target: Path) -> dict[str, float]:
    """附件2 of the township through the shipped profile."""
    from desktop.services import filled
    from desktop.storage import database

    store = database.open_folder(folder, exclusive=False)
    with store.read() as session:
        warm = target.with_name("warm.xlsx")
        filled.export_named(session, "annex4", PERIOD, target=warm, today=TODAY)
        before, watch = peak(), Watch()
        filled.export_named(session, "annex2", PERIOD, target=target, today=TODAY)
        took = watch.told()
    store.close()
    return {**took, "memory": peak() - before}


@contextmanager
def entries(folder: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The same entries as :func:`export` writes, read from the records as they are asked for."""
    from desktop.excel import layout
    from desktop.services import reports
    from desktop.storage import database

    keys = [one.key for one in layout.load("annex2").leaves]
    store = database.open_folder(folder, exclusive=False)
    with store.read() as session:
        yield reports.cells(session, "annex2", PERIOD, keys)
    store.close()


def written(folder: Path, target: Path) -> dict[str, float]:
    """The same entries written by openpyxl, as a stream and without styles."""
    from openpyxl import Workbook

    with entries(folder) as rows:
        before, watch = peak(), Watch()
        book = Workbook(write_only=True)
        sheet = book.create_sheet("花名册")
        for row in rows:
            sheet.append(row)
        book.save(target)
    return {**watch.told(), "memory": peak() - before}


def appended(folder: Path, target: Path) -> dict[str, float]:
    """The same entries appended by openpyxl to a workbook it has loaded."""
    from openpyxl import Workbook, load_workbook

    template = target.with_name("blank.xlsx")
    Workbook().save(template)
    with entries(folder) as rows:
        before, watch = peak(), Watch()
        book = load_workbook(template)
        for row in rows:
            book.worksheets[0].append(row)
        book.save(target)
    return {**watch.told(), "memory": peak() - before}


def parsed(source: Path, target: Path) -> dict[str, float]:
    """``source`` read by openpyxl, and nothing done with it."""
    from openpyxl import load_workbook

    watch = Watch()
    book = load_workbook(source, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    return {**watch.told(), "rows": rows}


def reader(source: Path) -> dict[str, float]:
    """The process that opens the file, alone: MiB at its worst moment."""
    from desktop.excel.reading import limits, process

    command = process.command(1024 * limits.MEGA)
    with source.open("rb") as file:
        subprocess.run(command, cwd=ROOT, stdin=file, stdout=subprocess.DEVNULL, check=True)
    return {"memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def imported(source: Path, folder: Path) -> dict[str, float]:
    """``source`` imported whole into the township in ``folder``, which has its teams and no members.

    :returns: seconds of work in all and of each part, and ``early`` and ``memory``: MiB at the worst moment
        while the reader still ran beside, and of all.
    """
    from desktop.records import Member
    from desktop.services import importing
    from desktop.storage import database

    store = database.open_folder(folder)
    whole, watch = Watch(), Watch()
    book = importing.read(source)
    read, early, watch = watch.told(), peak(), Watch()
    with store.read() as session:
        plan = importing.plan(session, Member, book, TODAY)
    planned, watch = watch.told(), Watch()
    with store.work("导入") as (session, _):
        counts = importing.carry_out(session, plan, only_good=True)
    inserted = watch.told()
    told = whole.told()
    store.close()
    return {
        **told,
        "read": read["seconds"],
        "plan": planned["seconds"],
        "insert": inserted["seconds"],
        "new": counts.new,
        "early": early,
        "memory": peak(),
    }


def planned(source: Path, folder: Path) -> dict[str, float]:
    """``source`` read and planned, nothing written."""
    from desktop.records import Member
    from desktop.services import importing
    from desktop.storage import database

    store = database.open_folder(folder)
    with store.read() as session:
        watch = Watch()
        plan = importing.plan(session, Member, importing.read(source), TODAY)
        took = watch.told()
    store.close()
    return {**took, "rows": plan.counts.read}


def taken_back(source: Path, folder: Path) -> dict[str, float]:
    """The import that :func:`imported` made in ``folder``, taken back."""
    from desktop.services import undo
    from desktop.storage import database

    store = database.open_folder(folder)
    watch = Watch()
    with store.work("撤销导入") as (session, _):
        entries = undo.take_back(session, undo.runs(session)[0].batch)
    took = watch.told()
    store.close()
    return {**took, "entries": entries, "memory": peak()}


def repainted(source: Path, folder: Path) -> dict[str, float]:
    """The longest time without a repaint of the window while ``source`` is read, planned and imported."""
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.records import Member
    from desktop.settings import Settings
    from desktop.storage import database
    from ui import theme
    from ui.desk import Desk
    from ui.importing.dialog import ImportDialog

    app = QApplication([])
    theme.apply(app, "light")
    desk = Desk(database.open_folder(folder), Settings(folder / "bench.json"), today=TODAY)
    dialog = ImportDialog(Member, desk)
    dialog.show()
    app.processEvents()
    last, gaps = [time.perf_counter()], [0.0]

    def beat() -> None:
        dialog.working.repaint()
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    clock = QTimer(interval=5)
    clock.timeout.connect(beat)
    clock.start()

    def wait(until: Callable[[], bool]) -> None:
        while not until():
            app.processEvents()
            time.sleep(0.001)

    last[0] = time.perf_counter()
    dialog.read(source)
    wait(lambda: not dialog.working.busy)
    dialog.only_good.setChecked(True)
    dialog.carry_out()
    wait(lambda: not dialog.working.busy)
    desk.close()
    return {"longest": max(gaps) * 1000, "beats": len(gaps)}


def cells(source: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()


WORKS = {
    work.__name__: work
    for work in (export, written, appended, parsed, reader, imported, planned, taken_back, repainted)
}


def run(work: Callable[..., object], *paths: Path) -> dict[str, float]:
    """One measurement in a fresh process."""
    command = [sys.executable, __file__, work.__name__, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def begun(folder: Path, target: Path) -> Path:
    """A copy of the township without its members, to import them into."""
    from sqlalchemy import text

    from desktop.storage import database

    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    store = database.open_folder(target)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM member"))
        connection.execute(text("DELETE FROM journal WHERE ledger = 'member'"))
        connection.execute(text("DELETE FROM finder WHERE (rowid & 15) = 4"))
    store.close()
    return target


def head(source: Path, target: Path, rows: int) -> Path:
    """A workbook of the first ``rows`` rows of ``source``."""
    from xlsxwriter import Workbook

    with Workbook(str(target), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        for at, row in enumerate(cells(source)[: rows + 4]):
            sheet.write_row(at, 0, row)
    return target


Figure = tuple[str, str, str, float, float, str]


def measure(folder: Path, work: Path) -> Iterator[Figure]:
    """What, ours, other, the ratio or figure, its goal, and the goal in words."""
    roster = work / "roster.xlsx"
    yield from _out(folder, work, roster)
    read = run(parsed, roster, work / "none")
    begun(folder, work / "begun")
    whole = run(imported, roster, work / "begun")
    parts = "read {read:.1f}, plan {plan:.1f}, insert {insert:.1f}".format(**whole)
    yield _ratio("import / openpyxl read_only parse alone", whole, read, 0.3, parts)
    beside = run(reader, roster)["memory"]
    most = max(whole["early"] + beside, whole["memory"])
    yield "import, memory in all", f"{most:.0f} MiB", "", most, 300, "<= 300 MiB"
    back = run(taken_back, roster, work / "begun")
    yield "import taken back", f"{back['seconds']:.1f} s", "", back["seconds"], whole["seconds"], "<= import"
    few = head(roster, work / "few.xlsx", FEW)
    begun(folder, work / "begun")
    read, plan = run(parsed, few, work / "none"), run(planned, few, work / "begun")
    yield _ratio(f"read and plan {FEW:,} rows / openpyxl parse", plan, read, 0.3)
    gap = run(repainted, roster, work / "begun")["longest"]
    yield "longest time without a repaint during an import", f"{gap:.0f} ms", "", gap, 100, "<= 100 ms"


def _out(folder: Path, work: Path, roster: Path) -> Iterator[Figure]:
    ours = run(export, folder, roster)
    streamed, loaded = run(written, folder, work / "w.xlsx"), run(appended, folder, work / "a.xlsx")
    yield _ratio("templated export / openpyxl write_only", ours, streamed, 0.12)
    yield _ratio("templated export / openpyxl template + append", ours, loaded, 0.08)
    yield "templated export, memory added", f"{ours['memory']:.0f} MiB", "", ours["memory"], 40, "<= 40 MiB"


def _ratio(what: str, ours: dict[str, float], other: dict[str, float], goal: float, more: str = "") -> Figure:
    told = [f"{one['seconds']:.2f} s (clock {one['clock']:.1f})" for one in (ours, other)]
    ratio = ours["seconds"] / other["seconds"]
    return what, "; ".join(filter(None, (told[0], more))), told[1], ratio, goal, f"<= {goal}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("paths", nargs="+", type=Path)
    asked = parser.parse_args()
    print(json.dumps(WORKS[asked.work](*asked.paths)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
