"""What the tests of backups share: a folder with two backups, before and after a team was added."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.records import Team
from desktop.storage.backups import making
from desktop.storage.backups.manifest import Backup, Reason
from desktop.storage.database import Store


@dataclass(frozen=True)
class Two:
    """A store, closed but for its lock, and its backups: without a team, and with one."""

    store: Store
    before: Backup
    after: Backup

    @property
    def folder(self) -> Path:
        return self.store.folder


def add_team(store: Store, name: str = "东湖巡逻队") -> None:
    with store.work("新增队伍") as (session, _):
        session.add(Team(team_name=name))


def teams(store: Store) -> int:
    with store.read() as session:
        return session.query(Team).filter(Team.deleted_at.is_(None)).count()


@pytest.fixture
def two(store: Store) -> Two:
    before = making.make(store.folder, store.key, Reason.ASKED)
    add_team(store)
    return Two(store, before, making.make(store.folder, store.key, Reason.EXIT))


def flip(file: Path, at: int) -> None:
    """Turn one bit of a file over."""
    content = bytearray(file.read_bytes())
    content[at % len(content)] ^= 1 << at % 8
    file.write_bytes(content)
