"""Compares what the command line says of a file with what is expected: complaints, none when it is right."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.corpus.case import Key, Made, Row

REMEDY = re.compile("请")


def complaints(made: Made, code: int | None, out: str, err: str) -> list[str]:
    """What is wrong with the answer to one file.

    :param code: exit code of the command line, ``None`` after a hang or a crash.
    """
    if code == 0 and made.rows is not None:
        return list(_planned(made, made.rows, json.loads(out)))
    if code == 0:
        return [f"read, should be refused ({made.refused}): {_short(out)}"]
    if code == 1 and made.refused:
        return list(_refused(made.refused, err))
    return [f"exit {code}: {_short(err)}"]


def _refused(pattern: str, err: str) -> Iterator[str]:
    lines = err.strip().splitlines()
    if len(lines) != 1:
        yield f"{len(lines)} lines: {_short(err)}"
    if not re.search(pattern, err):
        yield f"cause not named ({pattern}): {_short(err)}"
    if not REMEDY.search(err):
        yield f"no remedy: {_short(err)}"
    if "Traceback" in err:
        yield "traceback"


def _planned(made: Made, wanted: Mapping[Key, Row], plan: Mapping[str, Any]) -> Iterator[str]:
    several = any(isinstance(key, tuple) for key in wanted)
    rows: dict[Key, dict[str, Any]] = {}
    for row in plan["rows"]:
        key = (row.get("sheet", ""), row["row"]) if several else row["row"]
        if key in rows:
            yield f"row {key} twice"
        rows[key] = row
    if more := [key for key in rows if key not in wanted]:
        shown = {key: rows[key]["values"] for key in more[:3]}
        yield f"{len(more)} rows too many: {shown}"
    for key, expected in wanted.items():
        if key not in rows:
            yield f"row {key} is missing"
        else:
            yield from (f"row {key}: {one}" for one in _row(expected, rows[key]))
    if made.notes and not re.search(made.notes, " ".join(plan["notes"])):
        yield f"notes {plan['notes']} do not say {made.notes}"
    for heading in made.aside:
        if not any(heading in one for one in plan["unknown"]):
            yield f"{heading} is not named among {plan['unknown']}"


def _row(expected: Row, row: Mapping[str, Any]) -> Iterator[str]:
    findings = row["findings"]
    said = [f"{one['cell']} {one['message']}" for one in findings]
    if row["outcome"] not in expected.outcome.split("|"):
        yield f"{row['outcome']}, not {expected.outcome}: {said}"
    for name, value in expected.values.items():
        if not _same(value, row["values"].get(name)):
            yield f"{name} is {row['values'].get(name)!r}, not {value!r} {said}"
    for cell, pattern in expected.cells.items():
        about = [one["message"] for one in findings if re.fullmatch(cell, one["cell"])]
        if not any(re.search(pattern, one) for one in about):
            yield f"nothing at {cell} says {pattern}: {said}"
    if expected.never and any(re.search(expected.never, one) for one in said):
        yield f"says {expected.never}: {said}"
    for field, number in expected.offer.items():
        offers = [one.get("offer", "") for one in findings if one["field"] == field]
        if (number or "") != "".join(offers):
            yield f"offers {offers}, not {number!r}"


def _same(wanted: Any, got: Any) -> bool:
    """A day stands for its midnight too, lists have no order, and of a tuple each is right."""
    if isinstance(wanted, tuple):
        return any(_same(one, got) for one in wanted)
    if isinstance(wanted, str) and isinstance(got, str):
        return got in (wanted, f"{wanted}T00:00:00")
    if isinstance(wanted, list) and isinstance(got, list):
        return sorted(wanted) == sorted(got)
    return bool(wanted == got) and type(wanted) is type(got)


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
