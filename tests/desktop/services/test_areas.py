"""Finding villages by what clerks write, and changing them with dates."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal, Unreadable
from desktop.records import Region
from desktop.services import areas
from desktop.services.gazetteer import Gazetteer

TODAY = dt.date(2026, 11, 23)
EAST = "341399101200"


@pytest.mark.parametrize(
    "text", ["东湖村", "东湖村委会", "东湖", "东湖村民委员会", "练习镇东湖村", "东 湖 村", EAST]
)
def test_a_village_is_understood_as_clerks_write_it(session: Session, text: str) -> None:
    assert Gazetteer(session, TODAY).code(text, "village") == EAST


def test_an_unknown_village_is_not_guessed(session: Session) -> None:
    with pytest.raises(Unreadable, match="找不到"):
        Gazetteer(session, TODAY).code("东河村", "village")


def test_two_villages_of_one_name_are_asked_for(session: Session) -> None:
    session.add(
        Region(code="341399101901", name="东湖社区居委会", level="village", parent_code="341399101000")
    )
    session.flush()
    with pytest.raises(Unreadable, match="有 2 个同名的"):
        Gazetteer(session, TODAY).code("东湖", "village")
    assert Gazetteer(session, TODAY).code("东湖村", "village") == EAST


def test_a_renamed_village_keeps_its_code_and_its_old_name_for_old_days(session: Session) -> None:
    areas.rename(session, EAST, "新东湖村委会", TODAY)
    assert areas.named(session, EAST, TODAY) == "新东湖村"
    assert areas.named(session, EAST, TODAY - dt.timedelta(days=1)) == "东湖村"
    assert [region.name for region in areas.villages(session, TODAY)].count("新东湖村委会") == 1
    assert len(areas.villages(session, TODAY)) == 6


def test_a_new_village_gets_a_temporary_code_in_the_nines(session: Session) -> None:
    first = areas.add(session, "新村村委会", TODAY)
    second = areas.add(session, "另村村委会", TODAY)
    assert (first.code, second.code) == ("341399101901", "341399101902")
    assert first not in areas.villages(session, TODAY - dt.timedelta(days=1))


def test_a_merged_village_ends_and_names_its_successor(session: Session) -> None:
    areas.close(session, EAST, TODAY, into="341399101201")
    assert EAST not in [region.code for region in areas.villages(session, TODAY)]
    assert EAST in [region.code for region in areas.villages(session, TODAY - dt.timedelta(days=1))]
    gone = areas.get(session, EAST)
    assert gone is not None
    assert gone.successor_code == "341399101201"


@pytest.mark.parametrize(
    ("name", "code"), [("东湖村", ""), ("新村", "341399102001"), ("新村", "12"), ("新村", EAST)]
)
def test_a_name_or_code_in_use_is_refused(session: Session, name: str, code: str) -> None:
    with pytest.raises(Refusal):
        areas.add(session, name, TODAY, code=code)


def test_a_closed_village_cannot_be_closed_again_or_merged_into(session: Session) -> None:
    areas.close(session, EAST, TODAY)
    with pytest.raises(Refusal, match="已停用"):
        areas.close(session, EAST, TODAY)
    with pytest.raises(Refusal, match="未能合并"):
        areas.close(session, "341399101201", TODAY, into=EAST)
    with pytest.raises(Refusal, match="不能并入自己"):
        areas.close(session, "341399101201", TODAY, into="341399101201")
