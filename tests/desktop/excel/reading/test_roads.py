"""Both roads through a sheet give one answer, and it is what the producers' own libraries read."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as Writer

from desktop.excel.reading import swift
from desktop.excel.reading.grid import EPOCH_1900, Cell, Number
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.mutants import bases, mutant
from tests.desktop.excel.reading.workbooks import HEAD, MAIN, parts, read, styles, tried, zipped

SOUND = bases()
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
ANSWERS = st.one_of(
    *(st.none(), TEXTS, st.booleans(), st.integers(-(10**9), 10**9)),
    st.floats(-1e300, 1e300).map(lambda one: float(f"{one:.15g}")),  # all that is written
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)
TABLES = st.lists(st.lists(ANSWERS, max_size=6), max_size=8)

# pieces of rows as producers write them, and as none does
CELLS = st.sampled_from(
    [
        *(
            '<c r="{0}{1}"><v>5</v></c>',
            '<c r="{0}{1}" s="1" t="n"><v>45000.5</v></c>',
            '<c r="{0}{1}" s="1"/>',
        ),
        *('<c r="{0}{1}" t="s"><v>0</v></c>', '<c r="{0}{1}" s="0" t="s"><v>1</v></c>', "<c><v>7</v></c>"),
        *('<c r="{0}{1}" t="s"><v>9</v></c>', '<c r="{0}{1}" t="b"><v>1</v></c>', '<c t="n" r="{0}{1}"/>'),
        '<c r="{0}{1}" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>',
        '<c r="{0}{1}" t="inlineStr"><is><t>a&amp;b</t></is></c>',
        '<c r="{0}{1}" t="str"><f>A1</f><v>乙</v></c>',
        '<c r="{0}{1}"><f>A1</f><v></v></c>',
        '<c r="{0}{1}" t="str"><f>A1</f><v></v></c>',
        *('<c s="1"><v>6</v></c>', "<c/>", '<c s="1" t="n"/>', '<c t="inlineStr"><is><t>丁</t></is></c>'),
        *('<c r="{0}9"><v>5</v></c>', '<c r="A1"><v>5</v></c>', "<!-- </row> -->", "\r\n", "<c r='{0}{1}'/>"),
    ]
)
ROWS = st.lists(
    st.tuples(st.sampled_from([" ", ' r="{1}"', ' r="{1}" hidden="1"']), st.lists(CELLS, max_size=5))
)


def by_expat_alone(data: bytes) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swift, "is_plain", lambda _: False)
        return tried(data)


def same(data: bytes) -> bool:
    """Both roads give the same book, or both refuse."""
    one, other = tried(data), by_expat_alone(data)
    return one == other or (isinstance(one, Unfit) and isinstance(other, Unfit))


@given(ROWS)
@settings(deadline=None)
def test_both_roads_give_one_answer(rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    xml = "".join(
        f"<row{about}>".format("", number)
        + "".join(cell.format("ABCDE"[at], number) for at, cell in enumerate(cells))
        + "</row>"
        for number, (about, cells) in enumerate(rows, 1)
    )
    strings = f"{HEAD}<sst xmlns='{MAIN}'><si><t>甲</t></si><si><t>_x000A_</t></si></sst>"
    assert same(zipped(parts(xml) | {"xl/styles.xml": styles(0, 14), "xl/strings.xml": strings}))


@given(st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_a_mutant_is_read_or_refused_on_both_roads(number: int) -> None:
    assert same(mutant(number, SOUND))


def plain(cell: Cell) -> Any:
    """A cell as openpyxl would give it."""
    if not isinstance(cell, Number):
        return cell
    return EPOCH_1900 + dt.timedelta(days=float(cell.text)) if cell.dated else float(cell.text)


def expected(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    return value


def trimmed(table: Sequence[Sequence[Any]]) -> dict[int, list[Any]]:
    found = {}
    for number, row in enumerate(table, 1):
        cells = [expected(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            found[number] = cells
    return found


@given(TABLES)
@settings(deadline=None)
def test_what_xlsxwriter_writes_is_read_back(table: Sequence[Sequence[Any]]) -> None:
    file = io.BytesIO()
    with Writer(file, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                if isinstance(value, str) and value:
                    page.write_string(number, column, value)
                elif value != "":
                    page.write(number, column, value)
    (sheet,) = read(file.getvalue()).sheets
    assert {number: [plain(cell) for cell in row] for number, row in sheet.rows.items()} == trimmed(table)


@given(TABLES)
@settings(deadline=None)
def test_what_openpyxl_writes_is_read_as_openpyxl_reads_it(table: Sequence[Sequence[Any]]) -> None:
    book, file = Workbook(), io.BytesIO()
    for number, row in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = book.worksheets[0].cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # not a formula
    book.save(file)
    (sheet,) = read(file.getvalue()).sheets
    back = load_workbook(file, data_only=True).worksheets[0]
    assert {number: [plain(cell) for cell in row] for number, row in sheet.rows.items()} == trimmed(
        list(back.iter_rows(values_only=True))
    )
