"""A Windows that nobody has used yet, under Wine, with one person whose name is Chinese and has a blank."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from windows.wine import USER, Wine

DRIVE = "F:"  # a disk of its own, as small as one likes
CODE = re.compile(r"^=(\d+)$", re.MULTILINE)
SECONDS = 400


class Computer:
    """Runs Windows programs; files are looked at from outside.

    :param wine: made ready; what it had in its home before is used on.
    """

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        self.prefix = wine.home / "prefix"
        self.person = self.prefix / "drive_c/users" / USER
        self.local = self.person / "AppData/Local"
        self.small = self.prefix / "drive_f"
        self.said = ""

    def calls(self, *lines: str, seconds: int = SECONDS) -> list[int]:
        """Run shell lines one after the other in one session of Windows.

        :returns: the exit code of each; what they said is in ``said``.
        """
        script = "\n".join(
            f'{{ {line}\n}} </dev/null 2>&1 | cat; echo "\n=${{PIPESTATUS[0]}}"' for line in lines
        )
        self.said = self.wine.run(script, seconds=seconds).stdout
        return [int(code) for code in CODE.findall(self.said)]

    def call(self, line: str, *, seconds: int = SECONDS) -> int:
        """Run one shell line in a session of Windows."""
        return self.calls(line, seconds=seconds)[-1]

    def registry(self, key: str, name: str = "") -> str | None:
        """A value below HKEY_CURRENT_USER, ``None`` where there is none."""
        asked = f"/v {name}" if name else "/ve"
        whole = shlex.quote(f"HKCU\\{key}")
        if self.call(f"wine reg query {whole} {asked}"):
            return None
        found = re.search(r"REG_\w+\s+(.*?)\s*$", self.said, re.MULTILINE)
        return found[1] if found else None

    def with_disk(self, kilobytes: int) -> str:
        """The shell line that puts an empty disk of this size into ``F:``, for one session."""
        inside = f"mkdir -p {self.small} && mount -t tmpfs -o size={kilobytes}k none {self.small}"
        return f"{inside} && ln -sfn ../drive_f {self.prefix}/dosdevices/f:"


def install(setup: Path, folder: str = "") -> str:
    """The shell line that installs silently; NSIS takes ``folder`` unquoted and to the end of the line."""
    words: Sequence[str] = [f"/D={folder}"] if folder else []
    parts = [part for word in words for part in word.split(" ")]
    return f"wine {shlex.quote(str(setup))} /S {' '.join(map(shlex.quote, parts))}"
