"""What this computer remembers about the window: zoom, colours, widths. Never a record."""

import json
from pathlib import Path
from typing import Any


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

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_suffix(".broken"))
        except OSError:
            return
