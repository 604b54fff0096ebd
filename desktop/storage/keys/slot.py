"""One slot: the data key as one account, the recovery code or the practice township can open it."""

import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.storage.keys import derive, recovery
from desktop.storage.keys.key import Key, Role

NONCE = 12  # bytes
OPEN = b"pingan practice key, no secret!!"  # 32 bytes; the practice township holds invented people only
ACCOUNT, RECOVERY, PRACTICE = "account", "recovery", "open"
PRACTICE_USER, RECOVERY_USER = "练习", "恢复码"


@dataclass(frozen=True, slots=True)
class Slot:
    """A sealed data key.

    :param kind: ``account``, ``recovery`` or ``open``.
    :param kdf: how its key is made, as it stands in the file.
    :param sealed: AES-GCM of the data key; database, kind, user, role and ``kdf`` are authenticated with it.
    """

    kind: str
    user: str
    role: Role
    kdf: dict[str, Any]
    nonce: bytes
    sealed: bytes

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "user": self.user,
            "role": self.role.value,
            "kdf": self.kdf,
            "nonce": self.nonce.hex(),
            "sealed": self.sealed.hex(),
        }

    def open(self, database: str, typed: str) -> Key | None:
        """The key, if ``typed`` (a password, a recovery code, nothing) opens it.

        :raises Refusal: its parameters are out of bounds; nothing was derived with them.
        """
        wrapping = AESGCM(self._wrapping(typed))
        try:
            data = wrapping.decrypt(self.nonce, self.sealed, self._bound(database))
        except InvalidTag:
            return None
        return Key(data, self.user, self.role, practice=self.kind == PRACTICE)

    def filled(self, data: bytes, database: str, typed: str) -> "Slot":
        """The slot with ``data`` sealed in it."""
        sealed = AESGCM(self._wrapping(typed)).encrypt(self.nonce, data, self._bound(database))
        return replace(self, sealed=sealed)

    def _wrapping(self, typed: str) -> bytes:
        if self.kind == ACCOUNT:
            return derive.derive(typed, derive.parameters(self.kdf))
        if self.kind == RECOVERY:
            return recovery.derive(typed, bytes.fromhex(str(self.kdf.get("salt"))))
        return OPEN

    def _bound(self, database: str) -> bytes:
        """What cannot be changed in the file without the slot failing to open."""
        return json.dumps(
            [database, self.kind, self.user, self.role.value, self.kdf], sort_keys=True
        ).encode()


def seal(data: bytes, database: str, user: str, role: Role, password: str) -> Slot:
    """A slot for an account."""
    return _empty(ACCOUNT, user, role, derive.Parameters().as_json()).filled(data, database, password)


def seal_recovery(data: bytes, database: str, code: str) -> Slot:
    """A slot for a recovery code as :func:`recovery.make` gives it."""
    kdf = {"name": "hkdf", "salt": secrets.token_bytes(derive.SALT).hex()}
    return _empty(RECOVERY, RECOVERY_USER, Role.ADMIN, kdf).filled(data, database, recovery.read(code))


def seal_practice(data: bytes, database: str) -> Slot:
    return _empty(PRACTICE, PRACTICE_USER, Role.ADMIN, {"name": "none"}).filled(data, database, "")


def from_json(found: Any) -> Slot:
    """A slot as it stands in a key file.

    :raises ValueError: it is none.
    """
    try:
        slot = Slot(
            str(found["kind"]),
            str(found["user"]),
            Role(found["role"]),
            dict(found["kdf"]),
            bytes.fromhex(found["nonce"]),
            bytes.fromhex(found["sealed"]),
        )
    except (KeyError, TypeError) as trouble:
        raise ValueError("no slot") from trouble
    if slot.kind not in (ACCOUNT, RECOVERY, PRACTICE) or len(slot.nonce) != NONCE:
        raise ValueError("no slot that we know")
    return slot


def _empty(kind: str, user: str, role: Role, kdf: dict[str, Any]) -> Slot:
    return Slot(kind, user, role, kdf, secrets.token_bytes(NONCE), b"")
