"""The life of the .deb on a bare Debian that is thrown away: each step looks at what it left on the disk."""

import json
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__
from linux import package
from linux.debian import INSTALL, Debian

USER = "张三"
NEWER = f"{__version__}+1"
FILES = f"/{package.HOME}"
PUT = "/srv"  # where the packages lie in there
PATIENCE = 300  # seconds for one step
PRACTICE = "~/.local/share/PinganTaizhang/practice"
DESKTOP = ("desktop-file-utils", "shared-mime-info", "libglib2.0-bin")  # what a system with a desktop has
SCREEN = ("xvfb", "xauth", "xdotool", "imagemagick", "fonts-wqy-microhei")
SEEN = "xvfb-run -a -s '-screen 0 1366x768x24'"
LOOK = """\
pingan-window --practice >~/said.txt 2>&1 &
timeout 60 xdotool search --sync --onlyvisible --classname pingan-window >/dev/null || exit 1
sleep 2  # the figures come after the first picture
import -window root ~/shown.png
kill $!
"""
BUSY = """\
pingan-window --practice >/dev/null 2>&1 &
timeout 60 xdotool search --sync --onlyvisible --classname pingan-window >/dev/null || exit 1
dpkg -i {deb}
dpkg -r {id}
kill $!
"""
FULL = """\
mount -t tmpfs -o size={megabytes}M tmpfs /mnt
cp -a /opt/. /mnt
mount --move /mnt /opt
dpkg -i {deb} 2>&1 | grep 'No space left' || exit 1
su -l {user} -c 'pingan self-check'
"""


class Unfit(Exception):
    """The package did not do what it must; what was seen."""


