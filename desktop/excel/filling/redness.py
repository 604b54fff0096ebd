"""Our red on a cell's own style, and how it is told and taken off again."""

from collections.abc import Mapping

from desktop.excel.filling.marks import RED
from desktop.excel.filling.spans import Node, tag
from desktop.excel.filling.styles import Styles


class Redness:
    """Works on one workbook's styles; all but the fill of a style stays as it is.

    The colour that a cell had is kept as the background of our fill, which nobody sees as ours is solid.
    """

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fills = styles.section("fills")
        self.ours = {number for number, one in enumerate(self.fills) if _colour(one).get("rgb") == RED}
        self._made: dict[str, int] = {}
        self._wrapped: int | None = None

    def red(self, style: int) -> int:
        if self._is_red(style):
            return style
        return self.styles.like(style, "red", lambda: {"fillId": self._reddened(style), "applyFill": "1"})

    def before(self, style: int) -> int:
        """The style as it was before our red: one that is there, else a new one."""
        if not self._is_red(style):
            return style
        fill = self._bare(style)
        own = self._likeness(style)
        for number, one in enumerate(self.styles.formats):
            if one.number("fillId") == fill and self._likeness(number) == own:
                return number
        applied = "1" if fill else None
        return self.styles.like(style, "bare", lambda: {"fillId": str(fill), "applyFill": applied})

    def wrapped(self) -> int:
        """The style of our messages: plain text over several lines."""
        if self._wrapped is None:
            usual = self.styles.formats[0] if self.styles.formats else None
            font = usual.attributes.get("fontId", "0") if usual else "0"
            prefix = self.styles.prefix
            xf = (
                f'<{prefix}xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" xfId="0" '
                f'applyNumberFormat="1" applyAlignment="1">'
                f'<{prefix}alignment vertical="center" wrapText="1"/></{prefix}xf>'
            )
            self._wrapped = self.styles.add("cellXfs", xf.encode())
        return self._wrapped

    def _is_red(self, style: int) -> bool:
        return self._fill(style) in self.ours

    def _fill(self, style: int) -> int:
        formats = self.styles.formats
        return formats[style].number("fillId") if style < len(formats) else 0

    def _likeness(self, style: int) -> tuple[object, ...]:
        """What two styles share that differ only in their fill."""
        node = self.styles.formats[style]
        apart = {"fillId", "applyFill"}
        inside = b"" if node.empty else self.styles.xml[node.inside : node.close]
        return tuple(sorted(item for item in node.attributes.items() if item[0] not in apart)), inside

    def _reddened(self, style: int) -> str:
        number = self._fill(style)
        before = _colour(self.fills[number]) if number < len(self.fills) else {}
        return str(self._added({"rgb": RED}, before or {"indexed": "64"}))

    def _bare(self, style: int) -> int:
        before = _colour(self.fills[self._fill(style)], "bgColor")
        if not before or before.get("indexed") == "64":
            return 0
        same = (number for number, one in enumerate(self.fills) if _colour(one) == before)
        found = next(same, None)
        return self._added(before, {"indexed": "64"}) if found is None else found

    def _added(self, front: Mapping[str, str], back: Mapping[str, str]) -> int:
        prefix = self.styles.prefix
        colours = tag(f"{prefix}fgColor", front, empty=True) + tag(f"{prefix}bgColor", back, empty=True)
        pattern = f'{prefix}patternFill patternType="solid"'
        fill = f"<{prefix}fill><{pattern}>{colours}</{prefix}patternFill></{prefix}fill>"
        if fill not in self._made:
            self._made[fill] = self.styles.add("fills", fill.encode())
        return self._made[fill]


def _colour(fill: Node, which: str = "fgColor") -> dict[str, str]:
    """The colour of a solid fill as its attributes; nothing of any other fill."""
    pattern = fill.first("patternFill")
    found = pattern.first(which) if pattern and pattern.attributes.get("patternType") == "solid" else None
    return found.attributes if found else {}
