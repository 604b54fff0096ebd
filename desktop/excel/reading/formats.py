"""What a file is, by its content: its name may say anything."""

import io
import zipfile

from desktop.excel.reading import delimited, legacy, limits, opendocument, xlsx
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.package import Package
from desktop.excel.reading.wire import Outlet

OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, .et, .doc, and newer workbooks with a password
ZIP = b"PK"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def read(data: bytes, outlet: Outlet) -> str:
    """Hand all sheets on.

    :returns: the kind: ``xlsx``, ``xls``, ``ods`` or ``csv``.
    :raises Unfit: it is none of these, has a password, is damaged, hostile, or holds too much.
    """
    if len(data) > limits.LARGEST_FILE:
        raise Unfit(f"文件超过 {limits.in_mega(limits.LARGEST_FILE)}", "请拆成几个文件后再选择")
    if not data.strip(b"\0 \t\r\n"):
        raise Unfit("文件里没有内容", "请重新保存或复制这个文件")
    if data.startswith(OLE):
        legacy.read(data, outlet)
        return "xls"
    if data.startswith(ZIP) or zipfile.is_zipfile(io.BytesIO(data)):
        return _zip(Package(data), outlet)
    delimited.read(data, outlet)
    return "csv"


def _zip(package: Package, outlet: Outlet) -> str:
    kind = ""
    if "mimetype" in package:
        kind = b"".join(package.chunks("mimetype", limits.MEGA)).decode("ascii", "replace").strip()
    if not kind.startswith(OPEN_DOCUMENT):
        xlsx.read(package, outlet)
        return "xlsx"
    if not kind.startswith(OPEN_DOCUMENT + "spreadsheet"):
        raise limits.foreign("OpenDocument 文档")
    opendocument.read(package, outlet)
    return "ods"
