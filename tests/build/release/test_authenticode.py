"""The signing hook signs programs, uninstaller and setup, in this order; what is changed later bears none."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.services import payload
from release import sealing
from tests.build.windows.stand_in import stand_in
from windows import compiling

VERSION = "0.1.0"
WRAPPER = Path(sealing.__file__).with_name("osslsigncode.sh")
NOTING = """\
#!/bin/sh
set -e
{wrapper} -certs {cert} -key {key} -h sha256 "$1"
cp "$1" "{notes}/$(ls {notes} | wc -l) $(basename "$1")"
"""


@pytest.fixture
def able(capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether this system can sign and compile; it is said when it cannot."""
    lacking = (
        "" if shutil.which("osslsigncode") else "没有 osslsigncode（Debian：apt-get install osslsigncode）"
    )
    if why := lacking or compiling.missing():
        with capsys.disabled():
            print(f"\n没有试签名：{why}")
    return not why


@pytest.fixture
def cert(tmp_path: Path) -> Path:
    """A certificate of nobody's, for this test alone; its key lies beside it."""
    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "平安台账测试")])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(dt.datetime(2025, 1, 1))
        .not_valid_after(dt.datetime(2099, 1, 1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .sign(private, hashes.SHA256())
    )
    (tmp_path / "key.pem").write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return tmp_path / "cert.pem"


@pytest.fixture
def sign(cert: Path, tmp_path: Path) -> str:
    """A command that signs, and keeps a copy of all it signed, numbered."""
    command, notes = tmp_path / "sign.sh", tmp_path / "notes"
    notes.mkdir()
    key = cert.with_name("key.pem")
    command.write_text(NOTING.format(wrapper=WRAPPER, cert=cert, key=key, notes=notes), "utf-8")
    command.chmod(0o755)
    return str(command)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_a_command_given_from_here_signs_the_uninstaller_too(
    able: bool, cert: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not able:
        return
    (tmp_path / "name with 'quote.sh").write_text('#!/bin/sh\necho "$1" >>signed.txt\n', "utf-8")
    (tmp_path / "name with 'quote.sh").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    compiling.setup(stand_in(tmp_path / "program", VERSION), out, VERSION, """'./name with '"'"'quote.sh'""")
    assert (tmp_path / "signed.txt").read_text("utf-8").count("\n") == 1


def signed(file: Path, cert: Path) -> bool:
    command = ["osslsigncode", "verify", "-CAfile", str(cert), "-in", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def released(program: Path, out: Path, sign: str) -> Path:
    """Sign and compile as a release does."""
    sealing.seal(program, key=None, sign=sign)
    setup = compiling.setup(program, out, VERSION, sign)
    sealing.authenticode(sign, setup)
    return setup


def test_programs_uninstaller_and_setup_are_signed_in_this_order(
    able: bool, cert: Path, sign: str, out: Path, tmp_path: Path
) -> None:
    if not able:
        return
    program = stand_in(tmp_path / "program", VERSION)
    setup = released(program, out, sign)
    in_order = sorted((tmp_path / "notes").iterdir())
    names = [one.name.partition(" ")[2] for one in in_order]
    assert names[:2] == ["pingan-window.exe", "pingan.exe"]
    assert names[3:] == [setup.name]
    assert all(signed(one, cert) for one in (*in_order, program / "pingan.exe", setup))
    assert b"Nullsoft" in in_order[2].read_bytes()
    assert payload.faults(program) == []

    held = bytearray(setup.read_bytes())
    held[len(held) // 2] ^= 1
    setup.write_bytes(held)
    assert not signed(setup, cert)
    again = released(program, out, sign)
    assert again.read_bytes() == in_order[3].read_bytes()


def test_an_uninstaller_that_could_not_be_signed_is_no_setup(able: bool, out: Path, tmp_path: Path) -> None:
    if not able:
        return
    program = stand_in(tmp_path / "program", VERSION)
    with pytest.raises(compiling.Uncompiled):
        compiling.setup(program, out, VERSION, "false")
    assert not list(out.glob("*.exe"))
