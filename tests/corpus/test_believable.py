"""Files as clerks have them are understood without preparation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus import unit
from tests.corpus.case import Case
from tests.corpus.clerk import Clerk
from tests.corpus.everything import BELIEVABLE
from tests.corpus.judging import complaints


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("offices")
    unit.make(folder)
    return folder


@pytest.fixture(scope="module")
def clerk() -> Iterator[Clerk]:
    clerk = Clerk()
    yield clerk
    clerk.leave()


def test_there_are_at_least_forty_believable_files_and_sixty_hostile_ones() -> None:
    from tests.corpus.everything import HOSTILE

    assert len(BELIEVABLE) >= 40
    assert len(HOSTILE) >= 60


def test_the_same_file_is_made_every_time() -> None:
    assert all(one.make().content == one.make().content for one in BELIEVABLE)


@pytest.mark.parametrize("case", BELIEVABLE, ids=lambda one: one.file)
def test_a_believable_file_is_understood(case: Case, offices: Path, clerk: Clerk, tmp_path: Path) -> None:
    made = case.make()
    file = tmp_path / case.file
    file.write_bytes(made.content)
    of = ("--data", offices / case.unit, "--today", unit.TODAY.isoformat())
    answer = clerk.ask(*of, "import", case.ledger, file, "--dry-run", "--json")
    assert complaints(made, answer.code, answer.out, answer.err) == [], f"{case.file}：{case.about}"
