"""The blank workbook of any ledger, derived from its declaration: headings, formats, drop-downs, help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from desktop.excel import text
from desktop.excel.pen import A4, BODY_SIZE, BOXED, HEAD_FONT, PLAIN, TITLE_FONT, Pen
from desktop.excel.safely import Shape
from desktop.records import kinds
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import Kind

ROWS = 1000  # prepared for entries
LISTS = "选项"  # the hidden sheet of drop-downs
HELP = "填写说明"
REQUIRED_COLOUR, OPTIONAL_COLOUR = "#FCE4D6", "#EDEDED"  # the asterisk says the same without colour
LONGEST_HINT = 255  # characters of the message beside a cell; its heading has 32
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a kind of answer is written in a workbook.

    :param told: what to write, for the help sheet.
    :param options: of its drop-down.
    :param strict: a word that is not offered is not accepted.
    :param check: the validation, as XlsxWriter takes it, where there is no drop-down.
    """

    told: str
    number_format: str = "@"
    options: Sequence[str] = ()
    strict: bool = False
    check: Mapping[str, Any] = field(default_factory=dict)


@singledispatch
def answer(kind: Kind) -> Answer | None:
    """How answers of this kind are written; ``None`` for one that no cell holds.

    :raises TypeError: a kind that nobody taught this outlet.
    """
    raise TypeError(f"no cell for the kind {type(kind).__name__}")


@answer.register
def _(kind: kinds.Words) -> Answer:
    return Answer(f"文字，最多 {kind.longest} 个字{'，可以换行' if kind.lines else ''}")


@answer.register
def _(kind: kinds.Whole) -> Answer:
    check = {"validate": "integer", "criteria": "between", "minimum": kind.least, "maximum": kind.most}
    return Answer(
        f"整数，{kind.least} 至 {kind.most}{f'（{kind.unit}）' if kind.unit else ''}", "0", check=check
    )


@answer.register
def _(kind: kinds.Money) -> Answer:
    check = {"validate": "decimal", "criteria": ">=", "value": 0}
    return Answer(f"数字，最多两位小数（{kind.unit}）", "0.00", check=check)


@answer.register
def _(kind: kinds.Share) -> Answer:
    return Answer("百分数，最多一位小数，如 66.7%")


@answer.register
def _(kind: kinds.Day) -> Answer:
    return Answer("日期，如 2026-11-05", DAY_FORMAT)


@answer.register
def _(kind: kinds.Moment) -> Answer:
    return Answer("日期和时间，如 2026-11-05 09:00", MOMENT_FORMAT)


@answer.register
def _(kind: kinds.Truth) -> Answer:
    return Answer("从下拉列表中选 是 或 否", options=("是", "否"), strict=True)


@answer.register
def _(kind: kinds.Choice) -> Answer:
    return Answer("从下拉列表中选择", options=[one.value for one in kind.options], strict=True)


@answer.register
def _(kind: kinds.Listed) -> Answer:
    return Answer("从下拉列表中选择", options=list(kind.codes.items.values()), strict=True)


@answer.register
def _(kind: kinds.Several) -> Answer:
    return Answer("从下拉列表中选择；有几项的用顿号“、”隔开", options=list(kind.codes.items.values()))


@answer.register
def _(kind: kinds.ResidentId) -> Answer:
    return Answer("身份证号 18 位；本列已设为文本，请勿改成数字", check=_no_longer_than(kinds.ID_LENGTH))


@answer.register
def _(kind: kinds.CreditCode) -> Answer:
    return Answer("统一社会信用代码 18 位；本列已设为文本", check=_no_longer_than(kinds.ID_LENGTH))


@answer.register
def _(kind: kinds.Phone) -> Answer:
    return Answer("电话号码；本列已设为文本", check=_no_longer_than(kind.longest))


@answer.register
def _(kind: kinds.Area) -> Answer:
    return Answer("从下拉列表中选择，或写名称、12 位区划代码")


@answer.register
def _(kind: kinds.Link) -> Answer:
    return Answer("从下拉列表中选择，或写它的名称、编号")


@answer.register
def _(kind: kinds.Scans) -> None:
    return None


def _no_longer_than(length: int) -> dict[str, Any]:
    return {"validate": "length", "criteria": "<=", "value": length}


def columns(ledger: type[Ledger]) -> list[tuple[Field, Answer]]:
    """The fields that a workbook of ``ledger`` asks for, with how each is written."""
    return [(one, how) for one in fields(ledger) if (how := answer(one.kind)) is not None]


def heading(one: Field) -> str:
    """The label of a column; an asterisk marks a required one."""
    return f"{one.label}*" if one.required else one.label


