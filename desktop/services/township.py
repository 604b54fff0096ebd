"""The records of the practice township: villages, teams, people, matters, agreements."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Region, Step, Team, Village
from desktop.records.agreement import Activity, Item
from desktop.records.step import MEETINGS, VOTED, Form, StepNo
from desktop.rules import deliberation
from desktop.services import areas, invented, periods
from desktop.services.invented import People, Person

ORIGIN = "练习"
SEED = 3413
PER_TEAM = 24  # people
LASTS = {0: 70, 1: 20}  # days past the first year: one agreement that ends soon, one that has ended
NAMES = ("义务巡逻队", "平安志愿服务队", "治安联防队", "护村队", "邻里守望队", "夜巡队")
TYPES = ("02", "05", "01", "06", "05", "02")
MATTERS = (
    ("村内道路硬化工程", "07", "18.60"),
    ("村集体果园承包", "09", "6.50"),
    ("农田灌溉渠维修", "07", "9.20"),
    ("村规民约修订", "03", None),
    ("年度工作计划", "01", None),
    ("文化广场路灯安装", "07", "3.80"),
    ("闲置校舍出租", "10", "2.40"),
    ("低保评议", "13", None),
)
AFTER = dict(zip(StepNo, (0, 1, 5, 9, 10, 18), strict=True))  # days after the first step
FORMS = {StepNo.REVIEW: Form.PARTY_MEETING, StepNo.RESOLVE: Form.REPRESENTATIVES}
PARTNERS = (
    ("练习县供电公司练习供电所", "91", "03"),
    ("练习镇中心小学", "12", "06"),
    ("练习镇卫生院", "12", "07"),
    ("练习农村商业银行练习支行", "91", "08"),
    ("练习县邮政分公司练习支局", "91", "03"),
    ("练习镇派出所", "11", "01"),
    ("练习新天地超市", "91", "04"),
)


def records(session: Session, today: dt.date, members: int) -> None:
    """Everything up to the end of last month, without a fault that stops a submission."""
    end = periods.last_day(periods.before(periods.of(today)))
    people = People(SEED)
    villages = areas.villages(session, today)
    profiles = {region.code: _profile(region, people.dice, end) for region in villages}
    session.add_all(profiles.values())
    teams = list(_teams(villages, people, members, end))
    session.add_all(teams)
    session.flush()
    session.add_all(_members(teams, people, members, end))
    for at, region in enumerate(villages[:8]):
        _matter(session, profiles[region.code], people, at, end)
    _agreements(session, villages[:8], people, end)
    session.flush()


def this_month(session: Session, today: dt.date) -> None:
    """What the clerk is in the middle of: a matter half way, and people with the usual faults."""
    first = periods.first_day(periods.of(today))
    people = People(SEED + 1)
    begun = max(first, today - dt.timedelta(days=6))
    village = session.scalars(select(Village).order_by(Village.id)).first() or Village()
    matter = _new_matter(village.village_code, people, "老年活动室修缮", "07", "4.50")
    session.add(matter)
    session.flush()
    session.add_all(_steps(matter, village, people, begun, (StepNo.PROPOSE, StepNo.CONSULT)))
    teams = session.scalars(select(Team).order_by(Team.id).limit(3)).all()
    newcomers = [_member(team, people.one(), people, first) for team in teams for _ in range(2)]
    newcomers[0].mobile = None
    number = newcomers[1].id_number or ""
    newcomers[1].id_number = number[:-1] + ("0" if number[-1] != "0" else "1")
    newcomers[2].gender = "1" if newcomers[2].gender == "2" else "2"
    newcomers[3].birth_date = dt.date(1950, 3, 8)
    session.add_all(newcomers)
    session.flush()


def _profile(region: Region, dice: random.Random, end: dt.date) -> Village:
    households = dice.randint(480, 900)
    reps = households // 12
    women = -(-reps // 3)
    members = dice.randint(40, 70)
    return Village(
        village_code=region.code,
        as_of=end.replace(month=1, day=1),
        population=households * 4 + dice.randint(0, 99),
        registered=households * 5,
        adults=households * 3,
        households=households,
        reps=reps,
        women_reps=women,
        village_committee=5,
        branch_committee=5,
        cross_holders=3,
        supervisors=3,
        party_total=members,
        party_formal=members - 2,
        party_voting=members - 2,
        excluded_sick=1,
        excluded_away=1,
        excluded_note="经镇党委批准、党员大会同意",
        origin=ORIGIN,
    )


def _teams(villages: Sequence[Region], people: People, members: int, end: dt.date) -> Iterator[Team]:
    count = max(len(villages), round(members / PER_TEAM))
    for at in range(count):
        region, place = villages[at % len(villages)], at // len(villages)
        leader = people.one()
        turn = "" if place < len(NAMES) else f"第{place // len(NAMES) + 1}分队"
        yield Team(
            village_code=region.code,
            team_name=areas.stem(region.name or "") + NAMES[place % len(NAMES)] + turn,
            team_type=TYPES[place % len(TYPES)],
            team_level="village",
            guide_dept="练习镇派出所",
            main_function="夜间巡逻、邻里守望、平安宣传",
            leader_name=leader.name,
            leader_phone=leader.mobile,
            founded_on=end.replace(year=end.year - 2, day=1),
            is_patrol_team=place % len(NAMES) == 0,
            status="在册",
            origin=ORIGIN,
        )


def _members(teams: Sequence[Team], people: People, members: int, end: dt.date) -> Iterator[Member]:
    for at in range(members):
        member = _member(teams[at % len(teams)], people.one(), people, end.replace(year=end.year - 1, day=1))
        member.duty = "07" if at < len(teams) else "08" if at < 2 * len(teams) else "09"
        yield member


def _member(team: Team, person: Person, people: People, joined: dt.date) -> Member:
    dice = people.dice
    return Member(
        village_code=team.village_code,
        team_id=team.id,
        name=person.name,
        id_type="111",
        id_number=person.id_number,
        gender=person.gender,
        birth_date=person.born,
        ethnicity="01",
        political=dice.choice(("01", "13", "13", "13")),
        education=dice.choice(("30", "60", "70", "70")),
        duty="09",
        member_category=dice.choice(("01", "03", "06", "12", "12")),
        mobile=person.mobile,
        joined_on=joined,
        status="1",
        consent=True,
        consent_on=joined,
        origin=ORIGIN,
    )


def _matter(session: Session, village: Village, people: People, at: int, end: dt.date) -> None:
    title, kind, amount = MATTERS[at % len(MATTERS)]
    matter = _new_matter(village.village_code, people, title, kind, amount)
    session.add(matter)
    session.flush()
    session.add_all(_steps(matter, village, people, end.replace(day=1), tuple(StepNo)))


def _new_matter(code: str | None, people: People, title: str, kind: str, amount: str | None) -> Matter:
    return Matter(
        village_code=code,
        title=title,
        source=people.dice.choice(("01", "02", "03")),
        matter_type=kind,
        amount_wan=Decimal(amount) if amount else None,
        origin=ORIGIN,
    )


def _steps(
    matter: Matter, village: Village, people: People, first: dt.date, numbers: Sequence[StepNo]
) -> Iterator[Step]:
    """Steps from the day ``first`` on, with figures that meet every quorum."""
    for number in numbers:
        date = first + dt.timedelta(days=AFTER[number])
        if number in MEETINGS:
            yield _meeting(matter, village, number, date, people)
        else:
            yield _publicity(matter, number, date)


def _meeting(matter: Matter, village: Village, number: StepNo, date: dt.date, people: People) -> Step:
    form = FORMS.get(number)
    proposal = deliberation.proposed_due(number, form, village)
    due = proposal.number if proposal else 5
    present = due - people.dice.randint(0, due // 10)
    against = people.dice.randint(0, 2) if number in VOTED else 0
    return Step(
        matter_id=matter.id,
        step_no=number.value,
        held_at=dt.datetime.combine(date, dt.time(9)),
        place="村委会会议室",
        form=form.value if form else None,
        host=people.one().name,
        recorder=people.one().name,
        n_due=due,
        n_present=present,
        content=f"研究“{matter.title}”的实施方案、资金来源和监督办法。",
        vote_method="2",
        n_yes=present - against,
        n_no=against,
        n_abstain=0,
        result="1",
        notified_on=date - dt.timedelta(days=4),
        origin=ORIGIN,
    )


def _publicity(matter: Matter, number: StepNo, date: dt.date) -> Step:
    report = number == StepNo.REPORT
    return Step(
        matter_id=matter.id,
        step_no=number.value,
        open_from=date,
        open_to=date + dt.timedelta(days=7),
        channels=["01", "05"],
        place="村务公开栏",
        content=f"“{matter.title}”的{'实施结果' if report else '决议'}",
        objections="无",
        supervision_opinion="程序合规，同意公开",
        outcome="按决议完成，验收合格" if report else None,
        origin=ORIGIN,
    )


def _agreements(session: Session, villages: Sequence[Region], people: People, end: dt.date) -> None:
    for at, (name, prefix, kind) in enumerate(PARTNERS):
        region = villages[-1 - at % 3]
        signed = end.replace(year=end.year - 1, day=1) + dt.timedelta(days=at * 9)
        agreement = Agreement(
            party_a_code=region.code,
            party_b_name=name,
            party_b_uscc=invented.credit_code(at + 1, prefix),
            partner_type=kind,
            a_leader=people.one().name,
            b_leader=people.one().name,
            liaison=people.one().name,
            liaison_phone=people.one().mobile,
            signed_on=signed,
            valid_from=signed,
            valid_to=signed.replace(year=signed.year + 1) + dt.timedelta(days=LASTS.get(at, 400)),
            fields=["01", "04", "08"],
            origin=ORIGIN,
        )
        session.add(agreement)
        session.flush()
        session.add(
            Item(agreement_id=agreement.id, list_kind="1", title="平安宣传进单位", status="02", origin=ORIGIN)
        )
        session.add(
            Activity(
                agreement_id=agreement.id,
                date=end - dt.timedelta(days=at + 3),
                title="共同开展平安宣传",
                people=18 + at,
                result="发放宣传单 200 份",
                origin=ORIGIN,
            )
        )
