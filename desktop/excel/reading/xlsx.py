"""An .xlsx or .xlsm: its sheets in their order, found by what the parts say of each other."""

from typing import NamedTuple

from desktop.excel.reading import limits, sheet
from desktop.excel.reading.cells import Known
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.package import Link, Package
from desktop.excel.reading.strings import shared
from desktop.excel.reading.styles import dated_styles
from desktop.excel.reading.wire import Outlet
from desktop.excel.reading.xml import Attributes, scan, truth

FOREIGN = {"document": "Word 文档", "presentation": "演示文稿"}  # by the root of the main part


class Listed(NamedTuple):
    """A sheet as the workbook lists it; ``link`` is the id of a relationship."""

    title: str
    hidden: bool
    link: str


def read(package: Package, outlet: Outlet) -> None:
    """Hand all sheets of cells on.

    :raises Unfit: it is no workbook, is damaged, hostile, or holds too much.
    """
    main = _main(package)
    if main.endswith(".bin"):
        raise Unfit("它是二进制工作簿（.xlsb）", limits.SAVE_AS)
    from_1904, listed = _workbook(package, main)
    links = package.links(main)
    sheets = [(one, links[one.link]) for one in listed if one.link in links]
    if len(sheets) < len(listed):
        raise limits.damaged()
    known = _known(package, {link.kind: link for link in links.values()})
    cells = [(one, link) for one, link in sheets if link.kind == "worksheet"]
    if not cells:
        raise Unfit("工作簿里没有工作表", "请核对文件，或另存为 .xlsx 后再选择")
    total = sum(package.size(link.target) for _, link in cells)
    done = 0
    for one, link in cells:
        outlet.sheet(one.title, hidden=one.hidden, from_1904=from_1904)
        sheet.read(outlet.told(package.chunks(link.target), done, total), known, outlet)
        done += package.size(link.target)


def _main(package: Package) -> str:
    """The key of the workbook's part."""
    for link in package.links("").values():
        if link.kind == "officeDocument":
            return link.target
    for key in ("xl/workbook.xml", "xl/workbook.bin"):
        if key in package:
            return key
    raise limits.foreign("压缩包")


def _workbook(package: Package, main: str) -> tuple[bool, list[Listed]]:
    listed: list[Listed] = []
    from_1904 = False

    def begin(path: tuple[str, ...], attributes: Attributes) -> None:
        nonlocal from_1904
        if len(path) == 1 and path[0] != "workbook":
            raise limits.foreign(FOREIGN[path[0]]) if path[0] in FOREIGN else limits.damaged()
        if path == ("workbook", "workbookPr"):
            from_1904 = truth(attributes.get("date1904"))
        elif path == ("workbook", "sheets", "sheet"):
            hidden = attributes.get("state", "visible") != "visible"
            link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            listed.append(Listed(attributes.get("name", ""), hidden, link))
            if len(listed) > limits.MOST_SHEETS:
                raise Unfit(f"工作表超过 {limits.MOST_SHEETS} 张", limits.ONLY_NEEDED)

    scan(package.chunks(main), begin)
    return from_1904, listed


def _known(package: Package, links: dict[str, Link]) -> Known:
    """Shared texts and styles; a workbook may do without either."""
    strings, styles = links.get("sharedStrings"), links.get("styles")
    return Known(
        shared(package.chunks(strings.target, limits.LARGEST_STRINGS))
        if strings and strings.target in package
        else (),
        dated_styles(package.chunks(styles.target)) if styles and styles.target in package else (),
    )
