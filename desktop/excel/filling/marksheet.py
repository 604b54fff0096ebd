"""Marks the rows of one sheet: red cells, a column that says why, notes, a filter."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from desktop.excel import text
from desktop.excel.filling.area import MOST_COLUMNS, Area, area, place
from desktop.excel.filling.area import column as named
from desktop.excel.filling.columns import widened
from desktop.excel.filling.comments import Place, annotate
from desktop.excel.filling.deflated import Deflated, Spool
from desktop.excel.filling.elements import SHEET, inserted
from desktop.excel.filling.marks import LINE, TITLE, WIDTH, SheetMarks
from desktop.excel.filling.redness import Redness
from desktop.excel.filling.rows import cell
from desktop.excel.filling.sheetxml import Row, SheetPart
from desktop.excel.filling.spans import Edit, Node, edited, retagged, tag
from desktop.excel.filling.styles import Styles
from desktop.excel.filling.texts import row_texts
from desktop.excel.filling.values import Kind, text_of

PLACE = re.compile(rb'\sr="([A-Z]{1,3})')


class Marker:
    """One sheet; ``filtered`` is afterwards the range of its filter, unless a table has its own."""

    def __init__(self, sheet: SheetPart, styles: Styles, marks: SheetMarks) -> None:
        self.sheet, self.styles, self.marks = sheet, styles, marks
        self.redness = Redness(styles)
        self.faults = anchored(sheet, marks.cells())
        self.red: dict[int, set[int]] = {}
        for row, column in self.faults:
            self.red.setdefault(row, set()).add(column)
        self.again = False  # the sheet has our column from an earlier time
        self.last = max([marks.header, *sheet.rows, *marks.wrong, *marks.done])
        self.column = self._column()
        self.filtered = ""

    def _column(self) -> int:
        """Ours from an earlier time, else the first one right of everything, titles and all."""
        header = self.sheet.row(self.marks.header)
        texts = row_texts(self.sheet.package, header) if header else {}
        for column, words in texts.items():
            if words.strip() == TITLE:
                self.again = True
                return column
        above = [one.right for one in merged(self.sheet) if one.top <= self.marks.header]
        right = max([*texts, *above, *(column for _, column in self.faults)], default=1)
        for number in self.sheet.rows:
            if self._ends(number) > right:
                row = self.sheet.row(number)
                filled = [column for column, one in row.cells() if one.children] if row else []
                right = max([right, *filled])
        return right + 1

    def _ends(self, number: int) -> int:
        """The column of a row's last cell, without reading the others; the last of all if it does not say."""
        node, xml = self.sheet.rows[number], self.sheet.xml
        mark = f"<{self.sheet.prefix}c ".encode()
        at = xml.rfind(mark, node.inside, node.close)
        if at < 0:
            return 0 if xml.find(mark[:-1], node.inside, node.close) < 0 else MOST_COLUMNS
        found = PLACE.search(xml, at, at + 200)
        return named(found[1].decode()) if found else MOST_COLUMNS

    def marked(self, spool: Spool) -> Deflated:
        """The sheet's part anew, its rows packed one after the other."""
        sheet, data = self.sheet, self.sheet.data
        edits = list(self._around())
        head = edited(sheet.xml, [one for one in edits if one[1] <= data.start], 0, data.start)
        tail = edited(sheet.xml, [one for one in edits if one[0] >= data.end], data.end)
        for row in self._rows():
            spool.write(row)
        begin, end = retagged(data, {}, empty=False), f"</{data.tag}>".encode()
        return spool.finish(head + begin, end + tail)

    def _rows(self) -> Iterator[bytes]:
        header = self.marks.header
        touched = {*self.marks.wrong, *self.marks.done, *self.red, header}
        for number in sorted({*self.sheet.rows, *touched}):
            node = self.sheet.rows.get(number)
            if node is not None and number not in touched and not (self.again and number > header):
                yield self.sheet.xml[node.start : node.end]
            else:
                yield self._row(number, self.sheet.row(number))

    def _row(self, number: int, row: Row | None) -> bytes:
        todo = self.red.get(number, set())
        message = TITLE if number == self.marks.header else self.marks.message(number)
        edits: list[Edit] = []
        written = False
        for column, node in row.cells() if row else ():
            skipped = sorted(one for one in todo if one < column)
            edits.append((node.start, node.start, b"".join(self._blank(one, number) for one in skipped)))
            if column > self.column and not written:
                edits.append((node.start, node.start, self._message(number, message, None)))
                written = True
            if column == self.column:
                edits.append((node.start, node.end, self._message(number, message, node)))
                written = True
            else:
                edits += self._coloured(number, column, node)
            todo = {one for one in todo if one > column}
        rest = b"".join(self._blank(one, number) for one in sorted(todo))
        if not written:
            rest += self._message(number, message, None)
        return self._assembled(number, row, edits, rest, message)

    def _assembled(self, number: int, row: Row | None, edits: list[Edit], rest: bytes, message: str) -> bytes:
        name = f"{self.sheet.prefix}row"
        if row is None:
            return tag(name, {"r": str(number)}).encode() + rest + f"</{name}>".encode()
        attributes: dict[str, str | None] = {"r": str(number), "spans": None}
        lines = text.lines(message, WIDTH) if message else 1
        if lines > 1 and LINE * lines > row.node.real("ht"):
            attributes |= {"ht": f"{LINE * lines:g}", "customHeight": "1"}
        end = len(row.xml) if row.node.empty else row.node.close
        body = edited(row.xml, edits, row.node.inside, end)
        return retagged(row.node, attributes, empty=False) + body + rest + f"</{name}>".encode()

    def _coloured(self, number: int, column: int, node: Node) -> list[Edit]:
        style = node.number("s")
        wrong = (number, column) in self.faults
        new = self.redness.red(style) if wrong else style
        if self.again and not wrong:
            new = self.redness.before(style)
        if new == style:
            return []
        return [(node.start, node.inside, retagged(node, {"s": str(new)}))]

    def _blank(self, column: int, number: int) -> bytes:
        style = self.redness.red(self.sheet.column_style(column))
        return cell(self.sheet.prefix, place(column, number), style, Kind.BLANK, "").encode()

    def _message(self, number: int, message: str, old: Node | None) -> bytes:
        own = old.number("s") if old else 0
        if not self.again or not own:
            own = self._heading() if number == self.marks.header else self.redness.wrapped()
        if not message and old is None:
            return b""
        kind = Kind.SPACED if message else Kind.BLANK
        return cell(self.sheet.prefix, place(self.column, number), own, kind, text_of(message)).encode()

    def _heading(self) -> int:
        """The style of the heading before ours."""
        header = self.sheet.row(self.marks.header)
        before = [one for column, one in header.cells() if column < self.column] if header else []
        return before[-1].number("s") if before else 0

    def _around(self) -> Iterator[Edit]:
        root = self.sheet.root
        if size := root.first("dimension"):
            old = area(size.attributes.get("ref", "")) or Area(1, 1, 1, 1)
            top, right = min(old.top, self.marks.header), max(old.right, self.column)
            yield size.start, size.inside, retagged(size, {"ref": str(Area(old.left, top, right, self.last))})
        if not self.again:
            yield widened(root, self.column, WIDTH)
        if not root.first("tableParts"):
            yield self._filter()
        link = annotate(self.sheet.package, self.sheet, self.faults)
        if link is not None:
            names = self.sheet.package.dialect.rstrip("/")
            new = f'<{self.sheet.prefix}legacyDrawing xmlns:r="{names}" r:id="{link}"/>'.encode()
            yield inserted(root, "legacyDrawing", new, SHEET)

    def _filter(self) -> Edit:
        """One over all rows; the choices of a filter that is there stay if its headings are the same."""
        root, header = self.sheet.root, self.marks.header
        node = root.first("autoFilter")
        old = area(node.attributes.get("ref", "")) if node else None
        self.filtered = str(Area(old.left if old else 1, header, self.column, self.last))
        new = tag(f"{self.sheet.prefix}autoFilter", {"ref": self.filtered}, empty=True).encode()
        if node is None:
            return inserted(root, "autoFilter", new, SHEET)
        if old is None or old.top != header:
            return node.start, node.end, new
        return node.start, node.inside, retagged(node, {"ref": self.filtered})


def merged(sheet: SheetPart) -> list[Area]:
    """The merged cells of a sheet; whole rows that are merged tell nothing of its columns."""
    listed = sheet.root.first("mergeCells")
    found = [area(one.attributes.get("ref", "")) for one in listed.children] if listed else []
    return [one for one in found if one is not None and one.right < MOST_COLUMNS]


def anchored(sheet: SheetPart, faults: Mapping[Place, str]) -> dict[Place, str]:
    """``faults`` with those of merged cells at the one of them that shows."""
    rows = sorted({row for row, _ in faults})
    covering: dict[int, list[Area]] = {}
    for one in merged(sheet):
        for row in rows[bisect_left(rows, one.top) : bisect_right(rows, one.bottom)]:
            covering.setdefault(row, []).append(one)
    found: dict[Place, list[str]] = {}
    for (row, column), fault in faults.items():
        over = (one for one in covering.get(row, ()) if one.left <= column <= one.right)
        anchor = next(((one.top, one.left) for one in over), (row, column))
        found.setdefault(anchor, []).append(fault)
    return {place: "；".join(dict.fromkeys(texts)) for place, texts in found.items()}
