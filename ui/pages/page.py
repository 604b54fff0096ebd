"""What every page is to the window."""

from PySide6.QtWidgets import QWidget

from ui.desk import Desk, Target


class Page(QWidget):
    """A page of the window. It is made when it is first shown, and is told where to go.

    :cvar name: what :meth:`Desk.go` calls it.
    :cvar heading: what the navigation calls it.
    :cvar icon: file name in ``resources/icons``.
    """

    name: str
    heading: str
    icon: str

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def go(self, target: Target) -> None:
        """Show what ``target`` names; a page without entries has nothing to do."""

    def here(self) -> Target:
        """What to go to when the page is made again, to find it as it is now."""
        return Target(self.name)

    def undone(self) -> None:
        """An operation was taken back or done again: what the page said about its last one is over."""

    def may_leave(self) -> bool:
        """Whether the clerk may leave: a page with half-typed answers saves them first."""
        return True
