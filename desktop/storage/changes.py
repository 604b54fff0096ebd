"""What a transaction changed: gathered on every flush, so nobody writes flags by hand."""

from dataclasses import dataclass, field

from desktop.records.fields import Base


@dataclass(slots=True)
class Changes:
    """The tables and entries that one transaction touched."""

    entries: dict[str, set[int]] = field(default_factory=dict)  # table name to ids

    def touch(self, *tables: type[Base]) -> bool:
        """Whether any of ``tables`` was changed."""
        return any(table.__tablename__ in self.entries for table in tables)

    def add(self, table: str, entry: int) -> None:
        self.entries.setdefault(table, set()).add(entry)
