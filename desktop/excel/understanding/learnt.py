"""What a clerk said about the columns and words of a source; remembered for the next file of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.errors import Unreadable

ASIDE = ""  # instead of a target: this column is left aside


@dataclass(frozen=True, slots=True)
class Learnt:
    """Corrections to what is understood without asking; an empty one corrects nothing.

    As JSON, in the file of ``--map`` too: ``{"header": 4, "columns": {"C": "mobile", "负责人手机": "mobile",
    "序号": ""}, "words": {"village_code": {"北元": "341302101201"}}}``; a plain ``{"heading": "field"}`` is
    read as ``columns``.

    :param columns: a column's letters or its heading (as shown or its last line) to a target's name or label.
    :param words: target name to what the file writes to the clean value as text.
    :param header: last row of the headings, where the clerk pointed at it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header: int | None = None

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"columns": dict(self.columns)}
        if self.words:
            found["words"] = {name: dict(words) for name, words in self.words.items()}
        if self.header is not None:
            found["header"] = self.header
        return found

    @classmethod
    def of(cls, found: Any) -> "Learnt":
        """What :meth:`as_json` gave, or a plain ``{"heading": "field"}``.

        :raises Unreadable: it is neither, with the end of a sentence.
        """
        if not isinstance(found, dict):
            raise Unreadable("应为一组“列名: 栏目”")
        if not found.keys() & {"columns", "words", "header"}:
            found = {"columns": found}
        columns, words, header = found.get("columns", {}), found.get("words", {}), found.get("header")
        if not isinstance(columns, dict) or not all(isinstance(one, str | None) for one in columns.values()):
            raise Unreadable("“columns”应为一组“列名: 栏目”")
        if not isinstance(words, dict) or not all(isinstance(one, dict) for one in words.values()):
            raise Unreadable("“words”应为一组“栏目: {文件中的写法: 值}”")
        if header is not None and (type(header) is not int or header < 1):
            raise Unreadable("“header”应为表头所在的行号")
        said = {name: {text: str(value) for text, value in one.items()} for name, one in words.items()}
        return cls({heading: name or ASIDE for heading, name in columns.items()}, said, header)
