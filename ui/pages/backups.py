"""备份: what was backed up when, and how to look into it, put it in force, or copy it to a stick."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import backups
from desktop.services.backups import Backup, Checked, Found, Reason
from desktop.storage.backups.restoring import Restored
from desktop.storage.database import Store
from desktop.storage.rights import Right
from ui import messages, rights
from ui.desk import Desk, Target
from ui.pages.asking import Asked, day_editor, day_of, documents
from ui.pages.page import Page
from ui.pages.parts import Notice, across, page_layout, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.worker import Progress

T = TypeVar("T")
SECOND = "backup.second"  # in the settings: the folder that was copied to last
HEADS = ("备份时间", "为什么", "队伍", "队员", "事项", "协议", "大小", "核对", "位置")
WIDTHS = (8.5, 4.5, 3.5, 4, 3.5, 3.5, 5, 5, 6)  # lines of text
NEVER = "还没有备份。录入以后，程序每半小时、退出时、导入前会自动备份；也可以现在就备份一份。"


class BackupsPage(Page):
    name, heading, icon = "backups", "备份", "save"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model: PlainModel[Found] = PlainModel(HEADS, cells, faint=lambda one: not one.backup.sound)
        self.table = PlainTable("备份", WIDTHS)
        self.notice = Notice()
        self.count = words(kind="muted")
        self.reminder = words(tone="warn", wrap=True)
        self.empty = words(NEVER, kind="muted", wrap=True)
        self._arrange()
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self.table.doubleClicked.connect(lambda _: self.view())
        self.refresh()

    def go(self, target: Target) -> None:
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the list again; the newest is chosen."""
        target = self._target()
        found = backups.everywhere(self.desk.store, target)
        self.model.show_rows(found)
        sound = sum(one.backup.sound for one in found)
        self.count.setText(f"共 {len(found)} 份，{sound} 份完好" if found else "")
        said = backups.reminder(self.desk.store.folder, dt.datetime.now())
        self.reminder.setText(f"{said}，请插上 U 盘后点“备份到 U 盘”。" if said else "")
        self.reminder.setVisible(bool(said))
        self.empty.setVisible(not found)
        self.table.setVisible(bool(found))
        if found:
            self.table.selectRow(0)
        self._offer()

    def selected(self) -> Backup | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row].backup

    def make(self) -> None:
        """Back up now."""
        store = self.desk.store
        newest = self.model.rows[0].backup.name if self.model.rows else ""

        def done(backup: Backup) -> None:
            new = backup.name != newest
            said = "已备份并核对" if new else "上次备份以后没有改动，最近的一份就是现在的样子"
            self._told(f"{said}：{backups.counts(backup)}")

        self._run("备份", lambda _, __: backups.make(store, Reason.ASKED), done)

    def copy(self, target: Path | None = None) -> None:
        """Back up to ``target``, or to a folder that is asked for."""
        if target is None:
            start = str(self._target() or documents())
            chosen = QFileDialog.getExistingDirectory(self, "选择 U 盘或另一块磁盘", start)
            if not chosen:
                return
            target = Path(chosen)
        store, into = self.desk.store, target
        self.desk.settings.set(SECOND, str(target))
        self._run(
            "备份到 U 盘",
            lambda _, __: backups.copy(store, into, dt.datetime.now()),
            lambda copied: self._told(backups.copied_words(copied)),
        )

    def check(self) -> None:
        """Check every backup and every scan."""
        store = self.desk.store

        def work(_: Session, steps: Progress) -> Checked:
            return backups.check_all(store.folder, store.key, steps.at)

        def done(checked: Checked) -> None:
            self.refresh()
            if checked.damaged or checked.lost:
                remedy = "请现在备份一份，并备份到 U 盘"
                self.notice.refuse(Refusal("核对没有全部通过", checked.words(), remedy))
            else:
                self.notice.say(checked.words())

        self._run("核对备份", work, done)

    def view(self) -> None:
        """Open the chosen backup in a window of its own, read-only."""
        backup = self.selected()
        if backup is not None and backup.sound:
            try:
                self._show(backup)
            except Refusal as refusal:
                self.notice.refuse(refusal)

    def view_day(self) -> Asked:
        """Ask for a day, and show the records as they were on its evening."""
        editor = day_editor(self.desk.today())

        def work() -> None:
            self._show(backups.on(self.desk.store, day_of(editor, "未能打开那一天的数据")))

        explanation = "打开那一天最后一份完好的备份，只能查看，不会改动现在的数据。"
        asked = Asked(self, "看某一天的样子", explanation, [("日期", editor)], confirm="打开", work=work)
        asked.open()
        return asked

    def restore(self) -> None:
        """Put the chosen backup in force, after asking."""
        backup = self.selected()
        if backup is None:
            return
        question = f"把数据恢复到 {backups.moment(backup)} 的样子？"
        before = "恢复前会先把现在的数据备份一份，恢复以后可以用“撤销恢复”退回。"
        detail = f"那时有 {backups.counts(backup)}。\n{before}"
        if messages.ask(self, question, ["恢复到这一份", "不恢复"], detail=detail) == 0:
            self._exchange(lambda store: backups.restore(store, backup))

    def undo(self) -> None:
        """Go back to what was there before the last restore, after asking."""
        detail = "现在的数据也会先备份一份。"
        if messages.ask(self, "退回到上一次恢复以前的样子？", ["撤销恢复", "不撤销"], detail=detail) == 0:
            self._exchange(backups.undo_restore)

    def _exchange(self, work: Callable[[Store], Restored]) -> None:
        try:
            done = self.desk.exchange(work)
        except Refusal as refusal:
            self.refresh()
            self.notice.refuse(refusal)
        else:
            self._told(backups.restored_words(done))

    def _show(self, backup: Backup) -> None:
        self.desk.past_wanted.emit(backups.view(self.desk.store, backup), backup.made_at)

    def _target(self) -> Path | None:
        kept = self.desk.settings.get(SECOND)
        return Path(kept) if isinstance(kept, str) else None

    def _told(self, text: str) -> None:
        self.refresh()
        self.notice.say(text)

    def _offer(self) -> None:
        backup = self.selected() if self.model.rows else None
        for button in (self.viewing, self.restoring):
            button.setEnabled(backup is not None and backup.sound)
        self.undoing.setEnabled(backups.can_undo(self.desk.store))
        self.checking.setEnabled(bool(self.model.rows))
        self.dating.setEnabled(bool(self.model.rows))

    def _run(self, name: str, work: Callable[[Session, Progress], T], done: Callable[[T], None]) -> None:
        """Do ``work`` on the worker; the buttons wait for it."""
        self.notice.say(f"正在{name}…")
        self.commands.setEnabled(False)

        def ended(result: T) -> None:
            self.commands.setEnabled(True)
            done(result)

        def failed(refusal: Refusal) -> None:
            self.commands.setEnabled(True)
            self.refresh()
            self.notice.refuse(refusal)

        def step(at: int, total: int) -> None:
            self.notice.say(f"正在{name}：{at + 1} / {total}")

        self.desk.run(work, name, owner=self, done=ended, failed=failed, progress=step, writes=False)

    def _arrange(self) -> None:
        self.table.setModel(self.model)
        self.table.fit()
        making = press("现在备份", self.make, symbol="save", kind="primary", tone="on_accent")
        copying = press("备份到 U 盘…", self.copy, symbol="export")
        self.viewing = press("打开查看（只读）", self.view, symbol="eye")
        self.dating = press("看某一天的样子…", self.view_day, symbol="calendar")
        self.checking = press("核对全部", self.check, symbol="check")
        self.restoring = press("恢复到这一份…", self.restore, symbol="history")
        self.undoing = press("撤销恢复…", self.undo, symbol="undo")
        rights.withhold(self.desk, Right.RESTORE, self.restoring, self.undoing)
        rights.write_nothing(self.desk, making, copying, self.checking)
        self.commands = QWidget()
        one = across(making, copying, self.checking, 1, self.count)
        two = across(self.viewing, self.dating, self.restoring, self.undoing, 1)
        column = QVBoxLayout(self.commands)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(one)
        column.addLayout(two)
        whole = page_layout(self)
        whole.addWidget(words("备份", kind="title"))
        whole.addWidget(self.commands)
        whole.addWidget(self.reminder)
        whole.addWidget(self.notice)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.empty)
        whole.addStretch()


def cells(found: Found) -> tuple[str, ...]:
    """What the table shows of a backup."""
    one = found.backup
    counts = [str(one.counts.get(name, "")) for name, _ in backups.COUNTED]
    state = "完好" if one.sound else "已损坏"
    return (backups.moment(one), one.reason.value, *counts, backups.size(one), state, found.where)
