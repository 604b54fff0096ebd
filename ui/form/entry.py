"""The form of one entry of any ledger. Nothing blocks typing; what can be read can be saved."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Field, Ledger, derived, fields
from desktop.rules.rulebook import Finding, Mend
from desktop.services import areas, entries, lists
from desktop.services.halfway import Halfway
from desktop.storage import rights
from desktop.storage.changes import Changes
from ui import messages
from ui.desk import Desk
from ui.form.autosave import Autosave
from ui.form.combo import Combo
from ui.form.concealing import Concealing
from ui.form.following import Following
from ui.form.frame import FormFrame, in_groups
from ui.form.named import NamedCombo
from ui.form.pins import Pins
from ui.form.row import FieldRow
from ui.rights import withhold

PAUSE = 300  # ms between the last letter and the checks
KEEP, DROP, STAY = 0, 1, 2
NEVER_TYPED = ("record_no",)
NOTHING = "还没有填写内容"


class EntryForm(FormFrame):
    """The answers of one entry, checked while they are typed.

    :param names: the fields to show, if not all.
    :ivar saved: the entry was saved; carries its id.
    :ivar left: Esc was pressed with nothing typed: the clerk wants out of the form.
    """

    saved = Signal(int)
    left = Signal()

    def __init__(
        self,
        ledger: type[Ledger],
        desk: Desk,
        names: Sequence[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.ledger, self._desk = ledger, desk
        self.entry: int | None = None
        self.rows = {one.name: FieldRow(one, desk) for one in in_groups(self._shown(names))}
        self._preset: dict[str, str] = {}  # answers that have no editor here
        self._loaded: dict[str, str] = {}
        self._visited: set[str] = set()
        self._findings: list[Finding] = []
        self._loading = False
        super().__init__(ledger, list(self.rows.values()), parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.check)
        for row in self.rows.values():
            row.changed.connect(lambda row=row: self._typed(row))
            row.leave.connect(lambda step, row=row: self._move(row, step))
            row.entered.connect(lambda inside, row=row: self._entered(row, inside))
            row.mended.connect(self._mend)
        self.saving.triggered.connect(self.save)
        self.saving_new.triggered.connect(self.save_and_new)
        self.undoing.triggered.connect(self.undo_typing)
        self.helping.triggered.connect(self._help)
        self.pinning.triggered.connect(self._toggle_pin)
        desk.changed.connect(self._follow)
        self.following = Following(self)
        self.pins = Pins(self, desk)
        self.concealing = Concealing(self, desk)
        self.autosave = Autosave(self, desk)
        self._fix()
        self.new()

    # what a page asks

    def new(self, **preset: str) -> None:
        """Begin a new entry; what is usual is proposed, and pinned answers are carried over.

        :param preset: answers to begin with, by field name; for fields that are not shown, too.
        """
        today = self._desk.today()
        usual = self._desk.ask(lambda session: entries.proposed(session, self.ledger, today))
        usual = {name: text for name, text in usual.items() if name in self.rows}
        carried = {name: row.text() for name, row in self.rows.items() if row.is_kept()}
        self._begin(None, {**usual, **carried, **preset})
        self._pause.stop()
        self._say([])
        self.scroll_up()

    def load(self, entry: int | None) -> None:
        """Show an entry; what was typed before is gone (:meth:`keep` first)."""
        if entry is None:
            self.new()
            return
        try:
            found = self._desk.ask(lambda session: self._whole(session, entry))
        except Refusal as refusal:
            self.new()
            self.notice.refuse(refusal)
            return
        if entry != self.entry:
            self.scroll_up()
        self._begin(entry, entries.answers(found))
        facts = [
            (one.label, one.kind.show(one.work(found, self._desk.today()))) for one in derived(self.ledger)
        ]
        number = getattr(found, "record_no", None) or ""
        self.show_facts(self._name() or "（未命名）", [("编号", number), *facts])
        self._pause.start()

    def take_up(self, draft: Halfway) -> None:
        """Show what was typed before an unclean end, as it was typed; it is saved when the clerk saves."""
        self._begin(None, dict(draft.before)) if draft.entry is None else self.load(draft.entry)
        typed = {name: text for name, text in draft.changed().items() if name in self.rows}
        self._loading = True
        self.following.narrow(self.answers() | typed)
        self.fill(typed)
        self._loading = False
        self._visited |= typed.keys()
        self.autosave.adopt(draft)
        self.show_state(dirty=self.is_dirty())
        self.check()

    def fill(self, answers: Mapping[str, str]) -> None:
        """Show answers that nobody has typed, by field name."""
        was, self._loading = self._loading, True
        for name, text in answers.items():
            self.rows[name].set_text(text)
        self._loading = was

    def began(self) -> dict[str, str]:
        """The answers as the form began, by field name."""
        return dict(self._loaded)

    def answers(self) -> dict[str, str]:
        """What is typed, by field name."""
        return {**self._preset, **{name: row.text() for name, row in self.rows.items()}}

    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.answers() != self._loaded

    def is_untouched(self) -> bool:
        """Whether it is a new entry that holds nothing but what it began with."""
        return self.entry is None and not any(
            text.strip() and text != self._loaded.get(name) for name, text in self.answers().items()
        )

    def save(self) -> int | None:
        """Save what is typed; the entry's id, or ``None`` if it was refused and the form says why."""
        if self.is_untouched():
            self.notice.say(NOTHING)
            return None
        now = self.answers()
        changed = now if self.entry is None else {k: v for k, v in now.items() if v != self._loaded.get(k)}
        return self._write(changed)

    def save_and_new(self) -> None:
        if self.save() is not None:
            self.new()
            self.focus()

    def keep(self) -> bool:
        """Save before leaving; asks if something cannot be read. Whether the clerk may leave."""
        if not self.is_dirty() or self.is_untouched():
            return True
        wrong = self._unreadable()
        if not wrong and self.save() is not None:
            return True
        why = wrong[0].trouble() if wrong else self.notice.text()
        answer = messages.ask(
            self, f"这条记录还没有保存：{why}。", ("保存其余各栏", "放弃输入", "继续修改"),
            detail="“保存其余各栏”会保留能读的答案，读不出的一栏不保存。",
        )  # fmt: skip
        if answer == KEEP:
            readable = {k: v for k, v in self.answers().items() if k not in {row.field.name for row in wrong}}
            if self._write(readable) is not None:
                return True
        if answer == DROP:
            self._drop()
            return True
        (wrong[0] if wrong else next(iter(self.rows.values()))).take_focus()
        return False

    def undo_typing(self) -> None:
        """Esc: give up what was typed in this entry, after a question; with nothing typed, leave the form."""
        if not self.is_dirty():
            self.left.emit()
        elif messages.ask(self, "放弃这条记录中还没有保存的输入？", ("放弃输入", "继续修改")) == 0:
            self._drop()
            self.focus()

    def focus(self, name: str = "") -> None:
        """Put the keyboard into a field; without a name, into the first that no pin has answered."""
        row = self.rows.get(name) or next((one for one in self.fields if not one.is_kept()), None)
        if row is not None:
            row.take_focus()

    def check(self) -> None:
        """Ask the rules about what is typed, and show their findings beside the fields."""
        self._pause.stop()
        from desktop.services import checks  # the rules are many, and a start does not need them

        values, entry, today = self.values(), self.entry, self._desk.today()
        found = self._desk.ask(lambda session: checks.of_entry(session, self.ledger, values, entry, today))
        self._say(found)

    def values(self) -> dict[str, Any]:
        """The clean values of the readable answers; blank and unreadable ones are ``None``."""
        preset = entries.read(self.ledger, self._preset)
        return {**preset, **{name: row.value() for name, row in self.rows.items()}}

    # its own

    def _shown(self, names: Sequence[str] | None) -> Iterable[Field]:
        county = self._desk.ask(areas.unit_code).endswith("000000")
        for one in fields(self.ledger):
            own_town = one.name == "town_code" and not county
            if (names is None or one.name in names) and one.name not in NEVER_TYPED and not own_town:
                yield one

    def _whole(self, session: Session, entry: int) -> Ledger:
        entries.get(session, self.ledger, entry)
        return lists.rows(session, self.ledger, [entry])[0]

    def _begin(self, entry: int | None, answers: dict[str, str]) -> None:
        self._loading = True
        self.autosave.forget()
        self.entry = entry
        self._preset = {k: v for k, v in answers.items() if k not in self.rows} if entry is None else {}
        self._visited = set()
        self.notice.clear()
        self.following.forget()
        self.following.narrow(answers)
        self.fill({name: answers.get(name, "") for name in self.rows})
        self._loaded = self.answers()
        self.concealing.follow(entry)
        self._loading = False
        self.show_state(dirty=False)
        if entry is None:
            self.show_facts("", [])

    def _drop(self) -> None:
        """Give up what was typed."""
        self.load(self.entry)
        self._desk.dropped.emit()

    def _fix(self) -> None:
        """One who may only read gets a form to read."""
        right = rights.writing(self.ledger.__tablename__)
        if not self._desk.may(right):
            for row in self.rows.values():
                row.fix()
            commands = (self.saving, self.saving_new, self.save_button, self.new_button, self.pinning)
            withhold(self._desk, right, *commands)

    def _write(self, answers: dict[str, str]) -> int | None:
        word = "修改" if self.entry is not None else "录入"
        try:
            with self.autosave.saved() as drop:
                entry = self._desk.do(
                    lambda session: self._keep(session, answers, drop), f"{word}{self.ledger.caption}"
                )
        except Refusal as refusal:
            self.notice.refuse(refusal)
            self.show_state(dirty=True)
            wrong = self._unreadable()
            if wrong:
                wrong[0].take_focus()
            return None
        self.entry = entry  # the same entry as before to the clerk: nothing is scrolled
        self.load(entry)
        self.show_state(dirty=False, saved=dt.datetime.now())
        self.saved.emit(entry)
        return entry

    def _keep(self, session: Session, answers: dict[str, str], drop: Callable[[Session], None]) -> int:
        """Save, and take the draft away in the same transaction."""
        drop(session)
        return entries.save(session, self.ledger, answers, entry=self.entry)

    def _unreadable(self) -> list[FieldRow]:
        return [row for row in self.rows.values() if row.trouble()]

    def _typed(self, row: FieldRow) -> None:
        if self._loading:
            return
        if self.notice.text() == NOTHING:
            self.notice.clear()
        self.following.typed(row)
        self.show_state(dirty=self.is_dirty())
        self.autosave.typed()
        self._pause.start()

    def _say(self, findings: Sequence[Finding]) -> None:
        self._findings = list(findings)
        for name, row in self.rows.items():
            about = [one for one in findings if one.field == name and one.ledger == self.ledger.__tablename__]
            early = self.entry is None and name not in self._visited
            here = row.is_focused() and not row.is_noted()  # it is told when the field is left
            quiet = (early or here) and not row.text().strip()
            trouble = row.trouble()
            if trouble and row.is_choosing():  # what is typed is a search, and no answer yet
                row.say("", [])
            else:
                row.say(trouble, [] if quiet else about)
        self.show_general([one for one in findings if one.field not in self.rows])

    def _mend(self, mend: Mend) -> None:
        for name, value in mend.answers.items():
            if name in self.rows:
                self.rows[name].set_text(self.rows[name].field.kind.show(value))
        self.check()

    def _move(self, row: FieldRow, step: int) -> None:
        rows = list(self.rows.values())
        at = rows.index(row) + step
        while step > 0 and at < len(rows) and rows[at].is_kept():
            at += step
        if 0 <= at < len(rows):
            rows[at].take_focus()
        elif at == len(rows):
            self.new_button.setFocus()

    def _entered(self, row: FieldRow, inside: bool) -> None:
        if inside:
            self.reveal(row)
            return
        self._visited.add(row.field.name)
        if row.trouble():
            row.say(row.trouble(), [])
        elif self.is_dirty() or self.entry is not None:
            self._pause.start()

    def _help(self) -> None:
        row = self._focused()
        name = self.ledger.__tablename__
        self._desk.go("help", field=f"{name}.{row.field.name}" if row else name)

    def _toggle_pin(self) -> None:
        row = self._focused()
        if row is not None:
            row.pin.toggle()

    def _follow(self, changes: Changes) -> None:
        for row in self.rows.values():
            if isinstance(row.editor, NamedCombo) and changes.touch(*row.editor.shows()):
                row.editor.renew()
        mine = changes.entries.get(self.ledger.__tablename__, set())
        if self.entry in mine and not self.is_dirty():
            self.load(self.entry)

    def _name(self) -> str:
        row = self.rows.get(self.ledger.naming)
        if row is None:
            return ""
        return row.editor.currentText() if isinstance(row.editor, Combo) else row.text()
