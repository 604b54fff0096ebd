"""共建协议台账 on paper: every agreement on file with how it stands on a day (REFERENCE §7.5, 附件6)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.paper import Column, Form, Grid
from desktop.records import Agreement
from desktop.records.fields import field
from desktop.records.kinds import masked
from desktop.services import areas, places, sheets

COLUMNS = (
    Column("序号", 9),
    Column("街道\n（乡镇）", 16),
    Column("社区", 16),
    Column("单位名称", 32, centred=False),
    Column("统一社会信用代码", 40),
    Column("单位类型", 17),
    Column("签订日期", 21),
    Column("期限", 24),
    Column("共建内容", 29, centred=False),
    Column("联络员", 13),
    Column("电话", 27),
    Column("状态", 15),
)


def form(
    session: Session,
    today: dt.date,
    *,
    only: Collection[int] | None = None,
    full: bool = False,
    signed: bool = True,
) -> Form:
    """The list of the agreements on file on the day ``today``, by community and date.

    :param only: ids of those wanted; all if ``None``.
    :param full: telephone numbers are not masked; the clerk was warned and said so.
    :param signed: with the line for who fills it in, checks it and signs it.
    """
    where = places.of_unit(session, today)
    query = select(Agreement).where(Agreement.deleted_at.is_(None))
    ordered = session.scalars(query.order_by(Agreement.party_a_code, Agreement.signed_on, Agreement.id))
    show = {one: field(Agreement, one).kind.show for one in ("partner_type", "fields")}
    phone = field(Agreement, "liaison_phone").kind
    found = [one for one in ordered if only is None or one.id in only]
    rows = [
        (
            str(number),
            where.name(one.town_code),
            where.name(one.party_a_code) if one.party_a_code else "",
            one.party_b_name or "",
            one.party_b_uscc or "",
            show["partner_type"](one.partner_type),
            str(one.signed_on or ""),
            f"{one.valid_from or one.signed_on or ''}至\n{one.valid_to or '长期'}",
            show["fields"](one.fields),
            one.liaison or "",
            (one.liaison_phone or "") if full else masked(phone, one.liaison_phone or ""),
            one.status(today).value,
        )
        for number, one in enumerate(found, 1)
    ]
    office = areas.own_office(session)
    unit = (office and office.report_unit) or ""
    return Form(
        f"{areas.named(session, areas.unit_code(session))}共建协议台账",
        (Grid(COLUMNS, rows, letters=10),),
        left=f"填报单位（盖章）：{unit}",
        right=f"填报时间：{sheets.written_day(today)}　　单位：份",
        foot="填报人：　　　　　　　　审核人：　　　　　　　　单位主要负责人签字：" if signed else "",
        letters=10.5,
        head=18,
        grows=False,
        unit=unit,
    )
