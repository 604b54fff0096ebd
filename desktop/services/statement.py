"""上报说明: what was checked and why it stands, sent beside the workbooks."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Office
from desktop.rules.rulebook import Finding, Grade
from desktop.services import links, periods


def text(
    session: Session,
    period: str,
    version: int,
    *,
    today: dt.date,
    found: Sequence[Finding],
    given: Mapping[str, str],
) -> str:
    """The statement of one submission: the unit, findings by grade, reasons with their basis."""
    office = session.scalars(select(Office)).one()
    grades = Counter(one.grade for one in found)
    lines = [
        f"{office.report_unit} {periods.words(period)}上报说明（第 {version} 版）",
        f"填报人：{office.filler}　审核人：{office.reviewer}",
        f"联系电话：{office.contact_phone}　填报日期：{today}",
        "检查结果：" + "，".join(f"{grade.value} 级（{grade.word}）{grades[grade]} 条" for grade in Grade),
        "",
    ]
    for one in found:
        if one.key in given:
            lines += [
                f"{one.code}　{links.prefix(session, one.ledger, one.entry)}{one.message}",
                f"　　依据：{one.basis}",
                f"　　说明：{given[one.key]}",
            ]
    return "\n".join(lines) + "\n"
