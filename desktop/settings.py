"""What this computer remembers about the window: zoom, colours, widths. Never a record."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

MOST_SPARE = 60  # blank rows


class PaperSize(StrEnum):
    A4 = "A4"
    A3 = "A3"


class Letters(StrEnum):
    """How large a form is printed."""

    SMALL = "较小"
    USUAL = "标准"
    LARGE = "较大"
    LARGEST = "特大"


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How a form is printed; remembered for each form.

    :param signed: with room to sign.
    :param spare: blank rows at the end of a list.
    """

    size: PaperSize = PaperSize.A4
    landscape: bool = False
    letters: Letters = Letters.USUAL
    signed: bool = True
    spare: int = 5


class Settings:
    """A small JSON file of preferences; an unreadable one is set aside and begun anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        try:
            found = json.loads(path.read_text("utf-8"))
            self._values = found if isinstance(found, dict) else {}
        except FileNotFoundError:
            pass
        except (OSError, ValueError):
            self._set_aside()

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember ``value``; a folder that cannot be written to costs the memory, never the work."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        part = self.path.with_suffix(".part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            part.replace(self.path)
        except OSError:
            return

    def page_setup(self, form: str, usual: PageSetup) -> PageSetup:
        """How ``form`` was printed last; what was never chosen, or makes no sense, is as ``usual``."""
        found = self.get(f"print.{form}")
        kept = found if isinstance(found, dict) else {}
        usually = {one.name: getattr(usual, one.name) for one in fields(PageSetup)}
        return PageSetup(**{name: _sound(kept.get(name), value) for name, value in usually.items()})

    def keep_page_setup(self, form: str, setup: PageSetup) -> None:
        self.set(f"print.{form}", asdict(setup))

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_suffix(".broken"))
        except OSError:
            return


def _sound(found: Any, usual: Any) -> Any:
    """``found`` where it is of the kind of ``usual``; a settings file may hold anything."""
    if isinstance(usual, StrEnum):
        return next((one for one in type(usual) if one == found), usual)
    if type(found) is not type(usual):
        return usual
    return found if isinstance(found, bool) else min(max(found, 0), MOST_SPARE)
