"""What follows from an answer while it is typed: sex and birth date from a number, teams from a village."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.records.common import Reported
from desktop.records.kinds import CreditCode, ResidentId
from ui.form.named import LinkCombo
from ui.form.row import FieldRow

if TYPE_CHECKING:
    from ui.form.entry import EntryForm


class Following(QObject):
    """Fills in and narrows down the other answers of ``form``."""

    def __init__(self, form: "EntryForm") -> None:
        super().__init__(form)
        self._form = form
        self._filled: dict[str, str] = {}  # what was worked out, replaced when its source changes

    def forget(self) -> None:
        """Other answers are shown; none of them was worked out here."""
        self._filled = {}

    def typed(self, row: FieldRow) -> None:
        """Show at once what follows from an answer that was typed."""
        form = self._form
        self._filled.pop(row.field.name, None)
        if isinstance(row.field.kind, (ResidentId, CreditCode)):
            self._fill_from(row)
        if issubclass(form.ledger, Reported) and row.field.name == form.ledger.where:
            self.narrow(form.answers())

    def narrow(self, answers: Mapping[str, str]) -> None:
        """Offer the entries of the chosen village only."""
        form = self._form
        if issubclass(form.ledger, Reported) and form.ledger.where in form.rows:
            village = answers.get(form.ledger.where, "").strip()
            for row in form.rows.values():
                if isinstance(row.editor, LinkCombo):
                    row.editor.of_village(village or None)

    def _fill_from(self, source: FieldRow) -> None:
        """Where the clerk has not answered: sex, birth date."""
        rows = self._form.rows
        mine = {name for name, text in self._filled.items() if rows[name].text() == text}
        values = {name: value for name, value in self._form.values().items() if name not in mine}
        settled = self._form.ledger(**values)
        settled.settle()
        found: dict[str, str] = {}
        for name, row in rows.items():
            value = getattr(settled, name)
            blank = name in mine or not row.text().strip()
            if row is not source and blank and (value is not None or name in mine):
                found[name] = row.field.kind.show(value)
        self._form.fill(found)
        self._filled |= {name: rows[name].text() for name in found}
