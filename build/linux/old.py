"""The program frozen for old Linux (UOS 20, Kylin V10), with a Python built where glibc is old enough."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from freeze import freezing
from linux import needs
from linux.debian import Debian

GLIBC = 28  # of UOS 20; what the wheels of PySide6 and cryptography ask for, too
SUITE = "bionic"  # glibc 2.27: kept on the mirror long after Debian has moved its releases of that time away
MIRROR = "http://archive.ubuntu.com/ubuntu"
COMPONENTS = "main,universe"
CARRIED = (  # libraries that freeze/pruning.py lets the program carry, by package
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0"),
    *("libxcb-util1", "libxcb-xkb1", "libxkbcommon0", "libxkbcommon-x11-0"),
)
PACKAGES = (
    *("gcc", "libc6-dev", "make", "patch", "xz-utils"),
    *("zlib1g-dev", "libffi-dev", "libsqlite3-dev", "libbz2-dev", "liblzma-dev", *CARRIED),
)
POOL = "http://deb.debian.org/debian/pool/main"
KEYRING = (
    f"{POOL}/u/ubuntu-keyring/ubuntu-keyring_2023.11.28.1-0.2_all.deb",
    "b2e7ed48431bf9e7978ae810bbdaf253093570d6e3f864e575b7c13554b81174",
)
SOURCE = (
    f"{POOL}/p/python3.11/python3.11_3.11.2.orig.tar.gz",
    "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849",
)
PATCHES = (
    f"{POOL}/p/python3.11/python3.11_3.11.2-6+deb12u8.debian.tar.xz",
    "ece2d63c70ac0b7a401fbe6b51b0103be997c294a01a3865549be1862794ba97",
)
# Debian's corrections of faults, without what fits Python to Debian; no OpenSSL, for nothing asks a network
BUILD = """\
set -e
rm -rf /source /python
mkdir /source
cd /source
tar xf /srv/{source} --strip-components=1
tar xf /srv/{patches}
grep -E '^(CVE|000|shutdown-deadlock|frame_dealloc|relfile)' debian/patches/series | while read -r one; do
    patch -s -p1 <"debian/patches/$one"
done
sed -i '1i #define Py_BUILD_CORE_MODULE' Modules/pyexpat.c  # one correction expects it within the interpreter
SOURCE_DATE_EPOCH=$(stat -c %Y debian/changelog)
export SOURCE_DATE_EPOCH
./configure --prefix=/python --enable-shared --without-ensurepip --disable-test-modules
make -j"$(nproc)"
make install
cd /python/lib
dpkg -L libffi6 libbz2-1.0 liblzma5 {carried} | grep -E '/lib[^/]*\\.so\\.[0-9.]*$' | xargs cp -t .
rm -rf /source
export LD_LIBRARY_PATH=/python/lib
/python/bin/python3 -c 'import bz2, ctypes, lzma, sqlite3, xml.etree.ElementTree, zlib, pyexpat'
touch /python/made
"""
OLDER = (28, 27, 26, 24, 17, 12, 5)  # glibc 2.x that wheels are named after


def freeze(base: Path, out: Path) -> Path:
    """Freeze the source tree so that it asks for glibc 2.28 and for no OpenSSL.

    The Python is built once, in two minutes; the freeze itself is done on this system, with that Python.

    :param base: kept between runs (0.9 GB).
    :param out: a folder of ours, as :func:`freeze.freezing.freeze` takes it.
    :returns: the folder with the program.
    :raises freezing.Unmade: a source is not what was pinned, it was not built, or it asks for a newer system.
    """
    python = base / SUITE / "python"
    try:
        if not (python / "made").exists():
            _build(base)
        _wheels(python / "lib" / "python3.11" / "site-packages")
    except subprocess.CalledProcessError as trouble:
        raise freezing.Unmade(f"没有备好旧系统的 Python：{trouble}\n{trouble.stderr or ''}") from trouble
    env = {
        **os.environ,
        "LD_LIBRARY_PATH": str(python / "lib"),
        "PYTHONPATH": os.pathsep.join((str(freezing.ROOT), str(freezing.ROOT / "build"))),
    }
    command = [str(python / "bin" / "python3"), "-s", freezing.__file__, str(out)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    program = out / "dist" / freezing.NAME
    if done.returncode:
        raise freezing.Unmade(done.stderr[-1500:])
    if (asked := needs.glibc(program)) > GLIBC:
        raise freezing.Unmade(f"程序要 glibc 2.{asked}，最多应为 2.{GLIBC}")
    return program


def _build(base: Path) -> None:
    base.mkdir(parents=True, exist_ok=True)
    keys = base / "keys"
    subprocess.run(["dpkg-deb", "-x", fetched(base, *KEYRING), keys], check=True)
    keyring = keys / "usr/share/keyrings/ubuntu-archive-keyring.gpg"
    asked = {"mirror": MIRROR, "components": COMPONENTS}
    system = Debian(base / SUITE, SUITE, PACKAGES, (), **asked, keyring=keyring)
    source, patches = (fetched(system.root / "srv", *one) for one in (SOURCE, PATCHES))
    script = BUILD.format(source=source.name, patches=patches.name, carried=" ".join(CARRIED))
    done = system.run(script, seconds=1800)
    (base / "python.log").write_text(done.stdout + done.stderr, "utf-8")
    if done.returncode:
        raise freezing.Unmade(f"没有编译成 Python，见 {base / 'python.log'}\n{done.stderr[-500:]}")


def fetched(folder: Path, address: str, digest: str) -> Path:
    """The file at ``address``, kept in ``folder``.

    :param digest: its SHA-256 in hexadecimal.
    :raises freezing.Unmade: it is another file, or cannot be had.
    """
    target = folder / address.rpartition("/")[2]
    if not target.exists():  # wget is there where debootstrap is
        got = subprocess.run(["wget", "-q", "-O", target, address], check=False)
        if got.returncode:
            target.unlink(missing_ok=True)
            raise freezing.Unmade(f"取不到 {address}")
    if hashlib.sha256(target.read_bytes()).hexdigest() != digest:
        target.unlink()
        raise freezing.Unmade(f"{address} 不是记下的那个文件")
    return target


def _wheels(target: Path) -> None:
    """What build/requirements.lock names, in the builds for systems that old."""
    shutil.rmtree(target, ignore_errors=True)
    tags = [f"manylinux_2_{one}_x86_64" for one in OLDER]
    tags += [f"manylinux{year}_x86_64" for year in ("2014", "2010", "1")]
    platform = [part for tag in tags for part in ("--platform", tag)]
    chosen = ["--python-version", "311", "--implementation", "cp", *platform, "--only-binary", ":all:"]
    lock = freezing.ROOT / "build" / "requirements.lock"
    options = ["-qq", "--no-deps", "--require-hashes", "--disable-pip-version-check", "--no-compile"]
    command = [sys.executable, "-m", "pip", "install", *options, *chosen, "--target", str(target)]
    subprocess.run([*command, "-r", str(lock)], check=True)
