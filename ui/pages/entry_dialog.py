"""The form of an entry that belongs to another one, in a dialog."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.records.fields import Ledger, fields
from ui.desk import Desk
from ui.form.entry import EntryForm
from ui.theme import em

LEFT_OUT = ("filler", "fill_date", "record_no")


class EntryDialog(QDialog):
    """Asks for one entry; it closes when the entry is saved, or goes on with the next one.

    :param entry: its id, ``None`` for a new one.
    :param preset: answers that are settled already and not asked for.
    :param called: one entry in the clerk's words, where the ledger is named after all of them.
    :param names: the fields to show, if not the usual ones.
    """

    def __init__(
        self,
        desk: Desk,
        ledger: type[Ledger],
        entry: int | None,
        preset: Mapping[str, str],
        parent: QWidget,
        *,
        called: str = "",
        names: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{'新增' if entry is None else '修改'}{called or ledger.caption}")
        self._preset = dict(preset)
        settled = {name for name in preset if name.endswith("_id")}
        usual = [one.name for one in fields(ledger) if one.name not in (*LEFT_OUT, *settled)]
        self.form = EntryForm(ledger, desk, names or usual, self)
        self.form.title.hide()  # the dialog's own title says it
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        if entry is None:
            self.form.new(**preset)
        else:
            self.form.load(entry)
            self.form.new_button.hide()
        self.form.saving.triggered.disconnect()
        self.form.saving.triggered.connect(self._save)
        self.form.saving_new.triggered.disconnect()
        self.form.saving_new.triggered.connect(self._save_and_new)
        self.form.left.connect(self.reject)
        screen = self.screen().availableGeometry()
        self.resize(min(em(self, 46), screen.width()), min(em(self, 30), round(screen.height() * 0.9)))
        self.form.focus()

    def reject(self) -> None:
        """Close; what was typed is kept first, or given up on purpose."""
        if self.form.keep():
            super().reject()

    def _save(self) -> None:
        if self.form.save() is not None:
            self.accept()

    def _save_and_new(self) -> None:
        if self.form.save() is not None:
            self.form.new(**self._preset)
            self.form.focus()
