"""Nothing that was acknowledged is lost and nothing breaks, under a short setting of every torture."""

from pathlib import Path

import pytest

from tests.torture import full
from tests.torture.goals import GOALS, Goal
from tests.torture.power import cuts

HERE = [goal for goal in GOALS if not goal.why_not()]
KEPT = [goal for goal in HERE if not goal.control]
CONTROLS = [goal for goal in HERE if goal.control]


@pytest.mark.parametrize("goal", KEPT, ids=lambda goal: goal.name)
def test_nothing_is_lost_and_nothing_breaks(goal: Goal) -> None:
    tally = goal.run(goal.short)
    print(tally)
    assert tally.blows
    assert tally.bad == 0, str(tally)
    assert tally.stopped or goal.why_not is not full.why_not, "no disk was small enough"


@pytest.mark.parametrize("goal", CONTROLS, ids=lambda goal: goal.name)
def test_what_is_done_wrongly_on_purpose_comes_out_badly(goal: Goal) -> None:
    tally = goal.run(goal.short)
    print(tally)
    assert tally.bad > 0, str(tally)


def test_what_is_not_tried_here_says_why() -> None:
    untried = {goal.name for goal in GOALS if goal.why_not()}
    assert {goal.name for goal in GOALS} == {goal.name for goal in HERE} | untried


def test_a_computer_without_a_compiler_cuts_no_power_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for tally in (
        cuts.cut("saving", 5),
        cuts.cut_twice("saving", 5),
        cuts.kill_at_each_write("exporting", 5),
    ):
        assert tally.blows == 0
        assert "left out, " in str(tally)
