"""What a word that is in no list is answered with: short enough for a note under half a form."""

import pytest

from desktop.errors import Unreadable
from desktop.paths import resources
from desktop.records.kinds import Listed

LONGEST = 72  # characters: three lines of a note in half a form


def _told(name: str, typed: str) -> str:
    with pytest.raises(Unreadable) as told:
        Listed(name).read(typed)
    return str(told.value)


def test_a_short_list_is_named_whole_with_the_usual_answers_first() -> None:
    assert _told("gender", "人") == "填写为“人”，应为 男、女、未知的性别、未说明的性别 之一"


def test_of_a_long_list_what_is_alike_is_named() -> None:
    told = _told("team_type_suzhou", "义务巡逻")
    assert "13 项里，相近的有 平安巡逻队（平安巡）" in told
    assert "志愿者" not in told


def test_where_nothing_is_alike_the_first_few_are_named() -> None:
    assert _told("agreement_field", "abc").endswith("11 项里，如 组织共建、活动共联、资源共享")


@pytest.mark.parametrize("name", sorted(one.stem for one in (resources() / "codes").glob("*.json")))
def test_no_list_fills_the_form_with_its_note(name: str) -> None:
    for typed in ("没有这一项", "xyz"):
        assert len(_told(name, typed)) <= LONGEST
