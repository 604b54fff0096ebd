"""The .deb for x86-64: the frozen program, its place in the menu, its kind of file."""

import os
import shutil
import subprocess
from pathlib import Path

from desktop import __version__
from desktop.excel.bundle import ENDING
from freeze import icons
from freeze.freezing import SVG, megabytes, moment, same_time
from linux import needs

ID = "pingan-taizhang"
HOME = f"opt/apps/{ID}/files"
SIZES = (48, 128, 256)  # pixels
MIME = f"application/x-{ID}"
DESKTOP = ("fonts-wqy-microhei | fonts-noto-cjk | fonts-arphic-uming", "shared-mime-info")
CONTROL = """\
Package: {id}
Version: {version}
Architecture: amd64
Maintainer: 平安台账
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
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
RUNNING = """\
#!/bin/sh
# a program whose files are replaced under it would go on with those of two versions
[ "$1" = {when} ] || exit 0
for one in /proc/[0-9]*/exe; do
    if [ "$(readlink "$one")" = /{home}/pingan-window ]; then
        echo "没有{what}平安台账：程序正在运行。请关闭平安台账，再{what}一次。" >&2
        exit 1
    fi
done
"""


def missing() -> str:
    """Why the package cannot be made here; empty when it can."""
    lacking = [name for name in ("dpkg-deb", "readelf") if not shutil.which(name)]
    return f"缺少 {'、'.join(lacking)}" if lacking else ""


def build(program: Path, out: Path, version: str = __version__) -> Path:
    """Write the package of ``program`` into the folder ``out``.

    :returns: the .deb, the same bytes from the same program.
    :raises Unmade: the program asks the system for a library that no package is known for.
    """
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(program, root, version)
    same_time(root)
    target = out / f"{ID}_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)]
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    )
    shutil.rmtree(root)
    return target


def lay_out(program: Path, root: Path, version: str) -> None:
    """Put everything under ``root`` where it will lie on the system."""
    shutil.copytree(program, root / HOME, symlinks=True)
    named = {"id": ID, "home": HOME, "mime": MIME, "ending": ENDING}
    asked = needs.libraries(program)
    texts = {
        f"usr/share/applications/{ID}.desktop": ENTRY.format(**named),
        f"usr/share/mime/packages/{ID}.xml": KIND.format(**named),
        f"usr/share/doc/{ID}/copyright": (program / "_internal/licences/NOTICES.txt").read_text("utf-8"),
        "DEBIAN/control": CONTROL.format(
            id=ID,
            version=version,
            kilobytes=round(megabytes(program) * 1e6 / 1024),
            depends=", ".join(
                [f"libc6 (>= 2.{needs.glibc(program)})", *needs.packages(asked, needs.DEPENDS)]
            ),
            recommends=", ".join([*DESKTOP, *needs.packages(asked, needs.RECOMMENDS)]),
        ),
        "DEBIAN/preinst": RUNNING.format(home=HOME, when="upgrade", what="更新"),
        "DEBIAN/prerm": RUNNING.format(home=HOME, when="remove", what="卸载"),
    }
    for place, text in texts.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text, "utf-8", newline="\n")
    for name in ("preinst", "prerm"):
        (root / "DEBIAN" / name).chmod(0o755)
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
