"""A profile made from a workbook by its headings."""

from collections.abc import Mapping, Sequence

from desktop.errors import Refusal, Unreadable
from desktop.excel.handed import WHAT, Handed
from desktop.excel.layout import Form
from desktop.excel.profile import ColumnRule, Profile
from desktop.excel.understanding.headings import Heading, assign, vocabulary
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.wording import key as spelt
from desktop.records import LEDGERS
from desktop.records.kinds import Kind
from desktop.services.extracts import COUNTY, NUMBER
from desktop.services.sources import Source, SourceColumn, source, sources

NUMBERS = ("序号", "序", "编号", "No", "No.")
DEEPEST, TALLEST = 30, 3  # rows that are looked at for headings, and rows that headings take
FEWEST = 2  # columns that must be understood
TEXT_DATE = "yyyy-mm-dd"  # in cells that are formatted as text; what the upload templates ask for


def header(workbook: bytes, sheet: str, source_name: str) -> tuple[int, int]:
    """The first and last row of the headings that say most about a source.

    :raises Refusal: the workbook cannot be read, there is no such sheet, or none of its rows are headings.
    """
    handed, chosen = Handed(workbook), source(source_name)
    title = _sheet(handed, sheet)
    understood, (top, bottom) = _best(handed, title, chosen)
    if understood < FEWEST:
        raise Refusal(WHAT, "找不到看得懂的表头", "请指明表头在第几行，或选择别的数据")
    merged = (one.top for one in handed.sheets[title].merges if one.top < top <= one.bottom <= bottom)
    return min(merged, default=top), bottom  # a heading merged downwards begins above


def likeliest(handed: Handed) -> tuple[str, str]:
    """The sheet and the name of the source whose columns most of its headings mean.

    :raises Refusal: no sheet has headings that are understood.
    """
    scores = {
        (title, one.name): _best(handed, title, one)[0]
        for title, sheet in handed.sheets.items()
        if not sheet.hidden
        for one in sources()
    }
    best = max(scores, key=lambda pair: scores[pair], default=None)
    if best is None or scores[best] < FEWEST:
        raise Refusal(WHAT, "找不到看得懂的表头", "请选择用哪些数据填，并指明表头在第几行")
    return best


def _best(handed: Handed, title: str, chosen: Source) -> tuple[int, tuple[int, int]]:
    """How many columns the best headings of a sheet mean, and the rows that they stand in."""
    windows = [
        (top, top + more) for top in list(handed.sheets[title].rows)[:DEEPEST] for more in range(TALLEST)
    ]
    scores = {
        window: len(_keys(handed.levels(title, *window), chosen))
        for window in windows
        if window[1] in handed.sheets[title].rows
    }
    best = max(scores, key=lambda window: (scores[window], window[0] - window[1], -window[0]), default=None)
    return (0, (1, 1)) if best is None else (scores[best], best)


def _sheet(handed: Handed, wanted: str) -> str:
    title = wanted or next((one.title for one in handed.sheets.values() if not one.hidden), "")
    if title not in handed.sheets:
        raise Refusal(WHAT, f"没有名为“{wanted}”的工作表", f"请从 {'、'.join(handed.sheets)} 中选择")
    return title


