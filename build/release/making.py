"""A release in the making: where it goes, what was seen of it, and what was left out."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from freeze import comparing, freezing
from release.telling import Facts

MOST = 140.0  # megabytes of a frozen program
Made = TypeVar("Made")


class Failed(Exception):
    """The release must not go out."""


@dataclass
class Making:
    """What the parts of a release are made with, and what they tell of themselves.

    :param out: the folder of the release.
    :param work: the folder for what is made on the way; some of it is kept for the next time.
    :param full: try everything, however long it takes.
    :param key: private key for updates.
    :param sign: command for Authenticode.
    """

    out: Path
    work: Path
    full: bool = False
    key: Path | None = None
    sign: str = ""
    facts: Facts = field(default_factory=Facts)

    def do(self, name: str, work: Callable[[], Made]) -> Made:
        """Do ``work``, and say how long it took."""
        print(f"== {name}", flush=True)
        began = time.perf_counter()
        result = work()
        print(f"   {time.perf_counter() - began:.0f} 秒", flush=True)
        return result

    def know(self, **facts: Any) -> None:
        """Note more of what the release tells of itself, by the names in :class:`Facts`."""
        self.facts = replace(self.facts, **facts)

    def see(self, sentence: str) -> None:
        """Note what was tried."""
        print(f"   {sentence}", flush=True)
        self.know(tried=[*self.facts.tried, sentence])

    def leave_out(self, what: str, why: str) -> None:
        """Note what could not be made or tried here."""
        print(f"== 没有做 {what}：{why}", flush=True)
        self.know(left_out=[*self.facts.left_out, (what, why)])


def sound(program: Path) -> str:
    """Refuse a program that is too large.

    :returns: how large it is, as a sentence.
    """
    size = freezing.megabytes(program)
    if size > MOST:
        raise Failed(f"程序有 {size:.1f} MB，最大 {MOST:.0f} MB")
    return f"程序解压后 {size:.1f} MB"


def tried(program: Path) -> str:
    """Let the program frozen for this system compare itself with the source, and do everything once."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "smoke.json"
        env = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PINGAN_DATA": str(Path(folder) / "data")}
        checks = ((program / "pingan", "self-check"), (program / "pingan-window", "--smoke-test", report))
        for command in checks:
            done = subprocess.run(
                [str(one) for one in command],
                env=env,
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            if done.returncode:
                told = report.read_text("utf-8") if report.exists() else done.stdout + done.stderr
                raise Failed(f"冻结的程序没有通过 {command[1]}\n{told[-1500:]}")
        steps = len(json.loads(report.read_text("utf-8"))["steps"])
    return f"冻结的程序与源码一致（自检），试运行 {steps} 步全部通过"


def alike(first: Path, second: Path) -> str:
    """Refuse two builds from one commit that differ in anything."""
    if differing := comparing.differences(first, second):
        raise Failed(f"两次制作有 {len(differing)} 处不同：{differing[0]}")
    return "做了两次，逐个文件相同"
