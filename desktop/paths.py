"""Where the program finds its resources and keeps its data."""

import os
import sys
from pathlib import Path

import platformdirs

APP = "PinganTaizhang"


def resources() -> Path:
    """The folder of shipped data; inside the frozen program it lies beside the code."""
    frozen = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).parents[1]) / "resources"


def changelog() -> Path:
    """What is new in each version, beside the code."""
    return resources().parent / "CHANGELOG.md"


def portable() -> Path | None:
    """The folder beside a portable program (marked by a file ``portable.txt``), else ``None``."""
    beside = Path(sys.executable).parent
    return beside / "data" if (beside / "portable.txt").exists() else None


def data() -> Path:
    """The folder of this unit's records; ``PINGAN_DATA`` overrules it."""
    chosen = os.environ.get("PINGAN_DATA")
    return Path(chosen) if chosen else home() / "data"


def practice() -> Path:
    """The folder of the practice township."""
    return home() / "practice"


def home() -> Path:
    """The folder for everything this person's program keeps."""
    return portable() or Path(platformdirs.user_data_dir(APP, appauthor=False))
