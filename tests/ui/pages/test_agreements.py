"""An agreement shows how it stands today; its lists, activities and scans are kept with it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.records import Activity, Agreement, Item
from desktop.records.agreement import Standing
from desktop.services import entries
from ui.desk import Desk, Target
from ui.pages.agreements import AgreementsPage
from ui.pages.asking import documents
from ui.pages.entry_dialog import EntryDialog
from ui.pages.scan_panel import ScanPanel

TERMS = {
    "甲单位": {"valid_from": "2026-01-01", "valid_to": "2027-12-31"},
    "乙单位": {"valid_from": "2026-01-01", "valid_to": "2026-12-10"},
    "丙单位": {"valid_from": "2026-01-01", "valid_to": "2026-10-30"},
    "丁单位": {"valid_from": "2026-01-01", "terminated_on": "2026-11-01"},
    "戊单位": {"valid_from": "2026-12-01", "valid_to": "2027-12-31"},
}


@pytest.fixture
def filed(desk: Desk) -> dict[str, int]:
    def write(session: Session) -> dict[str, int]:
        return {
            name: entries.save(session, Agreement, {"party_b_name": name, **term})
            for name, term in TERMS.items()
        }

    return desk.do(write, "协议")


@pytest.fixture
def page(desk: Desk, filed: dict[str, int], qtbot: QtBot) -> AgreementsPage:
    page = AgreementsPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 660)
    page.show()
    qtbot.waitExposed(page)
    return page


def shown(page: AgreementsPage) -> list[str]:
    names = [column.name for column in page.table.columns]
    column = names.index("party_b_name")
    return [page.table.index(row, column).data() for row in range(page.table.rowCount())]


def drop(panel: ScanPanel, file: Path) -> None:
    """Drop ``file`` onto the panel as the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    panel.dragEnterEvent(entering)
    assert entering.isAccepted()
    panel.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))


def picture(folder: Path) -> Path:
    image = QImage(300, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(folder / "扫描件.png"))
    return folder / "扫描件.png"


def test_the_buttons_count_each_status(page: AgreementsPage) -> None:
    told = [button.text() for button in page.standings.buttons()]
    assert told == ["全部 5", "有效 1", "30 天内到期 1", "已到期 1", "已终止 1", "未生效 1"]


@pytest.mark.parametrize(("name", "standing"), list(zip(TERMS, Standing, strict=True)))
def test_a_status_shows_its_agreements_only(page: AgreementsPage, name: str, standing: Standing) -> None:
    page.show_standing(standing)
    assert shown(page) == [name]
    page.show_standing(None)
    assert len(shown(page)) == 5


def test_the_badge_tells_the_status_by_word_and_the_days(page: AgreementsPage, filed: dict[str, int]) -> None:
    page.go(Target("agreement", filed["乙单位"]))
    assert page.badge.text() == "30 天内到期"
    assert page.term.text() == "2026-12-10 到期，还有 17 天"


def test_a_new_end_moves_an_agreement_to_another_status(page: AgreementsPage, filed: dict[str, int]) -> None:
    page.go(Target("agreement", filed["丙单位"]))
    page.form.rows["valid_to"].set_text("2027-10-30")
    page.form.save()
    assert page.badge.text() == "有效"
    assert page.standings.buttons()[1].text() == "有效 2"


def test_an_entry_that_is_filtered_out_is_shown_when_asked_for(
    page: AgreementsPage, filed: dict[str, int]
) -> None:
    page.show_standing(Standing.ENDED)
    page.go(Target("agreement", filed["甲单位"]))
    assert page.view.current() == filed["甲单位"]
    assert len(shown(page)) == 5


def test_lists_of_a_new_agreement_wait_until_it_is_saved(page: AgreementsPage) -> None:
    page.add()
    assert [page.tabs.isTabEnabled(number) for number in range(4)] == [True, False, False, False]


