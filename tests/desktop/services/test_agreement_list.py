"""The list of agreements has each of them with how it stands today, its number masked unless asked."""

import pytest
from sqlalchemy.orm import Session

from desktop.paper import Grid
from desktop.records import Agreement
from desktop.services import agreement_list, areas, entries
from tests.conftest import TODAY


@pytest.fixture
def filed(session: Session) -> tuple[int, int]:
    village = areas.villages(session, TODAY)[0].code or ""
    usual = {"party_a_code": village, "liaison": "王五", "liaison_phone": "13912345678"}
    first = {**usual, "party_b_name": "甲单位", "signed_on": "2026-01-05", "valid_to": "2026-10-30"}
    second = {**usual, "party_b_name": "乙单位", "signed_on": "2026-02-05"}
    return entries.save(session, Agreement, first), entries.save(session, Agreement, second)


def rows(session: Session, **options: object) -> list[list[str]]:
    form = agreement_list.form(session, TODAY, **options)  # type: ignore[arg-type]
    (grid,) = form.blocks
    assert isinstance(grid, Grid)
    assert all(len(row) == len(grid.columns) for row in grid.rows)
    return [list(row) for row in grid.rows]


@pytest.mark.usefixtures("filed")
def test_each_agreement_stands_with_its_term_and_standing(session: Session) -> None:
    first, second = rows(session)
    assert first[3:4] + first[6:8] == ["甲单位", "2026-01-05", "2026-01-05至\n2026-10-30"]
    assert [first[-1], second[-1]] == ["已到期", "有效"]
    assert second[7].endswith("至\n长期")


@pytest.mark.usefixtures("filed")
def test_the_number_is_masked_unless_asked(session: Session) -> None:
    assert rows(session)[0][10] == "139****5678"
    assert rows(session, full=True)[0][10] == "13912345678"


def test_only_those_wanted_are_listed(session: Session, filed: tuple[int, int]) -> None:
    assert [row[:1] + row[3:4] for row in rows(session, only={filed[1]})] == [["1", "乙单位"]]
    assert rows(session, only=()) == []
    entries.delete(session, Agreement, filed[0])
    assert [row[3] for row in rows(session)] == ["乙单位"]
