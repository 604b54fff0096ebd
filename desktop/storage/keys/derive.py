"""From a password to a key: Argon2id, slow and large on purpose, within bounds no forged file can leave."""

import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.errors import Refusal
from desktop.storage.keys.key import LENGTH

NAME = "argon2id"
MEMORY = (64 * 1024, 256 * 1024)  # KiB: less can be guessed faster, more could stop the computer
PASSES = (3, 10)
LANES = (2, 4)
SALT = 16  # bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a password is stretched.

    :param memory: KiB.
    """

    memory: int = MEMORY[0]
    passes: int = PASSES[0]
    lanes: int = LANES[0]
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT))

    def as_json(self) -> dict[str, Any]:
        return {
            "name": NAME,
            "memory": self.memory,
            "passes": self.passes,
            "lanes": self.lanes,
            "salt": self.salt.hex(),
        }


def parameters(found: Any) -> Parameters:
    """The parameters in a key file, looked at before anything is computed with them.

    :raises Refusal: they are weaker than we ever write, or absurdly strong: someone has changed them.
    :raises ValueError: they are no parameters.
    """
    if not isinstance(found, dict) or found.get("name") != NAME:
        raise ValueError("no key derivation that we know")
    numbers = (("memory", MEMORY), ("passes", PASSES), ("lanes", LANES))
    values = {name: found.get(name) for name, _ in numbers}
    salt = bytes.fromhex(str(found.get("salt")))
    within = all(
        type(value := values[name]) is int and least <= value <= most for name, (least, most) in numbers
    )
    if not within or len(salt) != SALT:
        raise Refusal(
            "未能解锁数据",
            "钥匙文件（keyslots.json）里的加密参数被改动过",
            "请停止使用这份数据，从备份中找回 keyslots.json，并查明是谁改动的",
        )
    return Parameters(salt=salt, **{name: int(str(value)) for name, value in values.items()})


def derive(password: str, by: Parameters) -> bytes:
    """The key that ``password`` makes; full-width letters of an input method are taken as the plain ones."""
    made = Argon2id(salt=by.salt, length=LENGTH, iterations=by.passes, lanes=by.lanes, memory_cost=by.memory)
    return made.derive(unicodedata.normalize("NFKC", password).encode())
