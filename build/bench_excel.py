"""Speed of Excel in and out on 100,000 rows, against openpyxl on the same rows in the same run.

Each measurement runs in a process of its own, which prints its seconds and its memory; memory is what
the work added to the peak of that process, and of the reader beside it.
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


def child_peak() -> float:
    """MiB at the worst moment of the largest child that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def export(folder: Path, target: Path) -> dict[str, float]:
    """附件2 of the township through the shipped profile."""
    from desktop.services import filled
    from desktop.storage import database

    store = database.open_folder(folder, exclusive=False)
    with store.read() as session:
        warm = target.with_name("warm.xlsx")
        filled.export_named(session, "annex4", PERIOD, target=warm, today=TODAY)
        before, started = peak(), time.perf_counter()
        filled.export_named(session, "annex2", PERIOD, target=target, today=TODAY)
        took = time.perf_counter() - started
    store.close()
    return {"seconds": took, "memory": peak() - before}


def written(source: Path, target: Path) -> dict[str, float]:
    """The rows of ``source`` written by openpyxl, as a stream and without styles."""
    from openpyxl import Workbook

    rows = cells(source)
    before, started = peak(), time.perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    for row in rows:
        sheet.append(row)
    book.save(target)
    return {"seconds": time.perf_counter() - started, "memory": peak() - before}


def appended(source: Path, target: Path) -> dict[str, float]:
    """The rows of ``source`` appended by openpyxl to a workbook it has loaded."""
    from openpyxl import Workbook, load_workbook

    rows = cells(source)
    template = target.with_name("blank.xlsx")
    Workbook().save(template)
    before, started = peak(), time.perf_counter()
    book = load_workbook(template)
    for row in rows:
        book.worksheets[0].append(row)
    book.save(target)
    return {"seconds": time.perf_counter() - started, "memory": peak() - before}


def parsed(source: Path, target: Path) -> dict[str, float]:
    """``source`` read by openpyxl, and nothing done with it."""
    from openpyxl import load_workbook

    started = time.perf_counter()
    book = load_workbook(source, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    return {"seconds": time.perf_counter() - started, "rows": rows}


def imported(source: Path, folder: Path) -> dict[str, float]:
    """``source`` imported whole into the township in ``folder``, which has its teams and no members."""
    from desktop.records import Member
    from desktop.services import importing
    from desktop.storage import database

    store = database.open_folder(folder)
    started = time.perf_counter()
    book = importing.read(source)
    read = time.perf_counter()
    with store.read() as session:
        plan = importing.plan(session, Member, book, TODAY)
    planned = time.perf_counter()
    with store.work("导入") as (session, _):
        counts = importing.carry_out(session, plan, only_good=True)
    ended = time.perf_counter()
    store.close()
    return {
        "seconds": ended - started,
        "read": read - started,
        "plan": planned - read,
        "insert": ended - planned,
        "new": counts.new,
        "memory": peak() + child_peak(),
    }


def planned(source: Path, folder: Path) -> dict[str, float]:
    """``source`` read and planned, nothing written."""
    from desktop.records import Member
    from desktop.services import importing
    from desktop.storage import database

    store = database.open_folder(folder)
    with store.read() as session:
        started = time.perf_counter()
        plan = importing.plan(session, Member, importing.read(source), TODAY)
        took = time.perf_counter() - started
    store.close()
    return {"seconds": took, "rows": plan.counts.read}


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
        dialog.progress.repaint()
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
    wait(lambda: dialog.steps is None)
    dialog.only_good.setChecked(True)
    dialog.carry_out()
    wait(lambda: dialog.steps is None)
    desk.close()
    return {"longest": max(gaps) * 1000, "beats": len(gaps)}


def cells(source: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()


WORKS = {work.__name__: work for work in (export, written, appended, parsed, imported, planned, repainted)}


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


def measure(folder: Path, work: Path) -> Iterator[tuple[str, str, str, float, float, str]]:
    """What, ours, other, the ratio or figure, its goal, and the goal in words."""
    roster = work / "roster.xlsx"
    ours = run(export, folder, roster)
    streamed, loaded = run(written, roster, work / "w.xlsx"), run(appended, roster, work / "a.xlsx")
    told = f"{ours['seconds']:.2f} s"
    for name, other, goal in (("write_only", streamed, 0.12), ("template + append", loaded, 0.08)):
        ratio = ours["seconds"] / other["seconds"]
        yield (
            f"templated export / openpyxl {name}",
            told,
            f"{other['seconds']:.2f} s",
            ratio,
            goal,
            f"<= {goal}",
        )
    yield "templated export, memory added", f"{ours['memory']:.0f} MiB", "", ours["memory"], 40, "<= 40 MiB"
    read = run(parsed, roster, work / "none")
    whole = run(imported, roster, begun(folder, work / "begun"))
    parts = "read {read:.1f}, plan {plan:.1f}, insert {insert:.1f}".format(**whole)
    told = f"{whole['seconds']:.2f} s ({parts})"
    ratio = whole["seconds"] / read["seconds"]
    yield "import / openpyxl read_only parse alone", told, f"{read['seconds']:.2f} s", ratio, 0.3, "<= 0.3"
    yield "import, memory in all", f"{whole['memory']:.0f} MiB", "", whole["memory"], 300, "<= 300 MiB"
    few = head(roster, work / "few.xlsx", FEW)
    read, plan = run(parsed, few, work / "none"), run(planned, few, begun(folder, work / "begun"))
    ratio = plan["seconds"] / read["seconds"]
    told = f"{plan['seconds']:.2f} s"
    yield (
        f"read and plan {FEW:,} rows / openpyxl parse",
        told,
        f"{read['seconds']:.2f} s",
        ratio,
        0.3,
        "<= 0.3",
    )
    gap = run(repainted, roster, begun(folder, work / "begun"))["longest"]
    yield "longest time without a repaint during an import", f"{gap:.0f} ms", "", gap, 100, "<= 100 ms"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("paths", nargs="+", type=Path)
    asked = parser.parse_args()
    print(json.dumps(WORKS[asked.work](*asked.paths)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
