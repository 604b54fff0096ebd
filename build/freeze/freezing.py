"""Freezes the program: the same folder, byte for byte, from the same commit on the same system."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from ctypes.util import find_library
from pathlib import Path

from desktop import __version__
from desktop.services import contents, payload
from freeze import icons, versions
from release import bill, notices, parts

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("pingan.spec")
SVG = ROOT / "resources" / "icons" / "app.svg"
NAME = "pingan"
WHOLE = {"PySide6", "shiboken6"}  # come stripped, all but ICU


class Unmade(Exception):
    """The program could not be frozen; the last lines of what PyInstaller said."""


def moment() -> int:
    """Seconds since 1970 of the commit; every file of a build bears it."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    asked = ["git", "log", "-1", "--format=%ct"]
    if shutil.which("git"):
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return int(answer.stdout)
    return int(SPEC.stat().st_mtime)  # an archive of the source


def missing() -> str:
    """Why this Python cannot be frozen on Linux; empty when it can."""
    if not shutil.which("strip"):
        return "没有 strip（Debian：apt-get install binutils）"
    name, (major, minor) = str(sysconfig.get_config_var("INSTSONAME")), sys.version_info[:2]
    beside = Path(str(sysconfig.get_config_var("LIBDIR"))) / name
    if ".so" in name and (beside.exists() or find_library(f"python{major}.{minor}")):
        return ""
    return f"这个 Python 没有共享库（Debian：apt-get install libpython{major}.{minor}）"


def freeze(out: Path) -> Path:
    """Freeze the source tree for the system this runs on.

    :param out: a folder of ours; what an earlier run left there goes.
    :returns: the folder with both programs.
    :raises Unmade: PyInstaller did not do it.
    """
    shutil.rmtree(out, ignore_errors=True)
    made = out / "made"
    prepare(made)
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "build"))),
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(moment()),
        "PINGAN_MADE": str(made),
        "PYINSTALLER_CONFIG_DIR": str(out / "cache"),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    places = ["--workpath", str(out / "work"), "--distpath", str(out / "dist"), str(SPEC)]
    done = subprocess.run([*command, *places], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    (out / "pyinstaller.log").write_text(done.stderr, "utf-8")
    if done.returncode:
        raise Unmade("\n".join(["PyInstaller 没有完成冻结", *done.stderr.splitlines()[-8:]]))
    program = out / "dist" / NAME
    finish(program)
    return program


def prepare(made: Path) -> None:
    """Write what the spec takes besides the source: manifest, notices, icon, version resources."""
    made.mkdir(parents=True)
    held = json.dumps(contents.contents(), ensure_ascii=False, sort_keys=True, indent=1)
    (made / "manifest.json").write_text(held, "utf-8", newline="\n")
    found = parts.parts()
    notices.write(made / "licences", found)
    held = bill.bill(__version__, moment(), found)
    (made / "licences" / bill.FILE).write_text(held, "utf-8", newline="\n")
    (made / "app.ico").write_bytes(icons.ico(SVG))
    for program in versions.NAMES:
        (made / f"{program}.version.txt").write_text(versions.resource(program, __version__), "utf-8")
        (made / f"{program}.manifest").write_text(versions.manifest(program, __version__), "utf-8")


def finish(program: Path) -> None:
    """Strip what our own Python brought unstripped, list the files, and give all of them one time."""
    if sys.platform == "linux" and shutil.which("strip"):
        inside = program / payload.INTERNAL
        found = [one for one in sorted(inside.rglob("*.so*")) if not one.is_symlink()]
        plain = [one for one in found if one.name.startswith("libicu") or not {*one.parts} & WHOLE]
        subprocess.run(["strip", "--strip-unneeded", *plain], check=True)
    if sys.platform != "win32":
        (program / NAME).symlink_to("pingan-window")
    payload.write(program)
    same_time(program)


def same_time(folder: Path) -> None:
    """Give every file and folder the moment of the commit."""
    follow, times = os.utime not in os.supports_follow_symlinks, (moment(), moment())
    for one in [*folder.rglob("*"), folder]:
        os.utime(one, times, follow_symlinks=follow)


def megabytes(folder: Path) -> float:
    return sum(one.lstat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6


if __name__ == "__main__":  # how the Python of another system, such as Wine's, is made to do it
    freeze(Path(sys.argv[1]).resolve())
