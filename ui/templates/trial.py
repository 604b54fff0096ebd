"""预览: the first rows as they will stand, and what is still wrong."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.excel.profile import Profile
from desktop.services import filled, periods, sources, vetting
from desktop.services.exporting import Exported
from ui.pages.parts import words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em

NUMBER = 20  # rows
WIDEST = 16  # lines of text
NAMED = 5  # sentences shown at once


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a profile.

    :param wrong: sentences of :mod:`desktop.services.vetting`.
    :param count: how many rows there are in all.
    """

    rows: Sequence[Sequence[str]]
    wrong: Sequence[str]
    count: int


def tried(session: Session, profile: Profile, workbook: bytes, period: str, today: dt.date) -> Trial:
    """Try a profile on the entries of a period; a faulty one shows no rows.

    :raises Refusal: the workbook cannot be read.
    """
    wrong = vetting.check(profile, workbook)
    if vetting.faults(profile):
        return Trial([], wrong, 0)
    rows = filled.preview(session, profile, period, NUMBER, today)
    return Trial(rows, wrong, sources.count(session, profile.source, period))


class TrialPane(QWidget):
    """A table as the template will have it, under the sentences about it."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = words(kind="section", wrap=True)
        self.wrong = words(tone="A", wrap=True)
        self.model: PlainModel[Sequence[str]] = PlainModel((), lambda row: row)
        self.table = PlainTable("预览", ())
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[em(self, 0.4)] * 4)
        column.addWidget(self.counts)
        column.addWidget(self.wrong)
        column.addWidget(self.table, 1)

    def show_trial(self, trial: Trial, profile: Profile, period: str) -> None:
        """Show what came of trying ``profile``."""
        told = f"{periods.words(period)}共 {trial.count} 行"
        if profile.row_limit and trial.count > profile.row_limit:
            told += f"，每个文件 {profile.row_limit} 行，分成 {-(-trial.count // profile.row_limit)} 个文件"
        if trial.count > len(trial.rows):
            told += f"；这里是前 {len(trial.rows)} 行"
        self.counts.setText(
            "还不能填写，请先改正下面的问题。" if not trial.rows and trial.wrong else f"{told}。"
        )
        named = [f"· {one}" for one in trial.wrong[:NAMED]]
        more = len(trial.wrong) - NAMED
        self.wrong.setText("\n".join([*named, *([f"· 还有 {more} 处"] if more > 0 else [])]))
        self.wrong.setVisible(bool(trial.wrong))
        self.model.heads = [
            f"{get_column_letter(at)} {profile.headings.get(at, '')}" for at in profile.targets
        ]
        self.model.show_rows(trial.rows)
        self.table.resizeColumnsToContents()
        for at in range(self.model.columnCount()):
            self.table.setColumnWidth(at, min(self.table.columnWidth(at), em(self, WIDEST)))


def written(made: list[Exported]) -> str:
    """What a clerk is told of files that were written."""
    rows = sum(one.rows for one in made)
    if len(made) == 1:
        return f"已填好 {rows} 行，存到“{made[0].path}”。"
    return f"共 {rows} 行，分成 {len(made)} 个文件，从“{made[0].path}”起。"