def write(path: Path, ledger: type[Ledger], offers: Mapping[str, Sequence[str]]) -> Shape:
    """Write the blank workbook of ``ledger``.

    :param offers: what the drop-downs of places and of other entries offer, by field name.
    """
    asked = columns(ledger)
    with Workbook(str(path)) as book:
        sheets = [book.add_worksheet(name) for name in (ledger.caption, HELP, LISTS)]
        entries, told, lists = (Pen(book, sheet) for sheet in sheets)
        for at, (one, how) in enumerate(asked):
            options = list(dict.fromkeys(offers.get(one.name, how.options)))
            source = _list(lists, at, one.label, options)
            _column(entries, at, one, how)
            _validate(entries.sheet, at, one, how, source)
        _entries_page(entries.sheet, len(asked))
        _explain(told, ledger, asked)
        lists.sheet.hide()
    return Shape(ROWS + 1, 1, [heading(one) for one, _ in asked])


def _list(pen: Pen, at: int, label: str, options: Sequence[str]) -> str:
    """Put a drop-down's options on the hidden sheet; returns where, or nothing without options."""
    for row, words in enumerate([label, *options] if options else []):
        pen.put(words, row, at, {**PLAIN, "num_format": "@"})
    name = xl_col_to_name(at)
    return f"='{LISTS}'!${name}$2:${name}${len(options) + 1}" if options else ""


def _column(pen: Pen, at: int, one: Field, how: Answer) -> None:
    colour = REQUIRED_COLOUR if one.required else OPTIONAL_COLOUR
    head = {**BOXED, "font_name": HEAD_FONT, "font_size": 11, "align": "center", "text_wrap": True}
    pen.put(heading(one), 0, at, {**head, "bg_color": colour})
    cell = {**BOXED, "num_format": how.number_format}
    pen.sheet.set_column(
        at, at, max(one.width + 2, _room(heading(one)), 9), pen.format({**PLAIN, **cell, "border": 0})
    )
    for row in range(1, ROWS + 1):
        pen.put(None, row, at, cell)


def _room(label: str) -> float:
    """The width in which a label fits on at most two lines."""
    return text.width(label) * 11 / BODY_SIZE / (2 if text.width(label) > 14 else 1) + 3


def _validate(sheet: Worksheet, at: int, one: Field, how: Answer, source: str) -> None:
    hint = "。".join(filter(None, (how.told, one.help)))
    rule: dict[str, Any] = {
        "input_title": heading(one)[:32],
        "input_message": hint[:LONGEST_HINT],
        "error_title": one.label[:32],
        "error_message": f"应为：{how.told}"[:LONGEST_HINT],
        "error_type": "stop" if how.strict else "warning",
    }
    if source:
        rule |= {"validate": "list", "source": source, "show_error": how.strict}
    else:
        rule |= how.check or {"validate": "any"}
    sheet.data_validation(1, at, ROWS, at, rule)


def _entries_page(sheet: Worksheet, wide: int) -> None:
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(wide - 1)}{ROWS + 1}"})


def _explain(pen: Pen, ledger: type[Ledger], asked: Sequence[tuple[Field, Answer]]) -> None:
    title = {**PLAIN, "font_name": TITLE_FONT, "font_size": 18}
    head = {**BOXED, "font_name": HEAD_FONT, "font_size": 11, "align": "center", "bg_color": OPTIONAL_COLOUR}
    pen.put(f"“{ledger.caption}”{HELP}", 0, 0, title)
    pen.sheet.set_row(0, 34)
    advice = (
        f"1. 在“{ledger.caption}”工作表中从第 2 行起填写，一行一条；带 * 的栏目上报前必须填。",
        "2. 列的顺序可以改，可以删去用不到的列；请不要改栏目名称。",
        "3. 导入时空白的格子不会清除已有内容；同一条记录再次导入时，只更新有变化的栏目。",
    )
    for row, words in enumerate(advice, 1):
        pen.put(words, row, 0, PLAIN)
        pen.sheet.set_row(row, 20)
    top = len(advice) + 1
    table = [("栏目", "是否必填", "怎样填写", "说明")]
    table += [(one.label, "必填" if one.required else "", how.told, one.help) for one, how in asked]
    for at, width in enumerate((28, 11, 46, 58)):
        pen.sheet.set_column(at, at, width)
        for row, line in enumerate(table, top):
            style = (
                head if row == top else {**BOXED, "text_wrap": True, "align": "center" if at == 1 else "left"}
            )
            pen.put(line[at], row, at, style)
    for row in range(top, top + len(table)):
        pen.sheet.set_row(row, 22)
    pen.sheet.set_paper(A4)
    pen.sheet.set_landscape()
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.hide_gridlines(2)
