"""A sealed program is signed with the key that was given, the same each time, or it is said why not."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop.services import payload
from release import sealing

MOMENT = 1760000000


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
    monkeypatch.delenv(sealing.VARIABLE, raising=False)
    folder = tmp_path / "program"
    (folder / payload.INTERNAL).mkdir(parents=True)
    (folder / "pingan.exe").write_bytes(b"MZ")
    (folder / payload.INTERNAL / "a.dll").write_bytes(b"library")
    payload.write(folder)
    return folder


def held(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {
        one.relative_to(folder).as_posix(): (one.read_bytes(), one.stat().st_mtime)
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_two_seals_of_one_program_are_identical_and_trusted(program: Path, tmp_path: Path) -> None:
    key = tmp_path / "update.pem"
    told = sealing.new_key(key)
    other = shutil.copytree(program, tmp_path / "other")
    for one in (program, other, program):
        sealing.seal(one, key=key)
    assert held(program) == held(other)
    assert {time for _, time in held(program).values()} == {MOMENT}
    assert payload.faults(program) == payload.untrusted(other, program) == []
    public = (program / payload.INTERNAL / payload.KEY).read_bytes()
    assert sealing.fingerprint(public) == told
    assert len(told.split()) == 16


def test_without_a_key_nothing_of_an_earlier_seal_is_left(program: Path, tmp_path: Path) -> None:
    before = held(program).keys()
    sealing.new_key(tmp_path / "update.pem")
    sealing.seal(program, key=tmp_path / "update.pem")
    sealing.seal(program, key=None)
    assert held(program).keys() == before
    assert payload.faults(program) == []


def test_the_list_is_made_after_the_programs_were_signed(program: Path, tmp_path: Path) -> None:
    command = tmp_path / "sign it"
    command.write_text('#!/bin/sh\nprintf "%s" "$1" >>"$2"\n')
    command.chmod(0o755)
    sealing.seal(program, key=None, sign=f"'{command}' signed")
    assert (program / "pingan.exe").read_bytes() == b"MZsigned"
    assert payload.faults(program) == []


def test_a_key_with_a_passphrase_opens_with_that_only(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "update.pem"
    monkeypatch.setenv(sealing.VARIABLE, "平安")
    sealing.new_key(key)
    sealing.seal(program, key=key)
    monkeypatch.setenv(sealing.VARIABLE, "不平安")
    with pytest.raises(sealing.Unsealed, match="口令不对"):
        sealing.seal(program, key=key)
    monkeypatch.delenv(sealing.VARIABLE)
    monkeypatch.setattr("getpass.getpass", lambda _: "平安")
    sealing.seal(program, key=key)
    assert payload.faults(program) == []


def test_a_passphrase_that_nobody_can_type_is_one_sentence(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sealing.VARIABLE, "平安")
    sealing.new_key(tmp_path / "update.pem")
    monkeypatch.delenv(sealing.VARIABLE)

    def nobody(asked: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    with pytest.raises(sealing.Unsealed, match=sealing.VARIABLE):
        sealing.seal(program, key=tmp_path / "update.pem")


def test_what_is_no_key_of_ours_is_one_sentence(program: Path, tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for held_, told in ((b"", "不是密钥文件"), (b"-----BEGIN", "不是密钥文件"), (other, "不是 Ed25519 密钥")):
        (tmp_path / "key").write_bytes(held_)
        with pytest.raises(sealing.Unsealed, match=told):
            sealing.seal(program, key=tmp_path / "key")
    with pytest.raises(sealing.Unsealed, match="读不出"):
        sealing.seal(program, key=tmp_path / "nothing")
    assert payload.faults(program) == []


def test_a_new_key_is_for_its_owner_and_replaces_none(tmp_path: Path) -> None:
    key = tmp_path / "update.pem"
    sealing.new_key(key)
    first = key.read_bytes()
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with pytest.raises(sealing.Unsealed, match="已有文件"):
        sealing.new_key(key)
    assert key.read_bytes() == first
    with pytest.raises(sealing.Unsealed, match="不能写入"):
        sealing.new_key(tmp_path / "nowhere" / "update.pem")


@pytest.mark.parametrize(("command", "told"), [("/nowhere/sign", "不能运行"), ("false", "报告 1")])
def test_a_command_that_does_not_sign_stops_the_release(program: Path, command: str, told: str) -> None:
    with pytest.raises(sealing.Unsealed, match=f"没有签名 pingan.exe：.*{told}"):
        sealing.seal(program, key=None, sign=command)
