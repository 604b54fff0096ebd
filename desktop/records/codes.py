"""Code lists: data in ``resources/codes`` that a county may replace without a new build."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop.paths import resources


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list: codes are text, names are what a clerk reads, aliases are what rosters write."""

    name: str
    title: str
    items: Mapping[str, str]  # code to name, in the list's order
    offered: Sequence[str]  # codes shown first in a drop-down; the rest follow
    aliases: Mapping[str, str]  # other words to code

    def code_of(self, word: str) -> str | None:
        """The code that a name, an alias or a code itself stands for; ``None`` for an unknown word."""
        if word in self.items:
            return word
        for code, name in self.items.items():
            if name == word:
                return code
        return self.aliases.get(word)


@cache
def code_list(name: str) -> CodeList:
    """The list called ``name``; ``KeyError`` for a list that is not shipped."""
    path = resources() / "codes" / f"{name}.json"
    if not path.exists():
        raise KeyError(name)
    data = json.loads(path.read_text("utf-8"))
    items = {item["code"]: item["name"] for item in data["items"]}
    return CodeList(name, data["title"], items, tuple(data.get("ui", ())), data.get("aliases", {}))
