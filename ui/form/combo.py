"""A drop-down that filters while typing: part of the word, the code, or pinyin initials."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.storage import spelling
from ui.form.lines import BACK, ENTER, FORWARD, LOOKS_AWAY, keeps_escape
from ui.form.offer import Offer

initials = cache(spelling.initials)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the text that its kind reads, and the words a clerk sees."""

    value: str
    shown: str


class Combo(QComboBox):
    """Typed text that one of the options completes; what is in no option stays as typed.

    :param offered: asked for the options when they are first needed, and after :meth:`renew`.
    """

    changed = Signal()
    leave = Signal(int)

    def __init__(self, offered: Callable[[], Sequence[Option]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = offered
        self._options: Sequence[Option] | None = None
        self._matches: Sequence[Option] = ()
        self._chosen: Option | None = None
        self.setEditable(True)
        line = self.lineEdit()
        assert line is not None  # it is editable
        self.line = line
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none, its stub does not say so
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.offer = Offer(self, line)
        self.offer.picked.connect(self._pick)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._typed)
        self.editTextChanged.connect(self.changed)

    def options(self) -> Sequence[Option]:
        if self._options is None:
            self._options = self._offered()
        return self._options

    def renew(self) -> None:
        """Ask for the options again when they are next needed."""
        self._options = None

    def limit(self, fits: Callable[[Option], bool]) -> None:
        """Offer only the options that fit."""
        offered = self._offered
        self._offered = lambda: [one for one in offered() if fits(one)]
        self.renew()

    def text(self) -> str:
        """The chosen option's value; typed words that are one option's words are its value too."""
        typed = self.currentText().strip()
        if self._chosen is not None and self._chosen.shown == typed:
            return self._chosen.value
        found = [option for option in self.options() if option.shown == typed] if typed else []
        return found[0].value if len(found) == 1 else typed

    def set_text(self, text: str) -> None:
        """Show the option with this value or these words; another text is shown as it is."""
        found = (one for one in self.options() if text and text in (one.value, one.shown))
        self._chosen = next(found, None)
        self.setEditText(self._chosen.shown if self._chosen else text)
        self.line.setCursorPosition(0)

    def show_words(self, option: Option) -> None:
        """Show a value that is no longer offered with its words, as an old entry has it."""
        self._chosen = option
        self.setEditText(option.shown)
        self.line.setCursorPosition(0)

    def matches(self, typed: str) -> list[Option]:
        """The options that ``typed`` may mean; those that begin with it first."""
        word = typed.strip().lower()
        if not word:
            return list(self.options())
        found = [one for one in self.options() if _means(one, word)]
        return sorted(found, key=lambda one: not _begins(one, word))

    # the list under it

    def showPopup(self) -> None:
        options = self.options()
        at = next((at for at, one in enumerate(options) if one == self._chosen), 0)
        self._show(options, at)

    def hidePopup(self) -> None:
        self.offer.hide()
        super().hidePopup()

    def _typed(self, typed: str) -> None:
        self._chosen = None
        self._show(self.matches(typed))

    def _show(self, options: Sequence[Option], at: int = 0) -> None:
        self._matches = options
        self.offer.offer([option.shown for option in options], at)

    def _pick(self, at: int) -> None:
        self.show_words(self._matches[at])

    # keys and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and self.isEnabled():
            self.hidePopup() if self.offer.isVisible() else self.showPopup()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if self.offer_is_open() and keeps_escape(event):
            return True
        return super().event(event)

    def offer_is_open(self) -> bool:
        return hasattr(self, "offer") and self.offer.isVisible()  # Qt sends events before it is made

    def _key(self, event: QKeyEvent) -> bool:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self.offer.handle(key):
            return True
        if plain and key in ENTER:
            self.offer.pick_current()
            self.leave.emit(FORWARD)
            return True
        if plain and key == Qt.Key.Key_Up:
            self.leave.emit(BACK)
            return True
        if key == Qt.Key.Key_Down:
            self.showPopup()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)  # hands it to the line inside

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a turn of the wheel scrolls the form; it never changes an answer

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.offer.hide()
        super().focusOutEvent(event)
        if event.reason() not in LOOKS_AWAY:
            self.line.setCursorPosition(0)  # a long name shows its head


def _begins(option: Option, word: str) -> bool:
    return option.shown.lower().startswith(word) or (
        word.isascii() and initials(option.shown)[0].startswith(word)
    )


def _means(option: Option, word: str) -> bool:
    if word in option.shown.lower() or option.value.lower().startswith(word):
        return True
    return word.isascii() and word.isalpha() and any(word in one for one in initials(option.shown))
