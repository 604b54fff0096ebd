"""Where a new element may stand: the order that the format prescribes for a sheet and for a workbook."""

from collections.abc import Sequence

from desktop.excel.filling.spans import Edit, Node

SHEET = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
WORKBOOK = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr"),
)


def inserted(root: Node, name: str, content: bytes, order: Sequence[str]) -> Edit:
    """The edit that puts a new element ``name`` where the order wants it."""
    before = order[: order.index(name)]
    at = max((one.end for one in root.children if one.name in before), default=root.inside)
    return at, at, content
