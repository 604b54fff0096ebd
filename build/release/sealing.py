"""Signs a release: the programs for Windows (Authenticode), and the list of their files for the next update.

``--sign`` is any command that signs, in place, the file whose name is added; osslsigncode.sh here is one.
The key for updates is ours alone: a program that carries it takes no update that was not signed with it.
"""

import functools
import getpass
import hashlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from desktop.services import payload
from desktop.storage.trouble import explained
from freeze.freezing import same_time

VARIABLE = "PINGAN_KEY_PASSPHRASE"


class Unsealed(Exception):
    """What could not be signed, and why, in one sentence."""


def seal(program: Path, *, key: Path | None, sign: str = "") -> None:
    """Sign the frozen program in place; without a key it is left unsigned, as it would be on a first build.

    :param key: the private key for updates, as :func:`new_key` makes it.
    :param sign: the command for Authenticode.
    :raises Unsealed: a signature could not be made; the program must not go out.
    """
    private = None if key is None else _private(key)
    for one in sorted(program.rglob("*.exe")) if sign else ():
        authenticode(sign, one)
    inside = program / payload.INTERNAL
    for name in (payload.KEY, payload.SIGNATURE):
        (inside / name).unlink(missing_ok=True)
    if private is not None:
        (inside / payload.KEY).write_bytes(_as_pem(private.public_key()))
    payload.write(program)
    if private is not None:
        listed = (inside / payload.LIST).read_bytes()
        (inside / payload.SIGNATURE).write_bytes(private.sign(listed))
    same_time(program)


def look_at(key: Path | None, sign: str) -> None:
    """Refuse a key that does not open, or a command that is not there, before anything is made.

    :raises Unsealed: why not.
    """
    if key is not None:
        _private(key)
    if not sign or os.name == "nt":  # which has rules of its own for a command line
        return
    try:
        program = shlex.split(sign)[0]
    except ValueError as trouble:
        raise Unsealed(f"没有签名：签名命令的引号不成对：{sign}") from trouble
    if not shutil.which(program):
        raise Unsealed(f"没有签名：签名命令 {program} 不存在，或不能运行")


def authenticode(command: str, file: Path) -> None:
    """Let ``command``, with the name of ``file`` added, sign it.

    :raises Unsealed: it is not there, or says no.
    """
    line = f'{command} "{file}"' if os.name == "nt" else [*shlex.split(command), str(file)]
    try:
        done = subprocess.run(line, capture_output=True, text=True, errors="replace", check=False)
    except OSError as trouble:
        raise Unsealed(f"没有签名 {file.name}：签名命令不能运行（{_told(trouble)}）") from trouble
    if done.returncode:
        said = (done.stderr + done.stdout).strip().splitlines()
        raise Unsealed(f"没有签名 {file.name}：签名命令报告 {said[-1] if said else done.returncode}")


def new_key(file: Path) -> str:
    """Make a key for updates, readable by its owner only, encrypted when there is a passphrase.

    :returns: its fingerprint.
    :raises Unsealed: there is such a file already, or it cannot be written.
    """
    private, passphrase = Ed25519PrivateKey.generate(), os.environ.get(VARIABLE, "")
    locked = pem.BestAvailableEncryption(passphrase.encode()) if passphrase else pem.NoEncryption()
    text = private.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, locked)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(text)
    except FileExistsError:
        raise Unsealed(f"没有生成密钥：已有文件 {file}，换掉它以后，装好的程序都不能更新") from None
    except OSError as trouble:
        raise Unsealed(f"没有生成密钥：{file} 不能写入（{_told(trouble)}）") from trouble
    return fingerprint(_as_pem(private.public_key()))


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key given as PEM, in groups of four: to be read out over the telephone."""
    der = pem.load_pem_public_key(public).public_bytes(
        pem.Encoding.DER, pem.PublicFormat.SubjectPublicKeyInfo
    )
    digest = hashlib.sha256(der).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def key_of(program: Path) -> str:
    """The fingerprint of the key that ``program`` is sealed with; empty without one."""
    file = program / payload.INTERNAL / payload.KEY
    return fingerprint(file.read_bytes()) if file.exists() else ""


def _private(file: Path) -> Ed25519PrivateKey:
    try:
        held = file.read_bytes()
    except OSError as trouble:
        raise Unsealed(f"没有签名：密钥 {file} 读不出（{_told(trouble)}）") from trouble
    try:
        found = pem.load_pem_private_key(held, None)
    except TypeError:  # it has a passphrase
        found = _unlocked(file, held)
    except (ValueError, UnsupportedAlgorithm) as trouble:
        raise Unsealed(f"没有签名：{file} 不是密钥文件") from trouble
    if not isinstance(found, Ed25519PrivateKey):
        raise Unsealed(f"没有签名：{file} 不是 Ed25519 密钥")
    return found


def _unlocked(file: Path, held: bytes) -> PrivateKeyTypes:
    try:
        said = os.environ.get(VARIABLE) or _typed(file)
    except EOFError as trouble:
        raise Unsealed(f"没有签名：没有给出 {file} 的口令（环境变量 {VARIABLE}）") from trouble
    try:
        return pem.load_pem_private_key(held, said.encode())
    except ValueError as trouble:
        raise Unsealed(f"没有签名：{file} 的口令不对") from trouble


@functools.cache
def _typed(file: Path) -> str:
    """Asked once: nobody sits there when the key is needed again, half an hour later."""
    return getpass.getpass(f"{file} 的口令：")


def _as_pem(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)


def _told(trouble: OSError) -> str:
    found = explained("", OSError(trouble.errno, trouble.strerror))
    return found.why if found else str(trouble)
