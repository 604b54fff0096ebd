"""Five wrong passwords, and ten minutes that no clock can shorten."""

import time
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.storage.keys.attempts import FILE, MOST, WAIT, Attempts


class Clock:
    """A clock of the computer's own, counted from its start."""

    def __init__(self, now: float) -> None:
        self.now = now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(5000.0)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def failed(tmp_path: Path, clock: Clock) -> Path:
    """A folder in which an account has just failed five times."""
    for _ in range(MOST):
        Attempts(tmp_path).begin("李敏")
    return tmp_path


def test_after_five_failures_ten_minutes_pass(failed: Path, clock: Clock) -> None:
    with pytest.raises(Refusal, match="连续输错 5 次。请等 10 分钟"):
        Attempts(failed).begin("李敏")
    clock.now += WAIT - 1
    with pytest.raises(Refusal, match="请等 1 分钟"):
        Attempts(failed).begin("李敏")
    clock.now += 1
    Attempts(failed).begin("李敏")
    assert Attempts(failed).left("李敏") == MOST - 1


def test_a_restarted_computer_makes_the_wait_no_shorter(failed: Path, clock: Clock) -> None:
    clock.now = WAIT - 1  # it started anew and has run for less than ten minutes
    with pytest.raises(Refusal, match="请等 1 分钟"):
        Attempts(failed).begin("李敏")
    clock.now = WAIT
    Attempts(failed).begin("李敏")


def test_a_changed_wall_clock_makes_the_wait_no_shorter(
    failed: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 2e9)
    with pytest.raises(Refusal, match="连续输错"):
        Attempts(failed).begin("李敏")


def test_others_are_not_kept_waiting(failed: Path) -> None:
    Attempts(failed).begin("王主任")
    assert Attempts(failed).left("王主任") == MOST - 1


def test_success_forgets_the_failures(tmp_path: Path, clock: Clock) -> None:
    attempts = Attempts(tmp_path)
    for _ in range(3):
        attempts.begin("李敏")
    attempts.succeeded("李敏")
    assert attempts.left("李敏") == MOST


@pytest.mark.parametrize("content", ["", "[]", "null", '{"李敏": 5}', '{"李敏": ["x", 1]}'])
def test_a_damaged_count_is_begun_anew(tmp_path: Path, clock: Clock, content: str) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    Attempts(tmp_path).begin("李敏")
    assert Attempts(tmp_path).left("李敏") == MOST - 1
