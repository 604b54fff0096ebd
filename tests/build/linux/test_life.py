"""A package that does not do what it must is found out; its whole life is for `dev.py installer --full`."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import __version__
from linux import life
from linux.debian import HERE, Debian


class Acted(Debian):
    """A system that answers as ``act`` says, which is given each script: exit code and what is printed."""

    def __init__(self, act: Callable[[str], tuple[int, str]]) -> None:
        super().__init__(HERE, "bookworm", (), ())
        self.act = act

    def run(self, script: str, *, seconds: int = 600) -> subprocess.CompletedProcess[str]:
        code, said = self.act(script)
        return subprocess.CompletedProcess([], code, said, said)


def lived(act: Callable[[str], tuple[int, str]]) -> life.Life:
    return life.Life(Acted(act), "/srv/older.deb", "/srv/newer.deb", Path("shown.png"))


def version(number: str) -> Callable[[str], tuple[int, str]]:
    return lambda script: (0, f"installed {number}" if "dpkg-query" in script else "[]")


def test_an_upgrade_that_keeps_the_records_is_told() -> None:
    assert lived(version(life.NEWER)).upgrades() == f"更新到 {life.NEWER}，记录不变"


def test_records_that_changed_with_an_upgrade_are_noticed() -> None:
    answers = iter(["[1]", "", f"installed {life.NEWER}", "[]"])

    def act(script: str) -> tuple[int, str]:
        return 0, next(answers)

    with pytest.raises(life.Unfit, match="记录变了"):
        lived(act).upgrades()


def test_an_upgrade_that_left_the_older_version_is_noticed() -> None:
    with pytest.raises(life.Unfit, match=f"却是 installed {__version__}"):
        lived(version(__version__)).upgrades()


def test_a_missing_dependency_is_noticed() -> None:
    with pytest.raises(life.Unfit, match="只凭 Depends 装不上"):
        lived(lambda script: (100 if "apt-get" in script else 0, "unmet")).installs()
    with pytest.raises(life.Unfit, match="Depends 里缺少窗口要用的库"):
        lived(version(__version__)).installs()


def test_half_a_package_that_installs_is_noticed() -> None:
    with pytest.raises(life.Unfit, match="只复制了一半的安装包居然装上了"):
        lived(version(__version__)).refuses_half_a_package()


def test_a_program_that_may_be_replaced_while_it_runs_is_noticed() -> None:
    with pytest.raises(life.Unfit, match="程序运行时没有拒绝"):
        lived(version(__version__)).refuses_while_it_runs()


def test_what_a_removal_leaves_behind_is_noticed() -> None:
    left = "/opt/apps"
    with pytest.raises(life.Unfit, match=f"卸载以后还有 {left}"):
        lived(lambda script: (0, left if script.startswith("find") else "[]")).goes()


def test_a_trial_without_a_real_window_is_noticed(tmp_path: Path) -> None:
    home = tmp_path / "home" / life.USER
    home.mkdir(parents=True)
    (home / "smoke.json").write_text('{"platform": "offscreen", "steps": []}', "utf-8")
    trial = lived(version(__version__))
    trial.system.root = tmp_path
    with pytest.raises(life.Unfit, match="用的是 offscreen"):
        trial.works_in_a_window()
