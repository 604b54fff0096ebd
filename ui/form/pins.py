"""Pinned fields: their answers are carried over to the next new entry, and remembered on this computer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.desk import Desk

if TYPE_CHECKING:
    from ui.form.entry import EntryForm


class Pins(QObject):
    """The pins of ``form``; another form over the same ledger keeps its own among them."""

    def __init__(self, form: "EntryForm", desk: Desk) -> None:
        super().__init__(form)
        self._form, self._settings = form, desk.settings
        self._key = f"pins.{form.ledger.__tablename__}"
        for name, row in form.rows.items():
            row.pin.setChecked(name in self._kept())
            row.pinned.connect(lambda _: self._remember())

    def _kept(self) -> list[str]:
        kept: list[str] = self._settings.get(self._key, [])
        return kept

    def _remember(self) -> None:
        rows = self._form.rows
        others = [name for name in self._kept() if name not in rows]
        self._settings.set(self._key, [*others, *(name for name, row in rows.items() if row.pin.isChecked())])
