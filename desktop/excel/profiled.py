"""A profile at work: rows of a source become the cells of a template, and its placeholders words."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from desktop.excel.filling.filling import Filling, Total, Value
from desktop.excel.profile import ColumnRule, Identity, Profile
from desktop.excel.totals import NOTHING, ratio

Row = Sequence[Any]  # the values of the profile's keys
Cells = Callable[[Any], Sequence[Value]]  # the cells that one value of a source fills

PLACEHOLDERS: Mapping[str, str] = {
    "unit": "填报单位",
    "county": "县区",
    "town": "乡镇",
    "place": "地区",
    "period": "期间",
    "year": "年",
    "month": "月",
    "filler": "填报人",
    "reviewer": "审核人",
    "phone": "联系电话",
    "date": "填报日期",
    "title": "表名",
    "note": "说明",
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
DATE_MARK = re.compile("yyyy|mm|dd|m|d")
DATE_FORMATS = (
    "yyyy-mm-dd",
    "yyyy.mm.dd",
    "yyyy/mm/dd",
    "yyyymmdd",
    "yyyy年m月d日",
    "yyyy年m月",
    "yyyy-mm",
    "yyyy.mm",
)
HEAD, TAIL = 3, 4  # characters of a masked number that stay


def put_in(pattern: str, words: Mapping[str, str]) -> str:
    """``pattern`` with its placeholders replaced, ``{unit}`` and ``{填报单位}`` alike; unknown ones stay."""
    known = {PLACEHOLDERS[key]: word for key, word in words.items()} | dict(words)
    return PLACEHOLDER.sub(lambda found: known.get(found[1].strip(), found[0]), pattern)


def unknown_placeholders(pattern: str) -> list[str]:
    """What stands in braces in ``pattern`` and means nothing."""
    known = {*PLACEHOLDERS, *PLACEHOLDERS.values()}
    return [name for name in PLACEHOLDER.findall(pattern) if name.strip() not in known]


def dated(day: dt.date, pattern: str) -> str:
    """A date as text: ``yyyy``, ``mm``, ``dd`` with and ``m``, ``d`` without a leading zero."""
    marks = {"yyyy": f"{day.year:04}", "mm": f"{day.month:02}", "dd": f"{day.day:02}"}
    marks |= {"m": str(day.month), "d": str(day.day)}
    return DATE_MARK.sub(lambda found: marks[found[0]], pattern)


def identified(number: str, identity: Identity) -> str:
    """A number in one cell: ``341399 19900101 1234`` or ``341***********1234``."""
    if identity is Identity.SPACED:
        cuts = (6, 14) if len(number) == 18 else range(4, len(number), 4)
        ends = (0, *cuts, len(number))
        return " ".join(number[begin:end] for begin, end in itertools.pairwise(ends))
    if identity is Identity.MASKED:
        hidden = len(number) - HEAD - TAIL
        return number[:HEAD] + "*" * hidden + number[-TAIL:] if hidden > 0 else "*" * len(number)
    return number


def cells_of(rule: ColumnRule, words: Mapping[str, str], blank_text: str = "") -> Cells:
    """What fills the column, or the columns, of a rule from the value of its key."""
    if not rule.key:
        constant = put_in(rule.constant, words) or None
        return lambda _: (constant,)
    blank: tuple[Value, ...] = (blank_text or None, *[None] * (rule.parts - 1))

    def cells(value: Any) -> Sequence[Value]:
        if value is None or value == "":
            return blank
        if rule.values:
            value = rule.values.get(_said(value), value)
        if rule.date_format and isinstance(value, dt.date):
            return (dated(value, rule.date_format),)
        if rule.identity is Identity.PLAIN:
            return (value,)
        if rule.identity is Identity.SPLIT:
            digits: list[str | None] = list(str(value)[: rule.parts])
            return (*digits, *[None] * (rule.parts - len(digits)))
        return (identified(str(value), rule.identity),)

    return cells


def _said(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def values(profile: Profile, rows: Iterable[Row], words: Mapping[str, str]) -> Iterable[Sequence[Value]]:
    """The cells of each row, in the order of ``profile.targets``.

    :param rows: each with the values of ``profile.keys``.
    """
    rules = [rule for _, rule in sorted(profile.columns.items())]
    if not profile.blank_text and [ColumnRule(key) for key in profile.keys] == rules:
        return rows
    at = {key: number for number, key in enumerate(profile.keys)}
    work = [(at.get(rule.key, 0), cells_of(rule, words, profile.blank_text)) for rule in rules]
    if all(rule.parts == 1 for rule in rules):
        return ([cells(row[number])[0] for number, cells in work] for row in rows)
    return ([cell for number, cells in work for cell in cells(row[number])] for row in rows)


def filling(profile: Profile, rows: Sequence[Row] | None, words: Mapping[str, str]) -> Filling:
    """What is written where.

    :param rows: all of them, where :func:`counts_rows` says that the totals need them.
    """
    return Filling(
        sheet=profile.sheet,
        first=profile.first,
        last=profile.last,
        columns=profile.targets,
        total=profile.total_row,
        totals={at: _total(profile, at, rule, rows or ()) for at, rule in profile.totals.items()},
        cells={place: put_in(pattern, words) for place, pattern in profile.cells.items()},
        fit=profile.fit,
    )


def counts_rows(profile: Profile) -> bool:
    """Whether a total is more than a sum, so that it must see the rows before they are written."""
    return any(rule != "sum" for rule in profile.totals.values())


def _total(profile: Profile, at: int, rule: str, rows: Sequence[Row]) -> Total:
    letters = xl_col_to_name(at - 1)
    cells = f"{letters}{{first}}:{letters}{{last}}"
    if rule == "sum":
        return Total(f"SUM({cells})")
    if rule.startswith("count "):
        word, number = rule.removeprefix("count "), profile.keys.index(profile.columns[at].key)
        quoted = word.replace('"', '""')
        return Total(f'COUNTIF({cells},"{quoted}")', sum(row[number] == word for row in rows))
    above, below = rule.split(" / ")
    names = {one.key: xl_col_to_name(number - 1) for number, one in profile.columns.items()}
    top, bottom = (f"{names[one]}{{own}}" for one in (above, below))
    formula = f'IF({bottom}=0,"{NOTHING}",ROUND({top}/{bottom},0))'
    return Total(formula, ratio(*(_sum(rows, profile.keys.index(one)) for one in (above, below))))


def _sum(rows: Sequence[Row], number: int) -> Decimal:
    """As SUM does: what is no number does not count."""
    column = (row[number] for row in rows)
    return sum((Decimal(value) for value in column if isinstance(value, int | Decimal)), Decimal(0))
