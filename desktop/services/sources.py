"""What a sheet can be filled from: the reports of a period, and every ledger as it stood at its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, singledispatch
from typing import Any

from sqlalchemy.orm import Session

from desktop.excel.layout import LAYOUTS, Column, Form, Group, load
from desktop.records import LEDGERS
from desktop.records.fields import Field, Ledger, derived, fields
from desktop.records.kinds import (
    Area,
    Choice,
    CreditCode,
    Day,
    Kind,
    Link,
    Listed,
    Moment,
    Money,
    Phone,
    ResidentId,
    Scans,
    Several,
    Share,
    Truth,
    Whole,
    Words,
)
from desktop.records.step import StepNo, shown
from desktop.services import extracts, reports
from desktop.services.extracts import CODE, COUNTY, NUMBER

STANDING = tuple(name for name in LEDGERS if name != "region")


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One thing that a column of a template can show.

    :param key: as the import calls it: a field, ``team_name`` of a member's team, ``step3.n_due``.
    :param form: how our own sheets show it; a date as a date, a code as text.
    :param kind: of the answer, where it is one of a ledger.
    :param words: other headings that mean it.
    """

    key: str
    label: str
    form: Form
    kind: Kind | None = None
    words: Sequence[str] = ()

    @property
    def options(self) -> Mapping[str, str]:
        """Code to shown word, where the answer is one of a list; else empty."""
        return options_of(self.kind) if self.kind is not None else {}

    @property
    def usual(self) -> Sequence[str]:
        """The codes of the options that a clerk is offered; of long lists the rare ones are left out."""
        return (self.kind.codes.offered if isinstance(self.kind, Listed) else ()) or tuple(self.options)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a kind.

    :param name: the code of a report (``annex2``) or the table name of a ledger (``member``).
    """

    name: str
    caption: str
    columns: Sequence[SourceColumn]

    @property
    def by_key(self) -> Mapping[str, SourceColumn]:
        return {one.key: one for one in self.columns}


@cache
def sources() -> tuple[Source, ...]:
    """Every source: the reports, then the ledgers in the order a clerk meets them."""
    told = [
        Source(code, f"{load(code).mark} {load(code).title}", tuple(_leaves(load(code).columns)))
        for code in LAYOUTS
    ]
    kept = [Source(name, LEDGERS[name].caption, tuple(_columns(LEDGERS[name]))) for name in STANDING]
    return (*told, *kept)


def source(name: str) -> Source:
    """The source called ``name``; ``KeyError`` if there is none."""
    return {one.name: one for one in sources()}[name]


def rows(
    session: Session, name: str, period: str, keys: Sequence[str] | None = None
) -> Iterator[Mapping[str, Any]]:
    """The rows of a source by column key, streamed: text, int, Decimal, date, datetime or ``None``.

    :param name: of the source; ``KeyError`` if there is none.
    :param period: YYYY-MM; what counts is how things stood on its last day, whatever day it is now.
    :param keys: only these are needed; asking for few is faster.
    """
    asked = [one.key for one in source(name).columns] if keys is None else list(keys)
    return (dict(zip(asked, row, strict=True)) for row in cells(session, name, period, asked))


def cells(session: Session, name: str, period: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """As :func:`rows`, only the values, in the order of ``keys``."""
    if name in LAYOUTS:
        return reports.cells(session, name, period, keys)
    return extracts.cells(session, LEDGERS[name], period, keys)


def count(session: Session, name: str, period: str) -> int:
    """How many rows a source has."""
    if name in LAYOUTS:
        return reports.count(session, name, period)
    return extracts.count(session, LEDGERS[name], period)


def _leaves(columns: Sequence[Column | Group], above: str = "") -> Iterator[SourceColumn]:
    for one in columns:
        if isinstance(one, Column):
            yield SourceColumn(one.key, above + one.label, one.form)
        else:
            yield from _leaves(one.columns, f"{above}{one.label}／")


def _columns(ledger: type[Ledger]) -> Iterator[SourceColumn]:
    """序号, the county, the ledger's own answers, what is worked out, the answers of what it links to."""
    yield SourceColumn(NUMBER, "序号", Form.NUMBER)
    yield SourceColumn(COUNTY, "县区", Form.WORD, words=("县（区）", "县/区", "市/县/区"))
    seen = {NUMBER, COUNTY}
    labels: set[str] = set()
    for prefix, one in _answers(ledger):
        if prefix + one.name in seen or isinstance(one.kind, Scans):
            continue
        label = one.label
        if prefix or label in labels:
            label = f"{_whose(ledger, prefix, one)}{label}"
        seen.add(prefix + one.name)
        labels.add(label)
        yield SourceColumn(prefix + one.name, label, form_of(one.kind), one.kind, one.aliases)
        if isinstance(one.kind, Area):
            yield SourceColumn(prefix + one.name + CODE, f"{label}代码", Form.CODE)


def _answers(ledger: type[Ledger]) -> Iterator[tuple[str, Field]]:
    """Fields and worked-out values with the prefix of their key."""
    yield from (("", one) for one in fields(ledger))
    yield from (("", Field(one.name, one.label, one.kind)) for one in derived(ledger))
    for one in fields(ledger):
        if isinstance(one.kind, Link):
            yield from (("", linked) for linked in fields(LEDGERS[one.kind.ledger]))
    if ledger is LEDGERS["matter"]:
        answers = {one.name: one for one in fields(LEDGERS["step"])}
        for number in StepNo:
            yield from ((f"step{number}.", answers[name]) for name in shown(number))


def _whose(ledger: type[Ledger], prefix: str, one: Field) -> str:
    """What tells a label from the same label of something else."""
    if prefix:
        return f"第{prefix.removeprefix('step').removesuffix('.')}步："
    links = (LEDGERS[each.kind.ledger] for each in fields(ledger) if isinstance(each.kind, Link))
    return next((f"{linked.caption}的" for linked in links if one in fields(linked)), f"{one.group}的")


@singledispatch
def form_of(kind: Kind) -> Form:
    """How a kind's value stands in a cell.

    :raises TypeError: no cell shows it.
    """
    raise TypeError(f"no cell shows {type(kind).__name__}")


def _register(form: Form, *kinds: type[Kind]) -> None:
    for one in kinds:
        form_of.register(one, lambda _: form)


_register(Form.TEXT, Words)
_register(Form.NUMBER, Whole)
_register(Form.AMOUNT, Money)
_register(Form.SHARE, Share)
_register(Form.DATE, Day, Moment)
_register(Form.WORD, Truth, Choice, Listed, Several, Area, Link)
_register(Form.CODE, ResidentId, CreditCode, Phone)


def options_of(kind: Kind) -> Mapping[str, str]:
    """Code to shown word of a kind that is one of a list; empty for any other."""
    if isinstance(kind, Listed):
        return kind.codes.items
    if isinstance(kind, Truth):
        return {"1": "是", "0": "否"}
    return {str(word): str(word) for word in kind.options} if isinstance(kind, Choice) else {}
