"""The parts of build/dev.py that decide and explain, without a system to change."""

import subprocess
from pathlib import Path

import pytest

import dev
import setup_debian
import setup_venv

READY = "\n".join(f"{name} ii " for name in (*setup_debian.OFFSCREEN, *setup_debian.WINDOW))


def test_a_bare_system_lacks_everything() -> None:
    names = setup_debian.missing(set(), other_font=False, can_make_venv=False)
    assert names[0] == "libgl1"
    assert {"libxcb-cursor0", "fonts-wqy-microhei", "python3-venv"} <= set(names)


def test_only_installed_packages_count() -> None:
    answer = "libgl1 ii \nlibegl1 rc \nlibx11-6:amd64 ii \nlibglib2.0-0t64 ii \nlibfreetype6 un \n"
    assert setup_debian.installed(answer) == {"libgl1", "libx11-6", "libglib2.0-0"}


def test_one_removed_library_is_named() -> None:
    present = setup_debian.installed(READY.replace("libxcb-shape0 ii", "libxcb-shape0 rc"))
    assert setup_debian.missing(present, other_font=True, can_make_venv=True) == ["libxcb-shape0"]


def test_another_chinese_font_will_do() -> None:
    present = setup_debian.installed(READY)
    assert setup_debian.missing(present, other_font=True, can_make_venv=True) == []
    assert "fonts-wqy-microhei" in setup_debian.missing(present, other_font=False, can_make_venv=True)


def test_the_line_to_type_installs_just_these() -> None:
    assert setup_debian.by_hand(["libgl1", "libegl1"]) == (
        "sudo apt-get install --no-install-recommends libgl1 libegl1"
    )


@pytest.mark.parametrize(("codes", "done"), [([0], True), ([100, 0], True), ([100, 100], False)])
def test_an_installation_is_tried_twice(codes: list[int], done: object) -> None:
    asked: list[list[str]] = []
    left = iter(codes)

    def runner(command: list[str]) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        code = 0 if "update" in command else next(left)
        return subprocess.CompletedProcess(command, code, "", "")

    assert setup_debian.install(["libgl1"], runner) is done
    assert [command[1] for command in asked] == ["update", "install"] * len(codes)
    assert "--no-install-recommends" in asked[1]


def test_the_stamp_changes_with_the_lock_and_the_python() -> None:
    stamps = {setup_venv.stamp(lock, version) for lock in (b"a", b"b") for version in ((3, 11), (3, 12))}
    assert len(stamps) == 4


def test_an_environment_is_ready_only_with_its_python_and_its_stamp(tmp_path: Path) -> None:
    made_from, python = tmp_path / "made-from.txt", tmp_path / "python"
    assert not setup_venv.is_ready(made_from, "new", python)
    made_from.write_text("old", "utf-8")
    python.touch()
    assert not setup_venv.is_ready(made_from, "new", python)
    made_from.write_text("new", "utf-8")
    assert setup_venv.is_ready(made_from, "new", python)
    python.unlink()
    assert not setup_venv.is_ready(made_from, "new", python)


def test_an_environment_of_another_python_is_not_kept(tmp_path: Path) -> None:
    python = setup_venv.python_in(tmp_path)
    python.parent.mkdir()
    python.touch()
    (tmp_path / "pyvenv.cfg").write_text("version = 3.12.1\n", "utf-8")
    assert not setup_venv.is_usable(tmp_path, (3, 11))


def test_python_is_found_on_both_systems() -> None:
    assert setup_venv.python_in(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert setup_venv.python_in(Path("v"), "linux") == Path("v/bin/python")


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 14)])
def test_a_python_that_will_not_do_is_named(version: tuple[int, int]) -> None:
    reason = setup_venv.unfit(version)
    assert reason is not None
    assert f"当前 Python 为 {version[0]}.{version[1]}，需要 3.11 至 3.13" in reason


def test_pythons_with_wheels_will_do() -> None:
    assert [setup_venv.unfit((3, minor)) for minor in (11, 12, 13)] == [None] * 3


@pytest.mark.parametrize(
    ("platform", "env", "opened", "shown"),
    [
        ("win32", {}, (), True),
        ("darwin", {}, (), True),
        ("linux", {}, (dev.OPENS_X, dev.OPENS_WAYLAND), False),
        ("linux", {"DISPLAY": ""}, (dev.OPENS_X,), False),
        ("linux", {"DISPLAY": ":0"}, (dev.OPENS_X,), True),
        ("linux", {"DISPLAY": ":0"}, (), False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, (dev.OPENS_WAYLAND,), True),
        ("linux", {"DISPLAY": ":9", "WAYLAND_DISPLAY": "wayland-0"}, (dev.OPENS_WAYLAND,), True),
        ("linux", {"DISPLAY": ":9", "WAYLAND_DISPLAY": "wayland-9"}, (), False),
    ],
)
def test_a_display_counts_when_it_answers(
    platform: str, env: dict[str, str], opened: tuple[str, ...], shown: object
) -> None:
    assert dev.has_display(platform, env, opened.__contains__) is shown


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("WARNING: Retrying (Retry(total=0))\nERROR: No matching distribution found for mypy", "请检查网络"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "磁盘空间",
        ),
        ("ERROR: Some hashes\nERROR: No matching distribution found for mypy==2", "found for mypy==2。"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "校验值不符"),
        ("", "没有说明原因"),
    ],
)
def test_what_pip_says_becomes_one_sentence(answer: str, words: str) -> None:
    sentence = setup_venv.pip_trouble(answer)
    assert words in sentence
    assert "\n" not in sentence


def test_a_missing_venv_module_is_explained() -> None:
    answer = "The virtual environment was not created successfully because ensurepip is not\navailable.\n"
    assert "python3-venv" in setup_venv.venv_trouble(answer)


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_an_unknown_task_shows_the_known_ones(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    said = capsys.readouterr().out
    assert all(f"  {verb} " in said for verb in dev.VERBS)


def test_a_wrong_python_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 18))
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err.splitlines() == [setup_venv.unfit((3, 9))]


def test_every_pin_of_the_lock_has_a_hash_and_no_address() -> None:
    lock = setup_venv.LOCK.read_text("utf-8")
    pins = [pin for pin in lock.replace("\\\n", " ").splitlines() if pin and not pin.lstrip().startswith("#")]
    assert len(pins) > 30
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in lock
    assert "python3 build/dev.py lock" in lock
