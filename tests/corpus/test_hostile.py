"""Broken and hostile files are read right or refused in one sentence, soon, and in little memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus import unit
from tests.corpus.case import Case
from tests.corpus.clerk import Clerk
from tests.corpus.everything import HOSTILE
from tests.corpus.judging import complaints

LONGEST = 10.0  # seconds
LARGEST = 300  # MB


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("offices")
    unit.make(folder)
    return folder / "town"


@pytest.fixture(scope="module")
def clerk() -> Iterator[Clerk]:
    clerk = Clerk()
    yield clerk
    clerk.leave()


@pytest.mark.parametrize("case", HOSTILE, ids=lambda one: one.file)
def test_a_hostile_file_does_no_harm(case: Case, town: Path, clerk: Clerk, tmp_path: Path) -> None:
    made = case.make()
    file = tmp_path / case.file
    file.write_bytes(made.content)
    of = ("--data", town, "--today", unit.TODAY.isoformat())
    answer = clerk.ask(*of, "import", case.ledger, file, "--dry-run", "--json")
    assert complaints(made, answer.code, answer.out, answer.err) == [], f"{case.file}：{case.about}"
    assert answer.seconds < LONGEST
    assert answer.peak < LARGEST
    assert list(tmp_path.iterdir()) == [file]
