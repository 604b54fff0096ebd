"""What a row's words for other entries mean, each looked up once an import."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import LEDGERS
from desktop.records.kinds import Link
from desktop.services import areas, links

Answer = int | Unreadable


class Links:
    """Remembers every word once understood, and every one that was not."""

    def __init__(self, session: Session, where: str) -> None:
        self.session, self.where = session, where
        self._known: dict[tuple[str, str, str | None], Answer] = {}
        self._titles: dict[str, dict[str, list[int]]] = {}

    def understood(self, text: str, kind: Link, values: Mapping[str, Any]) -> int:
        """The id of the entry that ``text`` names, as a drop-down offers it or as a clerk writes it.

        :param values: of the row, whose village tells entries of one name apart.
        :raises Unreadable: no such entry, or several.
        """
        village = values.get(self.where) or values.get(getattr(LEDGERS[kind.ledger], "where", ""))
        key = (kind.ledger, text, village)
        if key not in self._known:
            try:
                self._known[key] = self._entry(text, kind.ledger, village)
            except Unreadable as trouble:
                self._known[key] = trouble
        found = self._known[key]
        if isinstance(found, Unreadable):
            raise Unreadable(str(found))
        return found

    def _entry(self, text: str, ledger: str, village: str | None) -> int:
        if ledger not in self._titles:
            titles = self._titles[ledger] = defaultdict(list)
            for entry, title in links.offered(self.session, ledger):
                titles[_closed_up(title)].append(entry)
        same = self._titles[ledger].get(_closed_up(text), [])
        if len(same) > 1:
            caption = LEDGERS[ledger].caption
            raise Unreadable(f"填写为“{text}”，有 {len(same)} 条同名的{caption}，请改填它的编号")
        found = same[0] if same else links.understood(self.session, text, ledger, village=village)
        self._refuse_elsewhere(found, text, ledger, village)
        return found

    def _refuse_elsewhere(self, entry: int, text: str, ledger: str, village: str | None) -> None:
        """The only entry of a name is not meant where the row names another village than its own."""
        owner = LEDGERS[ledger]
        found = self.session.get(owner, entry)
        where = getattr(found, getattr(owner, "where", ""), None)
        if village and where and where != village:
            place = areas.named(self.session, where)
            raise Unreadable(f"填写为“{text}”，记录中它属于{place}，与这一行的村（社区）不同，请核对")


def _closed_up(text: str) -> str:
    return "".join(text.split())
