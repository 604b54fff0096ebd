"""Reads mutants for as long as one likes: ``python -m tests.desktop.excel.reading.fuzz SECONDS [FIRST]``.

Each is read twice, once with expat alone: both roads must give the same book, or both refuse. A worker that
hangs, dies, or lets out anything but a refusal is an outcome of its own, and its number reproduces it.
"""

import os
import resource
import select
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from desktop.excel.reading import swift
from desktop.excel.reading.grid import Book
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.mutants import bases, mutant
from tests.desktop.excel.reading.workbooks import read

BATCH = 250  # mutants in one worker
LONGEST = 20  # seconds for one
MEMORY = 1024 * 1024 * 1024  # bytes of address space


def outcome(data: bytes) -> str:
    """``book``, ``refusal``, or what is wrong with the reading."""
    found: list[Book | str] = []
    plain = swift.is_plain
    try:
        for road in (plain, lambda _: False):
            swift.is_plain = road
            try:
                found.append(read(data))
            except Unfit:
                found.append("refusal")
            except Exception as trouble:  # noqa: BLE001
                return f"{type(trouble).__name__}: {str(trouble)[:80]}"
    finally:
        swift.is_plain = plain
    if found[0] != found[1]:
        return "two roads, two answers"
    return "refusal" if found[0] == "refusal" else "book"


def _work(first: int, sound: Sequence[bytes], out: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in range(first, first + BATCH):
        data = mutant(number, sound)
        os.write(out, f"begin {number}\n".encode())
        began = time.perf_counter()
        said = outcome(data)
        os.write(out, f"end {number} {time.perf_counter() - began:.3f} {said}\n".encode())


def _batch(first: int, sound: Sequence[bytes]) -> Iterator[tuple[int, float, str]]:
    """Number, seconds and outcome of each mutant of a batch, read in a worker."""
    inlet, out = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            _work(first, sound, out)
        finally:
            os._exit(0)
    os.close(out)
    number, text = first, ""
    while True:
        if not select.select([inlet], [], [], LONGEST)[0]:
            os.kill(worker, 9)
            yield number, LONGEST, "hang"
            break
        if not (said := os.read(inlet, 65_536)):
            break
        *lines, text = (text + said.decode()).split("\n")
        for line in lines:
            kind, at, *rest = line.split(" ", 3)
            number = int(at)
            if kind == "end":
                yield number, float(rest[0]), rest[1]
    os.close(inlet)
    if os.waitpid(worker, 0)[1] not in (0, 9):
        yield number, 0.0, "death"


def main(seconds: float, first: int = 0) -> int:
    """Fuzz, print what came of it; returns how many readings went wrong."""
    sound, counts, slowest = bases(), Counter[str](), (0.0, 0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for number, took, said in _batch(first, sound):
            counts[said if said in ("book", "refusal") else "other"] += 1
            slowest = max(slowest, (took, number))
            if said not in ("book", "refusal"):
                print(f"mutant {number}: {said}", flush=True)
        first += BATCH
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{dict(counts)}; slowest {slowest[0]:.2f} s (mutant {slowest[1]}); peak {peak} MB")
    return counts["other"]


if __name__ == "__main__":
    sys.exit(min(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0), 1))
