"""The cell formats of a workbook, and copies of them that differ in one thing, added behind the others."""

from collections.abc import Callable

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from desktop.excel.filling.package import Package
from desktop.excel.filling.spans import Edit, Node, appended, edited, escaped, parse, retagged

CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
CHINESE_DATES = {*range(27, 37), *range(50, 59)}  # built-in numbers that openpyxl does not know
FIRST_OWN = 164  # lower numbers of formats are built in
DAY, MOMENT = "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm"
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
PLAIN = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border/></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)


class Styles:
    """Formats by the number that a cell's ``s`` gives; new ones reach the package with :meth:`keep`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.find(package.workbook, "styles")
        self.xml, self.root = package.tree(self.part) if self.part else (PLAIN, parse(PLAIN))
        self.formats = self.section("cellXfs")
        self._codes = {
            one.number("numFmtId"): one.attributes.get("formatCode", "") for one in self.section("numFmts")
        }
        self._added: dict[str, list[bytes]] = {}
        self._made: dict[tuple[int, str], int] = {}

    def section(self, name: str) -> list[Node]:
        """What the workbook has of this kind."""
        found = self.root.first(name)
        return found.children if found else []

    def is_date(self, style: int) -> bool:
        """Whether numbers with this style show as dates."""
        if style >= len(self.formats):
            return False
        number = self.formats[style].number("numFmtId")
        code = self._codes.get(number) or BUILTIN_FORMATS.get(number, "General")
        return number in CHINESE_DATES or bool(is_date_format(code))

    def dated(self, style: int, *, moment: bool = False) -> int:
        """The style itself if it shows dates, else one like it that does."""
        code = MOMENT if moment else DAY
        return style if self.is_date(style) else self.like(style, code, lambda: self._in_format(code))

    def quoted(self, style: int) -> int:
        """Like it, and what begins as a formula does stays text when a clerk opens the cell."""
        if self._xf(style).attributes.get("quotePrefix") in ("1", "true"):
            return style
        return self.like(style, "quoted", lambda: {"quotePrefix": "1"})

    def like(self, style: int, purpose: str, changes: Callable[[], dict[str, str | None]]) -> int:
        """A copy of ``style`` with other attributes, made once for each purpose."""
        if (style, purpose) not in self._made:
            self._made[style, purpose] = self.add("cellXfs", self.copy(style, changes()))
        return self._made[style, purpose]

    def copy(self, style: int, changes: dict[str, str | None]) -> bytes:
        """The XML of a style with other attributes; its alignment and protection stay."""
        xf = self._xf(style)
        return retagged(xf, changes) + (b"" if xf.empty else self.xml[xf.inside : xf.end])

    def add(self, section: str, content: bytes) -> int:
        """Put one more format, font, fill or border behind the others, and give its number."""
        added = self._added.setdefault(section, [])
        added.append(content)
        return len(self.section(section)) + len(added) - 1

    @property
    def prefix(self) -> str:
        return self.root.prefix

    def keep(self) -> None:
        """Hand what was added to the package."""
        if not self._added:
            return
        xml = edited(self.xml, [edit for name, new in self._added.items() for edit in self._grown(name, new)])
        if self.part is None:
            self.part = "xl/styles.xml"
            self.package.declare(self.part, CONTENT)
            self.package.relate(self.package.workbook, "styles", self.part)
        self.package.replace(self.part, xml)

    def _grown(self, name: str, new: list[bytes]) -> list[Edit]:
        content = b"".join(new)
        section = self.root.first(name)
        count = {"count": str(len(self.section(name)) + len(new))}
        if section is None:
            after = [one for one in self.root.children if one.name in ORDER[: ORDER.index(name)]]
            at = after[-1].end if after else self.root.inside
            begin = f'<{self.prefix}{name} count="{len(new)}">'.encode()
            return [(at, at, begin + content + f"</{self.prefix}{name}>".encode())]
        if section.empty:
            begin = retagged(section, count, empty=False)
            return [(section.start, section.end, begin + content + f"</{section.tag}>".encode())]
        return [(section.start, section.inside, retagged(section, count)), *appended(section, content)]

    def _xf(self, style: int) -> Node:
        if style < len(self.formats):
            return self.formats[style]
        return self.formats[0] if self.formats else Node("xf", f"{self.prefix}xf", {}, 0, 0)

    def _in_format(self, code: str) -> dict[str, str | None]:
        number = max([FIRST_OWN - 1, *self._codes]) + 1
        self._codes[number] = code
        line = f'<{self.prefix}numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>'
        self.add("numFmts", line.encode())
        return {"numFmtId": str(number), "applyNumberFormat": "1"}
