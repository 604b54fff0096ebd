"""Every text can be read on every ground it may stand on."""

import pytest

from ui.palettes import PALETTES, TITLES
from ui.stylesheet import build

READABLE, VISIBLE = 4.5, 3.0  # contrast of text, of borders and marks (WCAG 2.2, 1.4.3 and 1.4.11)
TEXTS = ("text", "muted", "accent_ink", "A", "B", "C", "D", "ok", "warn", "missing")
GRADED = ("A", "B", "C", "D", "ok", "warn", "missing")


def light(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture(params=PALETTES)
def named(request: pytest.FixtureRequest) -> dict[str, str]:
    return PALETTES[request.param].named()


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable_on_every_ground(named: dict[str, str], text: str) -> None:
    for ground in ("window", "surface", "raised"):
        assert contrast(named[text], named[ground]) >= READABLE, ground


@pytest.mark.parametrize("tone", [*GRADED, "accent"])
def test_what_stands_on_a_soft_ground_is_readable(named: dict[str, str], tone: str) -> None:
    ink = named["accent_ink" if tone == "accent" else tone]
    assert contrast(ink, named[f"{tone}_soft"]) >= READABLE
    assert contrast(named["text"], named[f"{tone}_soft"]) >= READABLE
    assert contrast(named["muted"], named[f"{tone}_soft"]) >= READABLE


def test_the_navigation_and_filled_things_are_readable(named: dict[str, str]) -> None:
    assert contrast(named["text"], named["sidebar"]) >= READABLE
    assert contrast(named["muted"], named["sidebar"]) >= READABLE
    assert contrast(named["on_accent"], named["accent"]) >= READABLE
    assert contrast(named["on_accent"], named["accent_hover"]) >= READABLE


def test_borders_of_what_can_be_used_are_visible(named: dict[str, str]) -> None:
    for role in ("edge", "accent_ink"):
        assert contrast(named[role], named["surface"]) >= VISIBLE


def test_every_look_has_a_chinese_name() -> None:
    assert list(TITLES) == list(PALETTES)


def test_the_style_sheet_leaves_no_word_of_ours_and_grows_with_the_letters(named: dict[str, str]) -> None:
    usual, twice = (build(named, em=em, points=10.5) for em in (18, 36))
    assert "@" not in usual
    assert "rem" not in usual
    assert "min-height: 20px" in usual  # 1.1 lines
    assert "min-height: 40px" in twice
