"""How a ledger declares its fields: once, with everything that is true in every outlet."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypedDict, TypeVar, Unpack

from sqlalchemy import ForeignKey, Index, MetaData, String, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from desktop.records import kinds
from desktop.records.kinds import Kind

L = TypeVar("L", bound="Ledger")
V = TypeVar("V")


class Privacy(StrEnum):
    OPEN = "公开"
    PERSONAL = "个人信息"


@dataclass(frozen=True, slots=True)
class Field:
    """One declared answer.

    :param required: its absence is reported and stops a submission, never a save.
    :param aliases: other headings that rosters use for the same column.
    :param width: of its column in a table, in characters.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    group: str = ""
    help: str = ""
    privacy: Privacy = Privacy.OPEN
    aliases: Sequence[str] = ()
    width: int = 12


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from an entry on a day, shown beside the answers and never stored."""

    name: str
    label: str
    kind: Kind
    work: Callable[[Any, dt.date], Any]


class Options(TypedDict, total=False):
    required: bool
    group: str
    help: str
    privacy: Privacy
    aliases: Sequence[str]
    width: int


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Ledger(Base):
    """An entry of a ledger: what every entry carries besides its declared answers."""

    __abstract__ = True

    caption: ClassVar[str]
    chapter: ClassVar[str]
    index: ClassVar[str]  # section of the domain reference, for its place in lists
    naming: ClassVar[str]  # the field whose answer names an entry
    key: ClassVar[tuple[str, ...]]  # the fields that tell one entry from another on import
    otherwise: ClassVar[tuple[str, ...]] = ()  # these instead, where the last of ``key`` is blank
    dated: ClassVar[tuple[str, ...]] = ()  # the fields that place an entry in a period
    part_of: ClassVar[str] = ""  # the link to the entry that this one is a part of, and is deleted with

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-100)
    updated_at: Mapped[dt.datetime | None] = mapped_column(sort_order=100)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(sort_order=100, active_history=True)
    origin: Mapped[str | None] = mapped_column(String(100), sort_order=100)  # 手工, 导入 …, 合并 …
    spelling: Mapped[str | None] = mapped_column(String(100), sort_order=100)  # pinyin of the name

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:  # noqa: N805 - SQLAlchemy hands over the class
        """A table sorted by name is read from one index."""
        return (Index(None, "deleted_at", "spelling"),)

    def settle(self) -> None:
        """Fill blanks that follow from other answers; never change what was answered."""


def _column(kind: Kind, label: str, options: Options, *constraints: ForeignKey, order: int = 0) -> Any:
    declared = Field("", label, kind, **options)
    return mapped_column(
        kind.column(),
        *constraints,
        info={"field": declared},
        nullable=True,
        index=bool(constraints) or isinstance(kind, (kinds.ResidentId, kinds.Area)),
        active_history=True,
        sort_order=order,
    )


def text(
    label: str, *, longest: int = 50, lines: bool = False, order: int = 0, **options: Unpack[Options]
) -> Mapped[str | None]:
    """Free text of at most ``longest`` characters."""
    column: Mapped[str | None] = _column(kinds.Words(longest, lines), label, options, order=order)
    return column


def whole(
    label: str, *, unit: str = "", least: int = 0, most: int = 99_999_999, **options: Unpack[Options]
) -> Mapped[int | None]:
    """A whole number from ``least`` to ``most``."""
    column: Mapped[int | None] = _column(kinds.Whole(unit, least, most), label, options)
    return column


def money(label: str, *, unit: str = "万元", **options: Unpack[Options]) -> Mapped[Decimal | None]:
    """An exact amount with two decimals."""
    column: Mapped[Decimal | None] = _column(kinds.Money(unit), label, options)
    return column


def day(label: str, *, order: int = 0, **options: Unpack[Options]) -> Mapped[dt.date | None]:
    """A calendar date."""
    column: Mapped[dt.date | None] = _column(kinds.Day(), label, options, order=order)
    return column


def moment(label: str, **options: Unpack[Options]) -> Mapped[dt.datetime | None]:
    """A date with a time of day."""
    column: Mapped[dt.datetime | None] = _column(kinds.Moment(), label, options)
    return column


def truth(label: str, **options: Unpack[Options]) -> Mapped[bool | None]:
    """Yes, no or not answered."""
    column: Mapped[bool | None] = _column(kinds.Truth(), label, options)
    return column


def choice(label: str, words: type[StrEnum], **options: Unpack[Options]) -> Mapped[str | None]:
    """One word of a list fixed in the program."""
    column: Mapped[str | None] = _column(kinds.Choice(words), label, options)
    return column


def listed(label: str, code_list: str, **options: Unpack[Options]) -> Mapped[str | None]:
    """One code of a list in ``resources/codes``."""
    column: Mapped[str | None] = _column(kinds.Listed(code_list), label, options)
    return column


def several(label: str, code_list: str, **options: Unpack[Options]) -> Mapped[list[str] | None]:
    """Several codes of a list in ``resources/codes``."""
    column: Mapped[list[str] | None] = _column(kinds.Several(code_list), label, options)
    return column


def resident_id(label: str, **options: Unpack[Options]) -> Mapped[str | None]:
    """A resident identity number (GB 11643)."""
    options.setdefault("privacy", Privacy.PERSONAL)
    column: Mapped[str | None] = _column(kinds.ResidentId(), label, options)
    return column


def credit_code(label: str, **options: Unpack[Options]) -> Mapped[str | None]:
    """A unified social credit code (GB 32100)."""
    column: Mapped[str | None] = _column(kinds.CreditCode(), label, options)
    return column


def telephone(label: str, *, longest: int = 20, **options: Unpack[Options]) -> Mapped[str | None]:
    """A telephone number."""
    options.setdefault("privacy", Privacy.PERSONAL)
    column: Mapped[str | None] = _column(kinds.Phone(longest), label, options)
    return column


def area(
    label: str, level: str = "village", *, order: int = 0, **options: Unpack[Options]
) -> Mapped[str | None]:
    """An area's 12-digit code."""
    column: Mapped[str | None] = _column(kinds.Area(level), label, options, order=order)
    return column


