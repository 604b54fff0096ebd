"""What the program keeps beside the ledgers: files, reports, reasons, imports, profiles, the journal."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.records.fields import Base


class Attachment(Base):
    """A scan or photo; its bytes lie in ``files/`` under their SHA-256."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media: Mapped[str] = mapped_column(String(50))
    size: Mapped[int]  # bytes
    added_at: Mapped[dt.datetime]


class ZeroReport(Base):
    """零报告: a village states that it has nothing for a ledger in a period."""

    __tablename__ = "zero_report"
    __table_args__ = (UniqueConstraint("village_code", "ledger", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(String(12))
    ledger: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    made_at: Mapped[dt.datetime]


class Reason(Base):
    """Why a finding of grade B or C stands as it is, in the words of the reviewer or clerk."""

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("finding", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    finding: Mapped[str] = mapped_column(String(120), index=True)  # Finding.key
    period: Mapped[str] = mapped_column(String(7))
    text: Mapped[str] = mapped_column(String(300))
    given_at: Mapped[dt.datetime]


class Submission(Base):
    """上报: a period as it was sent; never changed but for being returned."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("period", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(7))
    version: Mapped[int]
    sent_at: Mapped[dt.datetime]
    filler: Mapped[str] = mapped_column(String(20))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # name, sha256, rows, size
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    findings: Mapped[dict[str, int]] = mapped_column(JSON)  # grade to number
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    journal_mark: Mapped[int]  # last journal row when it was sent
    returned_at: Mapped[dt.datetime | None]
    returned_reason: Mapped[str | None] = mapped_column(String(300))


class JournalRow(Base):
    """What an operation did to one entry: values before and after, by field name.

    Rows are added by :mod:`desktop.storage.journal` and never changed: triggers of the database refuse it.
    """

    __tablename__ = "journal"
    __table_args__ = (Index(None, "ledger", "entry"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    operation: Mapped[str] = mapped_column(String(50))
    batch: Mapped[int] = mapped_column(index=True, server_default="0")  # one number a transaction
    ledger: Mapped[str] = mapped_column(String(20))
    entry: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    who: Mapped[str] = mapped_column(String(50), server_default="")
    kind: Mapped[str] = mapped_column(String(10), server_default="done")  # journal.Kind
    root: Mapped[int | None]  # the batch that was taken back or done again
    chain: Mapped[str] = mapped_column(String(64), server_default="")  # over all rows up to this one


class ImportRun(Base):
    """导入: one file that was imported, with the text of its cells as they stood in it."""

    __tablename__ = "import_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    batch: Mapped[int]  # of its rows in the journal, for taking it back
    ledger: Mapped[str] = mapped_column(String(20))
    file: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    raw: Mapped[bytes] = mapped_column(LargeBinary)  # zlib of JSON: [[sheet, row, {target: cell}], ...]
    undone_at: Mapped[dt.datetime | None]


class ImportSource(Base):
    """What a clerk said about files with these headings, as ``Learnt`` of the understanding has it."""

    __tablename__ = "import_source"
    __table_args__ = (UniqueConstraint("ledger", "headings"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(20))
    headings: Mapped[str] = mapped_column(String(64))  # SHA-256 of the headings in plain form
    learnt: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[dt.datetime]


class TemplateProfile(Base):
    """模板方案: how a workbook that was handed down is filled, with that workbook."""

    __tablename__ = "template_profile"
    __table_args__ = (UniqueConstraint("name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    workbook: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[dt.datetime]


class Serial(Base):
    """The last printed number given under a prefix; numbers are never used twice."""

    __tablename__ = "serial"
    prefix: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


class Stamp(Base):
    """Which database this is, and how many saves it holds; one row, counted in every writing transaction."""

    __tablename__ = "stamp"
    id: Mapped[int] = mapped_column(primary_key=True)
    database: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int]
    chain: Mapped[str | None] = mapped_column(String(64))  # of the last row of the journal


class Draft(Base):
    """A form that was typed into and not saved yet: its answers as typed, whether they can be read or not.

    It is nobody's record: it is not journalled, and writing it is no save.
    """

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # made by the form
    ledger: Mapped[str] = mapped_column(String(20))
    entry: Mapped[int | None]  # none yet for a new one
    typed: Mapped[dict[str, str]] = mapped_column(JSON)  # every answer of the form, by field name
    before: Mapped[dict[str, str]] = mapped_column(JSON)  # the same as the form began
    at: Mapped[dt.datetime]
    who: Mapped[str] = mapped_column(String(50))
