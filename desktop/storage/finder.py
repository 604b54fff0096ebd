"""The search index: one full-text row an entry, so that a search while typing takes under a millisecond."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from desktop.records import LEDGERS
from desktop.records.fields import Ledger, fields
from desktop.records.kinds import CreditCode, Phone, ResidentId, Words
from desktop.records.region import Region, short
from desktop.storage.spelling import CHINESE, initials

NUMBERS = {name: number for number, name in enumerate(LEDGERS, 1)}  # part of a row's id: append only
BITS = 4
TAILS = (4, 6)  # the last digits of a number that people remember
LONGEST_NAME = 30

CREATE = "CREATE VIRTUAL TABLE finder USING fts5(words, prefix='1 2 3')"


def words(entry: Ledger) -> str:
    """What an entry is found by: the characters and initials of its names, its numbers and their ends."""
    found: list[str] = []
    for field in fields(type(entry)):
        value = getattr(entry, field.name)
        if not isinstance(value, str):
            continue
        if field.name == type(entry).naming or (
            isinstance(field.kind, Words) and field.name.endswith("_name")
        ):
            name = short(value) if isinstance(entry, Region) else value
            found += [_split(name), *initials(name[:LONGEST_NAME])]
        elif isinstance(field.kind, (ResidentId, CreditCode, Phone)):
            found += [value, *(value[-tail:] for tail in TAILS)]
        elif field.name in ("record_no", "agreement_no"):
            found.append(value)
    return " ".join(found)


def write(connection: Connection, entries: Iterable[tuple[Ledger, bool]]) -> None:
    """Put entries into the index, or take them out where the flag says deleted."""
    out, into = [], []
    for entry, deleted in entries:
        row = (entry.id << BITS) | NUMBERS[entry.__tablename__]
        out.append((row,))
        if not deleted:
            into.append((row, words(entry)))
    if out:
        connection.exec_driver_sql("DELETE FROM finder WHERE rowid = ?", out)
    if into:
        connection.exec_driver_sql("INSERT INTO finder(rowid, words) VALUES (?, ?)", into)


def query(typed: str) -> str | None:
    """What the index is asked for when a clerk typed ``typed``; ``None`` when there is nothing to ask."""
    parts = []
    for word in re.findall(r"[\w]+", typed.strip().lower()):
        plain = _split(word)
        parts.append(f'"{plain}"' + ("" if CHINESE.search(plain[-1]) else "*"))
    return " ".join(parts) or None


def _split(text: str) -> str:
    """Chinese characters stand alone, so that any part of a name is found."""
    return re.sub(r"\s+", " ", CHINESE.sub(lambda found: f" {found[0]} ", text)).strip()
