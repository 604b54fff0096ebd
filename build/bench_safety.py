"""Speed of a safe store: a save, the encryption, the checks at the start, and the way in by a password.

What is compared is done in turns in one process tree, and medians are held against each other; by the clock,
with seconds of work (CPU) beside it, for what a disk takes to confirm a save differs from one to the next.

``bench_safety.py FOLDER [PASSWORD]`` starts the program once and prints when its window was painted, on the
clock that all processes share. The password is typed the moment it is asked for, which no clerk can: nothing
is hidden behind the typing.
"""

import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
TODAY = dt.date(2026, 11, 23)
USER, PASSWORD = "王主任", "柳树-Liushu-2026"
ANSWERS = {"name": "张三丰", "mobile": "19900000001", "address": "东街 1 号"}
SCAN = "SELECT count(*), sum(length(name)), sum(length(id_number)), sum(length(mobile)) FROM member"
SAVES, SCANS, OPENINGS, STARTS = 200, 30, 9, 15

Measured = tuple[str, str, str, float, float, str]  # work, ours, the other, figure, goal, goal in words
Took = tuple[float, float]  # milliseconds by the clock, and of work


def measure(folder: Path, work: Path) -> Iterator[Measured]:
    """Every measurement on the practice township in ``folder``; what it needs is made in ``work``."""
    for one in (saving, encrypting, checking):
        with _copied(folder, work / "safe") as copy:
            yield from one(copy)
    yield from entering(work)


def saving(folder: Path) -> Iterator[Measured]:
    """One durable save through the service, against the same row in a bare durable insert."""
    from desktop.records import Member
    from desktop.services import entries
    from desktop.storage import database, engine
    from desktop.storage.keys.slots import Keys

    beside = folder.with_name("raw")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(folder, beside)
    store = database.open_folder(folder)

    def save() -> int:
        with store.work("录入队员") as (session, _):
            return entries.save(session, Member, ANSWERS)

    with store.read() as session:
        query = f"SELECT * FROM member WHERE id = {save()}"  # noqa: S608 - our own number
        row = dict(session.connection().exec_driver_sql(query).mappings().one()) | {"id": None}
    raw = _pragmas(engine.connect(beside / engine.FILE, Keys(beside).open(None)))
    with closing(store), closing(raw):
        ours, other = in_turns(save, partial(_insert, raw, row), SAVES)
    yield _against("one durable save / raw WAL FULL insert", ours, other, 3)


