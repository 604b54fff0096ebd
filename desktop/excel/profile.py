"""A template profile: how a workbook that was handed down is filled, as data that can be kept and sent on."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

VERSION = 1
FILE_NAME = "{县区}{乡镇}{表名}（{期间}）"


class Identity(StrEnum):
    """How an identity number, a telephone number or a code is written."""

    PLAIN = "plain"
    SPACED = "spaced"  # 341399 19900101 1234
    MASKED = "masked"  # 341***********1234: the first 3 and the last 4 are kept
    SPLIT = "split"  # one character a column

    @property
    def word(self) -> str:
        return {"plain": "原样", "spaced": "分段加空格", "masked": "隐去中间", "split": "每格一位"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What is written into one column of the template.

    :param key: of the source's column; empty for a constant.
    :param parts: over how many columns a split number goes, from this one to the right.
    :param date_format: empty: a real date, shown in the template's own format; else the date as text, such as
        ``yyyy-mm-dd``, ``yyyy.m.d``, ``yyyy年m月``.
    :param values: what the source shows (or its code) to what the template wants instead: 男 to 1.
    :param constant: written in every row where there is no key; placeholders as in ``Profile.cells``.
    """

    key: str = ""
    identity: Identity = Identity.PLAIN
    parts: int = 1
    date_format: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one sheet of one workbook is filled from one source. Rows and columns are counted from 1.

    :param name: as the clerk calls it.
    :param title: of the table, ``{表名}`` in the name of the file.
    :param source: name of a :class:`desktop.services.sources.Source`.
    :param header_top, header_bottom: first and last row of the headings.
    :param headings: texts of the headings by column, to see that the template is still the one.
    :param first, last: rows prepared for entries.
    :param row_limit: entries a file may hold; what goes beyond it goes into further files.
    :param columns: by number.
    :param total_row: of 合计, above or below the entries.
    :param totals: by column: ``sum``, ``count WORD`` or ``KEY / KEY`` (rounded to a whole number); other
        columns keep what the template has.
    :param cells: other cells by reference, with placeholders such as ``{unit}`` or ``{填报单位}``.
    :param blank_text: stands for an empty text.
    :param file_name: without ending, with placeholders.
    :param fit: rows grow with their text.
    """

    name: str
    source: str
    sheet: str
    header_top: int
    header_bottom: int
    first: int
    last: int
    columns: Mapping[int, ColumnRule]
    title: str = ""
    headings: Mapping[int, str] = field(default_factory=dict)
    row_limit: int | None = None
    total_row: int | None = None
    totals: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    blank_text: str = ""
    file_name: str = FILE_NAME
    fit: bool = False

    @property
    def targets(self) -> tuple[int, ...]:
        """Every column that is written, from left to right; a split number counts all of its columns."""
        return tuple(at + part for at, rule in sorted(self.columns.items()) for part in range(rule.parts))

    @property
    def keys(self) -> tuple[str, ...]:
        """What each rule shows, from left to right, each key once; constants left out."""
        return tuple(dict.fromkeys(rule.key for _, rule in sorted(self.columns.items()) if rule.key))

    def renamed(self, name: str) -> "Profile":
        return replace(self, name=name)

    def as_json(self) -> dict[str, Any]:
        """Everything that differs from its default, under the names of the fields."""
        return {"version": VERSION, **_written(self)}


def _written(one: Any) -> dict[str, Any]:
    found = ((part, getattr(one, part.name)) for part in fields(one))
    return {part.name: _plain(value) for part, value in found if value != default(part)}


def default(part: "Field[Any]") -> Any:
    """What a profile has where its JSON says nothing; ``MISSING`` where it must say something."""
    return part.default if part.default_factory is MISSING else part.default_factory()


def _plain(value: Any) -> Any:
    if isinstance(value, ColumnRule):
        return _written(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return value.value if isinstance(value, StrEnum) else value
