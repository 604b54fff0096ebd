"""The two offices that the corpus is imported into: a town with records, and its county."""

import datetime as dt
from pathlib import Path

from desktop.records import Agreement, Matter, Member, Team
from desktop.records.fields import Ledger
from desktop.services import areas, entries, invented, setup
from tests.corpus.case import people

TOWN, COUNTY = "341302100000", "341302000000"  # 符离镇, 埇桥区
TODAY = dt.date(2026, 11, 23)

SHENWEI, HENGKOU, FUBEI, ZHANGLOU, WANGLOU, LIQIAO = (
    f"341302100{number}" for number in ("201", "202", "203", "204", "206", "212")
)
ZHENNAN, ZHENXING, ZHANDONG = (f"341302100{number}" for number in ("001", "002", "003"))

PATROL, HENGKOU_PATROL, VOLUNTEERS, SAME_NAME = "沈圩巡逻队", "横口巡逻队", "镇平安志愿者队", "义务巡逻队"
ON_RECORD = people(900, 4)  # on the roster of 沈圩巡逻队
PARTNER, PARTNER_CODE = "宿州市练习第一小学", invented.credit_code(9001, "12")
MATTER = "沈圩村东大路硬化"


def make(folder: Path) -> None:
    """Both data folders, ``town`` and ``county``, in ``folder``."""
    listed = areas.shipped()
    setup.start(folder / "county", listed, COUNTY, {"report_unit": "埇桥区"}).close()  # without a password
    store = setup.start(folder / "town", listed, TOWN, {"report_unit": "埇桥区符离镇"})
    with store.work("准备") as (session, _):

        def add(ledger: type[Ledger], **answers: str) -> str:
            return str(entries.save(session, ledger, answers))

        patrol = add(Team, team_name=PATROL, village_code=SHENWEI, team_type="02")
        add(Team, team_name=HENGKOU_PATROL, village_code=HENGKOU, team_type="02")
        add(Team, team_name=VOLUNTEERS, team_type="05")
        for village in (ZHANGLOU, WANGLOU):
            add(Team, team_name=SAME_NAME, village_code=village, team_type="02")
        add(Matter, title=MATTER, village_code=SHENWEI, source="01", matter_type="07")
        signed = {"signed_on": "2026-01-05", "valid_from": "2026-01-05"}
        partner = {"party_b_name": PARTNER, "party_b_uscc": PARTNER_CODE}
        add(Agreement, party_a_code=ZHENNAN, **partner, **signed)
        for person in ON_RECORD:
            about = {"name": person.name, "id_number": person.id_number, "mobile": person.mobile}
            of = {"team_id": patrol, "village_code": SHENWEI, "duty": "09", "joined_on": "2024-01-05"}
            add(Member, **about, **of)
    store.close()
