"""What Qt needs from a Debian or Ubuntu system, and how to get it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Runner = Callable[[list[str]], "subprocess.CompletedProcess[str]"]

OFFSCREEN = (
    *("libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libfreetype6", "libdbus-1-3"),
    *("libxkbcommon0", "libx11-6"),
)
WINDOW = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
    "libx11-xcb1",
)
CHINESE_FONT = ("fonts-wqy-microhei", "fontconfig")  # without a font every character is a box
TOOLS = ("binutils", "nsis", "osslsigncode", "wine", "wine64")  # compile, sign and try the setup for Windows
VENV = "python3-venv"
ATTEMPTS = 2


def installed(answer: str) -> set[str]:
    """The packages that ``dpkg-query`` reports as installed, by the names they had before 64-bit time."""
    found = set()
    for line in answer.splitlines():
        name, _, state = line.partition(" ")
        if state.startswith("ii"):
            found.add(name.partition(":")[0].removesuffix("t64"))
    return found


def missing(present: Collection[str], *, other_font: bool, can_make_venv: bool) -> list[str]:
    """The packages still to be installed, in the order above.

    :param other_font: the system shows Chinese with a font of its own.
    """
    wanted = [*OFFSCREEN, *WINDOW]
    if not other_font:
        wanted += CHINESE_FONT
    if not can_make_venv:
        wanted.append(VENV)
    return [name for name in wanted if name not in present]


def missing_here() -> list[str]:
    """What this system lacks; nothing where there is no ``apt-get`` to ask."""
    if not is_debian():
        return []
    present = present_here([*OFFSCREEN, *WINDOW, *CHINESE_FONT])
    other_font = not present.issuperset(CHINESE_FONT) and has_chinese_font()
    can_make_venv = importlib.util.find_spec("ensurepip") is not None
    return missing(present, other_font=other_font, can_make_venv=can_make_venv)


def is_debian() -> bool:
    return sys.platform.startswith("linux") and bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def present_here(names: Collection[str]) -> set[str]:
    """Those of ``names`` that are installed."""
    query = [
        "dpkg-query",
        "-W",
        "-f=${Package} ${db:Status-Abbrev}\n",
        *names,
        *(f"{one}t64" for one in names),
    ]
    return installed(
        run(query).stdout
    )  # 10 ms; fails when any name is unknown, and still answers for the rest


def has_chinese_font() -> bool:
    return bool(shutil.which("fc-list")) and bool(run(["fc-list", ":lang=zh-cn", "family"]).stdout.strip())


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=env, capture_output=True, text=True, errors="replace", check=False)


def by_hand(names: Collection[str]) -> str:
    """The one line a person types."""
    return f"sudo apt-get install --no-install-recommends {' '.join(names)}"


def install(names: list[str], runner: Runner = run) -> bool:
    """Install as root, and try once more when the mirror stumbles.

    :returns: whether everything is there.
    """
    command = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *names]
    for _ in range(ATTEMPTS):
        runner(["apt-get", "update"])  # may fail for one mirror of several; the install decides
        if runner(command).returncode == 0:
            return True
    return False


def provide() -> None:
    """Install what is missing if we may; otherwise say how, and go on: the command line works without."""
    names = missing_here()
    if not names:
        return
    if os.geteuid() != 0:
        print(
            f"系统缺少 {len(names)} 个软件包，窗口可能打不开或显示不出汉字。请执行：\n  {by_hand(names)}",
            flush=True,
        )
        return
    print(f"正在安装系统缺少的 {len(names)} 个软件包：{' '.join(names)}", flush=True)
    if not install(names):
        print(f"系统软件包没有装全，请检查网络后执行：\n  {by_hand(names)}", flush=True)


def shared_python() -> list[str]:
    """What Debian's own Python lacks to be frozen: itself as a library."""
    major, minor = sys.version_info[:2]
    return [f"libpython{major}.{minor}"] if sys.base_prefix == "/usr" else []


def provide_tools() -> None:
    """Install, if we may, what the freeze and the tests of the setup use; they say what they lack."""
    if not is_debian() or os.geteuid() != 0:
        return
    tools = [*TOOLS, *shared_python()]
    names = [name for name in tools if name not in present_here(tools)]
    if not names:
        return
    print(f"正在安装试做安装包要用的软件包：{' '.join(names)}", flush=True)
    if not install(names):
        print("没有装上，要用它们的测试会说明没有做什么。", flush=True)
