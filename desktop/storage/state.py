"""How far the records have come: the stamp inside the database, and its witness beside it."""

import hmac
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection

from desktop.storage.engine import driver
from desktop.storage.files import write_whole
from desktop.storage.keys.key import Key

FILE = "state.json"
SIZE = 384  # bytes: within one sector, so a power cut leaves the old text or the new


@dataclass(frozen=True, slots=True)
class State:
    """What ``state.json`` says.

    :param database: id of the database, 32 hexadecimal digits.
    :param sequence: number of the last save that was acknowledged; the database is there or further.
    :param clean: the program was closed and nothing is left in the write-ahead log.
    :param chain: the end of the journal after that save; empty where it is not known.
    """

    database: str
    sequence: int
    clean: bool
    chain: str = ""


def read(folder: Path, key: Key) -> State | None:
    """The state of ``folder``; ``None`` if it is missing, cut off, changed or of other data."""
    try:
        found = json.loads((folder / FILE).read_bytes())
        state = State(
            str(found["database"]), int(found["sequence"]), bool(found["clean"]), str(found["chain"])
        )
        return state if hmac.compare_digest(str(found["mac"]), _mac(state, key)) else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, key: Key, state: State) -> None:
    """Put ``state`` on the disk, whole; the file is made if it is not there."""
    write_whole(folder / FILE, _text(state, key))


class Witness:
    """Keeps the state of an open folder; of two saves at once the later number stays."""

    def __init__(self, folder: Path, key: Key, state: State) -> None:
        self._file, self._key = folder / FILE, key
        self.state = state
        self._turn = Lock()

    def saw(self, sequence: int, chain: str) -> None:
        """Note a save that was committed, and the end of the journal after it: one write in place.

        It is not forced to the disk: after a power cut it may be behind the database, never ahead.
        """
        with self._turn:
            if sequence > self.state.sequence:
                self.state = replace(self.state, sequence=sequence, chain=chain)
                self._put(durable=False)

    def mark(self, *, clean: bool) -> None:
        """Note on the disk whether the folder is closed."""
        with self._turn:
            self.state = replace(self.state, clean=clean)
            self._put(durable=True)

    def _put(self, *, durable: bool) -> None:
        opened = os.open(self._file, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.write(opened, _text(self.state, self._key))
            if durable:
                os.fsync(opened)
        finally:
            os.close(opened)


def stamped(connection: Connection) -> tuple[str, int]:
    """The id and the save sequence inside the database."""
    database, sequence = connection.exec_driver_sql("SELECT database, sequence FROM stamp").one()
    return str(database), int(sequence)


def begin(connection: Connection, database: str) -> None:
    """Write the stamp of a new database."""
    connection.exec_driver_sql("INSERT INTO stamp (id, database, sequence) VALUES (1, ?, 0)", (database,))


def advance(connection: Connection, *, beyond: int = 0) -> int:
    """Count a save in its own transaction; returns its number, which is above ``beyond``."""
    query = "UPDATE stamp SET sequence = max(sequence, ?) + 1 RETURNING sequence"
    return int(driver(connection).execute(query, (beyond,)).fetchone()[0])


def _text(state: State, key: Key) -> bytes:
    said = {
        "database": state.database,
        "sequence": state.sequence,
        "clean": state.clean,
        "chain": state.chain,
        "mac": _mac(state, key),
    }
    return json.dumps(said).encode().ljust(SIZE - 1) + b"\n"


def _mac(state: State, key: Key) -> str:
    said = f"{state.database} {state.sequence} {state.clean} {state.chain}"
    return hmac.new(key.sub("state"), said.encode(), "sha256").hexdigest()
