"""What a wheel says it was compiled with is taken over, with words for each licence, or the release stops."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from release import within

CRATE = {
    "name": "zip",
    "version": "9.2.2",
    "author": "Somebody <somebody@example.org>, Another <a@example.org>",
    "licenses": [{"expression": "MIT"}],
    "purl": "pkg:cargo/zip@9.2.2?download_url=file://.",
}


def wheel(folder: Path, *components: object) -> metadata.Distribution:
    """An installed wheel that brings a bill of materials of its own."""
    info = folder / "reader-1.0.dist-info"
    (info / "sboms").mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: reader\nVersion: 1.0\n", "utf-8")
    (info / "sboms" / "reader.cdx.json").write_text(json.dumps({"components": components}), "utf-8")
    (info / "RECORD").write_text("reader-1.0.dist-info/sboms/reader.cdx.json,,\n", "utf-8")
    return metadata.PathDistribution(info)


def test_a_part_is_told_with_its_holder_and_words(tmp_path: Path) -> None:
    (part,) = within.declared(wheel(tmp_path, CRATE))
    assert (part.name, part.version, part.of) == ("zip", "9.2.2", "reader")
    assert part.holder == "Somebody, Another"
    assert part.purl == "pkg:cargo/zip@9.2.2"
    assert [name for name, _ in part.texts] == ["MIT.txt"]


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("Unlicense OR MIT", ["MIT.txt"]),
        ("MIT OR Apache-2.0", ["Apache-2.0.txt"]),
        ("(Apache-2.0 OR MIT) AND BSD-3-Clause", ["Apache-2.0.txt", "BSD-3-Clause.txt"]),
    ],
)
def test_of_several_licences_the_words_are_those_that_bind(
    tmp_path: Path, licence: str, words: list[str]
) -> None:
    (part,) = within.declared(wheel(tmp_path, {**CRATE, "licenses": [{"expression": licence}]}))
    assert [name for name, _ in part.texts] == words


def test_a_licence_whose_words_are_not_here_stops_the_release(tmp_path: Path) -> None:
    for at, licences in enumerate(([{"expression": "AGPL-3.0-only"}], [])):
        library = wheel(tmp_path / str(at), {**CRATE, "licenses": licences})
        with pytest.raises(ValueError, match="zip in reader"):
            list(within.declared(library))


def test_what_only_builds_others_and_the_wheel_itself_are_left_out(tmp_path: Path) -> None:
    names = ("syn", "cc", "pyo3-macros", "pyo3-macros-backend", "pyo3-build-config", "reader", "asn1_derive")
    assert not list(within.declared(wheel(tmp_path, *({**CRATE, "name": name} for name in names))))