def link(label: str, ledger: str, **options: Unpack[Options]) -> Mapped[int | None]:
    """The id of an entry of another ledger."""
    column: Mapped[int | None] = _column(kinds.Link(ledger), label, options, ForeignKey(f"{ledger}.id"))
    return column


def scans(label: str, **options: Unpack[Options]) -> Mapped[list[int] | None]:
    """Attached scans and photos."""
    column: Mapped[list[int] | None] = _column(kinds.Scans(), label, options)
    return column


def worked_out(label: str, kind: Kind) -> Callable[[Callable[[L, dt.date], V]], Callable[[L, dt.date], V]]:
    """Declare a method ``(entry, day)`` as a value to show: see :func:`derived`."""

    def declare(work: Callable[[L, dt.date], V]) -> Callable[[L, dt.date], V]:
        vars(work)["derived"] = Derived(work.__name__, label, kind, work)
        return work

    return declare


@cache
def fields(ledger: type[Ledger]) -> tuple[Field, ...]:
    """The declared answers of ``ledger`` in the order of its table."""
    mapper = inspect(ledger)
    return tuple(
        replace(column.info["field"], name=mapper.get_property_by_column(column).key)
        for column in mapper.local_table.columns
        if "field" in column.info
    )


@cache
def field(ledger: type[Ledger], name: str) -> Field:
    """The answer called ``name``; ``KeyError`` if there is none."""
    return {one.name: one for one in fields(ledger)}[name]


@cache
def derived(ledger: type[Ledger]) -> tuple[Derived, ...]:
    """The worked-out values of ``ledger``, in the order they are written."""
    found: dict[str, Derived] = {}
    for parent in reversed(ledger.__mro__):
        for member in vars(parent).values():
            if isinstance(one := getattr(member, "__dict__", {}).get("derived"), Derived):
                found[one.name] = one
    return tuple(found.values())
