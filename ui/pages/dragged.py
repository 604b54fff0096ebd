"""A file that is dragged onto a page or a dialog."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent


def dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file that is dragged, if it is one."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