@dataclass(frozen=True)
class Life:
    """What is tried, and where.

    :param older: the package as it is handed out, and ``newer`` the same under a higher version.
    :param picture: where the screen with the window on it is kept.
    """

    system: Debian
    older: str
    newer: str
    picture: Path

    def installs(self) -> str:
        before = self._packages()
        self._done(f"{INSTALL} {self.older}", "只凭 Depends 装不上")
        within = f"{FILES}/_internal"
        lacking = (
            f"LD_LIBRARY_PATH={within} ldd {within}/PySide6/Qt/plugins/platforms/*.so | grep 'not found'"
        )
        self._refused(lacking, "Depends 里缺少窗口要用的库")
        return (
            f"最小的 {self.system.suite} 上只凭 Depends 装好，连带 {self._packages() - before - 1} 个软件包"
        )

    def checks_itself(self) -> str:
        self._done(f"useradd --badname --create-home --comment 张三丰 {USER}", "没有建立用户")
        self._own("pingan self-check", "自检没有通过")
        self._done(f"{INSTALL} {' '.join((*DESKTOP, *SCREEN))}", "没有装上桌面要用的软件包")
        return f"普通用户“{USER}”自检通过"

    def is_on_the_desktop(self) -> str:
        entry = f"{package.ID}.desktop"
        self._done(f"desktop-file-validate /usr/share/applications/{entry}", "菜单文件不合规范")
        ask = "echo 方案 >~/方案.pazb; gio info -a standard::content-type ~/方案.pazb"
        self._own(ask, "不认得模板方案", package.MIME)
        self._own(f"gio mime {package.MIME}", "模板方案没有对应的程序", entry)
        icons = " ".join(
            f"/usr/share/icons/hicolor/{one}x{one}/apps/{package.ID}.png" for one in package.SIZES
        )
        self._done(f"ls {icons}", "缺少图标")
        return f"菜单文件合规范，双击 .pazb 用本程序打开，{len(package.SIZES)} 种大小的图标都在"

    def works_in_a_window(self) -> str:
        self._own(f"{SEEN} pingan-window --smoke-test ~/smoke.json", "试运行没有通过")
        report = json.loads((self._home / "smoke.json").read_text("utf-8"))
        if report["platform"] != "xcb":
            raise Unfit(f"试运行没有用真的窗口，用的是 {report['platform']}")
        return f"在 Xvfb 里用真的窗口（xcb）试运行通过，{len(report['steps'])} 步"

    def records(self) -> str:
        self._own(f"pingan --data {PRACTICE} demo --out ~/练习文件", "不能录入")
        self._own(f"{SEEN} bash -c {shlex.quote(LOOK)}", "没有打开窗口")
        shutil.copy(self._home / "shown.png", self.picture)
        return f"录入 {len(json.loads(self.kept()))} 名练习队员，打开窗口看见，画面存为 {self.picture.name}"

    def refuses_while_it_runs(self) -> str:
        script = f"{SEEN} bash -c {shlex.quote(BUSY.format(deb=self.newer, id=package.ID))}"
        said = self._run(script).stderr
        if not ("没有更新平安台账：程序正在运行" in said and "没有卸载平安台账：程序正在运行" in said):
            raise Unfit(f"程序运行时没有拒绝更新和卸载\n{said[-800:]}")
        return f"程序运行时更新、卸载都被拒绝，{self._old_works()}"

    def refuses_half_a_package(self) -> str:
        self._done(f"head -c 20000000 {self.newer} >half.deb", "不能写文件")
        self._refused("dpkg -i half.deb", "只复制了一半的安装包居然装上了")
        return f"只复制了一半的安装包被拒绝，{self._old_works()}"

    def survives_a_full_disk(self) -> str:
        size = int(self._done(f"du -sm {FILES}", "不能量大小").split()[0])
        script = FULL.format(megabytes=size * 3 // 2, deb=self.newer, user=USER)
        said = self._done(script, "磁盘满时更新，旧版不能用了")
        if "differences: []" not in said:
            raise Unfit(f"磁盘满时更新，旧版没有通过自检\n{said[-800:]}")
        return f"更新到一半磁盘满了，{self._old_works()}"

    def upgrades(self) -> str:
        before = self.kept()
        self._done(f"{INSTALL} {self.newer}", "不能更新")
        return f"更新到 {self._version(NEWER)}，{self._same(before)}"

    def is_repaired(self) -> str:
        before = self.kept()
        self._done(f"rm {FILES}/_internal/manifest.json", "不能弄坏")
        self._refused(f"su -l {USER} -c 'pingan self-check'", "缺了文件，自检没有发现")
        self._done(f"{INSTALL} --reinstall {self.newer}", "不能重新安装")
        self._own("pingan self-check", "重新安装以后自检没有通过")
        return f"程序缺了文件，自检发现，重新安装修好，{self._same(before)}"

    def goes(self) -> str:
        before = self.kept()
        self._done(f"apt-get purge -y -q {package.ID}", "不能卸载")
        named = f"find /usr /etc /var -name '*{package.ID}*' -not -path '/var/log/*'; ls -d /opt/apps || true"
        if left := self._done(named, "不能查找").strip():
            raise Unfit(f"卸载以后还有 {left}")
        self._done(f"{INSTALL} {self.newer}", "卸载以后不能再装")
        return f"卸载以后什么也没有留下；再装上，{self._same(before)}"

    def kept(self) -> str:
        """The members as the installed program lists them for the user."""
        return self._own(f"pingan --data {PRACTICE} list --json member", "不能读出记录")

    @property
    def _home(self) -> Path:
        return self.system.root / "home" / USER

    def _same(self, before: str) -> str:
        if self.kept() != before:
            raise Unfit("记录变了")
        return "记录不变"

    def _old_works(self) -> str:
        self._own("pingan self-check", "旧版不能用了")
        return f"旧版 {self._version(__version__)} 照常能用"

    def _version(self, wanted: str) -> str:
        found = self._done(f"dpkg-query -W -f '${{db:Status-Status}} ${{Version}}' {package.ID}", "没有装着")
        if found != f"installed {wanted}":
            raise Unfit(f"应当装着 {wanted}，却是 {found}")
        return wanted

    def _packages(self) -> int:
        return len(self._done("dpkg-query -W", "不能列出软件包").splitlines())

    def _own(self, script: str, trouble: str, wanted: str = "") -> str:
        """Do it as the ordinary user; the answer must hold ``wanted``."""
        said = self._done(f"su -l {USER} -c {shlex.quote(f'export LC_ALL=C.UTF-8; {script}')}", trouble)
        if wanted not in said:
            raise Unfit(f"{trouble}：{said.strip()}")
        return said

    def _done(self, script: str, trouble: str) -> str:
        done = self._run(script)
        if done.returncode:
            raise Unfit(f"{trouble}\n{(done.stdout + done.stderr)[-1500:]}")
        return done.stdout

    def _refused(self, script: str, trouble: str) -> None:
        done = self._run(script)
        if done.returncode == 0:
            raise Unfit(f"{trouble}\n{done.stdout[-800:]}")

    def _run(self, script: str) -> subprocess.CompletedProcess[str]:
        try:
            return self.system.run(script, seconds=PATIENCE)
        except subprocess.TimeoutExpired as trouble:
            raise Unfit(f"等了 {PATIENCE} 秒没有做完：{script}") from trouble


STEPS: tuple[Callable[[Life], str], ...] = (
    Life.installs,
    Life.checks_itself,
    Life.is_on_the_desktop,
    Life.works_in_a_window,
    Life.records,
    Life.refuses_while_it_runs,
    Life.refuses_half_a_package,
    Life.survives_a_full_disk,
    Life.upgrades,
    Life.is_repaired,
    Life.goes,
)


def live(deb: Path, base: Debian) -> list[str]:
    """Let ``deb`` live from its first installation to the last, in a copy of ``base`` that goes afterwards.

    :param base: a system with nothing but what belongs to every Debian.
    :returns: a sentence for each thing that was seen; a picture of the screen lies beside ``base``.
    :raises Unfit: the first thing that was not as it must be.
    """
    with tempfile.TemporaryDirectory(
        prefix="life-", dir=base.root.parent, ignore_cleanup_errors=True
    ) as folder:
        root = Path(folder) / "system"
        subprocess.run(["cp", "-a", base.root, root], check=True)  # nothing is mounted in there between runs
        system = Debian(root, base.suite, (), ())
        put = root / PUT[1:]
        shutil.copy(deb, put)
        newer = _again(deb, put)
        picture = base.root.with_name(f"{base.root.name}-shown.png")
        life = Life(system, f"{PUT}/{deb.name}", f"{PUT}/{newer.name}", picture)
        return [step(life) for step in STEPS]


def _again(deb: Path, out: Path) -> Path:
    """The program of ``deb`` packed once more, under a higher version."""
    with tempfile.TemporaryDirectory(dir=out) as folder:
        subprocess.run(["dpkg-deb", "-x", deb, folder], check=True)
        return package.build(Path(folder) / package.HOME, out, NEWER)