def test_a_list_entry_belongs_to_its_agreement(
    page: AgreementsPage, filed: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.items.kinds.button(2).click()  # 资源
    page.items.add()
    dialog = page.items.findChild(EntryDialog)
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert "agreement_id" not in dialog.form.rows
    dialog.form.rows["title"].set_text("会议室")
    dialog.form.saving.trigger()
    (item,) = page.items.model.rows
    assert isinstance(item, Item)
    assert (item.agreement_id, item.list_kind, item.title) == (filed["甲单位"], "2", "会议室")
    assert page.tabs.tabText(1) == "三张清单（1）"
    page.go(Target("agreement", filed["乙单位"]))
    assert page.items.count == 0


def test_control_n_on_the_tab_of_a_list_adds_there(
    page: AgreementsPage, filed: dict[str, int], qtbot: QtBot
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for tab in (page.items, page.activities):
        page.tabs.setCurrentWidget(tab)
        page.tabs.setFocus()
        QTest.keyClick(page.tabs, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = tab.findChild(EntryDialog)
        assert dialog is not None
        assert page.form.entry == filed["甲单位"]
        dialog.reject()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    page.add()
    assert page.form.entry is None


def test_one_entry_of_the_lists_is_called_what_it_is(page: AgreementsPage, filed: dict[str, int]) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.items.add()
    dialog = page.items.findChild(EntryDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "新增清单项"
    assert dialog.form.title.isHidden()


def test_adding_a_scan_stands_in_one_place_and_a_refusal_is_as_wide_as_the_tab(
    page: AgreementsPage, filed: dict[str, int], tmp_path: Path
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.tabs.setCurrentWidget(page.scans)
    adding, trouble = page.scans.scans.adding, page.scans.scans.trouble
    before = adding.mapTo(page.scans, QPoint())
    (tmp_path / "协议.docx").write_bytes(b"PK\x03\x04")
    drop(page.scans, tmp_path / "协议.docx")
    QCoreApplication.processEvents()
    assert trouble.width() > page.scans.width() * 0.9
    assert trouble.height() < trouble.width() / 4
    drop(page.scans, picture(tmp_path))
    QCoreApplication.processEvents()
    assert adding.mapTo(page.scans, QPoint()) == before


def test_scans_are_looked_for_in_the_documents(
    page: AgreementsPage, filed: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        asked.append(start)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    page.go(Target("agreement", filed["甲单位"]))
    page.scans.scans.adding.click()
    assert asked == [documents()]


def test_an_activity_is_changed_and_deleted_in_place(
    page: AgreementsPage, filed: dict[str, int], desk: Desk
) -> None:
    answers = {"agreement_id": str(filed["甲单位"]), "date": "2026-11-02", "title": "义诊"}
    activity = desk.do(lambda session: entries.save(session, Activity, answers), "活动")
    page.go(Target("activity", activity))
    assert page.tabs.currentWidget() is page.activities
    assert page.activities.table.chosen() == 0
    page.activities.edit()
    dialog = page.activities.findChild(EntryDialog)
    assert dialog is not None
    dialog.form.rows["people"].set_text("18")
    dialog.form.saving.trigger()
    assert [row.people for row in page.activities.model.rows if isinstance(row, Activity)] == [18]
    page.activities.choose(activity)
    page.activities.delete()
    assert page.activities.count == 0


def test_a_dropped_picture_is_kept_and_shown(
    page: AgreementsPage, filed: dict[str, int], desk: Desk, tmp_path: Path
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    drop(page.scans, picture(tmp_path))
    assert page.scans.preview.has_picture
    assert page.tabs.tabText(3) == "扫描件（1）"
    saved = desk.ask(lambda session: session.get_one(Agreement, filed["甲单位"]))
    assert len(saved.scan or []) == 1


def test_a_dropped_file_that_is_no_picture_is_refused_in_place(
    page: AgreementsPage, filed: dict[str, int], tmp_path: Path
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.tabs.setCurrentWidget(page.scans)
    (tmp_path / "协议.docx").write_bytes(b"PK\x03\x04")
    drop(page.scans, tmp_path / "协议.docx")
    assert page.scans.count == 0
    assert page.scans.scans.trouble.isVisible()
    assert "它不是图片也不是 PDF" in page.scans.scans.trouble.text()


def test_a_picture_that_is_too_large_is_refused_in_place(
    page: AgreementsPage, filed: dict[str, int], tmp_path: Path
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    page.tabs.setCurrentWidget(page.scans)
    with (tmp_path / "大图.png").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    drop(page.scans, tmp_path / "大图.png")
    assert page.scans.count == 0
    assert "文件有 200 MB，最大 20 MB" in page.scans.scans.trouble.text()


def test_a_pdf_is_shown_as_a_card(page: AgreementsPage, filed: dict[str, int], tmp_path: Path) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    (tmp_path / "协议.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    drop(page.scans, tmp_path / "协议.pdf")
    assert not page.scans.preview.has_picture
    assert "协议.pdf" in page.scans.preview.accessibleName()
    assert "按“打开”查看" in page.scans.preview.accessibleName()


def test_a_scan_taken_away_is_taken_away_for_good(
    page: AgreementsPage, filed: dict[str, int], desk: Desk, tmp_path: Path
) -> None:
    page.go(Target("agreement", filed["甲单位"]))
    drop(page.scans, picture(tmp_path))
    page.scans.scans.remove_current()
    saved = desk.ask(lambda session: session.get_one(Agreement, filed["甲单位"]))
    assert not saved.scan
    assert not page.scans.preview.has_picture
