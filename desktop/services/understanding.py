"""What a row's words for places and other entries mean, each looked up once an import."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import LEDGERS
from desktop.services import areas, links
from desktop.services.places import TOWN_ITSELF

Answer = int | str | None


@dataclass(slots=True)
class Understanding:
    """Remembers every word once understood, and every one that was not."""

    session: Session
    today: dt.date
    _known: dict[tuple[str, ...], Answer | Unreadable] = field(default_factory=dict)
    _titles: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def area(self, text: str, level: str) -> str | None:
        """The code of the place that ``text`` names; ``None`` for the township itself.

        :raises Unreadable: no such place, or several.
        """
        if text.strip().endswith(TOWN_ITSELF):
            return None
        found = self._once(
            ("area", level, text), lambda: areas.understood(self.session, text, level, self.today)
        )
        return str(found)

    def link(self, text: str, ledger: str, village: str | None) -> int:
        """The id of the entry that ``text`` names, as a drop-down offers it or as a clerk writes it.

        :raises Unreadable: no such entry, or several.
        """
        found = self._once(("link", ledger, text, village or ""), lambda: self._link(text, ledger, village))
        return int(found or 0)

    def _link(self, text: str, ledger: str, village: str | None) -> int:
        if ledger not in self._titles:
            titles = self._titles[ledger] = defaultdict(list)
            for entry, title in links.offered(self.session, ledger):
                titles[_closed_up(title)].append(entry)
        same = self._titles[ledger].get(_closed_up(text), [])
        if len(same) > 1:
            caption = LEDGERS[ledger].caption
            raise Unreadable(f"填写为“{text}”，有 {len(same)} 条同名的{caption}，请改填它的编号")
        return same[0] if same else links.understood(self.session, text, ledger, village=village)

    def _once(self, key: tuple[str, ...], ask: Callable[[], Answer]) -> Answer:
        if key not in self._known:
            try:
                self._known[key] = ask()
            except Unreadable as trouble:
                self._known[key] = trouble
        found = self._known[key]
        if isinstance(found, Unreadable):
            raise Unreadable(str(found))
        return found


def _closed_up(text: str) -> str:
    return "".join(text.split())
