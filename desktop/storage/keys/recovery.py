"""The recovery code: printed once, locked away, opens the data when every password is forgotten."""

import secrets
import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import Refusal
from desktop.storage.keys.key import LENGTH

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
GROUPS, GROUP = 5, 5
ALIKE = str.maketrans("ILO", "110")


def make() -> str:
    """A new code, like ``7K2QM-…``: 24 random letters (120 bits) and one that checks them."""
    body = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP - 1))
    return shown(body + _check(body))


def shown(code: str) -> str:
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """A code as typed from paper: case, blanks, dashes and look-alike letters do not matter.

    :raises Refusal: it is mistyped.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(ALIKE)
    code = "".join(letter for letter in plain if letter.isalnum())
    well_formed = len(code) == GROUPS * GROUP and all(letter in LETTERS for letter in code)
    if not well_formed or _check(code[:-1]) != code[-1]:
        raise Refusal(
            "未能解锁数据",
            f"恢复码抄错了，应为 {GROUPS} 组、每组 {GROUP} 个字母或数字",
            "请对照打印件逐组重新输入",
        )
    return code


def derive(code: str, salt: bytes) -> bytes:
    """The key a code makes: 120 random bits need no slow derivation."""
    return HKDF(SHA256(), LENGTH, salt=salt, info=b"pingan recovery").derive(code.encode())


def _check(body: str) -> str:
    """The letter that finds every single mistyped letter, and nearly every swap of neighbours."""
    total = sum((2 * at + 1) * LETTERS.index(letter) for at, letter in enumerate(body))
    return LETTERS[total % len(LETTERS)]
