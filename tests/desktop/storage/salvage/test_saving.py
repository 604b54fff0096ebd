"""Salvage: every row of every whole page, an honest report, and a sentence for garbage."""

import dataclasses
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from desktop.errors import Refusal
from desktop.records import LEDGERS, Member
from desktop.services import demo
from desktop.storage import database
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Key, Role
from desktop.storage.keys.slots import Keys
from desktop.storage.salvage import rows, saving
from desktop.storage.salvage.pages import SIZE, Pages
from desktop.storage.salvage.saving import Report
from tests.conftest import TODAY
from tests.desktop.storage.conftest import add_team, flip, teams

MEMBERS = Member.caption
BROKEN = "broken.db"


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice township with some hundred members, closed."""
    folder = tmp_path_factory.mktemp("salvage") / "data"
    demo.begin(folder, TODAY, 600).close()
    return folder


@pytest.fixture
def file(township: Path) -> Path:
    """A copy of its database to be damaged, beside its keys."""
    return Path(shutil.copyfile(township / database.FILE, township / BROKEN))


@pytest.fixture
def key(township: Path) -> Key:
    return Keys(township).unlock_open()


def members(folder: Path) -> int:
    store = database.open_folder(folder)
    with store.read() as session:
        found = session.scalar(select(func.count(Member.id)))
    store.close()
    return found or 0


def part(report: Report, title: str) -> saving.Part:
    return next(one for one in report.parts if one.title == title)


def test_a_whole_file_gives_up_everything(file: Path, key: Key, township: Path, tmp_path: Path) -> None:
    report = saving.salvage(file, key, township, tmp_path / "out")
    assert not any(one.missing for one in report.parts)
    assert (report.unlinked, report.strays, report.pages[1]) == (0, 0, 0)
    assert members(tmp_path / "out") == members(township)
    assert {one.caption for one in LEDGERS.values()} <= {one.title for one in report.parts}


def test_ten_damaged_pages_cost_only_what_stood_on_them(
    file: Path, key: Key, township: Path, tmp_path: Path
) -> None:
    whole, wide = Pages(file, key).whole, len(Member.__table__.columns)
    leaves = [number for number in whole if rows.kind(whole, number) == rows.LEAF]
    on = [one for one in leaves if any(len(values) == wide for _, values in rows.rows(whole, one))]
    for number in random.Random(4).sample(on, 10):
        flip(file, (number - 1) * SIZE + 1000)
    report = saving.salvage(file, key, township, tmp_path / "out")
    found = part(report, MEMBERS)
    assert report.pages[1] == 10
    assert found.missing
    assert found.read + len(found.missing) == members(township)
    assert members(tmp_path / "out") == found.read
    assert f"缺 {len(found.missing)} 条" in (tmp_path / "out" / saving.REPORT).read_text("utf-8-sig")


def test_a_destroyed_first_page_costs_nothing(file: Path, key: Key, township: Path, tmp_path: Path) -> None:
    with file.open("rb+") as opened:
        opened.write(os.urandom(SIZE))
    report = saving.salvage(file, key, township, tmp_path / "out")
    assert part(report, MEMBERS).read == members(township)
    assert members(tmp_path / "out") == members(township)


def test_rows_below_a_destroyed_inner_page_find_their_table_again(
    file: Path, key: Key, township: Path, tmp_path: Path
) -> None:
    whole = Pages(file, key).whole
    inner = [number for number in whole if rows.kind(whole, number) == rows.INTERIOR and number > 1]
    for number in inner:
        flip(file, (number - 1) * SIZE + 1000)
    report = saving.salvage(file, key, township, tmp_path / "out")
    assert part(report, MEMBERS).read == members(township)
    assert report.strays == 0


def test_saves_that_are_only_in_the_log_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = demo.begin(folder, TODAY, 60)
    before = teams(store)
    add_team(store, "只在日志里")
    for name in (database.FILE, f"{database.FILE}-wal"):
        shutil.copyfile(folder / name, folder / name.replace(database.FILE, BROKEN))
    store.close()
    saving.salvage(folder / BROKEN, store_key(folder), folder, tmp_path / "out")
    out = database.open_folder(tmp_path / "out")
    assert teams(out) == before + 1
    add_team(out, "又能保存了")
    assert teams(out) == before + 2
    out.close()


def test_a_file_that_is_cut_off_gives_up_its_beginning(
    file: Path, key: Key, township: Path, tmp_path: Path
) -> None:
    with file.open("rb+") as opened:
        opened.truncate(file.stat().st_size * 2 // 3 + 77)
    report = saving.salvage(file, key, township, tmp_path / "out")
    assert report.pages[1] == 1
    assert sum(one.read for one in report.parts) > 100
    database.open_folder(tmp_path / "out").close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3 * SIZE))
def test_garbage_is_a_sentence_and_leaves_no_folder(township: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "junk").write_bytes(content)
    with pytest.raises(Refusal, match="没有一页能用这份数据的钥匙读出"):
        saving.salvage(tmp_path / "junk", store_key(township), township, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=4016, max_size=4016))
def test_no_page_makes_the_reading_of_rows_fail(page: bytes) -> None:
    assert isinstance(list(rows.rows({2: bytes([rows.LEAF]) + page[1:]}, 2)), list)


def test_a_folder_with_something_in_it_is_not_written_to(file: Path, key: Key, township: Path) -> None:
    with pytest.raises(Refusal, match="不是空文件夹"):
        saving.salvage(file, key, township, township)


def test_only_an_administrator_salvages(file: Path, key: Key, township: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="不能恢复和抢救数据"):
        saving.salvage(file, dataclasses.replace(key, role=Role.REVIEW), township, tmp_path / "out")


def test_the_new_folder_opens_with_the_same_keys_and_holds_nothing_in_clear(
    file: Path, key: Key, township: Path, tmp_path: Path
) -> None:
    saving.salvage(file, key, township, tmp_path / "out")
    assert (tmp_path / "out" / keyfile.FILE).read_bytes() == (township / keyfile.FILE).read_bytes()
    for made in (one for one in (tmp_path / "out").rglob("*") if one.is_file()):
        assert "李敏".encode() not in made.read_bytes(), made


def store_key(folder: Path) -> Key:
    return Keys(folder).unlock_open()
