"""The one place where the torture tests meet the program: make a unit's folder, save, look, verify."""

import datetime as dt
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import column, event, insert, select, table
from sqlalchemy.exc import SQLAlchemyError

from desktop.errors import Refusal
from desktop.records import Team
from desktop.records.keeping import Attachment
from desktop.services import entries, invented, setup
from desktop.storage import database, files, migrations, opening, state
from desktop.storage import engine as engines
from desktop.storage.backups import listing, making, restoring, verifying, viewing
from desktop.storage.backups.manifest import Backup, Reason
from desktop.storage.database import Store
from desktop.storage.engine import FILE
from desktop.storage.keys.slots import Keys
from desktop.storage.migrations import runner
from desktop.storage.trouble import DRIVERS
from tests.torture.place import workplace

VERSIONS = Path(migrations.__file__).parent / "versions"
UNIT = f"{invented.PREFIX}101000"
OFFICE = {"report_unit": "练习县练习镇人民政府", "practice": "是"}
EVERY = 5  # saves; each that many-th comes with a scan
NAME = "第{}队"
STAMPED = "0005"  # the first version whose files say how many saves they hold
OLDER = tuple(n for n in range(1, 200) if n % EVERY)  # the teams of an older file; it has no scans
OLDER_REVISIONS = tuple(sorted(one.name[:4] for one in VERSIONS.glob("[0-9]*.py"))[:-1])
TROUBLE = (Refusal, SQLAlchemyError, *DRIVERS, OSError, ValueError)  # what a hurt folder may answer


def make(folder: Path) -> None:
    """A practice township without entries, closed."""
    setup.start(folder, invented.area_list(2), UNIT, OFFICE).close()


def exists(folder: Path) -> bool:
    """Whether the program would open ``folder`` and not begin it anew."""
    return database.exists(folder)


def make_older(folder: Path, revision: str, *, numbers: Iterable[int] = OLDER) -> None:
    """A practice township as a program of ``revision`` left it, with some teams, closed."""
    folder.mkdir()
    keys, key = Keys.make(folder, None)
    (folder / FILE).touch()
    made = engines.engine(folder / FILE, key)
    with made.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(runner.config(connection), revision)
        connection.exec_driver_sql(f"PRAGMA application_id={opening.APPLICATION_ID}")
        columns = connection.exec_driver_sql("PRAGMA table_info(team)").all()
        needed = [one for one in columns if (one.notnull and not one.pk) or one.name == "team_name"]
        made_of = table("team", *(column(one.name) for one in needed))
        for number in numbers:
            values = [NAME.format(number) if one.name == "team_name" else _any(one.type) for one in needed]
            connection.execute(insert(made_of).values(values))
        if revision >= STAMPED:  # older ones are given a stamp on the way
            state.begin(connection, keys.database)
    opening.settle(made)
    made.dispose()
    state.write(folder, key, state.State(keys.database, 0, clean=True))


def _any(kind: str) -> str | int:
    kinds: dict[str, str | int] = {"INTEGER": 0, "DATETIME": "2026-11-23 08:00:00.000000"}
    return kinds.get(kind, "练习")


def schema(folder: Path) -> tuple[str, ...]:
    """The version of the file in ``folder`` and the statements of its tables, read from a copy."""
    with workplace() as place:
        for file in folder.glob(f"{FILE}*"):
            shutil.copyfile(file, place / file.name)
        with closing(engines.connect(place / FILE, Keys(folder).open(None))) as connection:
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    return (*version, *(f"{name} {sql}" for name, sql in made))


def teams(folder: Path) -> set[int]:
    """The numbers of the teams in a file of any version whose log is settled; raises if a page is broken."""
    with closing(engines.connect(folder / FILE, Keys(folder).open(None))) as connection:
        if broken := connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise ValueError(broken)
        return {int(name[1:-1]) for (name,) in connection.execute("SELECT team_name FROM team")}


def opened(folder: Path, synchronous: str | None = None) -> Store:
    """The store in ``folder``; for a control, with ``PRAGMA synchronous`` loosened.

    :raises Refusal: it does not open.
    """
    store = database.open_folder(folder)
    if synchronous is not None:

        @event.listens_for(store.engine, "connect")
        def loosen(connection: Any, record: object) -> None:
            connection.execute(f"PRAGMA synchronous={synchronous}")

        store.engine.dispose()
    return store


def save(store: Store, number: int) -> None:
    """Save the entry with this number through the service that the window saves with; some with a scan."""
    with store.work("录入") as (session, _):
        entries.save(session, Team, {"team_name": NAME.format(number), "remark": "夜间巡逻" * (number % 40)})
        if number % EVERY == 0:
            sha256 = files.store(store.folder, store.key, scan(number))
            session.add(
                Attachment(
                    sha256=sha256,
                    name=f"{number}.png",
                    media="image/png",
                    size=len(scan(number)),
                    added_at=dt.datetime.now(),
                )
            )


def scan(number: int) -> bytes:
    """The bytes of the scan that comes with an entry; they need not be a picture to be kept."""
    return str(number).encode() * 2000


def kept(store: Store) -> set[int]:
    """The numbers of the entries that are there, with their scans."""
    with store.read() as session:
        names = session.scalars(select(Team.team_name)).all()
        scans = {one.name: one.sha256 for one in session.scalars(select(Attachment))}
    numbers = {int(name[1:-1]) for name in names if name is not None}
    return {one for one in numbers if one % EVERY or _whole(store, one, scans.get(f"{one}.png", ""))}


def _whole(store: Store, number: int, sha256: str) -> bool:
    try:
        return files.read(store.folder, store.key, sha256) == scan(number)
    except Refusal:
        return False


def troubles(store: Store) -> list[str]:
    """What a full check of the file finds wrong."""
    with store.engine.connect() as connection:
        found = [str(row[0]).splitlines()[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        found += [f"foreign key {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return [one for one in found if one != "ok"]


def filled(folder: Path, many: int) -> None:
    """A practice township with that many entries and one backup, closed."""
    make(folder)
    with closing(opened(folder)) as store:
        for number in range(1, many + 1):
            save(store, number)
        back_up(store)


def back_up(store: Store) -> None:
    """Make a verified backup of what is there."""
    making.make(store.folder, store.key, Reason.ASKED)


def backups(folder: Path) -> list[Backup]:
    """Every backup in the list, the newest first."""
    return listing.listed(folder, Keys(folder).open(None))


def restore(folder: Path, backup: Backup) -> None:
    """Put a backup in force; the folder is closed."""
    restoring.restore(folder, Keys(folder).open(None), backup)


def verify(folder: Path, backup: Backup) -> set[int]:
    """The numbers of the entries in a backup that is found whole.

    :raises Refusal: it is not whole.
    """
    key = Keys(folder).open(None)
    verifying.verify(backup, key)
    with closing(viewing.opened(backup, key, folder)) as store:
        return kept(store)


def database_file(folder: Path) -> Path:
    """Where the records are."""
    return folder / FILE


def scans(folder: Path) -> list[Path]:
    """The files of the scans."""
    return sorted(one for one in (folder / files.FOLDER).rglob("*") if one.is_file())


def tells_of_loss(trouble: BaseException) -> bool:
    """Whether the program found out by itself that saves are missing."""
    return isinstance(trouble, opening.Damaged) and "少了最近的" in trouble.why
