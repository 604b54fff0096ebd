"""The setup with the real program in it, tried under Wine: its life, its pages, and the portable ZIP."""

import json
import shlex
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.services import payload
from desktop.storage.backups.manifest import Reason
from release import sealing
from windows import compiling, life, next_version, pages
from windows.computer import Computer, install
from windows.life import Life, Version, expect

USER, PASSWORD = "李敏", "lianxi-341399-setup"  # of records that are thrown away
UNIT = "341302101000"
ROSTER = """\
村（社区）,队伍名称,队伍类型,组织层级,业务指导部门,负责人,负责人电话,是否平安巡队伍,状态
,东湖义务巡逻队,1,村级,综治中心,李敏,13800138000,是,在册
,西湖义务巡逻队,1,村级,综治中心,王芳,13900139000,否,在册
"""


def life_of(computer: Computer, release: Version, after: Path, out: Path, key: Path | None) -> Iterator[str]:
    """Everything that is tried with the real program.

    :param release: what goes out.
    :param after: the frozen program of the next version, not yet signed.
    :param out: a folder for what is made on the way, and for the pictures.
    :param key: what ``release`` was signed with; without it the next version gets a key of its own.
    :yields: a sentence for each thing seen.
    :raises life.Unfit: something is not as it must be.
    """
    with tempfile.TemporaryDirectory(dir=out) as folder:
        made, number = Path(folder), next_version.NUMBER
        for name in ("own.pem", "other.pem"):
            sealing.new_key(made / name)
        sealing.seal(after, key=key or made / "own.pem")
        newer = Version(number, compiled(after, made / "newer", number), after)
        lacking = shutil.copytree(after, made / "lacking-program")
        next((lacking / payload.INTERNAL / "resources").rglob("*.json")).unlink()
        foreign = shutil.copytree(after, made / "foreign-program")
        sealing.seal(foreign, key=made / "other.pem")
        whole = Life(
            computer=computer,
            older=release,
            newer=newer,
            lacking=compiled(lacking, made / "lacking", number),
            blind=compiled(after, made / "blind", number, room=0),
            foreign=compiled(foreign, made / "foreign", number),
            record=record,
            recorded=recorded,
        )
        yield from life.live(whole)
        life.must(computer.call(install(newer.setup)), 0, whole)
        yield migrated(computer, whole.home)
        yield from pages.look(whole, out / "pages")


def compiled(program: Path, out: Path, number: str, *, room: int = compiling.ROOM) -> Path:
    """A setup that is only tried, so it need not be small."""
    out.mkdir(parents=True, exist_ok=True)
    return compiling.setup(program, out, number, room=room, compressor=compiling.FAST)


def record(computer: Computer, home: Path) -> None:
    """Make a township with two teams, by the program's own command line."""
    roster = computer.wine.home / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    made = computer.calls(pingan(home, f"init --unit {UNIT}"), pingan(home, f"import team 'Z:{roster}'"))
    expect(made == [0, 0], f"没有建成记录：{computer.said}")


def recorded(computer: Computer, home: Path) -> Any:
    """The teams as the program lists them, which opens the records, and so migrates them."""
    code = computer.call(pingan(home, "list team --json"))
    expect(code == 0, f"读不出记录：{computer.said}")
    found: list[Any] = json.loads(computer.said[computer.said.index("[\n") : computer.said.rindex("]") + 1])
    expect(len(found) == 2, f"应有 2 支队伍，读出 {len(found)} 支")
    return found


def migrated(computer: Computer, home: Path) -> str:
    """Find the backup that the newer program made before it changed the records."""
    expect(computer.call(pingan(home, "backups --json")) == 0, f"不能列出备份：{computer.said}")
    expect(Reason.MIGRATION.value in computer.said, f"新版改动数据以前没有备份：{computer.said}")
    return f"新版把数据升级到 {next_version.HEAD}，升级前备份过，记录不变"


def pingan(home: Path, words: str) -> str:
    """The shell line that calls the command line of the program in ``home``."""
    secret = f"PINGAN_USER={USER} PINGAN_PASSWORD={PASSWORD}"
    return f"{secret} wine {shlex.quote(str(home / 'pingan.exe'))} {words}"


def portable(computer: Computer, archive: Path) -> str:
    """Unpack the ZIP into a folder with a blank, record there, and find nothing anywhere else."""
    stick = computer.prefix / "drive_c" / "U 盘"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(stick)
    home = stick / "平安台账"
    expect(not (faults := payload.faults(home)), "；".join(faults[:3]))
    elsewhere = computer.local / life.ID
    shutil.rmtree(elsewhere, ignore_errors=True)
    record(computer, home)
    expect((home / "data" / "data" / "data.db").exists(), "记录不在便携版旁边的 data 文件夹")
    expect(not elsewhere.exists(), "便携版在电脑上也留了记录")
    shutil.move(stick, stick.with_name("另一个 U 盘"))  # another computer gives the stick another letter
    recorded(computer, stick.with_name("另一个 U 盘") / "平安台账")
    return "便携版：记录在旁边的 data 文件夹，电脑上没有留下；换了位置照样打开"


def smoke(computer: Computer, home: Path, report: Path) -> str:
    """Let the installed program do everything once on the real ``windows`` platform."""
    report.unlink(missing_ok=True)
    window = f"wine {shlex.quote(str(home / 'pingan-window.exe'))} --smoke-test 'Z:{report}'"
    computer.call(f'xvfb-run -a -s "-screen 0 1366x768x24" {window}', seconds=300)
    expect(report.exists(), f"没有写出试运行的报告：{computer.said}")
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    expect(found["ok"] and found["platform"] == "windows", f"试运行没有通过：{found['steps']}")
    return f"试运行 {len(found['steps'])} 步全部通过（Windows 窗口），截图 {report.with_suffix('.png').name}"
