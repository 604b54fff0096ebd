"""A Debian or Ubuntu in a folder, entered with mounts and processes of its own: nothing is left behind."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

MIRROR = "http://deb.debian.org/debian"
HERE = Path("/")  # as a root: the system this runs on, with the same walls around what is run
# everything mounted goes with the namespace, and every process with its first one
ENTER = """\
set -e
mount --make-rprivate /
mount -t proc proc "${ROOT%/}/proc"
if [ "$ROOT" != / ]; then
    mount --rbind /dev "$ROOT/dev"
    for place in $SHARED; do mkdir -p "$ROOT$place"; mount --bind "$place" "$ROOT$place"; done
fi
exec chroot "$ROOT" "$@"
"""
LAST = "\ncode=$?; exit $code"  # the shell stays, for it is init in there
WALLS = ("unshare", "--mount", "--pid", "--fork", "--kill-child")
INSTALL = "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"


def missing(*, made: bool = True) -> str:
    """Why no other system can be entered here; empty when one can.

    :param made: it has to be made, too.
    """
    if os.name == "nt" or os.geteuid() != 0:
        return "要用 root 建立独立的系统"
    wanted = ("unshare", "chroot", *(("debootstrap",) if made else ()))
    if lacking := [name for name in wanted if not shutil.which(name)]:
        return f"缺少 {'、'.join(lacking)}"
    allowed = subprocess.run([*WALLS, "true"], capture_output=True, check=False).returncode == 0
    return "" if allowed else "这里不允许建立独立的进程和挂载空间"


class Debian:
    """The system in ``root``, made when it is not there.

    :param suite: its name, such as ``bookworm``.
    :param packages: installed when it is made.
    :param shared: folders that are the same inside and out; none has a blank in its path.
    :param components: of the mirror that are used, with commas.
    :param keyring: what the mirror's signature is checked with, where that of this system does not do.
    """

    def __init__(
        self,
        root: Path,
        suite: str,
        packages: Sequence[str],
        shared: Sequence[Path],
        *,
        mirror: str = MIRROR,
        components: str = "main",
        keyring: Path | None = None,
    ) -> None:
        self.root, self.suite, self.packages, self.shared, self.mirror = root, suite, packages, shared, mirror
        if root != HERE and not (root / "made").exists():
            checked = [f"--keyring={keyring}"] if keyring else []
            self._make(f"--components={components}", *checked)

    def run(self, script: str, *, seconds: int = 600) -> subprocess.CompletedProcess[str]:
        """Run a shell script inside, as root and with nothing of our environment; both streams are kept."""
        command = [*WALLS, "sh", "-c", ENTER, "sh", "bash", "-c", script + self.last()]
        env = {"ROOT": str(self.root), "SHARED": " ".join(map(str, self.shared)), **self.env()}
        return subprocess.run(
            command, env=env, capture_output=True, text=True, errors="replace", timeout=seconds, check=False
        )

    def env(self) -> Mapping[str, str]:
        """The environment of what is run."""
        return {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            **{name: os.environ[name] for name in ("SOURCE_DATE_EPOCH",) if name in os.environ},
        }

    def last(self) -> str:
        """What the shell does after each script."""
        return LAST

    def _make(self, *options: str) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", *options, self.suite, str(self.root), self.mirror],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", self.root / "etc" / name)
        done = self.run(f"apt-get update -q && {INSTALL} ca-certificates {' '.join(self.packages)}")
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, INSTALL, done.stdout, done.stderr)
        (self.root / "made").touch()
