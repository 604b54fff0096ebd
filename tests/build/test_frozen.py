"""The program frozen here is the source tree, the same each time, and does everything. About 70 seconds."""

import sys
from pathlib import Path

import pytest

from desktop.services import payload
from freeze import comparing, freezing
from release import making

LEFT_OUT = (
    "没有做的：旧系统也能用的冻结、整个 .deb 从安装到卸载、启动时间；"
    "每样都要几分钟，由 dev.py installer --full 做"
)


def test_the_frozen_program_is_the_source_tree_and_works_and_another_freeze_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if why := freezing.missing() if sys.platform == "linux" else "只在 Linux 上做":
        with capsys.disabled():
            print(f"\n没有冻结试运行：{why}")
        return
    program = freezing.freeze(tmp_path / "freeze")
    again = freezing.freeze(tmp_path / "again")
    assert making.alike(program, again)
    making.sound(program)
    making.tried(program)
    _a_changed_byte_is_noticed(program, again)
    (program / payload.INTERNAL / "resources" / "codes" / "gender.json").unlink()
    with pytest.raises(making.Failed, match=r"缺少程序文件 _internal/resources/codes/gender\.json"):
        making.tried(program)
    with capsys.disabled():
        print(f"\n{LEFT_OUT}")


def _a_changed_byte_is_noticed(program: Path, again: Path) -> None:
    name = f"{payload.INTERNAL}/resources/codes/gender.json"
    content = bytearray((again / name).read_bytes())
    content[0] ^= 1
    (again / name).write_bytes(content)
    assert comparing.differences(program, again) == [f"{name} 内容不同"]
