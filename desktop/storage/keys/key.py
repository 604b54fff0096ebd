"""What unlocking gives: the data key, who opened it, and what that person may do."""

from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH = 32  # bytes


class Role(StrEnum):
    """What an account is for; kept by its English name, shown by its word."""

    ENTER = "enter"
    REVIEW = "review"
    ADMIN = "admin"
    READ = "read"

    @property
    def word(self) -> str:
        return {"enter": "录入", "review": "审核", "admin": "管理", "read": "查阅"}[self.value]

    @property
    def writes(self) -> bool:
        """May change records."""
        return self is not Role.READ

    @property
    def approves(self) -> bool:
        """May submit a period, register its return, and give the reasons a reviewer gives."""
        return self in (Role.REVIEW, Role.ADMIN)

    @property
    def manages(self) -> bool:
        """May make and remove accounts, restore a backup, and unlock a period."""
        return self is Role.ADMIN


@dataclass(frozen=True, slots=True)
class Key:
    """The data key of a unit in the hands of one account.

    :param data: 32 random bytes, the same for every account of the unit.
    :param practice: of the practice township, whose key is no secret.
    """

    data: bytes = field(repr=False)
    user: str
    role: Role
    practice: bool = False

    def sub(self, label: str, length: int = LENGTH) -> bytes:
        """A key for one purpose; from it neither the data key nor another purpose's key can be found."""
        return HKDF(SHA256(), length, salt=None, info=f"pingan {label}".encode()).derive(self.data)


@dataclass(frozen=True, slots=True)
class Secret:
    """What a person types to come in.

    :param user: empty for the usual account: the only administrator, else the only account.
    """

    user: str
    password: str = field(repr=False)
