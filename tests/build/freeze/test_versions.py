"""The version that Windows shows, and the icon, come from the one version and the one picture."""

import struct
import xml.etree.ElementTree as ET

import pytest

from freeze import icons, versions
from freeze.freezing import SVG


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("12.3", (12, 3, 0, 0)), ("1.2.3.4", (1, 2, 3, 4))]
)
def test_windows_gets_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert versions.numbers(version) == numbers


@pytest.mark.parametrize("program", versions.NAMES)
def test_the_manifest_asks_for_no_administrator(program: str) -> None:
    root = ET.fromstring(versions.manifest(program, "0.1.0"))  # noqa: S314 - our own
    levels = [one.get("level") for one in root.iter() if one.tag.endswith("requestedExecutionLevel")]
    assert levels == ["asInvoker"]


def test_windows_shows_the_chinese_name() -> None:
    assert "StringStruct('FileDescription', '平安台账')" in versions.resource("pingan-window", "0.1.0")


def test_the_icon_holds_every_size_and_is_the_same_each_time() -> None:
    first = icons.ico(SVG)
    assert struct.unpack("<HHH", first[:6]) == (0, 1, len(icons.SIZES))
    assert first == icons.ico(SVG)
    size, at = struct.unpack("<II", first[14:22])
    assert first[at : at + 4] == b"\x89PNG"
    assert size > 100


def test_the_side_picture_of_the_setup_is_a_bitmap_of_its_size() -> None:
    held = icons.side(SVG)
    assert held[:2] == b"BM"
    assert struct.unpack("<ii", held[18:26]) == (icons.SIDE.width(), icons.SIDE.height())
