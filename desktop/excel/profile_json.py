"""Reads a template profile from JSON that anybody may have written: what is not understood is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from desktop.errors import Refusal
from desktop.excel.profile import VERSION, ColumnRule, Identity, Profile, default

ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet
LONGEST = 2_000  # characters of any text in a profile
MOST = 500  # columns, headings, cells or words that a profile may name
WHAT = "未能读取模板方案"
REMEDY = "请向发来模板方案的人重新要一份，或自己重新制作"
REFERENCE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")

Reader = Callable[[str, Any], Any]
T = TypeVar("T")


def from_json(data: object) -> Profile:
    """The profile that :meth:`Profile.as_json` wrote.

    :raises Refusal: something in it is unknown, missing or of the wrong kind; one sentence names it.
    """
    if not isinstance(data, dict):
        raise _refused("内容不是模板方案")
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise _refused("没有写明版本")
    if version > VERSION:
        raise Refusal(WHAT, f"它是新版程序（第 {version} 版）做的", "请升级本程序后再用")
    found = _read(Profile, {key: value for key, value in data.items() if key != "version"}, READERS)
    _refuse_impossible(found)
    return found


def _read(kind: type[T], data: Mapping[str, Any], readers: Mapping[str, Reader]) -> T:
    if unknown := [str(key) for key in data if key not in readers]:
        raise _refused(f"有不认识的内容“{unknown[0][:50]}”")
    for part in fields(kind):  # type: ignore[arg-type]
        if default(part) is MISSING and part.name not in data:
            raise _refused(f"缺少“{part.name}”")
    return kind(**{name: readers[name](name, value) for name, value in data.items()})


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _refused(f"“{name}”应为不超过 {LONGEST} 个字的文字")
    return value


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refused(f"“{name}”应为是或否")
    return value


def _whole(most: int) -> Reader:
    def read(name: str, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= most:
            raise _refused(f"“{name}”应为 1 至 {most} 的整数")
        return value

    return read


def _maybe(reader: Reader) -> Reader:
    return lambda name, value: None if value is None else reader(name, value)


def _table(key: Reader, value: Reader) -> Reader:
    def read(name: str, found: Any) -> dict[Any, Any]:
        if not isinstance(found, dict) or len(found) > MOST:
            raise _refused(f"“{name}”应为不超过 {MOST} 项的对照表")
        return {key(name, one): value(name, other) for one, other in found.items()}

    return read


def _column(name: str, value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9]\d{0,4}", value):
        raise _refused(f"“{name}”中的列号应为整数")
    return int(_whole(COLUMNS)(name, int(value)))


def _reference(name: str, value: Any) -> str:
    if not isinstance(value, str) or not REFERENCE.fullmatch(value):
        raise _refused(f"“{name}”中的单元格应写成 B3 的样子")
    return value


def _identity(name: str, value: Any) -> Identity:
    if value not in list(Identity):
        raise _refused(f"“{name}”应为 {'、'.join(Identity)} 之一")
    return Identity(value)


def _rule(name: str, value: Any) -> ColumnRule:
    if not isinstance(value, dict):
        raise _refused(f"“{name}”中每一列应写明填什么")
    return _read(ColumnRule, value, RULE_READERS)


ROW = _whole(ROWS)
RULE_READERS: Mapping[str, Reader] = {
    "key": _text,
    "identity": _identity,
    "parts": _whole(100),
    "date_format": _text,
    "values": _table(_text, _text),
    "constant": _text,
}
READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("name", "source", "sheet", "title", "blank_text", "file_name"), _text),
    **dict.fromkeys(("header_top", "header_bottom", "first", "last"), ROW),
    **dict.fromkeys(("row_limit", "total_row"), _maybe(ROW)),
    "columns": _table(_column, _rule),
    "headings": _table(_column, _text),
    "totals": _table(_column, _text),
    "cells": _table(_reference, _text),
    "fit": _truth,
}


def _refuse_impossible(profile: Profile) -> None:
    if not profile.header_top <= profile.header_bottom < profile.first <= profile.last:
        raise _refused("表头行和填写行的先后不对")
    if profile.total_row is not None and profile.first <= profile.total_row <= profile.last:
        raise _refused("合计行在填写行中间")
    if any(at > COLUMNS for at in profile.targets):
        raise _refused("列号超出了表格")


def _refused(why: str) -> Refusal:
    return Refusal(WHAT, why, REMEDY)
