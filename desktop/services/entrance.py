"""Coming in: open the records with a password, and write down who came and how often it failed before."""

from contextlib import suppress
from pathlib import Path

from desktop.errors import Refusal
from desktop.services import audit
from desktop.services.audit import Event
from desktop.storage import database
from desktop.storage.database import Store
from desktop.storage.keys.attempts import MOST, Attempts
from desktop.storage.keys.key import Secret


def enter(folder: Path, secret: Secret, *, take_over: bool = False) -> Store:
    """Open the records of ``folder``.

    :param take_over: the clerk was asked about a lock left by another computer.
    :raises Refusal: the password is wrong, or as :func:`database.open_folder`.
    """
    before = failed(folder, secret.user)
    store = database.open_folder(folder, secret, take_over=take_over)
    came(store, before)
    return store


def unlock(store: Store, secret: Secret) -> None:
    """Open ``store`` again after it was locked, for the same user or another.

    :raises Refusal: the password is wrong.
    """
    before = failed(store.folder, secret.user)
    store.unlock(secret)
    came(store, before)


def waits(folder: Path, user: str) -> float:
    """Seconds before ``user`` may try again after too many failures; 0 for now."""
    return Attempts(folder).waits(user)


def failed(folder: Path, user: str) -> int:
    """How often ``user`` has failed since coming in last."""
    return MOST - Attempts(folder).left(user)


def came(store: Store, failed: int) -> None:
    """Write down who came in, and after how many failures.

    A full disk keeps nobody out of what can still be read.
    """
    with suppress(Refusal), store.work("登录") as (session, _):
        if failed:
            audit.record(session, Event.FAILED, f"{store.key.user}：{failed} 次")
        audit.record(session, Event.LOGIN, store.key.user)
