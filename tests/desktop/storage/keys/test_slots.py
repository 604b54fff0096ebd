"""Accounts and their keys: what opens, what does not, and what a changed key file says."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Refusal
from desktop.storage.keys import derive
from desktop.storage.keys.key import Role, Secret
from desktop.storage.keys.keyfile import COPY, FILE
from desktop.storage.keys.slots import Keys, WrongPassword

ADMIN = Secret("王主任", "huangshan-2026")
CLERK = Secret("李敏", "songshan-2026")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """The key file of a unit with an administrator and a clerk."""
    keys, key = Keys.make(tmp_path, ADMIN)
    keys.add(key, CLERK.user, Role.ENTER, CLERK.password)
    return keys


def forge(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change both key files as someone would who knows how they are made, but no password."""
    for name in (FILE, COPY):
        found = json.loads((folder / name).read_bytes())
        found.pop("sum")
        change(found)
        text = json.dumps(found, sort_keys=True, separators=(",", ":"))
        found["sum"] = hashlib.sha256(text.encode()).hexdigest()
        (folder / name).write_text(json.dumps(found), "utf-8")


def test_every_account_opens_the_same_data_with_its_own_role(keys: Keys) -> None:
    admin, clerk = keys.open(ADMIN), keys.open(CLERK)
    assert admin.data == clerk.data
    assert (admin.user, admin.role, clerk.user, clerk.role) == ("王主任", Role.ADMIN, "李敏", Role.ENTER)
    assert not admin.practice


def test_a_password_typed_in_full_width_letters_opens(keys: Keys) -> None:
    assert keys.unlock("李敏", "ｓｏｎｇｓｈａｎ－２０２６").user == "李敏"


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(keys: Keys) -> None:
    for user in ("李敏", "查无此人"):
        with pytest.raises(WrongPassword, match=rf"“{user}”的密码不对，或没有这个账号.*还可以试 4 次"):
            keys.unlock(user, "taishan-2026")


def test_without_a_name_the_only_administrator_is_meant(keys: Keys) -> None:
    assert keys.open(Secret("", ADMIN.password)).user == "王主任"
    keys.add(keys.open(ADMIN), "张伟", Role.ADMIN, "taishan-2026")
    with pytest.raises(Refusal, match="有几个账号：王主任、李敏、张伟"):
        keys.usual()


def test_real_data_do_not_open_without_a_password(keys: Keys) -> None:
    with pytest.raises(Refusal, match=r"没有给出密码.*PINGAN_PASSWORD"):
        keys.open(None)


def test_practice_data_open_without_a_password(tmp_path: Path) -> None:
    made, key = Keys.make(tmp_path, None)
    assert made.practice
    assert made.open(None).data == key.data
    assert made.open(None).practice


def test_the_recovery_code_opens_and_sets_a_new_password(keys: Keys) -> None:
    old = keys.renew_recovery(keys.open(ADMIN))
    code = keys.renew_recovery(keys.open(ADMIN))
    found = Keys(keys.folder)
    with pytest.raises(Refusal, match="恢复码不是这份数据的"):
        found.unlock_recovery(old)
    found.passwd(found.unlock_recovery(code.lower().replace("-", " ")), "王主任", "taishan-2026")
    assert Keys(keys.folder).unlock("王主任", "taishan-2026").role is Role.ADMIN
    with pytest.raises(WrongPassword):
        Keys(keys.folder).open(ADMIN)


def test_a_removed_account_no_longer_opens(keys: Keys) -> None:
    keys.remove(keys.open(ADMIN), "李敏")
    with pytest.raises(WrongPassword):
        Keys(keys.folder).open(CLERK)


def test_the_last_administrator_stays(keys: Keys) -> None:
    key = keys.open(ADMIN)
    attempts: list[Callable[[], object]] = [
        lambda: keys.remove(key, "王主任"),
        lambda: keys.passwd(key, "王主任", "taishan-2026", role=Role.READ),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal, match="最后一个管理账号"):
            attempt()


