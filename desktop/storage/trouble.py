"""What the file system and the database may answer, as sentences for a clerk."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desktop.errors import Refusal

DRIVERS = (sqlite3.Error, dbapi2.Error)  # our own file, and whatever a library opens with the plain one
SENTENCES = (
    ("disk is full", "磁盘已满", "请删除一些不用的文件后再试，已录入的内容没有丢"),
    ("readonly", "数据文件夹是只读的", "请换一个可以写入的文件夹，或请管理员开放写入权限"),
    ("database is locked", "另一个程序正在使用数据", "请关闭另一个窗口后再试"),
    ("unable to open database file", "数据文件打不开", "请检查文件夹是否存在、是否可以读写"),
    ("not a database", "这个文件不是平安台账的数据", "请选择正确的数据文件夹"),
    ("malformed", "数据文件已损坏", "请先复制整个数据文件夹留底，再以只读方式打开，或从备份恢复"),
    ("disk I/O error", "磁盘读写出错，可能是磁盘已满，或 U 盘已断开", "请先看看磁盘还有没有空间"),
)
NUMBERS = {
    errno.ENOSPC: ("磁盘已满", "请删除一些不用的文件后再试"),
    errno.EROFS: ("文件夹是只读的", "请换一个可以写入的文件夹"),
    errno.EACCES: ("没有写入权限，或文件正被其他程序打开", "请关闭打开它的程序，或换一个文件夹"),
    errno.EPERM: ("没有写入权限", "请换一个可以写入的文件夹"),
    errno.ENOENT: ("文件或文件夹不存在", "请检查路径后再试"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请检查路径后再试"),
    errno.EISDIR: ("这是一个文件夹，不是文件", "请选择文件"),
    errno.EEXIST: ("同名的文件或文件夹已经存在", "请换一个名称或位置"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘或 U 盘是否已断开"),
    errno.ELOOP: ("路径绕回了自己", "请检查路径后再试"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短一些的路径"),
}


def explained(what: str, trouble: BaseException) -> Refusal | None:
    """The sentence for a trouble of the disk or the database; ``None`` for one that is a bug."""
    if isinstance(trouble, DBAPIError) and trouble.orig is not None:
        trouble = trouble.orig
    if isinstance(trouble, DRIVERS):
        said = str(trouble)
        for mark, why, remedy in SENTENCES:
            if mark in said:
                return Refusal(what, why, remedy)
    if isinstance(trouble, OSError) and not isinstance(trouble, BrokenPipeError):
        other = f"电脑报告：{trouble.strerror or trouble}", "请检查磁盘、文件和权限后再试"
        why, remedy = NUMBERS.get(trouble.errno or 0, other)
        where = f"（{trouble.filename}）" if trouble.filename else ""
        return Refusal(what, why + where, remedy)
    return None


def full(trouble: BaseException) -> bool:
    """Whether a disk without room stands behind ``trouble``."""
    if isinstance(trouble, DBAPIError) and trouble.orig is not None:
        trouble = trouble.orig
    if isinstance(trouble, OSError):
        return trouble.errno == errno.ENOSPC
    return "disk is full" in str(trouble)


@contextmanager
def as_refusal(what: str) -> Iterator[None]:
    """Turn a trouble of the disk or the database into a :class:`Refusal` that begins with ``what``."""
    try:
        yield
    except (DBAPIError, *DRIVERS, OSError) as trouble:
        refusal = explained(what, trouble)
        if refusal is None:
            raise
        raise refusal from trouble
