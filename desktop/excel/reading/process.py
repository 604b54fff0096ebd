"""Reads a file in a child process, so that no file can hang, crash or fill the program itself."""

import gc
import queue
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from desktop.errors import Refusal
from desktop.excel.reading import VERB, limits
from desktop.excel.reading.assembling import Assembler, Broken
from desktop.excel.reading.grid import Book
from desktop.excel.reading.limits import Unfit
from desktop.storage.trouble import as_refusal

SECONDS = 60.0  # by the clock on the wall
MEMORY = 1024 * limits.MEGA  # bytes of address space; Windows has no such limit, there the counted ones hold
LONGEST_LINE = 32 * limits.MEGA  # bytes: one row of 300 cells, each as long as a cell can be
AHEAD = 16  # lines that may wait for the window
GLANCE = 0.1  # seconds between two looks at the clock and at a wish to stop
ROOT = Path(__file__).parents[3]  # the folder that holds the package

Progress = Callable[[int, int], None]
Lines = queue.Queue[bytes | None]  # ``None`` after the last


def read(
    file: Path, progress: Progress | None = None, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Book:
    """Every sheet of a file that holds tables: .xlsx, .xlsm, .xls, .ods or .csv, told by its content.

    :param progress: is told (done, total) several times a second; a :class:`Refusal` it raises stops reading.
    :param seconds: the longest time to read.
    :param memory: the most that the child may use, in bytes.
    :raises Refusal: the file cannot be opened, is none of these, has a password, is damaged, holds too much
        or takes too long; its cause and a way out are named.
    """
    what = f"未能读取“{_line(file.name)}”"
    try:
        with uncollected(), as_refusal(what), _opened(file) as stream, _child(stream, memory) as lines:
            return _assemble(Assembler(file.name), lines, progress, time.monotonic() + seconds)
    except Unfit as unfit:
        raise Refusal(what, _line(unfit.why), _line(unfit.remedy)) from unfit
    except _Late as trouble:
        raise Refusal(what, f"读取超过 {seconds:.0f} 秒", limits.ONLY_NEEDED) from trouble
    except Broken as trouble:
        raise Refusal(
            what, "读取中途出错，文件可能已损坏，或有内容写在很远的行列", limits.SAVE_AS
        ) from trouble


class _Late(Exception):
    """The time is over."""


def _line(words: str) -> str:
    """On one line, whatever the names in it hold."""
    return " ".join(words.split())


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """The file, opened once: what the child reads is what was looked at, and Excel may have it open too."""
    about = file.stat()
    if stat.S_ISREG(about.st_mode):
        if about.st_size == 0:
            raise Unfit("文件是空的（0 字节）", "请重新保存或复制这个文件")
        if about.st_size > limits.LARGEST_FILE:
            size, most = limits.in_mega(about.st_size), limits.in_mega(limits.LARGEST_FILE)
            raise Unfit(f"文件有 {size}，最大 {most}", "请拆成几个文件，或删去图片后再选择")
    elif not stat.S_ISDIR(about.st_mode):  # a pipe or a device may never end; a folder has its own sentence
        raise Unfit("它不是普通的文件", "请选择电脑或 U 盘里的表格文件")
    with file.open("rb") as stream:
        yield stream


def command(memory: int) -> list[str]:
    """What starts a child that may use ``memory`` bytes."""
    program = [VERB] if _frozen() else ["-m", "desktop.excel.reading.child"]
    return [sys.executable, *program, str(memory)]


def _frozen() -> bool:
    """This is the packed program, which has no interpreter beside it."""
    return bool(getattr(sys, "frozen", False))


@contextmanager
def _child(stream: IO[bytes], memory: int) -> Iterator[Lines]:
    """Lines as a child says them, ``None`` after the last; it does not outlive the block."""
    child = subprocess.Popen(
        command(memory),
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=None if _frozen() else ROOT,  # -m looks there first
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # only Windows has it, and needs it
    )
    lines: Lines = queue.Queue(AHEAD)
    with child:
        pump = threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True)
        pump.start()
        try:
            yield lines
        finally:
            child.kill()
            while pump.is_alive():  # it may wait for room
                with suppress(queue.Empty):
                    lines.get(timeout=GLANCE)
            pump.join()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles away from a million cells, or their rows, that hold none.

    Each look at them would stop all threads for 0.4 s, and so would the one after: they are frozen until
    the next time.
    """
    was = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def _pump(said: IO[bytes], lines: Lines) -> None:
    while line := said.readline(LONGEST_LINE):
        lines.put(line)
    lines.put(None)


def _assemble(assembler: Assembler, lines: Lines, progress: Progress | None, end: float) -> Book:
    """Take lines in until the last; nothing that the child does or leaves undone holds this up."""
    done, total, told = 0, 1, 0.0
    while True:
        now = time.monotonic()
        if now > end:
            raise _Late
        if progress and now - told > GLANCE:
            progress(done, total)
            told = now
        try:
            line = lines.get(timeout=GLANCE)
        except queue.Empty:
            continue
        if line is None:
            break
        if far := assembler.take(line):
            done, total = min(far), max(far[1], 1)
    book = assembler.book()
    if progress:
        progress(total, total)
    return book
