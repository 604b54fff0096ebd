"""Duplicates: exact, near and none."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.members import book as members
from desktop.rules.rosters import book, neighbours, persons, unsound
from desktop.services.invented import People
from tests.desktop.rules.examples import WRONG, number, person, rolls, sitting

sound_numbers = st.integers(0, 300).map(lambda seed: People(seed).one().id_number)


@given(sound_numbers)
def test_of_two_numbers_that_differ_in_one_place_one_is_unsound(one: str) -> None:
    assert all(unsound(other) for other in neighbours(one))


@given(sound_numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_a_number_one_digit_off_is_found(one: str, place: int, digit: str) -> None:
    other = one[:place] + digit + one[place + 1 :]
    case = rolls(sitting(1, id_number=one), sitting(2, id_number=other))
    found = [finding for finding in book.check(case) if finding.code == "查重-04"]
    assert [finding.entry for finding in found] == ([2] if other != one else [])


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=12))
def test_a_person_counts_once_however_many_teams(pairs: list[tuple[int, int]]) -> None:
    found = [sitting(who, team=team, id_number=number(order=f"{who:03}")) for who, team in pairs]
    assert persons(found) == len({who for who, _ in pairs})


def test_without_a_number_name_and_mobile_tell_people_apart_and_then_name_and_village() -> None:
    same = [sitting(1, id_number=""), sitting(2, id_number="", mobile="13800000001")]
    assert persons(same) == 1
    assert persons([sitting(1, id_number="", mobile=""), sitting(2, id_number="", mobile="")]) == 1
    assert sitting(1, id_number="", mobile="").doubtful
    assert (
        persons([sitting(1, id_number="", mobile="", village="3"), sitting(2, id_number="", mobile="")]) == 2
    )


def test_a_second_team_is_a_hint_and_names_both() -> None:
    case = rolls(sitting(1), sitting(2, team=2, id_number=number(order="001")))
    (finding,) = book.check(case)
    assert (finding.code, finding.grade, finding.entry) == ("查重-02", "D", 2)
    assert "东湖村巡逻队" in finding.message
    assert "东湖村志愿队" in finding.message


def test_a_third_sitting_of_a_known_person_is_no_new_near_duplicate() -> None:
    born = dt.date(1988, 3, 1)
    first, second = sitting(1, born=born), sitting(2, team=2, born=born)
    third = sitting(3, team=3, born=born, id_number=second.id_number)
    found = [
        finding.entry for finding in book.check(rolls(first, second, third)) if finding.code == "查重-03"
    ]
    assert found == [2]


def test_a_passport_is_not_compared_digit_by_digit() -> None:
    case = rolls(sitting(1, id_number=number()), sitting(2, id_number=WRONG, card=False))
    assert "查重-04" not in {finding.code for finding in book.check(case)}
    assert "队员-01" not in {
        finding.code for finding in members.check(person(id_number="E12345678", id_type="414"))
    }


def test_sex_is_not_read_from_a_wrong_number() -> None:
    codes = {finding.code for finding in members.check(person(id_number=WRONG, gender="1"))}
    assert codes == {"队员-01"}


def test_the_mend_of_a_birth_date_is_the_one_in_the_number() -> None:
    (finding,) = members.check(person(birth_date=dt.date(1988, 3, 21)))
    assert finding.mend is not None
    assert finding.mend.answers == {"birth_date": dt.date(1988, 3, 12)}
