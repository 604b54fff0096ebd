"""The pages of the setup as a clerk sees them: gone through by keyboard, one picture of each, to look at."""

import shlex
import shutil
from pathlib import Path

from windows.computer import install
from windows.life import Life, expect, whole

NAMED = "pingan-taizh"  # how Linux shortens the name of a running setup
YES, NO = "652 426", "720 426"  # where the buttons of the question are on that screen
SCREEN = """\
Xvfb -displayfd 9 -screen 0 1366x768x24 9>"$SEEN/display" >/dev/null 2>&1 &
until [ -s "$SEEN/display" ]; do sleep 0.2; done
export DISPLAY=:$(cat "$SEEN/display")
shot() {  # when nothing moves any more
    for i in $(seq 60); do
        import -window root "$SEEN/now.png"; sleep 1; import -window root "$SEEN/$1.png"
        cmp -s "$SEEN/now.png" "$SEEN/$1.png" && break
    done
}
press() { xdotool mousemove "$@"; sleep 1; xdotool click 1; sleep 1; }  # a question gets no keys in this Wine
key() { xdotool key --delay 120 "$@"; sleep 1; }
shows() { for i in $(seq 240); do grep -qs "$1" /proc/[0-9]*/comm && break; sleep 0.5; done; sleep 2; }
gone() { for i in $(seq 240); do grep -qs "$1" /proc/[0-9]*/comm || break; sleep 0.5; done; }
ends() { kill $(grep -ls "$1" /proc/[0-9]*/comm | cut -d/ -f3); }
desktop() { wine explorer /desktop=pingan,1366x768 "$@" >/dev/null 2>&1 & }
"""
INSTALL = """\
desktop {setup}
shows {named}; shot 01-欢迎; key Return; shot 02-许可; key Return; shot 03-第三方许可; key Return
shot 04-文件夹; key Return; shows pingan.exe; gone pingan.exe; shot 05-完成; key Return
shows pingan-window; shot 06-程序
"""
RUNNING = """\
desktop {setup}
shows {named}; key Return Return Return Return; shot 07-程序开着; key Return; ends pingan-window
"""
DOWN = "desktop {setup}; shows {named}; shot 08-旧版; key Return\n"
CUT = "desktop {setup}; shows {named}; shot 09-没有复制完; key Return\n"
REMOVE = """\
desktop {home}/uninstall.exe
shows 'Au_\\|Un_'; shot 10-卸载; key Return
shot 11-要不要删除记录; press {answer}; shot 12-卸载完成{name}; key Return
"""


def look(life: Life, out: Path) -> list[str]:
    """Install, be refused, and uninstall by keyboard; the pictures are in ``out``.

    :raises life.Unfit: what the keys should have done is not on the disk.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    home, data = life.home, life.data
    go(life, out, (INSTALL + RUNNING).format(setup=life.newer.setup, named=NAMED))
    whole(home, life.newer)
    part = life.computer.wine.home / "part-setup.exe"
    part.write_bytes(life.newer.setup.read_bytes()[:-9_000])
    go(
        life,
        out,
        DOWN.format(setup=life.older.setup, named=NAMED) + CUT.format(setup=part, named="part-setup"),
    )
    part.unlink()
    go(life, out, REMOVE.format(home=shlex.quote(str(home)), answer=NO, name="保留"))
    expect(not home.exists(), "卸载后程序还在")
    expect((data / "data.db").exists(), "选“否”时记录被删除了")
    life.computer.call(install(life.newer.setup))
    go(life, out, REMOVE.format(home=shlex.quote(str(home)), answer=YES, name="删除"))
    expect(not home.exists() and not data.exists(), "选“是”时记录没有删除")
    pictures = sorted(out.glob("*.png"))
    return [
        f"安装、拒绝、卸载的页面用键盘走过，{len(pictures)} 张截图",
        "卸载时选“否”（默认）保留记录，选“是”才删除",
    ]


def go(life: Life, out: Path, script: str) -> None:
    """One session with a screen; everything on it ends with the session."""
    life.computer.calls(f"SEEN={shlex.quote(str(out))}\n{SCREEN}{script}\nwineserver -k", seconds=500)
    for name in ("now.png", "display"):
        (out / name).unlink(missing_ok=True)
