"""The Python for old systems is made only from what was pinned."""

import hashlib
from pathlib import Path

import pytest

from freeze.freezing import Unmade
from linux import old

ADDRESS = "http://example.invalid/source.tar.gz"


def test_a_source_that_is_not_what_was_pinned_is_refused_and_thrown_away(tmp_path: Path) -> None:
    kept = tmp_path / "source.tar.gz"
    kept.write_bytes(b"pinned")
    digest = hashlib.sha256(b"pinned").hexdigest()
    assert old.fetched(tmp_path, ADDRESS, digest) == kept
    kept.write_bytes(b"another")
    with pytest.raises(Unmade, match="不是记下的那个文件"):
        old.fetched(tmp_path, ADDRESS, digest)
    assert not kept.exists()
