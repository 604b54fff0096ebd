"""Wine 10 with a screen of its own, in a Debian made for it: for the freeze and for trying the setup."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SUITE = "trixie"
MIRROR = "http://deb.debian.org/debian"
PACKAGES = (
    "wine",
    "wine64",
    "xvfb",
    "xauth",
    "xdotool",
    "imagemagick",
    "fonts-wqy-microhei",
    "ca-certificates",
)
FONTS = (
    "SimSun",
    "Tahoma",
    "MS Shell Dlg",
    "MS Shell Dlg 2",
    "Microsoft YaHei",
    "Microsoft YaHei UI",
    "Segoe UI",
)
# everything mounted goes with the namespace, and every process with its first one
ENTER = """\
set -e
mount --make-rprivate /
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
for place in $SHARED; do mkdir -p "$ROOT$place"; mount --bind "$place" "$ROOT$place"; done
exec chroot "$ROOT" "$@"
"""
# the shell stays, for it is init in there; and Wine writes its registry down before everything ends
LAST = "\ncode=$?; command -v wineserver >/dev/null && wineserver -w; exit $code"
PREPARE = "wineboot -i && wine reg add 'HKCU\\Software\\Wine' /v Version /d win10 /f"
FONT = "wine reg add 'HKCU\\Software\\Wine\\Fonts\\Replacements' /v '{}' /d 'WenQuanYi Micro Hei' /f"


def missing() -> str:
    """Why there can be no Wine here; empty when there can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Wine 的环境要用 root 建立"
    lacking = [name for name in ("debootstrap", "unshare", "chroot") if not shutil.which(name)]
    return f"缺少 {'、'.join(lacking)}" if lacking else ""


class Wine:
    """A Debian with Wine in ``root``, made when it is not there; about 1.7 GB and a minute.

    :param shared: folders that are the same inside and out; none has a blank in its path.
    """

    def __init__(self, root: Path, shared: Sequence[Path]) -> None:
        self.root, self.shared = root, shared
        if not (root / "usr/bin/wine").exists():
            self._make()

    def run(self, script: str, *, seconds: int = 600) -> subprocess.CompletedProcess[str]:
        """Run a shell script inside; a Windows program in it wants ``</dev/null`` and a pipe behind it."""
        home = self.shared[0] / "wine-home"
        home.mkdir(exist_ok=True)
        env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(home),
            "WINEPREFIX": str(home / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "LC_ALL": "C.UTF-8",
            "USER": "张 三",
            "ROOT": str(self.root),
            "SHARED": " ".join(map(str, self.shared)),
            "PYTHONHASHSEED": "1",
            "PYTHONUTF8": "1",
            "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
        }
        inside = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh"]
        command = [*inside, "bash", "-c", script + LAST]
        return subprocess.run(
            command, env=env, capture_output=True, text=True, errors="replace", timeout=seconds, check=False
        )

    def prepare(self) -> None:
        """Make its Windows: version 10, with a Chinese font under the usual names."""
        self.run("; ".join(f"{one} </dev/null 2>&1 | cat" for one in (PREPARE, *map(FONT.format, FONTS))))

    def _make(self) -> None:
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, str(self.root), MIRROR],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", self.root / "etc" / name)
        install = "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
        done = self.run(f"apt-get update -q && {install} {' '.join(PACKAGES)}")
        if done.returncode:
            shutil.rmtree(self.root)
            raise subprocess.CalledProcessError(done.returncode, install, done.stdout, done.stderr)


def freeze(wine: Wine, python: Path, source: Path, out: Path) -> Path:
    """Freeze the source tree with the Windows Python under Wine: about two minutes.

    :returns: the folder with both programs.
    """
    wine.prepare()
    script = f"cd {source} && wine {python} build/freeze/freezing.py 'Z:{out}' </dev/null 2>&1 | cat"
    done = wine.run(script)
    program = out / "dist" / "pingan"
    if not (program / "_internal" / "payload.sha256").exists():
        raise subprocess.CalledProcessError(1, "freezing.py", done.stdout, done.stderr)
    return program
