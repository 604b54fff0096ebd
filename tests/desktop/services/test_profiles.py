"""Profiles are kept, renamed, sent and received."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import bundle
from desktop.excel.layout import LAYOUTS
from desktop.excel.profile import ColumnRule, Profile
from desktop.services import profiles, vetting
from tests.desktop.upload import SHEET, upload

PROFILE = Profile("成员登记", "member", SHEET, 5, 5, 6, 30, {1: ColumnRule("name")})


@pytest.fixture
def workbook() -> bytes:
    return upload(prepared=25)


def names(session: Session) -> list[str]:
    return [one.profile.name for one in profiles.listed(session) if not one.code]


def test_shipped_profiles_come_first_and_are_sound(session: Session) -> None:
    assert [one.code for one in profiles.listed(session)] == list(LAYOUTS)
    for code in LAYOUTS:
        assert vetting.check(*profiles.shipped(code)) == []


def test_what_is_kept_comes_back(session: Session, workbook: bytes) -> None:
    profiles.store(session, PROFILE, workbook)
    assert profiles.get(session, "成员登记") == (PROFILE, workbook)
    assert names(session) == ["成员登记"]
    assert profiles.listed(session)[-1].caption == "队员花名册"


def test_a_name_is_taken_once_unless_replaced(session: Session, workbook: bytes) -> None:
    profiles.store(session, PROFILE, workbook)
    other = replace(PROFILE, title="新")
    with pytest.raises(Refusal, match="同名"):
        profiles.store(session, other, workbook)
    profiles.store(session, other, workbook, replace=True)
    assert profiles.get(session, "成员登记")[0].title == "新"
    assert names(session) == ["成员登记"]


@pytest.mark.parametrize("name", ["", " ", " 甲", "长" * 51, "annex2", "群防群治队伍花名册"])
def test_a_name_must_be_fit(session: Session, workbook: bytes, name: str) -> None:
    with pytest.raises(Refusal):
        profiles.store(session, replace(PROFILE, name=name), workbook)


def test_a_profile_is_renamed_and_deleted(session: Session, workbook: bytes) -> None:
    profiles.store(session, PROFILE, workbook)
    profiles.store(session, replace(PROFILE, name="乙"), workbook)
    with pytest.raises(Refusal, match="已经有"):
        profiles.rename(session, "成员登记", "乙")
    profiles.rename(session, "成员登记", "甲")
    assert profiles.get(session, "甲")[0].name == "甲"
    profiles.delete(session, "乙")
    assert names(session) == ["甲"]
    for missing in ("成员登记", "annex1"):
        with pytest.raises(Refusal):
            profiles.delete(session, missing)
        with pytest.raises(Refusal):
            profiles.rename(session, missing, "丙")


def test_an_unknown_name_is_a_sentence(session: Session) -> None:
    with pytest.raises(Refusal, match="没有名为"):
        profiles.get(session, "没有的")


def test_a_profile_travels_as_one_file(session: Session, tmp_path: Path, workbook: bytes) -> None:
    profiles.store(session, PROFILE, workbook)
    file = profiles.hand_out(session, "成员登记", tmp_path / "方案")
    assert file.name == f"方案{bundle.ENDING}"
    with pytest.raises(Refusal, match="同名"):
        profiles.take_in(session, file)
    profiles.delete(session, "成员登记")
    assert profiles.take_in(session, file) == PROFILE
    assert profiles.get(session, "成员登记") == (PROFILE, workbook)


def test_a_workbook_that_is_none_is_not_kept(session: Session, tmp_path: Path) -> None:
    bundle.save(PROFILE, b"not a workbook", tmp_path / "x.pazb")
    with pytest.raises(Refusal):
        profiles.take_in(session, tmp_path / "x.pazb")
    assert names(session) == []


def test_a_profile_of_unknown_keys_is_not_kept(session: Session, workbook: bytes) -> None:
    with pytest.raises(Refusal, match="dragon"):
        profiles.store(session, replace(PROFILE, columns={1: ColumnRule("dragon")}), workbook)
