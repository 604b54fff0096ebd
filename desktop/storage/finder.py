"""The search index: one full-text row an entry, so that a search while typing takes under a millisecond."""

import re
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Connection

from desktop.records import LEDGERS
from desktop.records.fields import Ledger, fields
from desktop.records.kinds import CreditCode, Phone, ResidentId, Words
from desktop.records.region import Region, short
from desktop.storage.engine import driver
from desktop.storage.spelling import CHINESE, initials

NUMBERS = {name: number for number, name in enumerate(LEDGERS, 1)}  # part of a row's id: append only
BITS = 4
ALL_CHINESE = re.compile(r"[\u3400-\u9fff]+")
TAILS = (4, 6)  # the last digits of a number that people remember
LONGEST_NAME = 30

INSERT = "INSERT INTO finder(rowid, words) VALUES (?, ?)"
DELETE = "DELETE FROM finder WHERE rowid = ?"
CREATE = "CREATE VIRTUAL TABLE finder USING fts5(words, prefix='1 2 3 4 5 6 8 10')"


def words(ledger: type[Ledger], entry: Ledger) -> str:
    """What an entry is found by: the characters and initials of its names, its numbers and their ends.

    :param entry: one of ``ledger``, or any object that has its answers.
    """
    found: list[str] = []
    names, numbers, codes = _searched(ledger)
    for one in names:
        if isinstance(name := getattr(entry, one), str):
            shown = short(name) if ledger is Region else name
            found += [_split(shown), *initials(shown[:LONGEST_NAME])]
    for one in numbers:
        if number := getattr(entry, one):
            number = number.replace("-", "")
            found += [number, *(number[-tail:] for tail in TAILS)]
    found += [code.replace("-", "") for one in codes if (code := getattr(entry, one))]
    return " ".join(found)


@cache
def _searched(ledger: type[Ledger]) -> tuple[list[str], list[str], list[str]]:
    """Field names of a ledger's names, of its numbers that are known by their ends, and of its codes."""
    all_fields = fields(ledger)
    names = [
        one.name
        for one in all_fields
        if isinstance(one.kind, Words) and (one.name == ledger.naming or one.name.endswith("_name"))
    ]
    numbers = [one.name for one in all_fields if isinstance(one.kind, (ResidentId, CreditCode, Phone))]
    return names, numbers, [one.name for one in all_fields if one.name in ("record_no", "agreement_no")]


def write(connection: Connection, entries: Iterable[tuple[Ledger, bool]]) -> None:
    """Put entries into the index, or take deleted ones out; the flag tells that one may stand there."""
    out, into = [], []
    for entry, known in entries:
        row = place(type(entry), entry.id)
        if known:
            out.append((row,))
        if entry.deleted_at is None:
            into.append((row, words(type(entry), entry)))
    if out:
        driver(connection).executemany(DELETE, out)
    if into:
        driver(connection).executemany(INSERT, into)


def place(ledger: type[Ledger], entry: int) -> int:
    """The row of the index that belongs to an entry."""
    return (entry << BITS) | NUMBERS[ledger.__tablename__]


def query(typed: str) -> str | None:
    """What the index is asked for when a clerk typed ``typed``; ``None`` when there is nothing to ask."""
    parts = []
    for word in re.findall(r"\w+", typed.replace("-", "").lower()):
        plain = _split(word)
        parts.append(f'"{plain}"' + ("" if CHINESE.search(plain[-1]) else "*"))
    return " ".join(parts) or None


def _split(text: str) -> str:
    """Chinese characters stand alone, so that any part of a name is found."""
    if ALL_CHINESE.fullmatch(text):
        return " ".join(text)
    return re.sub(r"\s+", " ", CHINESE.sub(lambda found: f" {found[0]} ", text)).strip()
