"""Who signed the files of the Windows Python, as signify finds out in an environment of its own.

The library of Python lies in an archive that nobody signed. But python.cat, signed by the Python Software
Foundation, lists the digest of every source file; so the code of a module is theirs when it is what a source
listed there compiles to. Sources are those of the Python that runs this: with 3.11.9 all, with 3.11.7 most.
"""

import hashlib
import json
import subprocess
import sys
import sysconfig
import warnings
import zipfile
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any
from zipimport import zipimporter

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements-signify.lock")
VENV = ROOT / "out" / "signify"
PROGRAMS = {".exe", ".dll", ".pyd"}
CATALOGUE, LIBRARY = "python.cat", "python311.zip"
SIGNERS = ("Python Software Foundation", "Microsoft Corporation")
# oscrypto 1.3.0 does not understand an OpenSSL of two digits, such as 3.0.19, and refuses to be imported
MISREAD, READ = r"\\d\\.\\d\\.\\d[a-z]*", r"\\d+\\.\\d+\\.\\d+[a-z]*"
OSCRYPTO = "*/oscrypto/_openssl/_libcrypto_c*.py"


class Unsigned(Exception):
    """A file that does not bear a valid signature of those who may sign it, or why nobody could be asked."""


@dataclass(frozen=True)
class Library:
    """What is known of the archive that nobody signed.

    :param digest: SHA-256, as hexadecimal.
    :param others: modules without a source here that the catalogue lists, or whose code is another.
    """

    digest: str
    modules: int
    others: tuple[str, ...]

    def told(self) -> str:
        """One sentence for the release notes."""
        known = self.modules - len(self.others)
        return (
            f"{LIBRARY}（SHA-256 {self.digest}）本身没有签名；其中 {self.modules} 个模块，"
            f"{known} 个与 Python 软件基金会签名的源代码编译出来的完全相同，{len(self.others)} 个还没有核对"
        )


def verify(folder: Path) -> dict[str, str]:
    """Ask who signed each program, library and catalogue that lies in ``folder``; none of them is run.

    :returns: file name to the organisation.
    :raises Unsigned: one is not validly signed by those who may, which is named; or signify cannot be had.
    """
    signed = _asked(folder)["signed"]
    for name, signer in signed.items():
        if signer not in SIGNERS:
            raise Unsigned(f"{name} 的签名单位是 {signer}，不是 {'、'.join(SIGNERS)}")
    return dict(signed)


def stdlib(folder: Path) -> Library:
    """Compare the code in the archive in ``folder`` with the sources that the signed catalogue lists.

    :raises Unsigned: as :func:`verify`.
    """
    listed = frozenset(_asked(folder)["listed"])
    file = folder / LIBRARY
    with zipfile.ZipFile(file) as archive:
        modules = [name for name in archive.namelist() if name.endswith(".pyc")]
    others = [name for name in modules if not _same(file, name, listed)]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Library(digest, len(modules), tuple(others))


def _same(archive: Path, name: str, listed: AbstractSet[str]) -> bool:
    source = (Path(sysconfig.get_path("stdlib")) / name).with_suffix(".py")
    if not source.is_file():
        return False
    held = source.read_bytes()
    if held and not any(hashlib.sha256(one).hexdigest() in listed for one in _ends(held)):
        return False  # a catalogue cannot list what is empty, and that needs nobody's word
    return zipimporter(str((archive / name).parent)).get_code(source.stem) == _compiled(held, name)


def _ends(held: bytes) -> Iterator[bytes]:
    """As it lies here, and with the ends of lines it has on Windows."""
    yield held
    yield held.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _compiled(held: bytes, name: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of old escapes, in a library that is not ours
        return compile(held, name, "exec", dont_inherit=True, optimize=2)


def _asked(folder: Path) -> dict[str, Any]:
    """What :func:`answer` says in the environment of signify, which is made when it is not there."""
    import setup_venv

    try:
        wanted = setup_venv.stamp(LOCK.read_bytes(), sys.version_info[:2])
        python, stamp = setup_venv.python_in(VENV), VENV / "made-from.txt"
        if not setup_venv.is_ready(stamp, wanted, python):
            setup_venv.make(VENV)
            setup_venv.pip(VENV, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK))
            for file in VENV.rglob(OSCRYPTO):
                file.write_text(file.read_text("utf-8").replace(MISREAD, READ), "utf-8")
            stamp.write_text(wanted, "utf-8")
    except setup_venv.Trouble as trouble:
        raise Unsigned(f"没有核对 {folder} 里的签名：{trouble}") from trouble
    command = [str(python), "-I", __file__, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise Unsigned(setup_venv.last_line(done.stderr))
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def answer(folder: Path) -> dict[str, Any]:
    """Run by the Python that has signify.

    :returns: ``signed``: file name to organisation; ``listed``: the digests in the catalogue.
    """
    authenticode, trouble = import_module("signify.authenticode"), import_module("signify.exceptions")
    signed, listed = {}, []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in PROGRAMS and file.name != CATALOGUE:
            continue
        with file.open("rb") as stream:
            try:
                held = authenticode.AuthenticodeFile.from_stream(stream)
                (_, _, chains), *_ = held.verify()
            except trouble.SignifyError as refused:
                sys.exit(f"{file.name} 没有有效的签名（{refused}）")
        signed[file.name] = next(next(iter(chains))[-1].subject.get_components("O"))
        if file.name == CATALOGUE:
            listed = [one.indirect_data.digest.hex() for one in held.ctl.subjects if one.indirect_data]
    return {"signed": signed, "listed": listed}


if __name__ == "__main__":
    print(json.dumps(answer(Path(sys.argv[1]))))