def test_a_clerk_changes_only_the_own_password(keys: Keys) -> None:
    clerk = keys.open(CLERK)
    keys.passwd(clerk, "李敏", "taishan-2026")
    assert keys.unlock("李敏", "taishan-2026").role is Role.ENTER
    attempts: list[Callable[[], object]] = [
        lambda: keys.passwd(clerk, "王主任", "taishan-2026"),
        lambda: keys.passwd(clerk, "李敏", "taishan-2026", role=Role.ADMIN),
        lambda: keys.add(clerk, "张伟", Role.ADMIN, "taishan-2026"),
        lambda: keys.remove(clerk, "王主任"),
        lambda: keys.renew_recovery(clerk),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal, match="“录入”账号不能管理账号"):
            attempt()


def test_a_key_file_that_is_cut_off_is_read_from_its_copy(keys: Keys) -> None:
    file = keys.folder / FILE
    for size in (0, 1, 100, file.stat().st_size - 1):
        file.write_bytes((keys.folder / COPY).read_bytes()[:size])
        assert Keys(keys.folder).open(ADMIN).user == "王主任"
    file.unlink()
    assert Keys(keys.folder).open(ADMIN).user == "王主任"


@pytest.mark.parametrize(("content", "state"), [(b'{"format": 1', "都已损坏"), (None, "都不见了")])
def test_without_either_key_file_it_is_said_that_nothing_opens(
    keys: Keys, content: bytes | None, state: str
) -> None:
    for name in (FILE, COPY):
        (keys.folder / name).unlink()
        if content is not None:
            (keys.folder / name).write_bytes(content)
    with pytest.raises(Refusal, match=f"{state}，没有它们，任何密码和恢复码都打不开数据"):
        Keys(keys.folder)


def test_a_flipped_bit_anywhere_in_the_key_file_is_noticed(keys: Keys) -> None:
    whole = (keys.folder / FILE).read_bytes()
    (keys.folder / COPY).unlink()
    for at in range(0, len(whole), 41):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1
        (keys.folder / FILE).write_bytes(spoilt)
        try:
            read = Keys(keys.folder).content
        except Refusal:
            continue
        assert read == keys.content  # only blanks between the words have changed


@pytest.mark.parametrize(
    ("name", "value"),
    [("memory", 1024), ("memory", 2**31), ("passes", 1), ("passes", 10**6), ("lanes", 500), ("salt", "00")],
)
def test_forged_parameters_are_refused_before_anything_is_derived(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    def change(found: dict[str, Any]) -> None:
        for one in found["slots"]:
            one["kdf"][name] = value

    forge(keys.folder, change)
    monkeypatch.setattr(derive, "Argon2id", None)
    with pytest.raises(Refusal, match="加密参数被改动过"):
        Keys(keys.folder).open(ADMIN)


@pytest.mark.parametrize(("name", "value"), [("user", "李敏丽"), ("role", "admin")])
def test_a_renamed_account_or_role_does_not_open(keys: Keys, name: str, value: str) -> None:
    forge(keys.folder, lambda found: found["slots"][1].update({name: value}))
    with pytest.raises(WrongPassword):
        Keys(keys.folder).unlock("李敏丽" if name == "user" else "李敏", CLERK.password)


def test_an_account_put_back_after_it_was_removed_is_noticed(keys: Keys) -> None:
    removed = json.loads((keys.folder / FILE).read_bytes())["slots"][1]
    keys.remove(keys.open(ADMIN), "李敏")
    forge(keys.folder, lambda found: found["slots"].append(removed))
    for secret in (ADMIN, CLERK):
        with pytest.raises(Refusal, match="账号被改动过"):
            Keys(keys.folder).open(secret)


def test_key_files_of_a_newer_program_are_left_alone(keys: Keys) -> None:
    forge(keys.folder, lambda found: found.update({"format": 2}))
    with pytest.raises(Refusal, match="更新版本"):
        Keys(keys.folder)


def test_nothing_that_opens_the_data_is_shown_by_a_key_or_a_secret(keys: Keys) -> None:
    key = keys.open(ADMIN)
    assert ADMIN.password not in repr(ADMIN)
    assert key.data.hex() not in repr(key)
    assert repr(key.data) not in repr(key)
    assert key.sub("scans") != key.sub("state") != key.data
