"""Every torture of the program, short or in full, and the table of what came of it.

``python3 build/dev.py torture [--full] [--only WORDS] [--write]``; ``--write`` puts the figures into
``build/BENCH.md``, in place of older ones of the same goals.
"""

import argparse
import datetime as dt
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
TABLE = ROOT / "build" / "BENCH.md"
HEADING = "# Torture"
COLUMNS = (
    "| goal | blows | acknowledged | lost | broken | seconds | on | |\n|---|---|---|---|---|---|---|---|"
)


def main() -> int:
    from tests.torture.goals import GOALS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    missed = 0
    for goal in GOALS:
        many = goal.full if asked.full else goal.short
        if asked.only not in goal.name:
            continue
        tally = goal.run(many)
        met = bool(tally.left_out) or (tally.bad > 0) is goal.control
        missed += not met
        print(f"{'met' if met else 'NOT MET'}{' (control)' if goal.control else ''}  {tally}", flush=True)
        if asked.write and not tally.left_out:
            word = "fails, as a control must" if goal.control and met else "met" if met else "not met"
            figures = (
                tally.blows,
                tally.acknowledged or "",
                tally.lost,
                tally.broken,
                f"{tally.seconds:.0f}",
            )
            cells = (goal.name, *figures, dt.date.today(), word)
            keep({goal.name: f"| {' | '.join(map(str, cells))} |"}, [one.name for one in GOALS])
    return 1 if missed else 0


def keep(lines: Mapping[str, str], order: Iterable[str]) -> None:
    """Put ``lines`` of the table, by goal, in place of older ones; the rest of the file stays."""
    before, _, section = (TABLE.read_text("utf-8") if TABLE.exists() else "").partition(HEADING)
    older = {line.split(" | ")[0].removeprefix("| "): line for line in section.splitlines() if " | " in line}
    found = {**older, **lines}
    said = f"`python3 build/dev.py torture --full --write`; Python {platform.python_version()}, "
    said += f"{platform.system()}, {os.cpu_count()} shared cores. Nothing of it has run on Windows."
    rows = "\n".join(found[name] for name in order if name in found)
    TABLE.write_text(f"{before.rstrip()}\n\n{HEADING}\n\n{said}\n\n{COLUMNS}\n{rows}\n", "utf-8")


def section() -> str:
    """The figures that are in the file, for whoever writes the rest of it anew."""
    _, heading, found = TABLE.read_text("utf-8").partition(f"\n{HEADING}")
    return heading + found


if __name__ == "__main__":
    sys.exit(main())
