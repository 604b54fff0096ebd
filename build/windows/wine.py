"""Wine with a screen of its own: for the freeze, and for trying the setup."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from freeze.freezing import Unmade
from linux import debian

SUITE = "trixie"  # Wine 10: the first that shows our window, and that loads what is written in Rust
PACKAGES = ("wine", "wine64", "xvfb", "xauth", "xdotool", "imagemagick", "fonts-wqy-microhei")
FONTS = (
    "SimSun",
    "宋体",
    "Tahoma",
    "MS Shell Dlg",
    "MS Shell Dlg 2",
    "Microsoft YaHei",
    "Microsoft YaHei UI",
    "Segoe UI",
)
LAST = "\ncode=$?; wineserver -w; exit $code"  # Wine writes its registry down before everything ends
PREPARE = "wineboot -i && wine reg add 'HKCU\\Software\\Wine' /v Version /d win10 /f"
FONT = "wine reg add 'HKCU\\Software\\Wine\\Fonts\\Replacements' /v '{}' /d 'WenQuanYi Micro Hei' /f"
USER = "张 三"


class Wine(debian.Debian):
    """A Debian with Wine in ``root``, made when it is not there (1.7 GB, a minute), or that of this system.

    :param home: the folder of what Wine takes for its Windows; it may not lie in a folder with blanks.
    :param shared: more folders that are the same inside and out.
    """

    def __init__(self, root: Path, home: Path, shared: Sequence[Path] = ()) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        super().__init__(root, SUITE, PACKAGES, [home, *shared])

    def env(self) -> Mapping[str, str]:
        return {
            **super().env(),
            "HOME": str(self.home),  # else links to our programs land in the real one
            "WINEPREFIX": str(self.home / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "USER": USER,
            "PYTHONHASHSEED": "1",
            "PYTHONUTF8": "1",
        }

    def last(self) -> str:
        return LAST

    def prepare(self) -> None:
        """Make its Windows: version 10, with a Chinese font under the usual names."""
        self.run("; ".join(f"{one} </dev/null 2>&1 | cat" for one in (PREPARE, *map(FONT.format, FONTS))))


def freeze(wine: Wine, python: Path, source: Path, out: Path) -> Path:
    """Freeze the source tree with the Windows Python under Wine: about two minutes.

    :param out: a folder of ours; what an earlier run left there goes, for Wine cannot remove every link.
    :returns: the folder with both programs.
    :raises freezing.Unmade: it was not done; the last lines of what was said.
    """
    shutil.rmtree(out, ignore_errors=True)
    script = f"cd {source} && wine {python} build/freeze/freezing.py 'Z:{out}' </dev/null 2>&1 | cat"
    done = wine.run(script)
    program = out / "dist" / "pingan"
    if not (program / "_internal" / "payload.sha256").exists():
        log = out / "pyinstaller.log"
        said = log.read_text("utf-8", "replace") if log.exists() else done.stdout + done.stderr
        raise Unmade(said[-1500:])
    return program
