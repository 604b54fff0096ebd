"""Which numbers of a form are hidden: those of a saved entry, until the clerk goes into one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.errors import Refusal
from desktop.services.audit import Event
from desktop.storage.rights import Right
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.form.entry import EntryForm


class Concealing(QObject):
    """Hides the personal numbers of ``form``, and writes down in the journal when they are looked at."""

    def __init__(self, form: "EntryForm", desk: Desk) -> None:
        super().__init__(form)
        self._form, self._desk = form, desk
        self._revealed = False  # the page shows whole numbers
        self._seen: int | None = None  # the entry whose numbers were looked at last

    def reveal(self, revealed: bool) -> None:
        """Show numbers whole, or with their middle hidden; the page has written it down."""
        self._revealed = revealed
        self.follow(self._form.entry)

    def follow(self, entry: int | None) -> None:
        """Another entry is shown; the numbers of a new one are just being typed from paper."""
        hidden = entry is not None and not self._revealed
        for row in self._form.rows.values():
            row.conceal(self._may_show if hidden else None)

    def _may_show(self) -> bool:
        """Write down, once an entry, that it is looked at; what cannot be written down is not shown."""
        form = self._form
        if form.entry == self._seen:
            return True
        if not self._desk.may(Right.FULL):
            return False
        try:
            self._desk.note(Event.REVEAL, f"{form.ledger.caption} {form.entry}")
        except Refusal as refusal:
            form.notice.refuse(refusal)
            return False
        self._seen = form.entry
        return True