def encrypting(folder: Path) -> Iterator[Measured]:
    """The same engine with and without a key: an insert, the first scan of a connection, and a later one."""
    from sqlcipher3 import dbapi2

    from desktop.storage import engine
    from desktop.storage.keys.slots import Keys

    file, plain = folder / engine.FILE, folder / "plain.db"
    key = Keys(folder).open(None)
    with closing(engine.connect(file, key)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")

    def encrypted() -> Any:
        return _pragmas(engine.connect(file, key))

    def unencrypted() -> Any:
        return _pragmas(dbapi2.connect(str(plain), isolation_level=None))

    def first(connect: Callable[[], Any]) -> None:
        with closing(connect()) as connection:
            _scan(connection)

    ours, other = in_turns(partial(first, encrypted), partial(first, unencrypted), SCANS)
    yield _against("first scan of a connection, encrypted / plain", ours, other, 1.5)
    with closing(encrypted()) as mine, closing(unencrypted()) as its:
        ours, other = in_turns(partial(_scan, mine), partial(_scan, its), SCANS)
        yield _against("any later scan, encrypted / plain", ours, other, 1.5)
        ours, other = in_turns(partial(_insert, mine, ANSWERS), partial(_insert, its, ANSWERS), SAVES)
        yield _against("durable insert, encrypted / plain", ours, other, 1.5)


def checking(folder: Path) -> Iterator[Measured]:
    """Opening a folder with every check there is, and closing it."""
    from desktop.storage import database

    took, _ = in_turns(lambda: database.open_folder(folder).close(), lambda: None, OPENINGS)
    clock = statistics.median(one[0] for one in took)
    yield "opened with all checks, and closed", _words(took), "", clock, 1000, "<= 1 s"


def entering(work: Path) -> Iterator[Measured]:
    """Process start to a painted window: with a password, against the practice township without one."""
    from desktop.storage.keys.key import Secret

    locked = _township(work / "locked", Secret(USER, PASSWORD))
    practice = _township(work / "unlocked", None)
    ours, other = in_turns(partial(_start, locked, PASSWORD), partial(_start, practice), STARTS, itself=True)
    yield _against("start with a password / without", ours, other, 1.1)


def in_turns(
    ours: Callable[[], Any], other: Callable[[], Any], times: int, *, itself: bool = False
) -> tuple[list[Took], list[Took]]:
    """How long both took, each time one after the other, after a first time that is not counted.

    :param itself: they say by themselves how long they took.
    """

    def took(work: Callable[[], Any]) -> Took:
        began = time.perf_counter(), time.process_time()
        told = work()
        now = time.perf_counter(), time.process_time()
        measured = (now[0] - began[0]) * 1000, (now[1] - began[1]) * 1000
        return told if itself else measured

    found = [(took(ours), took(other)) for _ in range(times + 1)][1:]
    return [one[0] for one in found], [one[1] for one in found]


def _against(work: str, ours: list[Took], other: list[Took], goal: float) -> Measured:
    ratio = statistics.median(one[0] for one in ours) / statistics.median(one[0] for one in other)
    return work, _words(ours), _words(other), ratio, goal, f"<= {goal:g}"


def _words(took: list[Took]) -> str:
    clock, work = (statistics.median(one[at] for one in took) for at in (0, 1))
    return f"{clock:.2f} ms (CPU {work:.2f})"


@contextmanager
def _copied(folder: Path, copy: Path) -> Iterator[Path]:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    try:
        yield copy
    finally:
        for left in (copy, copy.with_name("raw")):
            shutil.rmtree(left, ignore_errors=True)


def _pragmas(connection: Any) -> Any:
    from desktop.storage import engine

    for pragma in (*engine.PRAGMAS, *engine.WRITING):
        connection.execute(pragma)
    return connection


def _scan(connection: Any) -> None:
    connection.execute(SCAN).fetchall()


def _insert(connection: Any, row: Mapping[str, Any]) -> None:
    names = ", ".join(row)
    connection.execute("BEGIN IMMEDIATE")
    query = f"INSERT INTO member ({names}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608 - our columns
    connection.execute(query, tuple(row.values()))
    connection.execute("COMMIT")


def _township(folder: Path, secret: Any) -> Path:
    """A township as the practice one, made anew."""
    from desktop.services import demo, invented, setup, township

    shutil.rmtree(folder, ignore_errors=True)
    unit = f"{invented.PREFIX}101000"
    store = setup.start(folder, invented.area_list(8), unit, demo.OFFICE, secret)
    with closing(store), store.work("练习") as (session, _):
        township.records(session, TODAY, demo.MEMBERS)
    return folder


def _start(folder: Path, password: str = "") -> Took:
    """How long one start took until the window was painted."""
    home = {"XDG_DATA_HOME": str(folder.with_name("home")), "QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    command = [sys.executable, __file__, str(folder), *([password] if password else [])]
    done = subprocess.run(
        command, env=os.environ | home, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    painted, work = map(float, done.stdout.split())
    return (painted - began) * 1000, work * 1000


def _watched(folder: Path, password: str) -> int:
    """Start the program, type the password, and print when the window was painted; then close it."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from ui import app
    from ui.entry.login import Login

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, Login):
                watched.card.password.setText(password)
                watched.card.enter.click()
            elif event.type() == QEvent.Type.Paint and type(watched).__name__ == "Window" and not self.seen:
                self.seen = True
                print(time.monotonic(), time.process_time(), flush=True)
                QTimer.singleShot(0, QApplication.quit)
            return False

    program = QApplication(sys.argv[:1])
    program.installEventFilter(watch := Watch())
    code = app.main(["--data", str(folder), "--today", TODAY.isoformat()])
    program.removeEventFilter(watch)
    return code


if __name__ == "__main__":
    raise SystemExit(_watched(Path(sys.argv[1]), "".join(sys.argv[2:])))
