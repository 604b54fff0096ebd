"""Wrong passwords are counted: after five, ten minutes pass before the next, whatever the wall clock says."""

import json
import math
import time
from pathlib import Path

from desktop.errors import Refusal

FILE = "attempts.json"
MOST = 5  # failures in a row
WAIT = 600  # seconds


class Attempts:
    """Failures of each account in ``folder``, as ``{user: [failures, moment of the last]}``.

    The moment is of :func:`time.monotonic`, which nobody can set and which begins anew with the computer:
    a moment later than now is of an earlier run, and then at least ``now`` seconds have passed.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def begin(self, user: str) -> None:
        """Count a failure for ``user`` before the password is tried: killing the program takes none back.

        :raises Refusal: there were five, and ten minutes have not passed.
        """
        left = self.waits(user)
        if left > 0:
            raise Refusal(
                "未能解锁数据",
                f"密码已经连续输错 {MOST} 次",
                f"请等 {math.ceil(left / 60)} 分钟再试，忘记密码的可以请管理员重设或使用恢复码",
            )
        made = self._read()
        failures = made.get(user, (0, 0.0))[0] % MOST  # five, and the time has passed: counted anew
        self._write({**made, user: (failures + 1, time.monotonic())})

    def waits(self, user: str) -> float:
        """Seconds before ``user`` may try again; 0 for now."""
        failures, then = self._read().get(user, (0, 0.0))
        now = time.monotonic()
        return max(0.0, WAIT - (now - then if now >= then else now)) if failures >= MOST else 0.0

    def left(self, user: str) -> int:
        """How many more times ``user`` may fail."""
        return MOST - self._read().get(user, (0, 0.0))[0]

    def succeeded(self, user: str) -> None:
        made = self._read()
        if made.pop(user, None) is not None:
            self._write(made)

    def _read(self) -> dict[str, tuple[int, float]]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
            return {str(user): (int(failures), float(then)) for user, (failures, then) in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, made: dict[str, tuple[int, float]]) -> None:
        """A folder that cannot be written to costs the count, never the way in."""
        try:
            if not made:
                self._file.unlink(missing_ok=True)
                return
            self._file.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        except OSError:
            return
