"""Import of a workbook: read it, plan it row by row, carry the plan out, whole or its good rows."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.plan import Counts, Outcome, Plan
from desktop.excel.reading import process
from desktop.excel.reading.grid import Book
from desktop.excel.understanding.learnt import Learnt
from desktop.records.common import Reported
from desktop.records.fields import Ledger
from desktop.services.gazetteer import Gazetteer
from desktop.services.importing import keeping, maps, memory, notes, since
from desktop.services.importing.links import Links
from desktop.services.importing.lost import Lost
from desktop.services.importing.planner import Planner
from desktop.services.importing.reading import Confirmed, Reference
from desktop.services.importing.writing import Writer
from desktop.storage.trouble import as_refusal

Steps = Callable[[int, int], None]
NOTHING: Confirmed = {}


def read(file: Path, progress: Steps | None = None) -> Book:
    """Every sheet of a file, guarded.

    :param progress: told how much of how much is read; what it raises ends the reading.
    :raises Refusal: the file cannot be read, with its cause and a way out.
    """
    book = process.read(file, progress)
    with as_refusal(f"未能读取“{file.name}”"), file.open("rb") as stream:
        return replace(book, sha256=hashlib.file_digest(stream, "sha256").hexdigest())


def plan(
    session: Session,
    ledger: type[Ledger],
    book: Book | Path,
    today: dt.date,
    progress: Steps | None = None,
    *,
    sheet: str | None = None,
    learnt: Learnt | None = None,
    confirmed: Confirmed = NOTHING,
) -> Plan:
    """What importing a file into ``ledger`` would do; nothing is written.

    :param progress: told how many of how many rows are planned; what it raises ends the work.
    :param sheet: title of the only sheet to look at.
    :param learnt: what the clerk says about its columns and words; ``None`` for what is remembered.
    :param confirmed: (sheet, row, target) to the full number that the clerk confirmed for a cut one.
    :raises Refusal: the file cannot be read, or has no table of this ledger.
    """
    if isinstance(book, Path):
        book = read(book)
    places = Gazetteer(session, today)
    with process.uncollected():
        tables, learnt, sources = memory.tables(
            session, ledger, book, places.is_place, sheet=sheet, learnt=learnt
        )
    where = ledger.where if issubclass(ledger, Reported) else ""
    reference = Reference(places, Links(session, where), Lost(session), learnt, confirmed)
    with process.uncollected():
        rows = Planner(session, ledger, reference, today).rows(tables, progress)
    return Plan(
        ledger.__tablename__,
        book.name,
        tables,
        rows,
        notes.of(tables, ledger),
        learnt=learnt,
        sha256=book.sha256,
        sources=sources,
        mark=since.mark(session),
    )


def carry_out(
    session: Session, plan: Plan, *, only_good: bool = False, progress: Steps | None = None
) -> Counts:
    """Write what ``plan`` says, as one batch of the journal; nothing is kept unless all of it is.

    :param only_good: leave the wrong rows out, instead of refusing them.
    :param progress: told how many of how many rows are written; what it raises ends the work, and the
        caller's transaction is rolled back by it.
    :returns: the counts of the plan; with ``only_good``, ``wrong`` is what was left out.
    :raises Refusal: a row is wrong, its period is locked, or an entry changed or went away since.
    """
    wrong = plan.of(Outcome.WRONG)
    if wrong and not only_good:
        first = wrong[0]
        said = next((one.message for one in first.findings if one.grave), "")
        raise Refusal(
            f"未能导入“{plan.file}”",
            f"有 {len(wrong)} 行需要改正，第一处在第 {first.row} 行：{said}",
            "请在表中改正后重新选择文件，没有写入任何一行",
        )
    rows = [row for row in plan.rows if row.outcome is not Outcome.WRONG]
    since.refuse_moved(session, plan, rows)
    counts = plan.counts
    if counts.new or counts.changed:
        Writer(session, plan, rows, progress).write()
        keeping.keep(session, plan, counts)
    return counts


def remember(session: Session, plan: Plan, learnt: Learnt) -> None:
    """Keep what a clerk said about a file for the next one with its headings."""
    memory.remember(session, plan.ledger, plan.sources, learnt, dt.datetime.now())


def read_map(file: Path, ledger: type[Ledger]) -> Learnt:
    """What a file of the command line's ``--map`` says about columns and words.

    :raises Refusal: it cannot be read, or names something that ``ledger`` does not have.
    """
    return maps.read(file, ledger)


def refuse_errors(source: Path, target: Path) -> None:
    """Refuse, before anything is imported, a ``target`` that :func:`write_errors` would refuse.

    :raises Refusal: it is the file itself, or no workbook by its name.
    """
    from desktop.services.importing import returned

    returned.refuse_target(source, target)


def write_errors(plan: Plan, source: Path, target: Path, *, imported: bool) -> None:
    """Save the clerk's own workbook as ``target`` with its wrong cells marked.

    :param imported: the other rows were imported; they are marked so that they are not read again.
    :raises Refusal: it cannot be written, or its kind of file cannot be marked.
    """
    from desktop.services.importing import returned

    returned.write(plan, source, target, imported=imported)
