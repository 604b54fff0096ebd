"""What the program is doing when it is struck."""

from tests.torture import subject
from tests.torture.scenes.copies import BackingUp, Restoring
from tests.torture.scenes.records import Beginning, Migrating, Saving
from tests.torture.scenes.scene import Scene
from tests.torture.scenes.written import (
    Writing,
    read_export,
    read_kept,
    write_export,
    write_kept,
    write_naively,
)

SCENES: dict[str, Scene] = {
    "saving": Saving(),
    "saving for a long time": Saving(sessions=1, saves=10**6),
    "saving, synchronous NORMAL": Saving(synchronous="NORMAL"),
    "saving, synchronous OFF": Saving(synchronous="OFF"),
    "beginning": Beginning(),
    "backing up": BackingUp(),
    "restoring": Restoring(),
    "exporting": Writing(write_export, read_export),
    "keeping a file": Writing(write_kept, read_kept, times=8),
    "writing over a file": Writing(write_naively, read_kept, times=8),
    **{f"migrating from {revision}": Migrating(revision) for revision in subject.OLDER_REVISIONS},
}
