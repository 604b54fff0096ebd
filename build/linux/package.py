"""The .deb for x86-64: the frozen program, its place in the menu, its kind of file."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from desktop import __version__
from desktop.excel.bundle import ENDING
from freeze import icons
from freeze.freezing import SVG, megabytes, moment, same_time

ID = "pingan-taizhang"
HOME = f"opt/apps/{ID}/files"
SIZES = (48, 128, 256)  # pixels
MIME = f"application/x-{ID}"
DEPENDS = (  # what freeze/pruning.py leaves to the system
    *("libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libfreetype6", "libdbus-1-3", "libx11-6"),
    *("libx11-xcb1", "libxcb1", "libxcb-randr0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0"),
    *("libxcb-sync1", "libxcb-xfixes0", "libssl3", "libsqlite3-0", "libstdc++6", "zlib1g"),
)
GLIBC = re.compile(rb"GLIBC_2\.(\d+)")
CONTROL = """\
Package: {id}
Version: {version}
Architecture: amd64
Maintainer: 平安台账
Installed-Size: {kilobytes}
Depends: libc6 (>= 2.{glibc}), {depends}
Recommends: fonts-wqy-microhei | fonts-noto-cjk | fonts-arphic-uming
Section: office
Priority: optional
Description: 平安台账：乡镇综治台账的录入、检查和上报，不联网
 记录保存在各人自己的文件夹里；卸载程序不会删除记录。
"""
ENTRY = """\
[Desktop Entry]
Type=Application
Name=平安台账
Comment=综治台账的录入、检查和上报
Exec=/{home}/pingan-window %f
Icon={id}
Terminal=false
Categories=Office;
MimeType={mime};
StartupWMClass=pingan-window
"""
KIND = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{mime}">
    <comment>平安台账模板方案</comment>
    <icon name="{id}"/>
    <glob pattern="*{ending}"/>
  </mime-type>
</mime-info>
"""


def build(program: Path, out: Path) -> Path:
    """Write the package of ``program`` into the folder ``out``.

    :returns: the .deb, the same bytes from the same program.
    """
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(program, root)
    same_time(root)
    target = out / f"{ID}_{__version__}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)]
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    )
    shutil.rmtree(root)
    return target


def lay_out(program: Path, root: Path) -> None:
    """Put everything under ``root`` where it will lie on the system."""
    shutil.copytree(program, root / HOME, symlinks=True)
    named = {"id": ID, "home": HOME, "mime": MIME, "ending": ENDING}
    texts = {
        f"usr/share/applications/{ID}.desktop": ENTRY.format(**named),
        f"usr/share/mime/packages/{ID}.xml": KIND.format(**named),
        f"usr/share/doc/{ID}/copyright": (program / "_internal/licences/NOTICES.txt").read_text("utf-8"),
        "DEBIAN/control": CONTROL.format(
            id=ID,
            version=__version__,
            kilobytes=round(megabytes(program) * 1e6 / 1024),
            glibc=glibc(program),
            depends=", ".join(DEPENDS),
        ),
    }
    for place, text in texts.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text, "utf-8", newline="\n")
    for size in SIZES:
        picture = root / f"usr/share/icons/hicolor/{size}x{size}/apps/{ID}.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(icons.png(SVG, size))
    (root / "usr/bin").mkdir(parents=True)
    for name in ("pingan", "pingan-window"):
        (root / "usr/bin" / name).symlink_to(f"/{HOME}/{name}")
    for one in root.rglob("*"):
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)


def glibc(program: Path) -> int:
    """The newest GLIBC_2.x that anything in ``program`` asks for."""
    files = (one for one in program.rglob("*") if one.is_file() and not one.is_symlink())
    return max(int(number) for one in files for number in GLIBC.findall(one.read_bytes()))
