"""Small mappings that share their names: as dictionaries, those of a long roster take twice the memory."""

from collections.abc import ItemsView, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

V = TypeVar("V")
MOST_KEPT = 4096  # sets of names; a roster has some hundreds of them


class Compact(Mapping[str, V]):
    """A mapping that stays as it is.

    :param values: in the order of ``names``.
    """

    __slots__ = ("_at", "_values")

    def __init__(self, names: tuple[str, ...], values: tuple[V, ...]) -> None:
        self._at, self._values = _places(names), values

    def __getitem__(self, name: str) -> V:
        return self._values[self._at[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._values)

    def items(self) -> ItemsView[str, V]:
        return dict(zip(self._at, self._values, strict=True)).items()  # faster than one look-up each

    def __repr__(self) -> str:
        return repr(dict(self.items()))


@lru_cache(MOST_KEPT)
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(names)}
