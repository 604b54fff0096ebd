"""One more column that has its own width."""

from desktop.excel.filling.elements import SHEET, inserted
from desktop.excel.filling.spans import Edit, Node, retagged, tag


def widened(root: Node, column: int, width: float) -> Edit:
    """The edit that gives ``column`` this width and leaves those beside it as they are."""
    listed = root.first("cols")
    own = {"min": str(column), "max": str(column), "width": f"{width:g}", "customWidth": "1"}
    prefix = root.prefix
    new = tag(f"{prefix}col", own, empty=True).encode()
    if listed is None:
        return inserted(root, "cols", f"<{prefix}cols>".encode() + new + f"</{prefix}cols>".encode(), SHEET)
    pieces = [(column, new)]
    for one in listed.children:
        first, last = one.number("min", 1), one.number("max", 1)
        parts = [(first, last)] if not first <= column <= last else [(first, column - 1), (column + 1, last)]
        for begin, end in parts:
            if begin <= end:
                pieces.append((begin, retagged(one, {"min": str(begin), "max": str(end)}, empty=True)))
    content = b"".join(piece for _, piece in sorted(pieces))
    return listed.start, listed.end, retagged(listed, {}, empty=False) + content + f"</{listed.tag}>".encode()
