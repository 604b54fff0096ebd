"""The program frozen here is the source tree, and does everything once. About 40 seconds."""

import shutil
import sys
from pathlib import Path

import pytest

from desktop.services import payload
from freeze import freezing
from release import making


def test_the_frozen_program_is_the_source_tree_and_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform != "linux" or not shutil.which("strip"):
        with capsys.disabled():
            print("\n没有冻结试运行：只在有 strip（binutils）的 Linux 上做")
        return
    program = freezing.freeze(tmp_path / "freeze")
    making.sound(program)
    making.tried(program)
    (program / payload.INTERNAL / "resources" / "codes" / "gender.json").unlink()
    with pytest.raises(making.Failed, match=r"缺少程序文件 _internal/resources/codes/gender\.json"):
        making.tried(program)
