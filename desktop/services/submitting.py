"""上报: check a period, produce its files, and freeze what was sent."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Office
from desktop.records.keeping import JournalRow, Submission
from desktop.records.kinds import plain
from desktop.rules.rulebook import Grade
from desktop.services import (
    areas,
    audit,
    checks,
    exporting,
    figures,
    periods,
    reasons,
    statement,
    submissions,
)
from desktop.services.audit import Event
from desktop.storage import files
from desktop.storage.database import Store
from desktop.storage.rights import Right, needs
from desktop.storage.trouble import as_refusal

Steps = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission as made: what ``submit --json`` prints."""

    period: str
    version: int
    files: Sequence[dict[str, Any]]  # path, sha256, rows
    findings: dict[str, int]


@needs(Right.SUBMIT, "未能上报")
def submit(
    session: Session,
    store: Store,
    period: str,
    *,
    out: Path,
    today: dt.date,
    progress: Steps | None = None,
) -> Sent:
    """Send ``period``: write its files to ``out`` and keep them, with everything said about them.

    :param store: the open data folder, where the frozen files are kept.
    :param progress: told how many of how many parts are done.
    :raises Refusal: the unit is for practice; the period is locked, not begun, or stopped by findings; or the
        files cannot be written.
    """
    what = f"未能上报{periods.words(period)}"
    if areas.practises(session):
        raise Refusal(what, submissions.PRACTICE, "可以“先生成草稿”，看看文件的样子")
    if periods.locking(session, period) is not None:
        raise Refusal(what, "该期已经上报并锁定", "需要更正的，请先在“上报”页登记退回")
    if periods.first_day(period) > today:
        raise Refusal(what, "该期还没有开始", "请核对期间")
    _refuse_unnamed(session, what)
    found = checks.check(session, period, today, progress)
    given = reasons.given(session, period)
    if stopping := checks.stopping(found, given):
        first = stopping[0]
        raise Refusal(
            what,
            f"还有 {len(stopping)} 处需要处理，第一处：{first.message}",
            "请在“检查”页逐条改正或说明原因",
        )
    with files.workshop(store.folder, files.UNFINISHED) as temporary:
        version = next_version(session, period)
        note = f"（第{version}版）" if version > 1 else ""  # what was sent first is not overwritten
        made = exporting.export_all(session, period, temporary, today, progress, note=note)
        paths = [one.path for one in made]
        paths.append(temporary / f"{exporting.file_name(session, '上报说明', period, note)}.txt")
        said = statement.text(session, period, version, today=today, found=found, given=given)
        paths[-1].write_text(said, "utf-8-sig")
        rows = [one.rows for one in made] + [len(given)]
        kept = [
            {
                "name": path.name,
                "sha256": files.store(store.folder, store.key, path.read_bytes()),
                "rows": count,
            }
            for path, count in zip(paths, rows, strict=True)
        ]
        placed = submissions.place(store, kept, out)
    grades = {grade.value: sum(one.grade == grade for one in found) for grade in Grade}
    office = session.scalars(select(Office)).one()
    session.add(
        Submission(
            period=period,
            version=version,
            sent_at=dt.datetime.combine(today, dt.datetime.now().time()),
            filler=office.filler or "",
            files=kept,
            counts=counts(session, period),
            findings=grades,
            reasons=[
                {"code": one.code, "message": one.message, "reason": given[one.key]}
                for one in found
                if one.key in given
            ],
            journal_mark=session.scalar(select(func.max(JournalRow.id))) or 0,
        )
    )
    audit.record(session, Event.SUBMIT, f"{periods.words(period)}第 {version} 版")
    listed = [
        {"path": str(path), "sha256": one["sha256"], "rows": one["rows"]}
        for path, one in zip(placed, kept, strict=True)
    ]
    return Sent(period, version, listed, grades)


@needs(Right.FULL, "未能生成草稿")
def draft(
    session: Session,
    folder: Path,
    period: str,
    *,
    out: Path,
    today: dt.date,
    progress: Steps | None = None,
) -> list[Path]:
    """Write the workbooks of ``period`` to ``out`` to be looked at; nothing is recorded, nothing locked.

    Findings do not stop it. The names end in （草稿）; an older draft is replaced.

    :raises Refusal: the files cannot be written.
    """
    with files.workshop(folder, files.SKETCHED) as temporary:
        made = exporting.export_all(session, period, temporary, today, progress, note="（草稿）")
        with as_refusal(f"未能把草稿保存到“{out}”"):
            out.mkdir(parents=True, exist_ok=True)
            return [files.write_whole(out / one.path.name, one.path.read_bytes()) for one in made]


def next_version(session: Session, period: str) -> int:
    """The version that the next submission of ``period`` would be."""
    last = session.scalar(select(func.max(Submission.version)).where(Submission.period == period))
    return 1 + (last or 0)


def counts(session: Session, period: str) -> dict[str, Any]:
    """The figures at the end of ``period``, by key, as they are frozen with a submission."""
    return {key: plain(value) for key, value in figures.figures(session, periods.last_day(period)).items()}


def _refuse_unnamed(session: Session, what: str) -> None:
    if missing := submissions.unnamed(session):
        raise Refusal(what, f"本单位的{'、'.join(missing)}还没有填写", "请在“设置”页填写")
