"""Every task of the workshop in one command; it prepares what it needs and uses only the standard library."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import setup_debian
import setup_venv
from setup_venv import ROOT, VENV, Trouble, python_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OUT = ROOT / "out"
DEMO = OUT / "demo"
BENCH = ROOT / "build" / "bench.py"
TORTURE = ROOT / "build" / "torture.py"
INSTALLER = ROOT / "build" / "installer.py"
MIGRATION = ROOT / "build" / "migration.py"
VERSIONS = ROOT / "desktop" / "storage" / "migrations" / "versions"
UV = "uv==0.13.9"  # writes the lock

USAGE = """\
用法：python3 build/dev.py 任务 [其他参数]

  run     打开练习窗口；没有图形界面时在命令行演示，结果在 out/demo
  test    检查代码并运行全部测试；带参数时只运行 pytest，参数原样传递
  check   只检查代码：格式、规范、类型
  bench   测量速度
  torture 反复断电、强行结束、塞满磁盘，查验数据；加 --full 做全套
  installer 制作安装包，放在 build/out；加 --full 把 Windows 的也做出来，并做完整的试运行
  migration 名称   台账的栏目变了以后，生成数据库迁移
  lock    重新生成 build/requirements.lock；加 --upgrade 换用新版本"""

CHECKS = (
    ("代码格式", ("ruff", "format", "--check", ".")),
    ("代码规范", ("ruff", "check", ".")),
    ("类型", ("mypy",)),
)

OPENS_X = """
import ctypes, sys
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
sys.exit(x.XOpenDisplay(None) is None)
"""
OPENS_WAYLAND = """
import os, socket
name = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"])
socket.socket(socket.AF_UNIX).connect(name)
"""


def call(command: Sequence[str | Path], **env: str) -> int:
    """Run to the end, and return the exit code as a shell would."""
    everything = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    with subprocess.Popen(command, cwd=ROOT, env=everything) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:
                continue  # Ctrl+C reached the program too; it closes in its own time
            return 128 - code if code < 0 else code


def python(*arguments: str, **env: str) -> int:
    return call([python_in(VENV), *arguments], **env)


def opens(probe: str) -> bool:
    """Whether a display answers; asked in another process, for a dead one can hang or exit."""
    try:
        asked = subprocess.run([sys.executable, "-c", probe], capture_output=True, timeout=5, check=False)
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0


def has_display(platform: str, env: Mapping[str, str], answers: Callable[[str], bool] = opens) -> bool:
    """Whether a window can be shown. A variable left over from a closed session does not count."""
    if platform in {"win32", "darwin"}:
        return True
    x = bool(env.get("DISPLAY")) and answers(OPENS_X)
    return x or (bool(env.get("WAYLAND_DISPLAY")) and answers(OPENS_WAYLAND))


def run(extra: Sequence[str]) -> int:
    if has_display(sys.platform, os.environ):
        return python("-m", "ui", "--practice", *extra)
    print("没有可用的图形界面，改为在命令行演示一遍，结果在 out/demo。", flush=True)
    try:
        if DEMO.exists():
            shutil.rmtree(DEMO)
        DEMO.mkdir(parents=True)
    except OSError as error:
        raise Trouble(f"未能清空 out/demo：{error.strerror}。请关闭其中打开的文件后重新执行。") from error
    return python("-m", "desktop", "demo", "--out", str(DEMO), *extra)


def steps(wanted: Sequence[tuple[str, Sequence[str]]]) -> int:
    """Run every step even after a failure; return the first code that is not 0."""
    codes = {}
    for name, command in wanted:
        print(f"== {name}：{' '.join(command)}", flush=True)
        codes[name] = python("-m", *command, QT_QPA_PLATFORM="offscreen")
    failed = [name for name, code in codes.items() if code]
    print(f"== 未通过：{'、'.join(failed)}" if failed else "== 全部通过", flush=True)
    return next((code for code in codes.values() if code), 0)


def check(extra: Sequence[str]) -> int:
    if extra:
        raise Trouble("check 不接受其他参数，请去掉后重新执行。")
    return steps(CHECKS)


def test(extra: Sequence[str]) -> int:
    if extra:
        return python("-m", "pytest", *extra, QT_QPA_PLATFORM="offscreen")
    return steps([*CHECKS, ("测试", ("pytest",))])


def bench(extra: Sequence[str]) -> int:
    return python(str(BENCH), *extra, QT_QPA_PLATFORM="offscreen")


def torture(extra: Sequence[str]) -> int:
    return python(str(TORTURE), *extra, QT_QPA_PLATFORM="offscreen")


def installer(extra: Sequence[str]) -> int:
    return python(str(INSTALLER), "--from", str(Path.cwd()), *extra)


def migration(extra: Sequence[str]) -> int:
    """Write the migration for what the ledgers declare and the newest schema lacks."""
    return python(str(MIGRATION), *extra) or call([python_in(VENV), "-m", "ruff", "format", VERSIONS])


def lock(extra: Sequence[str]) -> int:
    """Pin again what pyproject.toml asks for. Pins that still fit are kept unless ``--upgrade`` is given."""
    workshop = OUT / "lock"
    setup_venv.make(workshop)
    setup_venv.pip(workshop, UV)
    oldest = ".".join(map(str, setup_venv.OLDEST))
    scope = ("--group", "dev", "--universal", "--python-version", oldest)
    form = ("--generate-hashes", "--only-binary", ":all:", "--no-annotate", "--no-emit-index-url", "--quiet")
    header = ("--custom-compile-command", "python3 build/dev.py lock")
    uv = (
        python_in(workshop),
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "-o",
        "build/requirements.lock",
    )
    return call([*uv, *scope, *form, *header, *extra])


VERBS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "torture": torture,
    "installer": installer,
    "migration": migration,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console without Chinese must not stop us
    verb = VERBS.get(arguments[0]) if arguments else None
    if verb is None:
        print(USAGE)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        reason = setup_venv.unfit(sys.version_info[:2])
        if reason:
            raise Trouble(reason)
        if verb is not lock:
            setup_debian.provide()
            if verb in (test, installer):
                setup_debian.provide_tools()
            setup_venv.prepare()
        return verb(arguments[1:])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # what a shell expects after Ctrl+C


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
