"""A new version replaces the installed one only when it is whole and signed with the key that one carries."""

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.cli import main
from desktop.services import payload

LIST, SIGNATURE, KEY = (f"_internal/{name}" for name in (payload.LIST, payload.SIGNATURE, payload.KEY))
PLAIN = {"pingan.exe": b"program", "_internal/a.dll": b"library", "_internal/说明.txt": b"words"}
OURS, THEIRS = (Ed25519PrivateKey.from_private_bytes(bytes([one]) * 32) for one in (1, 2))
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def program(folder: Path, key: Ed25519PrivateKey | None = None) -> Path:
    """A small program in ``folder``, signed with ``key``."""
    for name, held in PLAIN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(held)
    if key is not None:
        (folder / KEY).write_bytes(
            key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
    payload.write(folder)
    if key is not None:
        (folder / SIGNATURE).write_bytes(key.sign((folder / LIST).read_bytes()))
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    return program(tmp_path / "installed", OURS)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return program(tmp_path / "new", OURS)


@pytest.fixture
def frozen(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(payload, "folder", lambda: installed)
    return installed


@pytest.mark.parametrize(
    ("ours", "theirs", "trusted"),
    [
        (OURS, OURS, True),
        (OURS, THEIRS, False),
        (OURS, None, False),
        (None, OURS, True),
        (None, THEIRS, True),
        (None, None, True),
    ],
)
def test_only_the_key_of_the_installed_program_opens_it(
    tmp_path: Path, ours: Ed25519PrivateKey | None, theirs: Ed25519PrivateKey | None, trusted: bool
) -> None:
    one, other = program(tmp_path / "installed", ours), program(tmp_path / "new", theirs)
    assert payload.faults(one) == payload.faults(other) == []
    assert (payload.untrusted(other, one) == []) is trusted
    assert payload.untrusted(other, None) == []


@often
@given(data=st.data(), flip=st.integers(1, 255), signed=st.booleans())
def test_any_flipped_byte_is_noticed(tmp_path: Path, data: st.DataObject, flip: int, signed: bool) -> None:
    for name in ("installed", "new"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    key = OURS if signed else None
    installed, new = program(tmp_path / "installed", key), program(tmp_path / "new", key)
    files = sorted(file for file in new.rglob("*") if file.is_file())
    file = data.draw(st.sampled_from(files))
    held = bytearray(file.read_bytes())
    held[data.draw(st.integers(0, len(held) - 1))] ^= flip
    file.write_bytes(held)
    assert payload.untrusted(new, installed)
    assert payload.faults(new)


@pytest.mark.parametrize("name", [LIST, SIGNATURE, KEY, *PLAIN])
def test_a_missing_file_is_noticed(installed: Path, new: Path, name: str) -> None:
    (new / name).unlink()
    assert payload.untrusted(new, installed)


def test_a_stranger_who_writes_list_and_key_anew_is_still_a_stranger(installed: Path, new: Path) -> None:
    (new / "pingan.exe").write_bytes(b"other")
    program(new, THEIRS)
    assert payload.faults(new) == []
    assert payload.untrusted(new, installed) == ["程序文件清单的签名不对，不是原来的单位发布的，或已被改动"]


def test_a_stranger_who_keeps_our_signature_beside_a_list_of_his_own_is_noticed(
    installed: Path, new: Path
) -> None:
    (new / "pingan.exe").write_bytes(b"other")
    payload.write(new)
    assert payload.untrusted(new, installed)
    assert payload.faults(new) == ["程序文件清单的签名不对，不是原来的单位发布的，或已被改动"]


@pytest.mark.parametrize(
    "damage", [b"", b"\xff", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_an_installed_program_with_a_damaged_key_can_be_repaired(
    installed: Path, new: Path, damage: bytes
) -> None:
    (installed / KEY).write_bytes(damage)
    assert payload.untrusted(new, installed) == []
    (new / "pingan.exe").unlink()
    assert payload.untrusted(new, installed) == ["缺少程序文件 pingan.exe"]


def test_an_installed_program_without_a_list_still_knows_its_key(installed: Path, new: Path) -> None:
    (installed / LIST).unlink()
    assert payload.untrusted(new, installed) == []
    assert payload.untrusted(program(new, THEIRS), installed)


def test_the_command_line_says_in_one_sentence_why_not(
    frozen: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", str(new)]) == 0
    assert capsys.readouterr().out == "可以更新\n"
    nothing, empty = tmp_path / "nothing", tmp_path / "empty"
    empty.mkdir()
    unsigned, broken = program(tmp_path / "unsigned"), program(tmp_path / "broken", OURS)
    for name in ("pingan.exe", "_internal/a.dll"):
        (broken / name).unlink()
    for folder in (nothing, empty, unsigned, broken, new / "pingan.exe"):
        assert main(["trust", str(folder)]) == 7
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert printed.err.startswith("没有更新：新版本程序文件清单没有签名") or folder == broken
    assert main(["trust", str(broken)]) == 7
    assert "缺少程序文件 _internal/a.dll，等 2 处" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_a_fault(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refusing(file: Path, mode: str) -> object:
        if file.name == "a.dll":
            raise PermissionError(13, "no")
        return opened(file, mode)

    monkeypatch.setattr(Path, "open", refusing)
    assert payload.faults(new) == ["程序文件 _internal/a.dll 已损坏或被改动"]
