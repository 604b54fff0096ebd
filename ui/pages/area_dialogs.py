"""The small dialogs of the page 区域: add, rename, merge and close a village from a day on."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.errors import Refusal
from desktop.services import areas, backups
from desktop.services.backups import Reason
from ui.desk import Desk
from ui.pages.area_table import AreaRow
from ui.pages.asking import Asked, day_editor, day_of


def add(parent: QWidget, desk: Desk) -> Asked:
    """Ask for a new village."""
    name, code = QLineEdit(), QLineEdit(placeholderText="不知道的留空，用临时代码")
    day, what = day_editor(desk.today()), "未能新增"

    def work() -> None:
        new, on = _named(name, what), day_of(day, what)
        desk.do(lambda session: areas.add(session, new, on, code=code.text().strip()), "新增村（社区）")

    rows = [("名称", name), ("区划代码", code), ("启用日期", day)]
    return Asked(
        parent, "新增村（社区）", "新设的村（社区）从启用日期起可以录入。", rows, confirm="新增", work=work
    )


def rename(parent: QWidget, desk: Desk, row: AreaRow) -> Asked:
    """Ask for a village's new name."""
    name, day, what = QLineEdit(row.full_name), day_editor(desk.today()), "未能改名"

    def work() -> None:
        new, on = _named(name, what), day_of(day, what)
        desk.do(lambda session: areas.rename(session, row.code, new, on), "村（社区）改名")

    explanation = f"{row.name}改名。以前的记录仍显示旧名称，区划代码不变。"
    return Asked(
        parent, "改名", explanation, [("新名称", name), ("自这一天起", day)], confirm="改名", work=work
    )


def merge(parent: QWidget, desk: Desk, row: AreaRow, others: Iterable[AreaRow]) -> Asked:
    """Ask which of ``others`` a village is merged into."""
    into, day, what = QComboBox(), day_editor(desk.today()), "未能合并"
    for other in others:
        into.addItem(other.name, other.code)

    def work() -> None:
        on, code = day_of(day, what), into.currentData()
        backups.make(desk.store, Reason.MERGE)
        desk.do(lambda session: areas.close(session, row.code, on, into=code), "村（社区）合并")

    explanation = f"把{row.name}并入另一个村（社区）。以前的记录留在{row.name}名下。"
    return Asked(
        parent, "合并", explanation, [("并入", into), ("自这一天起", day)], confirm="合并", work=work
    )


def close(parent: QWidget, desk: Desk, row: AreaRow) -> Asked:
    """Ask from when a village is no longer in use."""
    day = day_editor(desk.today())

    def work() -> None:
        on = day_of(day, "未能停用")
        desk.do(lambda session: areas.close(session, row.code, on), "村（社区）停用")

    explanation = f"停用{row.name}。从这一天起不再录入，以前的记录都保留。"
    return Asked(parent, "停用", explanation, [("自这一天起", day)], confirm="停用", work=work)


def _named(editor: QLineEdit, what: str) -> str:
    name = editor.text().strip()
    if not name:
        raise Refusal(what, "没有写名称", "请写明村（社区）的名称")
    return name
