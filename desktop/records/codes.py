"""Code lists: data in ``resources/codes`` that a county may replace without a new build."""

import json
import unicodedata
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
    words: Mapping[str, str]  # every code, name and alias, in plain form, to its code

    def code_of(self, word: str) -> str | None:
        """The code that a name, an alias or a code itself stands for; ``None`` for an unknown word.

        Width and letter case do not matter: （） and () are the same bracket.
        """
        return self.words.get(plain(word))


@cache
def code_list(name: str) -> CodeList:
    """The list called ``name``; ``KeyError`` for a list that is not shipped."""
    path = resources() / "codes" / f"{name}.json"
    if not path.exists():
        raise KeyError(name)
    data = json.loads(path.read_text("utf-8"))
    items = {item["code"]: item["name"] for item in data["items"]}
    words = {plain(word): code for word, code in data.get("aliases", {}).items()}
    words |= {plain(shown): code for code, shown in items.items()} | {plain(code): code for code in items}
    return CodeList(name, data["title"], items, tuple(data.get("ui", ())), words)


def plain(word: str) -> str:
    """A word for comparing: one width, one case, no blanks."""
    return unicodedata.normalize("NFKC", "".join(word.split())).casefold()
