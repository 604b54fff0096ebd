"""What every verb of the command line needs: paths and numbers as typed, the folder, the day, JSON."""

import argparse
import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from desktop import paths
from desktop.storage import database
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.trouble import as_refusal

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


def secret_of(chosen: Arguments) -> Secret | None:
    """The account and password from ``--user`` and ``--password-file``, else the environment.

    A password never stands among the arguments, which every program of the computer can read.

    :returns: ``None`` without a password, which is enough for the practice township.
    :raises Refusal: the password file cannot be read.
    """
    user = chosen.user or os.environ.get("PINGAN_USER", "")
    if chosen.password_file is None:
        password = os.environ.get("PINGAN_PASSWORD", "")
    else:
        with as_refusal("未能读取密码文件"):
            password = chosen.password_file.read_bytes().decode("utf-8-sig", "replace").strip("\r\n")
    return Secret(user, password) if password else None


@contextmanager
def opened(chosen: Arguments, *, writes: bool = False) -> Iterator[Store]:
    """The open data folder; ``writes`` takes its lock."""
    store = database.open_folder(
        folder_of(chosen), secret_of(chosen), exclusive=writes, take_over=chosen.take_over
    )
    try:
        yield store
    finally:
        store.close()


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
