"""What tests of the command line share: a password for the data folders they begin."""

import pytest


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGAN_PASSWORD", "fuli2026ok")
