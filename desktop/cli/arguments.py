"""What every verb of the command line needs: paths and numbers as typed, the folder, the day, JSON."""

import argparse
import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from desktop import paths
from desktop.storage import database
from desktop.storage.database import Store

Arguments = argparse.Namespace


class Add(Protocol):
    """Declares a verb: its name, the function that does it and returns the exit code, what it is for."""

    def __call__(
        self, name: str, work: Callable[[Arguments], int], words: str, *, as_json: bool = False
    ) -> argparse.ArgumentParser: ...


def count(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError("应为 1 以上的整数")
    return number


def path(typed: str) -> Path:
    """A path as typed, ``~`` for one's own folder; an empty one is wrong usage."""
    if not typed.strip():
        raise argparse.ArgumentTypeError("路径是空的")
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"没有“{typed}”这个文件夹") from None


def folder_of(chosen: Arguments) -> Path:
    folder: Path = chosen.data or paths.data()
    return folder


def today_of(chosen: Arguments) -> dt.date:
    return chosen.today or dt.date.today()


@contextmanager
def opened(chosen: Arguments, *, writes: bool = False) -> Iterator[Store]:
    store = database.open_folder(folder_of(chosen), exclusive=writes)
    try:
        yield store
    finally:
        store.close()


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
