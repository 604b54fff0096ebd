"""Several entries at once: copy them out as a block of cells, write one answer into all of them."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Derived, Field, Ledger, Privacy, derived, fields
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Day, Kind, Moment, Money, ResidentId, Scans, Whole, masked
from desktop.services import entries, lists
from desktop.storage import preparing

MOST = 20_000  # rows on the clipboard; a spreadsheet takes minutes over more
CHUNK = 500  # entries fetched at once
NUMBERED_BY_US = "record_no"
NUMBERS: tuple[type[Kind], ...] = (Whole, Money, Day, Moment)  # a spreadsheet may count with these

Steps = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Entries as a block of cells.

    :param names: of the columns: fields, and values that are worked out.
    :param texts: which columns are text to a spreadsheet.
    :param masked: some personal number stands in it with its middle hidden.
    """

    names: Sequence[str]
    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: Sequence[bool]
    masked: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What an operation wrote.

    :param rows: entries that are other now than before.
    :param batch: of its rows in the journal, by which :mod:`desktop.services.undo` takes it back.
    """

    rows: int
    batch: int


def editable(ledger: type[Ledger]) -> list[Field]:
    """The fields that several entries may be given the same answer in.

    An identity number belongs to one person, and scans to one entry.
    """
    kept = (ResidentId, Scans)
    return [one for one in fields(ledger) if one.name != NUMBERED_BY_US and not isinstance(one.kind, kept)]


def refuse_many(rows: int) -> None:
    """Refuse to put more than :data:`MOST` rows on the clipboard."""
    if rows > MOST:
        raise Refusal(
            "未能复制", f"选中了 {rows} 行，一次最多复制 {MOST} 行", "请用筛选少选一些，或在“上报”页导出"
        )


def shown(
    session: Session,
    ledger: type[Ledger],
    ids: Sequence[int],
    names: Sequence[str],
    today: dt.date,
    *,
    whole: bool,
) -> Block:
    """The entries with these ids as cells.

    :param names: of the columns, in their order.
    :param whole: personal numbers are not masked.
    :raises Refusal: there are more than :data:`MOST`.
    """
    refuse_many(len(ids))
    known = {one.name: one for one in _columns(ledger)}
    columns = [known[name] for name in names]
    called, hidden, rows = lists.Names(), False, []
    for found in fetched(session, ledger, ids):
        called.learn(session, ledger, found)
        for entry in found:
            texts = [called.text(one, _value(entry, one, today)) for one in columns]
            cells = texts if whole else [_masked(*pair) for pair in zip(columns, texts, strict=True)]
            hidden = hidden or cells != texts
            rows.append(cells)
    as_text = [not isinstance(one.kind, NUMBERS) for one in columns]
    return Block(names, [one.label for one in columns], rows, as_text, hidden)


def values(session: Session, ledger: type[Ledger], ids: Sequence[int], name: str) -> list[Any]:
    """What the entries have in one field now, in no order."""
    found: list[Any] = []
    for start in range(0, len(ids), CHUNK):
        wanted = ledger.id.in_(ids[start : start + CHUNK])
        found += session.scalars(select(getattr(ledger, name)).where(wanted))
    return found


def edit(
    session: Session,
    ledger: type[Ledger],
    ids: Sequence[int],
    name: str,
    value: Any,
    *,
    progress: Steps | None = None,
) -> Written:
    """Write one clean value into the field ``name`` of all these entries; ``None`` empties it.

    :raises Refusal: the field is not for several entries at once, an entry is in a locked period or gone;
        nothing is written then.
    """
    one = _editable(ledger, name)
    changed = done = 0
    for found in fetched(session, ledger, ids):
        for entry in found:
            if getattr(entry, one.name) != value:
                entries.write(session, ledger, {one.name: value}, entry=entry.id)
                changed += 1
        done += len(found)
        if progress is not None:
            progress(done, len(ids))
    return Written(changed, preparing.batch_of(session))


def of_batch(session: Session, ledger: type[Ledger], batch: int) -> list[int]:
    """The ids of this ledger's entries that an operation wrote, in the order of their writing."""
    found = select(JournalRow.entry).where(
        JournalRow.batch == batch, JournalRow.ledger == ledger.__tablename__
    )
    return list(dict.fromkeys(session.scalars(found.order_by(JournalRow.id))))


def fill(
    session: Session,
    ledger: type[Ledger],
    ids: Sequence[int],
    name: str,
    *,
    progress: Steps | None = None,
) -> Written:
    """Write the first entry's answer in the field ``name`` into all the others, as :func:`edit` does."""
    value = getattr(entries.get(session, ledger, ids[0]), _editable(ledger, name).name)
    return edit(session, ledger, ids[1:], name, value, progress=progress)


def fetched(session: Session, ledger: type[Ledger], ids: Sequence[int]) -> Iterator[list[Ledger]]:
    """The entries with these ids, in their order, some hundred at a time.

    :raises Refusal: one of them is gone.
    """
    for start in range(0, len(ids), CHUNK):
        wanted = ids[start : start + CHUNK]
        found = [one for one in lists.rows(session, ledger, wanted) if one.deleted_at is None]
        if len(found) != len(wanted):
            gone = len(wanted) - len(found)
            raise Refusal("未能继续", f"选中的记录中有 {gone} 条已被删除", "请重新选择")
        yield found


def _editable(ledger: type[Ledger], name: str) -> Field:
    found = next((one for one in editable(ledger) if one.name == name), None)
    if found is None:
        label = next((one.label for one in _columns(ledger) if one.name == name), name)
        raise Refusal("未能修改", f"“{label}”每条记录各不相同，或由程序得出", "请选择另一栏")
    return found


def _columns(ledger: type[Ledger]) -> tuple[Field | Derived, ...]:
    return (*fields(ledger), *derived(ledger))


def _value(entry: Ledger, column: Field | Derived, today: dt.date) -> Any:
    return column.work(entry, today) if isinstance(column, Derived) else getattr(entry, column.name)


def _masked(column: Field | Derived, text: str) -> str:
    personal = isinstance(column, Field) and column.privacy is Privacy.PERSONAL
    return masked(column.kind, text) if personal else text
