"""Rows of a query as plain values, a thousand at a time: a roster of 100,000 never stands in memory."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

CHUNK = 1_000  # rows that are in memory at a time
Show = Callable[[Any], Any]


class Known(dict[Hashable, Any]):
    """What values are shown as, each worked out once: a roster says 男 100,000 times."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show

    def __call__(self, value: Hashable) -> Any:
        return self[value]

    def __missing__(self, value: Hashable) -> Any:
        found = self[value] = self._show(value)
        return found


def stream(
    session: Session, query: Select[Any], shows: Sequence[Show | None], number_at: int | None = None
) -> Iterator[tuple[Any, ...]]:
    """The rows of ``query`` as tuples, read by Core and shown column by column.

    :param shows: for each column what becomes of its values, ``None``: they stay; further
        columns are left out. A :class:`Known` is fast.
    :param number_at: where a running number from 1 is put in; ``None``: nowhere.
    """
    done = 0
    result = session.connection().execute(query, execution_options={"yield_per": CHUNK})
    for chunk in result.partitions():
        columns: list[Any] = list(zip(*chunk, strict=True))[: len(shows)]
        for at, show in enumerate(shows):
            if show is not None:
                columns[at] = map(show.__getitem__ if isinstance(show, Known) else show, columns[at])
        if number_at is not None:
            columns.insert(number_at, range(done + 1, done + len(chunk) + 1))
        done += len(chunk)
        yield from zip(*columns, strict=True)
