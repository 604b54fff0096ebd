"""上报: check, produce the files, freeze what was sent; 退回 reopens the period as the next version."""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Office
from desktop.records.fields import field
from desktop.records.keeping import JournalRow, Submission, ZeroReport
from desktop.records.kinds import Area, Kind, Link, Listed, plain
from desktop.rules.rulebook import Grade
from desktop.services import areas, checks, exporting, figures, links, periods, reasons, statement
from desktop.services.overview import ZERO_ALLOWED
from desktop.storage import files
from desktop.storage.trouble import as_refusal

Steps = Callable[[int, int], None]
NAMES = ("report_unit", "filler", "reviewer", "contact_phone")  # stand on every sheet that is sent


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission as made: what ``submit --json`` prints."""

    period: str
    version: int
    files: Sequence[dict[str, Any]]  # path, sha256, rows
    findings: dict[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs from what was sent."""

    ledger: str
    entry: int
    title: str
    label: str
    before: str
    after: str


def submit(
    session: Session,
    folder: Path,
    period: str,
    *,
    out: Path,
    today: dt.date,
    progress: Steps | None = None,
) -> Sent:
    """Send ``period``: write its files to ``out`` and keep them, with everything said about them.

    :param folder: the data folder, where the frozen files are kept.
    :param progress: told how many of how many parts are done.
    :raises Refusal: the period is locked, not begun, or stopped by findings; or the files cannot be written.
    """
    what = f"未能上报{periods.words(period)}"
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
    with tempfile.TemporaryDirectory(prefix="submit-", dir=folder) as temporary:
        made = exporting.export_all(session, period, Path(temporary), today, progress)
        version = 1 + (
            session.scalar(select(func.max(Submission.version)).where(Submission.period == period)) or 0
        )
        paths = [one.path for one in made]
        paths.append(Path(temporary) / f"{exporting.file_name(session, '上报说明', period)}.txt")
        said = statement.text(session, period, version, today=today, found=found, given=given)
        paths[-1].write_text(said, "utf-8-sig")
        rows = [one.rows for one in made] + [len(given)]
        kept = [
            {"name": path.name, "sha256": files.store(folder, path.read_bytes()), "rows": count}
            for path, count in zip(paths, rows, strict=True)
        ]
        placed = _place(folder, kept, out)
    grades = {grade.value: sum(one.grade == grade for one in found) for grade in Grade}
    office = session.scalars(select(Office)).one()
    session.add(
        Submission(
            period=period,
            version=version,
            sent_at=dt.datetime.now(),
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
    session.flush()
    listed = [
        {"path": str(path), "sha256": one["sha256"], "rows": one["rows"]}
        for path, one in zip(placed, kept, strict=True)
    ]
    return Sent(period, version, listed, grades)


def counts(session: Session, period: str) -> dict[str, Any]:
    """The figures at the end of ``period``, by key, as they are frozen with a submission."""
    return {key: plain(value) for key, value in figures.figures(session, periods.last_day(period)).items()}


def history(session: Session) -> list[Submission]:
    """Every submission, the newest first."""
    return list(
        session.scalars(select(Submission).order_by(Submission.period.desc(), Submission.version.desc()))
    )


def return_(session: Session, submission: int, reason: str) -> None:
    """退回: reopen the period of the submission with this id; the next one is version n+1.

    :raises Refusal: it was returned before, or no reason is given.
    """
    sent = session.get_one(Submission, submission)
    if sent.returned_at is not None:
        raise Refusal(
            "未能登记退回",
            f"{periods.words(sent.period)}第 {sent.version} 版已经退回过",
            "请直接更正后再上报",
        )
    if not reason.strip():
        raise Refusal("未能登记退回", "没有写退回原因", "请写明上级退回的原因")
    sent.returned_at = dt.datetime.now()
    sent.returned_reason = reason.strip()[:300]
    session.flush()


def changed_since(session: Session, submission: int) -> list[Difference]:
    """What differs from what was sent: each changed answer once, from its value then to its value now."""
    sent = session.get_one(Submission, submission)
    first: dict[tuple[str, int, str], Any] = {}
    query = select(JournalRow).where(JournalRow.id > sent.journal_mark, JournalRow.ledger.in_(LEDGERS))
    for row in session.scalars(query.order_by(JournalRow.id)):
        for name in row.after or {}:
            first.setdefault((row.ledger, row.entry, name), (row.before or {}).get(name))
    found = []
    for (ledger, entry, name), before in first.items():
        now = session.get(LEDGERS[ledger], entry)
        after = plain(getattr(now, name)) if now is not None else None
        if after != before and now is not None:
            label, old, new = _in_words(session, ledger, name, before=before, after=after)
            found.append(Difference(ledger, entry, links.title(session, now), label, old, new))
    return found


def _in_words(session: Session, ledger: str, name: str, *, before: Any, after: Any) -> tuple[str, str, str]:
    if name == "deleted_at":
        return "删除", "", "已删除" if after else "已恢复"
    one = field(LEDGERS[ledger], name)
    return one.label, _shown(session, one.kind, before), _shown(session, one.kind, after)


def _shown(session: Session, kind: Kind, value: Any) -> str:
    """A journalled value as a clerk reads it: areas and other entries by name."""
    if value is None:
        return ""
    if isinstance(kind, Area):
        return areas.named(session, value)
    if isinstance(kind, Link):
        return links.titles(session, kind.ledger, [value]).get(value, "（已删除）")
    return value if isinstance(value, str) and not isinstance(kind, Listed) else kind.show(value)


def zero(session: Session, villages: Sequence[str], ledger: str, period: str, *, on: bool = True) -> None:
    """零报告: state for ``villages`` (codes) that ``ledger`` has nothing in ``period``, or take that back.

    :raises Refusal: the period is locked, or the ledger knows no zero report.
    """
    if periods.locking(session, period) is not None:
        raise Refusal("未能登记零报告", f"{periods.words(period)}已经上报并锁定", "需要更正的，请先登记退回")
    if ledger not in ZERO_ALLOWED:
        raise Refusal("未能登记零报告", f"{LEDGERS[ledger].caption}不能零报告", "请录入数据")
    query = select(ZeroReport).where(ZeroReport.ledger == ledger, ZeroReport.period == period)
    made = {one.village_code: one for one in session.scalars(query)}
    for code in villages:
        if on and code not in made:
            session.add(
                ZeroReport(village_code=code, ledger=ledger, period=period, made_at=dt.datetime.now())
            )
        elif not on and code in made:
            session.delete(made[code])
    session.flush()


def save_again(session: Session, folder: Path, submission: int, out: Path) -> list[Path]:
    """Write the frozen files of a submission to ``out`` once more, byte for byte as sent."""
    return _place(folder, session.get_one(Submission, submission).files, out)


def _place(folder: Path, kept: Sequence[dict[str, Any]], out: Path) -> list[Path]:
    placed = []
    with as_refusal(f"未能把文件保存到“{out}”"):
        out.mkdir(parents=True, exist_ok=True)
        for one in kept:
            content = files.place(folder, one["sha256"]).read_bytes()
            placed.append(files.write_whole(out / one["name"], content))
    return placed


def unnamed(session: Session) -> list[str]:
    """Labels of what the unit must say about itself before it submits, and has not said yet."""
    office = session.scalars(select(Office)).one()
    return [field(Office, name).label for name in NAMES if not getattr(office, name)]


def _refuse_unnamed(session: Session, what: str) -> None:
    if missing := unnamed(session):
        raise Refusal(what, f"本单位的{'、'.join(missing)}还没有填写", "请在“设置”页填写")
