"""What a frozen program asks of a Linux: its glibc, and the packages of libraries it does not carry."""

import re
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path

from freeze.freezing import Unmade

DEPENDS = {  # what freeze/pruning.py leaves to the system; packages of newer names provide these
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libcrypto.so.1.1": "libssl1.1",
    "libcrypto.so.3": "libssl3",
    "libssl.so.1.1": "libssl1.1",
    "libssl.so.3": "libssl3",
    "libsqlite3.so.0": "libsqlite3-0",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
RECOMMENDS = {  # without these the program runs, and does not print
    "libcups.so.2": "libcups2",
}
OF_LIBC = re.compile(r"(?:ld-linux-x86-64|lib(?:c|dl|m|pthread|rt|util))\.so\.\d$")
NEEDED = re.compile(r"\(NEEDED\).*\[([^]]+)\]")
GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


def libraries(program: Path) -> set[str]:
    """The libraries, such as ``libX11.so.6``, that ``program`` leaves to the system, those of glibc apart."""
    files = [one for one in program.rglob("*") if one.is_file() and not one.is_symlink()]
    with_code = [one for one in files if one.read_bytes()[:4] == b"\x7fELF"]
    if not with_code:
        return set()
    told = subprocess.run(["readelf", "-dW", *with_code], check=True, capture_output=True, text=True).stdout
    asked = set(NEEDED.findall(told)) - {one.name for one in program.rglob("*")}
    wanted = {one for one in asked if not OF_LIBC.match(one)}
    if strange := sorted(wanted - DEPENDS.keys() - RECOMMENDS.keys()):
        raise Unmade(f"程序用到 {'、'.join(strange)}，不知道在哪个软件包里")
    return wanted


def packages(asked: Collection[str], known: Mapping[str, str]) -> list[str]:
    """The packages of those libraries of ``asked`` that are ``known``, each once."""
    return sorted({known[one] for one in asked if one in known})


def glibc(program: Path) -> int:
    """The newest GLIBC_2.x that anything in ``program`` asks for; 0 when nothing does."""
    files = (one for one in program.rglob("*") if one.is_file() and not one.is_symlink())
    found = (int(number) for one in files for number in GLIBC.findall(one.read_bytes()))
    return max(found, default=0)
