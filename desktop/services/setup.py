"""Starting an empty data folder for a township or county of the area list."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Office, Region
from desktop.services import areas, entries, periods
from desktop.storage import beginning
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret

UNITS = ("township", "county")


def initialise(
    folder: Path, unit_code: str, secret: Secret, answers: Mapping[str, str] | None = None
) -> Store:
    """Start the records of a unit in ``folder``, with the city's area list.

    :param unit_code: 12-digit code of a township or county of the list.
    :param secret: of the first administrator.
    :param answers: fields of :class:`Office` as typed; what is left out can be filled in later.
    :returns: the open store; its recovery code is still to be made (:meth:`Store.new_recovery`).
    :raises Refusal: the code is not in the list, the folder holds records, or it cannot be written to.
    """
    listed = areas.shipped()
    unit = next((area for area in listed if area["code"] == unit_code), None)
    if unit is None or unit["level"] not in UNITS:
        raise Refusal(
            "未能初始化", f"“{unit_code}”不是区域表中乡镇（街道）或县区的代码", "请核对 12 位区划代码"
        )
    county = next((area["name"] for area in listed if area["code"] == unit["parent_code"]), "")
    office = {
        "report_unit": f"{county if unit['level'] == 'township' else ''}{unit['name']}",
        **(answers or {}),
    }
    return start(folder, listed, unit_code, office, secret)


def start(
    folder: Path,
    listed: Iterable[Mapping[str, str]],
    unit_code: str,
    answers: Mapping[str, str],
    secret: Secret | None = None,
) -> Store:
    """As :func:`initialise`, with an area list of the caller's (``code name level parent_code``).

    :param secret: ``None`` is for practice: the records open without a password.
    """
    store = beginning.create(folder, secret)
    try:
        with store.work("初始化") as (session, _):
            _fill(session, listed, unit_code, answers)
    except BaseException:
        store.close()
        beginning.discard(folder)
        raise
    return store


def _fill(
    session: Session, listed: Iterable[Mapping[str, str]], unit_code: str, answers: Mapping[str, str]
) -> None:
    session.add_all(
        Region(
            code=area["code"],
            name=area["name"],
            level=area["level"],
            parent_code=area["parent_code"] or None,
            origin="区域表",
        )
        for area in listed
    )
    entries.save(
        session,
        Office,
        {"unit_code": unit_code, "due_day": str(periods.DUE_DAY), "shift_due": "是", **answers},
    )
