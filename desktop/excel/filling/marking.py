"""The clerk's own file comes back: wrong cells red, what is wrong beside them, and a filter to find them."""

import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from desktop.errors import Refusal
from desktop.excel.filling import newbook, workbookxml
from desktop.excel.filling.deflated import Spool
from desktop.excel.filling.marks import SheetMarks
from desktop.excel.filling.marksheet import Marker
from desktop.excel.filling.package import TYPES, Package
from desktop.excel.filling.sheetxml import SheetPart
from desktop.excel.filling.styles import Styles
from desktop.excel.safely import Shape, write_whole
from desktop.storage.trouble import as_refusal

WHAT = "未能写出标出错误的文件"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def mark(source: Path, target: Path, sheets: Mapping[str, SheetMarks]) -> None:
    """Write a copy of ``source`` with its wrong rows marked.

    Of an .xlsx or .xlsm every part that is not marked stays byte for byte, and so does each cell's content;
    macros stay only if ``target`` is an .xlsm too. Any other kind of table becomes a new .xlsx.

    :param sheets: by title.
    :raises Refusal: the source cannot be read, a sheet is gone, or the target cannot be written.
    """
    with as_refusal(WHAT):
        content = source.read_bytes()
    if not _is_package(source):
        write_whole(target, lambda part: newbook.write(source, part, sheets))
        return
    package = Package(content, WHAT)
    if target.suffix.lower() != ".xlsm":
        _without_macros(package)

    def make(part: Path) -> Shape:
        with ExitStack() as spools:
            _mark(package, sheets, lambda: spools.enter_context(closing(Spool(part.parent))))
            package.write(part)
        return Shape(rows=0)

    write_whole(target, make)


def _is_package(source: Path) -> bool:
    if not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as archive:
        return TYPES in archive.namelist()


def _mark(package: Package, sheets: Mapping[str, SheetMarks], spool: Callable[[], Spool]) -> None:
    parts = package.sheets()
    styles = Styles(package)
    for title, marks in sheets.items():
        if title not in parts:
            raise Refusal(WHAT, f"文件中没有工作表“{title}”", "请重新选择导入时的那个文件")
        sheet = SheetPart(package, parts[title])
        marker = Marker(sheet, styles, marks)
        package.replace(sheet.part, marker.marked(spool()))
        if marker.filtered:
            workbookxml.name_filter(package, title, marker.filtered)
    styles.keep()


def _without_macros(package: Package) -> None:
    if macros := package.find(package.workbook, "vbaProject"):
        package.drop(macros, package.workbook)
    package.retype(package.workbook, MAIN)
