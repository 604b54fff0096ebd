"""A release is made only of what is sound, and tells what it is not."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import installer
from freeze import freezing
from linux import debian
from linux import releasing as for_linux
from release import sealing
from release.making import Failed, Making, alike, sound
from windows import releasing


@pytest.fixture
def made(tmp_path: Path) -> Making:
    return Making(tmp_path / "release", tmp_path / "work")


def test_a_program_that_is_too_large_does_not_go_out(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"1")
    assert sound(tmp_path) == "程序解压后 0.0 MB"
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(141_000_000)
    with pytest.raises(Failed, match=r"141\.0 MB"):
        sound(tmp_path)


def test_two_builds_that_differ_do_not_go_out(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(b"same")
        os.utime(tmp_path / name / "file", (0, 0))
    assert alike(tmp_path / "one", tmp_path / "other") == "做了两次，逐个文件相同"
    (tmp_path / "other" / "file").write_bytes(b"diff")
    with pytest.raises(Failed, match="file"):
        alike(tmp_path / "one", tmp_path / "other")


def test_what_was_seen_and_left_out_stands_in_the_facts(made: Making) -> None:
    made.see("看过")
    made.leave_out("真机", "没有")
    made.know(glibc="2.28")
    assert (made.facts.tried, made.facts.left_out, made.facts.glibc) == (["看过"], [("真机", "没有")], "2.28")


def test_windows_is_left_out_and_it_is_said_why(made: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    releasing.make(made, None)
    monkeypatch.setattr(debian, "missing", lambda: "缺少 debootstrap")
    made.full = True
    releasing.make(made, None)
    assert [why for _, why in made.facts.left_out] == [
        "没有加 --full，也没有用 --windows 指定冻结好的程序",
        "缺少 debootstrap",
    ]


def test_a_release_that_failed_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(made: Making, frozen: Path | None, whole: Path) -> None:
        raise Failed("程序有 150.0 MB，最大 140 MB")

    monkeypatch.setattr(installer, "release", refuse)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert installer.main([]) == 1
    assert capsys.readouterr().err == "没有完成：程序有 150.0 MB，最大 140 MB\n"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (shutil.Error([("a", "out/a", "No space"), ("b", "out/b", "No space")]), "2 个文件没有写到 out，"),
        (OSError(errno.ENOSPC, "No space left on device"), "没有完成：磁盘已满"),
        (
            subprocess.CalledProcessError(2, ["/usr/bin/dpkg-deb", "x"], "", b"broken"),
            "dpkg-deb 报告 2\nbroken",
        ),
        (subprocess.TimeoutExpired(["pingan"], 200), "pingan 没有在 200 秒内做完"),
    ],
)
def test_whatever_stops_a_release_is_told_without_a_traceback(
    trouble: Exception, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(installer, "release", stop)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert installer.main([]) == 1
    assert told in capsys.readouterr().err


def test_only_a_whole_release_lies_where_releases_lie(
    made: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "out"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")

    def packs(made: Making, frozen: Path | None = None) -> None:
        (made.out / "setup.exe").write_bytes(b"MZ")

    def fails(made: Making, frozen: Path | None = None) -> None:
        raise Failed("坏了")

    monkeypatch.setattr(for_linux, "make", packs)
    monkeypatch.setattr(releasing, "make", packs)
    installer.release(made, None, whole)
    assert {"setup.exe", "SHA256SUMS"} < {one.name for one in whole.iterdir()}
    monkeypatch.setattr(releasing, "make", fails)
    with pytest.raises(Failed):
        installer.release(made, None, whole)
    assert not whole.exists()


def test_what_cannot_be_used_is_refused_before_anything_is_made(
    made: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(for_linux, "make", lambda _: pytest.fail("begun"))
    with pytest.raises(Failed, match="没有在 Windows 上冻结好的程序"):
        installer.release(made, tmp_path / "nowhere", tmp_path / "out")
    for command, told in (("/nowhere/sign", "不存在"), ("'open", "引号"), (str(tmp_path), "不能运行")):
        made.sign = command
        with pytest.raises(sealing.Unsealed, match=told):
            installer.release(made, None, tmp_path / "out")
    made.sign, made.key = "", tmp_path / "nothing"
    with pytest.raises(sealing.Unsealed, match="读不出"):
        installer.release(made, None, tmp_path / "out")


def test_without_git_a_source_archive_still_has_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("PATH", "")
    assert freezing.moment() == int(freezing.SPEC.stat().st_mtime)


def test_a_key_is_made_once_and_its_fingerprint_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert installer.main(["--new-key", str(tmp_path / "key.pem")]) == 0
    assert capsys.readouterr().out.startswith("密钥指纹：")
    assert installer.main(["--new-key", str(tmp_path / "key.pem")]) == 1
    assert "已有文件" in capsys.readouterr().err
