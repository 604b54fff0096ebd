"""The virtual environment beside pyproject.toml, made from the lock and found again in no time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from.txt"
LOCK = ROOT / "build" / "requirements.lock"

OLDEST, NEWEST = (3, 11), (3, 13)  # PySide6 6.8.3 has no wheels for later ones
OFFLINE = ("Retrying (", "ConnectionError", "ReadTimeoutError")


class Trouble(Exception):
    """What keeps us from going on, and the way out, in one sentence."""


def unfit(version: tuple[int, int]) -> str | None:
    """Why this Python will not do; ``None`` when it will."""
    if OLDEST <= version <= NEWEST:
        return None
    span = f"{OLDEST[0]}.{OLDEST[1]} 至 {NEWEST[0]}.{NEWEST[1]}"
    return f"当前 Python 为 {version[0]}.{version[1]}，需要 {span}，请换用合适的版本重新执行。"


def python_in(venv: Path, platform: str = sys.platform) -> Path:
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def stamp(lock: bytes, version: tuple[int, int]) -> str:
    """What a finished environment was made from. Wheels differ by minor version of Python, not by patch."""
    return f"{hashlib.sha256(lock).hexdigest()} {version[0]}.{version[1]}\n"


def is_ready(made_from: Path, wanted: str, python: Path) -> bool:
    return python.exists() and made_from.is_file() and made_from.read_text("utf-8") == wanted


def is_usable(venv: Path, version: tuple[int, int]) -> bool:
    """Whether an unfinished or outdated environment can be kept: same Python, and pip answers."""
    config, python = venv / "pyvenv.cfg", python_in(venv)
    if not python.exists() or not config.is_file():
        return False
    if f"version = {version[0]}.{version[1]}." not in config.read_text("utf-8"):
        return False
    return (
        subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )


def prepare() -> None:
    """Make the environment, unless the one here was made from this lock."""
    version = sys.version_info[:2]
    wanted = stamp(LOCK.read_bytes(), version)
    if is_ready(STAMP, wanted, python_in(VENV)):
        return
    print("正在准备运行环境（.venv），首次约需一两分钟……", flush=True)
    if not is_usable(VENV, version):
        make(VENV)
    pip(VENV, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK))
    STAMP.write_text(wanted, "utf-8")


def make(folder: Path) -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if made.returncode:
        raise Trouble(venv_trouble(made.stdout + made.stderr))


def pip(venv: Path, *wanted: str) -> None:
    command = [
        str(python_in(venv)),
        "-m",
        "pip",
        "install",
        "-q",
        "--no-input",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(
        [*command, *wanted], cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise Trouble(pip_trouble(done.stdout + done.stderr))


def venv_trouble(answer: str) -> str:
    """One sentence from all that ``venv`` printed."""
    if "ensurepip" in answer:
        return "未能建立运行环境：这个 Python 缺少 venv，请安装 python3-venv 后重新执行。"
    return f"未能建立运行环境：{last_line(answer)}。请处理后重新执行。"


def pip_trouble(answer: str) -> str:
    """One sentence from all that pip printed."""
    if any(sign in answer for sign in OFFLINE):
        return "依赖包没有装好：连不上软件包服务器，请检查网络后重新执行。"
    if "No space left" in answer:
        return "依赖包没有装好：磁盘空间不足，请腾出 1 GB 后重新执行。"
    if "DO NOT MATCH THE HASHES" in answer:
        return "依赖包没有装好：下载的软件包与 build/requirements.lock 的校验值不符，请检查下载源后重新执行。"
    errors = "\n".join(line for line in answer.splitlines() if line.startswith("ERROR: "))
    return f"依赖包没有装好：{last_line(errors or answer).removeprefix('ERROR: ')}。请处理后重新执行。"


def last_line(answer: str) -> str:
    lines = answer.strip().splitlines()
    return lines[-1].rstrip(".") if lines else "没有说明原因"
