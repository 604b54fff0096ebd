"""Which tables a file holds, with what a clerk has said about files of its kind."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.reading.grid import Book
from desktop.excel.understanding import understand
from desktop.excel.understanding.headings import signature
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Table
from desktop.records.fields import Ledger, fields
from desktop.records.keeping import ImportSource

MOST_TRIED = 20  # sources, where no table is found without one
MOST_LISTED = 5  # sheets or labels in a sentence

IsPlace = Callable[[str], bool]


def tables(
    session: Session,
    ledger: type[Ledger],
    book: Book,
    is_place: IsPlace,
    *,
    sheet: str | None,
    learnt: Learnt | None,
) -> tuple[list[Table], Learnt, list[str]]:
    """The tables of a book, what was said about them, and the sources that they are known by.

    :param learnt: ``None`` for what is remembered.
    :raises Refusal: no such sheet, or no table of this ledger.
    """
    what = f"未能读取“{book.name}”"
    if sheet is not None and sheet not in [one.title for one in book.sheets]:
        raise Refusal(what, f"里面没有名为“{sheet}”的工作表", f"文件里的工作表有：{_titles(book)}")

    def understood(said: Learnt) -> list[Table]:
        return understand.tables(book, ledger, is_place, sheet=sheet, learnt=said)

    plainly = understood(Learnt())
    sources = [signature([table]) for table in plainly]
    if learnt is None:
        learnt = _remembered(session, ledger, sources)
    found = plainly if learnt == Learnt() else understood(learnt)
    if not found:
        found, learnt = _tried(session, ledger, understood)
    if not found:
        asked = "、".join(one.label for one in fields(ledger) if one.required)
        where = f"工作表“{sheet}”里" if sheet is not None else f"工作表（{_titles(book)}）里"
        raise Refusal(
            what,
            f"{where}没有找到“{ledger.caption}”的栏目名称（{asked} 等）",
            "请核对文件，或导出空白模板填写后再选择",
        )
    return found, learnt, list(dict.fromkeys([*sources, *(signature([table]) for table in found)]))


def remember(session: Session, ledger: str, sources: Sequence[str], learnt: Learnt, now: dt.datetime) -> None:
    """Keep what a clerk said about files with these headings; an empty ``learnt`` forgets it."""
    known = {one.headings: one for one in session.scalars(_sources(ledger, sources))}
    for headings in sources:
        kept = known.get(headings)
        if kept is None and learnt != Learnt():
            session.add(ImportSource(ledger=ledger, headings=headings, learnt=learnt.as_json(), used_at=now))
        elif kept is not None and learnt == Learnt():
            session.delete(kept)
        elif kept is not None:
            kept.learnt, kept.used_at = learnt.as_json(), now
    session.flush()


def _sources(ledger: str, sources: Sequence[str]) -> Any:
    return (
        select(ImportSource)
        .where(ImportSource.ledger == ledger, ImportSource.headings.in_(sources))
        .order_by(ImportSource.used_at.desc())
    )


def _remembered(session: Session, ledger: type[Ledger], sources: Sequence[str]) -> Learnt:
    kept = session.scalars(_sources(ledger.__tablename__, sources)).first()
    return Learnt.of(kept.learnt) if kept is not None else Learnt()


def _tried(
    session: Session, ledger: type[Ledger], understood: Callable[[Learnt], list[Table]]
) -> tuple[list[Table], Learnt]:
    """A file whose headings are only found where a clerk once pointed."""
    query = select(ImportSource).where(ImportSource.ledger == ledger.__tablename__)
    for kept in session.scalars(query.order_by(ImportSource.used_at.desc()).limit(MOST_TRIED)).all():
        learnt = Learnt.of(kept.learnt)
        found = understood(learnt)
        if any(signature([table]) == kept.headings for table in found):
            return found, learnt
    return [], Learnt()


def _titles(book: Book) -> str:
    titles = [one.title for one in book.sheets]
    return "、".join(titles[:MOST_LISTED]) + (" 等" if len(titles) > MOST_LISTED else "")
