"""Records that every form can be printed of: full to the brim, and empty."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Team
from desktop.records import Step as Steps
from desktop.services import areas, entries, papers
from desktop.services.papers import Paper
from tests.conftest import TODAY
from tests.desktop.services.test_sheets import MEETING, PUBLICITY

LONG = "经会议研究并充分征求党员群众意见，同意对本村中心路实施硬化工程。" * 60
PERSON = {"name": "张爱民", "id_number": "341399198001011235", "mobile": "13812345678", "duty": "01"}


@dataclass(frozen=True)
class Filed:
    """Ids of what was filed."""

    village: str
    full: int
    empty: int
    team: int
    lonely: int  # a team without anyone

    def papers(self, session: Session) -> dict[str, tuple[Paper, ...]]:
        """Every form there is: of records that hold something, and of those that hold nothing."""
        return {
            "data": (
                *papers.of_matter(session, self.full),
                *papers.of_roster(session, Team, self.team, TODAY),
                *papers.of_agreements(TODAY),
            ),
            "empty": (
                *papers.of_matter(session, self.empty),
                *papers.of_roster(session, Team, self.lonely, TODAY),
                *papers.of_agreements(TODAY, ()),
            ),
        }


def file(session: Session, *, content: str = LONG, title: str = "中心路硬化") -> Filed:
    """File a matter with all six steps and one with none, a team with twenty-five people, agreements."""
    village = areas.villages(session, TODAY)[0].code or ""
    where = {"village_code": village}
    full = entries.save(session, Matter, {**where, "title": title, "source": "02", "amount_wan": "12.5"})
    for no in "123456":
        answers = MEETING if no in "1234" else PUBLICITY
        form = {"form": {"3": "31", "4": "41"}[no]} if no in "34" else {}
        outcome = {"outcome": content[:2000]} if no == "6" else {}
        typed = {**answers, **form, **outcome, "content": content[:2000]}
        entries.save(session, Steps, {"matter_id": str(full), "step_no": no, **typed})
    team = entries.save(session, Team, {**where, "team_name": "北元村义务巡逻队"})
    for number in range(25):
        answers = {**PERSON, "id_number": "", "mobile": f"138123456{number:02}", "name": f"张爱{number}"}
        entries.save(session, Member, {**where, "team_id": str(team), "joined_on": "2025-01-01", **answers})
        agreement = {"party_a_code": village, "party_b_name": f"驻区单位{number}", "signed_on": "2026-01-05"}
        entries.save(session, Agreement, {**agreement, "liaison": "王五", "liaison_phone": "13900001111"})
    return Filed(
        village,
        full,
        entries.save(session, Matter, {}),
        team,
        entries.save(session, Team, {}),
    )
