"""Drop-downs of things with names elsewhere: villages, towns, and entries of other ledgers."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Ledger, Region
from desktop.records.kinds import Area, Link
from desktop.services import areas, links, lists
from ui.desk import Desk
from ui.form.combo import Combo, Option


class NamedCombo(Combo):
    """A drop-down of codes or ids; one that is no longer offered is still shown by its name.

    :param offers: what can be chosen now.
    :param name: what an older value is called; empty if it is no value at all.
    """

    def __init__(
        self,
        desk: Desk,
        offers: Callable[[Session], Sequence[Option]],
        name: Callable[[Session, str], str],
    ) -> None:
        super().__init__(lambda: desk.ask(offers))
        self._desk, self._name = desk, name

    def text(self) -> str:
        """The chosen option's value. Digits that were only typed are no code and no id."""
        found = super().text()
        if found and found == self.currentText().strip() and found.isdigit():
            return f"{found}（列表中没有）"
        return found

    def set_text(self, text: str) -> None:
        if text and all(text not in (one.value, one.shown) for one in self.options()):
            name = self._desk.ask(lambda session: self._name(session, text))
            if name:
                self.show_words(Option(text, name))
                return
        super().set_text(text)

    def shows(self) -> tuple[type[Ledger], ...]:
        """The ledgers whose changes change what is offered."""
        return (Region,)


class AreaCombo(NamedCombo):
    """The villages of this unit in the order of their codes, or its towns."""

    def __init__(self, kind: Area, desk: Desk) -> None:
        super().__init__(desk, self.offers, self.name)
        self._kind = kind

    def offers(self, session: Session) -> Sequence[Option]:
        found = lists.areas_of(session, self._kind.level, self._desk.today())
        return [Option(code, name) for code, name in found]

    def name(self, session: Session, value: str) -> str:
        return areas.named(session, value) if value.isdigit() else ""


class LinkCombo(NamedCombo):
    """The entries of another ledger; those of one village once that is chosen in the same form."""

    def __init__(self, kind: Link, desk: Desk) -> None:
        super().__init__(desk, self.offers, self.name)
        self._kind = kind
        self._village: str | None = None

    def shows(self) -> tuple[type[Ledger], ...]:
        return (Region, LEDGERS[self._kind.ledger])

    def of_village(self, village: str | None) -> None:
        """Offer the entries of this village only; ``None`` offers all."""
        if village != self._village:
            self._village = village
            self.renew()

    def offers(self, session: Session) -> Sequence[Option]:
        found = links.offered(session, self._kind.ledger, village=self._village)
        return [Option(str(entry), title) for entry, title in found]

    def name(self, session: Session, value: str) -> str:
        return (
            links.titles(session, self._kind.ledger, [int(value)]).get(int(value), "")
            if value.isdigit()
            else ""
        )
