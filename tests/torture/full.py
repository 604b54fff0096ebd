"""Fills the disk on which a scene plays: one made in memory where that is allowed, else a limit on files."""

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from desktop.errors import Refusal
from tests.torture.place import workplace
from tests.torture.scenes import SCENES
from tests.torture.tally import Fate, Tally, Verdict

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300  # seconds of one scene
DISK = 64  # MiB
CHUNK = 1024  # bytes; rooms are counted in these
ON_IT = 'mount -t tmpfs -o size="$0"m none "$1" && shift && exec "$@"'
MOUNTED = ("unshare", "--map-root-user", "--mount", "sh", "-c", ON_IT)


def why_not() -> str:
    """Why the disk of this computer cannot be filled; empty where it can."""
    nothing = "Windows gives an ordinary account neither a small disk nor a limit on files"
    return nothing if sys.platform == "win32" else ""


def fill(scene: str, rooms: Sequence[int]) -> Tally:
    """Play ``scene`` with each of ``rooms`` (KiB) left on the disk: it may refuse, and harm nothing."""
    tally = Tally(f"full disk, {scene}", left_out=why_not())
    if tally.left_out:
        return tally
    with workplace() as place:
        mounts = _can_mount(place)
        played = [sys.executable, "-m", "tests.torture.full", scene, str(place), *map(str, rooms)]
        command = [*MOUNTED, str(DISK), str(place), *played] if mounts else played
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=True)
    for found in json.loads(done.stdout):
        tally.stopped += found["stopped"]
        tally.add(Verdict(Fate(found["fate"]), found["why"]))
    tally.goal += "" if mounts else ", by a limit on files"
    return tally


def _can_mount(place: Path) -> bool:
    """Whether this account may make a disk of its own, as Linux lets it in a namespace."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*MOUNTED, "1", str(place), "true"], capture_output=True, timeout=60, check=False)
    return tried.returncode == 0


def play(scene: str, place: Path, rooms: Sequence[int]) -> Iterator[tuple[Verdict, bool]]:
    """A verdict for each room, and whether the work was stopped by it."""
    for room in rooms:
        (folder := place / str(room)).mkdir()
        SCENES[scene].prepare(folder)
        marks: list[str] = []
        stopped = False
        with _crowded(place, room * CHUNK):
            try:
                SCENES[scene].act(folder, marks.append)
            except (Refusal, OSError):
                stopped = True
        yield SCENES[scene].judge(folder, marks), stopped
        shutil.rmtree(folder)


@contextlib.contextmanager
def _crowded(place: Path, room: int) -> Iterator[None]:
    if place.is_mount():
        filler = place / "filler"
        with filler.open("wb") as file:
            file.write(bytes(max(0, shutil.disk_usage(place).free - room)))
        yield
        filler.unlink()
        return
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


if __name__ == "__main__":
    played = play(sys.argv[1], Path(sys.argv[2]), [int(one) for one in sys.argv[3:]])
    print(json.dumps([{**asdict(verdict), "stopped": stopped} for verdict, stopped in played]))
