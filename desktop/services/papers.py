"""Every form that can be printed or written to a file, each declared once with what may be chosen for it."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from desktop.paper import Form, file_name
from desktop.records import Ledger, Matter, Member, Team
from desktop.records.step import MEETINGS, StepNo
from desktop.services import agreement_list, areas, attendance, entries, masking, minutes, notices, sheets
from desktop.services.minutes import CALLED
from desktop.settings import PageSetup

PORTRAIT = PageSetup()
LANDSCAPE = PageSetup(landscape=True)

WARNING = (
    "电话和证件号码是个人信息，印出完整号码后谁都能看到、拍照和转发；张贴在公开栏的，"
    "应当隐去中间几位（个人信息保护法第二十八条、第五十一条）。确认要印出完整号码吗？"
)

Make = Callable[[Session, PageSetup, bool], tuple[Form, ...]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A form that is offered.

    :param kind: under which its settings are remembered.
    :param name: in the list of forms, and in the name of a file.
    :param make: its sheets, given the settings and whether numbers are shown in full.
    :param turns: it may be printed either way round.
    :param spares: it can have blank rows at its end.
    :param numbers: it holds personal numbers, masked unless the clerk asks otherwise.
    :param about: what it is of, for the name of a file.
    """

    kind: str
    name: str
    make: Make
    usual: PageSetup = PORTRAIT
    turns: bool = False
    spares: bool = False
    numbers: bool = False
    about: str = ""

    @property
    def file_name(self) -> str:
        """The name of a file without its ending."""
        return file_name(f"{self.about}（{self.name}）" if self.about else self.name)


def of_matter(session: Session, entry: int) -> tuple[Paper, ...]:
    """What can be printed of the matter with the id ``entry``.

    :raises Refusal: it is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    held = {one.step_no: one for one in matter.steps}
    called = {no: (no in held and sheets.shown(held[no], "form")) or CALLED[no] for no in MEETINGS}
    about = areas.named(session, matter.village_code) + masking.hidden(matter.title or "")
    found = (
        Paper(
            "sheets",
            "登记表（六张）",
            lambda session, setup, _: sheets.of_matter(session, entry, signed=setup.signed),
        ),
        *(Paper("minutes", f"{called[no]}记录", _minutes(entry, no)) for no in MEETINGS),
        Paper("notice", "决议公告", _notice(entry, StepNo.PUBLISH), turns=True, numbers=True),
        Paper("notice", "实施结果公告", _notice(entry, StepNo.REPORT), turns=True, numbers=True),
    )
    return tuple(replace(one, about=about) for one in found)


def of_roster(session: Session, ledger: type[Ledger], entry: int, today: dt.date) -> tuple[Paper, ...]:
    """Sign-in sheets: of a team, or of the team of a member, and of the village.

    :param ledger: :class:`Team` or :class:`Member`, whose entry it is.
    :raises Refusal: it is not there any more.
    """
    row = entries.get(session, ledger, entry)
    team = entries.get(session, Team, row.team_id) if isinstance(row, Member) and row.team_id else row
    found = []
    if isinstance(team, Team):
        own = partial(attendance.of_team, entry=team.id, today=today)
        found.append(_sign_in(f"{team.team_name or '队伍'}签到表", own))
    village = getattr(team, "village_code", None)
    if village:
        whole = partial(attendance.of_village, code=village, today=today)
        found.append(_sign_in(f"{areas.named(session, village)}签到表", whole))
    return tuple(found)


def of_agreements(today: dt.date, only: Collection[int] | None = None) -> tuple[Paper, ...]:
    """The list of agreements; of those in ``only``, or of all."""

    def make(session: Session, setup: PageSetup, full: bool) -> tuple[Form, ...]:
        return (agreement_list.form(session, today, only=only, full=full, signed=setup.signed),)

    return (Paper("agreements", "共建协议台账", make, LANDSCAPE, turns=True, numbers=True),)


def _minutes(entry: int, no: StepNo) -> Make:
    return lambda session, setup, _: (minutes.of_step(session, entry, no, signed=setup.signed),)


def _notice(entry: int, no: StepNo) -> Make:
    return lambda session, setup, full: (
        notices.of_matter(session, entry, no, full=full, signed=setup.signed),
    )


def _sign_in(name: str, of: Callable[..., Form]) -> Paper:
    def make(session: Session, setup: PageSetup, full: bool) -> tuple[Form, ...]:
        return (of(session, full=full, signed=setup.signed, spare=setup.spare),)

    return Paper("sign_in", name, make, turns=True, spares=True, numbers=True)
