"""The named colours of each look: light, dark and high contrast.

Text roles (``text``, ``muted``, ``accent_ink``, the grades, the states) keep at least 4.5:1 against
``surface``, ``window`` and ``raised``; a grade or a state also against its own ``..._soft`` ground.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Colours:
    """Every colour the window may use, as ``#rrggbb``."""

    window: str  # behind everything
    surface: str  # cards, tables, editors
    raised: str  # table headers, hovered things, read-only editors
    sidebar: str  # the navigation
    text: str
    muted: str  # secondary text, placeholders
    faint: str  # what is disabled
    line: str  # quiet borders and grid lines
    edge: str  # borders of editors and buttons, 3:1
    accent: str  # fills: primary button, ticked box, selected text
    on_accent: str  # text on ``accent``
    accent_hover: str
    accent_ink: str  # links, focus ring, the current page
    accent_soft: str  # ground of selected rows and of the current page
    A: str  # blocks
    B: str  # needs the reviewer's reason
    C: str  # needs a reason
    D: str  # a hint
    A_soft: str
    B_soft: str
    C_soft: str
    D_soft: str
    ok: str
    warn: str
    missing: str
    ok_soft: str
    warn_soft: str
    missing_soft: str

    def named(self) -> dict[str, str]:
        return asdict(self)


LIGHT = Colours(
    window="#f3f5f7",
    surface="#ffffff",
    raised="#eef1f5",
    sidebar="#e8ecf1",
    text="#1d2733",
    muted="#4f5d6b",
    faint="#98a2ad",
    line="#dde2e8",
    edge="#8793a0",
    accent="#245f9e",
    on_accent="#ffffff",
    accent_hover="#1b4d83",
    accent_ink="#1f5a99",
    accent_soft="#dbe8f5",
    A="#b3261e",
    B="#a8480a",
    C="#7d5a00",
    D="#4a5b6c",
    A_soft="#fcebe9",
    B_soft="#fdefe3",
    C_soft="#fbf3d9",
    D_soft="#eaeef2",
    ok="#1c6b3c",
    warn="#7d5a00",
    missing="#b3261e",
    ok_soft="#e3f3e8",
    warn_soft="#fbf3d9",
    missing_soft="#fcebe9",
)

DARK = Colours(
    window="#1a1e23",
    surface="#22272d",
    raised="#2b3138",
    sidebar="#15191d",
    text="#e7eaee",
    muted="#adb7c2",
    faint="#6f7a86",
    line="#373f48",
    edge="#75818d",
    accent="#8ab8ea",
    on_accent="#10202f",
    accent_hover="#a6caf1",
    accent_ink="#93bff0",
    accent_soft="#2a4059",
    A="#ff9f95",
    B="#f5b07a",
    C="#e8c663",
    D="#b3c0cd",
    A_soft="#412726",
    B_soft="#3d2c1f",
    C_soft="#38311d",
    D_soft="#2c343c",
    ok="#86d3a0",
    warn="#e8c663",
    missing="#ff9f95",
    ok_soft="#203829",
    warn_soft="#38311d",
    missing_soft="#412726",
)

CONTRAST = Colours(
    window="#ffffff",
    surface="#ffffff",
    raised="#e9e9e9",
    sidebar="#ffffff",
    text="#000000",
    muted="#1f1f1f",
    faint="#5c5c5c",
    line="#5a5a5a",
    edge="#000000",
    accent="#00317f",
    on_accent="#ffffff",
    accent_hover="#000000",
    accent_ink="#00317f",
    accent_soft="#ffe680",
    A="#8c0000",
    B="#6e2c00",
    C="#4d3800",
    D="#1f2d3a",
    A_soft="#ffffff",
    B_soft="#ffffff",
    C_soft="#ffffff",
    D_soft="#ffffff",
    ok="#00451c",
    warn="#4d3800",
    missing="#8c0000",
    ok_soft="#ffffff",
    warn_soft="#ffffff",
    missing_soft="#ffffff",
)

PALETTES: Mapping[str, Colours] = MappingProxyType({"light": LIGHT, "dark": DARK, "contrast": CONTRAST})
TITLES: Mapping[str, str] = MappingProxyType({"light": "浅色", "dark": "深色", "contrast": "高对比"})
