"""The accounts of a unit: unlock, add, remove, change a password, print a new recovery code."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage.keys import keyfile, recovery, slot
from desktop.storage.keys.attempts import Attempts
from desktop.storage.keys.key import LENGTH, Key, Role, Secret
from desktop.storage.keys.slot import ACCOUNT, PRACTICE, RECOVERY, RECOVERY_USER, Slot

WHAT = "未能解锁数据"
LONGEST = 20  # characters of a name
RESERVED = (RECOVERY_USER,)


class WrongPassword(Refusal):
    """The password does not open this account; it was counted."""


@dataclass(frozen=True, slots=True)
class User:
    name: str
    role: Role


class Keys:
    """The key file of a data folder.

    :ivar content: what it says.
    """

    def __init__(self, folder: Path) -> None:
        """Read it.

        :raises Refusal: it is missing, damaged with its copy, or of a newer program.
        """
        self.folder = folder
        self.content = keyfile.read(folder)

    @classmethod
    def make(cls, folder: Path, secret: Secret | None) -> tuple["Keys", Key]:
        """Start the key file of a new unit; ``secret`` is its first administrator, ``None`` is for practice.

        :raises Refusal: the name or the password is empty.
        """
        database, data = secrets.token_hex(16), secrets.token_bytes(LENGTH)
        if secret is None:
            first = slot.seal_practice(data, database)
            key = Key(data, first.user, first.role, practice=True)
        else:
            user = _named(secret.user)
            first = slot.seal(data, database, user, Role.ADMIN, _filled(secret.password))
            key = Key(data, user, Role.ADMIN)
        keyfile.write(folder, database, [first], key)
        return cls(folder), key

    @property
    def database(self) -> str:
        """The id of the database that these keys are for: 32 hexadecimal digits."""
        return self.content.database

    @property
    def practice(self) -> bool:
        """Whether the data open without a password."""
        return any(one.kind == PRACTICE for one in self.content.slots)

    @property
    def recoverable(self) -> bool:
        """Whether a recovery code was made."""
        return any(one.kind == RECOVERY for one in self.content.slots)

    def users(self) -> list[User]:
        return [User(one.user, one.role) for one in self._accounts()]

    def usual(self) -> str:
        """The name meant when none is given: the only administrator, else the only account.

        :raises Refusal: there are several; it names them.
        """
        accounts = self.users()
        for among in ([one for one in accounts if one.role.manages], accounts):
            if len(among) == 1:
                return among[0].name
        names = "、".join(one.name for one in accounts)
        raise Refusal(WHAT, f"有几个账号：{names}，没有说明用哪一个", "请写明账号")

    def open(self, secret: Secret | None) -> Key:
        """Unlock with a secret; where none is needed, whatever is given.

        :raises Refusal: a password is needed, or as :meth:`unlock`.
        """
        if self.practice:
            return self.unlock_open()
        if secret is None:
            raise Refusal(
                WHAT, "没有给出密码", "请输入密码；命令行用环境变量 PINGAN_PASSWORD 或 --password-file"
            )
        return self.unlock(secret.user, secret.password)

    def unlock(self, user: str, password: str) -> Key:
        """The key for an account; ``user`` empty is the usual one.

        :raises WrongPassword: no such account or not its password; both are counted and take the same time.
        :raises Refusal: five failures and ten minutes have not passed, or the file was tampered with.
        """
        user = user or self.usual()
        attempts = Attempts(self.folder)
        attempts.begin(user)
        found = next((one for one in self._accounts() if one.user == user), None)
        tried = found or slot.seal(bytes(LENGTH), self.database, user, Role.READ, secrets.token_hex())
        key = tried.open(self.database, password)
        if key is None or found is None:
            left = attempts.left(user)
            remedy = f"还可以试 {left} 次" if left > 0 else "请等 10 分钟再试"
            raise WrongPassword(WHAT, f"账号“{user}”的密码不对，或没有这个账号", remedy)
        attempts.succeeded(user)
        return self._sound(key)

    def unlock_open(self) -> Key:
        """The key of the practice township."""
        return self._unlocked(PRACTICE, "")

    def unlock_recovery(self, code: str) -> Key:
        """The key for the recovery code, with the rights of an administrator.

        :raises Refusal: it is mistyped, not the code of these data, or there is none.
        """
        return self._unlocked(RECOVERY, recovery.read(code))

    def add(self, key: Key, user: str, role: Role, password: str) -> None:
        """Make an account.

        :raises Refusal: ``key`` is no administrator's, the name is taken or empty, or the password is empty.
        """
        _manages(key, "未能新增账号")
        user = _named(user)
        if any(one.name == user for one in self.users()):
            raise Refusal("未能新增账号", f"账号“{user}”已经有了", "请换一个名字")
        self._write(key, [*self.content.slots, self._sealed(key, user, role, password)])

    def remove(self, key: Key, user: str) -> None:
        """Take an account away.

        :raises Refusal: ``key`` is no administrator's, there is no such account, or no other administrator.
        """
        _manages(key, "未能删除账号")
        gone = self._account(user, "未能删除账号")
        self._keep_one(gone, Role.READ, "未能删除账号")
        self._write(key, [one for one in self.content.slots if one is not gone])

    def passwd(self, key: Key, user: str, password: str, *, role: Role | None = None) -> None:
        """Set the password of an account, one's own or as an administrator; with it its role, if given.

        :raises Refusal: neither, there is none of that name, or no administrator would be left.
        """
        what = "未能修改密码"
        if user != key.user or role is not None:
            _manages(key, what)
        old = self._account(user, what)
        self._keep_one(old, role or old.role, what)
        new = self._sealed(key, user, role or old.role, password)
        self._write(key, [new if one is old else one for one in self.content.slots])

    def renew_recovery(self, key: Key) -> str:
        """A new recovery code, to be printed now: it is kept nowhere. An older one no longer opens."""
        _manages(key, "未能生成恢复码")
        code = recovery.make()
        kept = [one for one in self.content.slots if one.kind != RECOVERY]
        self._write(key, [*kept, slot.seal_recovery(key.data, self.database, code)])
        return code

    def _accounts(self) -> list[Slot]:
        return [one for one in self.content.slots if one.kind == ACCOUNT]

    def _account(self, user: str, what: str) -> Slot:
        found = next((one for one in self._accounts() if one.user == user), None)
        if found is None:
            raise Refusal(what, f"没有账号“{user}”", "请核对账号的名字")
        return found

    def _keep_one(self, changed: Slot, role: Role, what: str) -> None:
        others = any(one.role.manages for one in self._accounts() if one is not changed)
        if changed.role.manages and not role.manages and not others:
            raise Refusal(what, f"“{changed.user}”是最后一个管理账号", "请先新增另一个管理账号")

    def _unlocked(self, kind: str, typed: str) -> Key:
        for one in self.content.slots:
            if one.kind == kind and (key := one.open(self.database, typed)) is not None:
                return self._sound(key)
        raise Refusal(
            WHAT, "恢复码不是这份数据的" if kind == RECOVERY else "数据没有公开的钥匙", "请用密码打开"
        )

    def _sound(self, key: Key) -> Key:
        """``key``, once it has shown that the whole file is as it was written."""
        if not self.content.sound(key):
            raise Refusal(
                WHAT,
                "钥匙文件里的账号被改动过，有人添加、删除或换回了账号",
                "请从备份中找回 keyslots.json，并查明是谁改动的",
            )
        return key

    def _sealed(self, key: Key, user: str, role: Role, password: str) -> Slot:
        return slot.seal(key.data, self.database, user, role, _filled(password))

    def _write(self, key: Key, slots: Sequence[Slot]) -> None:
        self.content = keyfile.write(self.folder, self.database, slots, key)


def _manages(key: Key, what: str) -> None:
    if not key.role.manages:
        raise Refusal(what, f"“{key.role.word}”账号不能管理账号", "请用管理账号登录")


def _named(user: str) -> str:
    name = user.strip()
    if name in RESERVED:
        raise Refusal("未能新增账号", f"“{name}”不能用作账号的名字", "请换一个名字")
    if not name or len(name) > LONGEST or not name.isprintable():
        raise Refusal("未能新增账号", f"账号的名字应为 1 到 {LONGEST} 个字", "请换一个名字")
    return name


def _filled(password: str) -> str:
    if not password:
        raise Refusal("未能设置密码", "密码是空的", "请输入密码")
    return password
