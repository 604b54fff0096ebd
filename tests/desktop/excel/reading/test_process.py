"""The child: what it does to a file it may do to itself only."""

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.excel.reading import VERB, limits, process
from desktop.excel.reading.limits import MEGA
from tests.desktop.excel.reading.workbooks import parts, zipped

ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>甲</t></is></c></row>'
ROOT = Path(process.__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook of 60,000 rows, enough for a second."""
    file = tmp_path / "三月 名册.xls"
    file.write_bytes(zipped(parts("".join(ROW.format(at) for at in range(1, 60_001)))))
    return file


def says(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a child of our own in the place of the real one."""
    monkeypatch.setattr(process, "command", lambda _: [sys.executable, "-c", code])


def test_the_packed_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    assert process.command(5)[1:] == ["-m", "desktop.excel.reading.child", "5"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command(5) == [sys.executable, VERB, "5"]


def test_a_workbook_comes_through_the_child_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    far: list[tuple[int, int]] = []
    book = process.read(file, lambda done, total: far.append((done, total)))
    assert (book.name, book.kind, len(book.sheets[0].rows)) == ("三月 名册.xls", "xlsx", 60_000)
    assert book.sheets[0].rows[60_000] == ("甲",)
    assert far[-1][0] == far[-1][1]
    assert all(0 <= done <= total for done, total in far)


def test_a_refusal_of_the_child_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "名\n册.xlsx"
    file.write_bytes(zipped(parts("<row r='何\n时'/>")))
    with pytest.raises(Refusal) as caught:
        process.read(file)
    assert str(caught.value) == (
        "未能读取“名 册.xlsx”：文件的内部结构不正常（工作表“花名册”有一行的行号是“何 时”）。"
        "请在 Excel 或 WPS 中打开它，另存为 .xlsx 后再选择。"
    )


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os.abort()", "读取中途出错"),
        ("pass", "读取中途出错"),
        ("print('hello')", "读取中途出错"),
        ("print('[[1,[5]]]')", "读取中途出错"),
        ("print('[' * 100000)", "读取中途出错"),
        ('print(\'{"kind":"xlsx"}\', flush=True); print("x")', "读取中途出错"),
        ("import time; time.sleep(600)", "读取超过 1 秒"),
        ('while True: print(\'{"done":1,"total":2}\')', "读取超过 1 秒"),
        ("import os\nwhile True: os.write(1, b'x' * 65536)", "读取"),
    ],
)
def test_a_child_that_fails_is_a_sentence_and_is_gone(
    code: str, why: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, code)
    threads = threading.active_count()
    with pytest.raises(Refusal, match=why):
        process.read(file, seconds=1.0)
    assert threading.active_count() == threads
    assert not multiprocessing.active_children()
    with pytest.raises(ChildProcessError):  # no zombie is left either
        os.waitpid(-1, os.WNOHANG)


def test_the_clock_stops_a_reading(file: Path) -> None:
    with pytest.raises(Refusal, match=r"读取超过 0 秒。请只留下要导入的工作表"):
        process.read(file, seconds=0.05)


def test_a_clerk_who_stops_it_is_heard(file: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Refusal("未能导入", "已取消", "可以重新选择文件")

    with pytest.raises(Refusal, match="已取消"):
        process.read(file, stop)


def test_a_child_out_of_memory_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "大.csv"
    file.write_bytes(b"a,b\n" * 10 * MEGA)
    with pytest.raises(Refusal, match=r"内存不够|读取中途出错"):
        process.read(file, memory=60 * MEGA)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (str, "不存在"),
        (lambda file: file.mkdir(), "文件夹"),
        (lambda file: file.write_bytes(b""), "空的"),
        (os.mkfifo, "不是普通的文件"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(
    tmp_path: Path, make: Callable[[Path], object], why: str
) -> None:
    make(tmp_path / "名册.xlsx")
    with pytest.raises(Refusal, match=why):
        process.read(tmp_path / "名册.xlsx")


def test_a_file_too_large_is_not_even_given_to_a_child(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 1024)
    says(monkeypatch, "raise SystemExit")
    with pytest.raises(Refusal, match="最大 0 MB"):
        process.read(file)


@pytest.mark.parametrize("program", ["ui", "desktop"])
def test_the_program_itself_becomes_the_child(program: str, file: Path) -> None:
    with file.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", program, VERB],
            stdin=stream,
            capture_output=True,
            cwd=ROOT,
            check=True,
        )
    assert done.stdout.endswith(b'{"kind":"xlsx"}\n')
    assert not any(heavy in done.stderr for heavy in (b"PySide6", b"sqlalchemy", b"openpyxl", b"dataclasses"))
