"""The process that opens a stranger's file: reads it from standard input, says what is in it line by line."""

import sys
from collections.abc import Callable, Sequence

from desktop.excel.reading import formats, limits
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.wire import Outlet


def main(arguments: Sequence[str]) -> int:
    """Read the file on standard input; ``arguments`` is the most memory, in bytes.

    Everything here is standard library, so that a child begins in some 50 ms.
    """
    if arguments:
        _limit(int(arguments[0]))
    # by number: a program without a console has no sys.stdin; opened anew: Windows would mend line ends
    with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as out:

        def write(line: str) -> None:
            out.write(line.encode() + b"\n")
            out.flush()

        data = file.read(limits.LARGEST_FILE + 1)
        if arguments and data.startswith(formats.OLE):
            _limit(min(int(arguments[0]), limits.MEMORY_OF_OLD))
        say(data, write)
    return 0


def say(data: bytes, write: Callable[[str], None]) -> None:
    """Write what a file holds as lines; the last one says its kind, or why it is refused."""
    outlet = Outlet(write)
    try:
        kind = formats.read(data, outlet)
    except Unfit as unfit:
        outlet.say({"why": unfit.why, "remedy": unfit.remedy})
    except MemoryError:
        outlet.say({"why": "文件太大，内存不够", "remedy": limits.ONLY_NEEDED})
    else:
        outlet.say({"kind": kind})


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