def propose(workbook: bytes, sheet: str, rows: tuple[int, int], source_name: str) -> Profile:
    """A profile whose columns are matched by their headings; those that mean nothing are left out.

    :param sheet: title; empty: the first one that can be seen.
    :param rows: first and last row of the headings.
    :param source_name: of a :class:`desktop.services.sources.Source`.
    :raises Refusal: the workbook cannot be read, or there is no such sheet or heading.
    """
    handed, chosen = Handed(workbook), source(source_name)
    title = _sheet(handed, sheet)
    top, bottom = rows
    levels = handed.levels(title, top, bottom)
    if not levels:
        raise Refusal(WHAT, f"第 {top} 至 {bottom} 行没有标题文字", "请重新选择表头所在的行")
    first = bottom + 1
    total = handed.total_row(title, first)
    first += total == first  # 合计 above the entries
    options, texts = handed.choices(title, first), handed.text_columns(title, first)
    keys = _keys(levels, chosen)
    columns = {
        at: rule_for(chosen.by_key[key], options.get(at, ()), is_text=at in texts) for at, key in keys.items()
    }
    return Profile(
        name=chosen.caption[:50],
        title=chosen.caption.split(" ")[-1],
        source=source_name,
        sheet=title,
        header_top=top,
        header_bottom=bottom,
        headings={at: texts_[-1] for at, texts_ in levels.items()},
        first=first,
        last=handed.prepared(title, first),
        columns=columns,
        row_limit=handed.row_limit(title, top),
        total_row=total,
        totals=_totals(handed, title, total, {at: chosen.by_key[key] for at, key in keys.items()}),
    )


def _keys(levels: Mapping[int, tuple[str, ...]], chosen: Source) -> dict[int, str]:
    """Column number to the key that its heading means, each key once."""
    found: dict[int, str] = {}
    if chosen.name in LEDGERS:
        ledger = LEDGERS[chosen.name]
        headings = [Heading(at, texts) for at, texts in levels.items()]
        for one in assign(headings, vocabulary(ledger), Learnt()):
            if one.target is not None and one.target.name in chosen.by_key:
                found[one.number] = one.target.name
    for at, texts in levels.items():
        key = _by_label(texts, chosen) if at not in found else None
        if key is not None and key not in found.values():
            found[at] = key
    return dict(sorted(found.items()))


def _totals(
    handed: Handed, title: str, row: int | None, columns: Mapping[int, SourceColumn]
) -> dict[int, str]:
    """Sums where the row 合计 is still blank under a number; its own formulas and texts are kept."""
    if row is None:
        return {}
    taken = {*handed.formula_columns(title, row), *handed.row(title, row)}
    return {
        at: "sum"
        for at, one in columns.items()
        if one.form in (Form.NUMBER, Form.AMOUNT) and one.key != NUMBER and at not in taken
    }


def _by_label(texts: Sequence[str], chosen: Source) -> str | None:
    said = {spelt("".join(texts)), spelt(texts[-1])}
    if said & {spelt(word) for word in NUMBERS}:
        return NUMBER
    for one in chosen.columns:
        if {spelt(one.label), spelt(one.label.replace("／", "")), *map(spelt, one.words)} & said:
            return one.key
    return COUNTY if COUNTY in chosen.by_key and spelt("县区") in said else None


def rule_for(column: SourceColumn, offered: Sequence[str], *, is_text: bool) -> ColumnRule:
    """How a column of a source goes into a column of a template at first.

    :param offered: words of the drop-down there, if it has one.
    :param is_text: its cells are formatted as text.
    """
    date_format = TEXT_DATE if is_text and column.form in (Form.DATE, Form.MONTH) else ""
    return ColumnRule(column.key, date_format=date_format, values=_translated(column, offered))


def _translated(column: SourceColumn, offered: Sequence[str]) -> dict[str, str]:
    """What we show to the one word of the drop-down that is the same by code, name or alias."""
    plain = {spelt(word): word for word in offered}
    found = {}
    for code, shown in column.options.items():
        if not offered or shown in offered:
            continue
        same = plain.get(spelt(shown)) or next((word for word in offered if _means(word, code, column)), None)
        if same is not None:
            found[shown] = same
    return found


def _means(word: str, code: str, column: SourceColumn) -> bool:
    """Whether a word of a drop-down is this answer: an alias of the list, ``1-男``, ``1.男``."""
    bare = word.removeprefix(code).lstrip("-.、:： ") if word.startswith(code) else word
    return column.kind is not None and any(_read(column.kind, one) == code for one in {word, bare} - {""})


def _read(kind: Kind, word: str) -> str | None:
    try:
        value = kind.read(word)
    except Unreadable:
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)
