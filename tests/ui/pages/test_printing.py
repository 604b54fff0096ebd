"""The dialog 打印: a form is chosen, seen, set up, printed and saved by keys; full numbers are asked for."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.paper import Grid
from desktop.records import Agreement, Matter, Team
from desktop.services import entries
from desktop.settings import Letters, PageSetup, PaperSize, Settings
from tests.desktop import filed
from tests.desktop.filed import Filed
from ui import messages
from ui.desk import Desk, Target
from ui.pages.agreements import AgreementsPage
from ui.pages.asking import documents
from ui.pages.ledger import LedgerPage
from ui.pages.matters import MattersPage
from ui.pages.printing import PrintDialog
from ui.pages.rosters import MemberPage, TeamPage

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FORMS = [
    "登记表（六张）",
    "党支部会议记录",
    "村“两委”会议记录",
    "党员大会记录",
    "村民代表会议记录",
    "决议公告",
]
YES, NO = 0, 1
Opened = Callable[[str], PrintDialog]


@pytest.fixture
def records(desk: Desk) -> Filed:
    return desk.do(lambda session: filed.file(session, content="同意，联系电话13812345678。"), "录入")


@pytest.fixture
def opened(desk: Desk, records: Filed, qtbot: QtBot) -> Opened:
    """Opens the dialog on the first form of a kind."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1180, 700)

    def on(kind: str) -> PrintDialog:
        papers = desk.ask(records.papers)["data"]
        dialog = PrintDialog(desk, papers, window, [paper.kind for paper in papers].index(kind))
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return on


def numbers(dialog: PrintDialog) -> list[str]:
    (form,) = dialog._forms  # noqa: SLF001 - what the preview, the PDF and Word are made of
    (grid,) = form.blocks
    assert isinstance(grid, Grid)
    return [row[3] for row in grid.rows if row[1]]


def page_count(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


def shown_by(page: LedgerPage) -> PrintDialog:
    """The dialog that Ctrl+P opens on a page."""
    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    found: Iterable[PrintDialog] = page.findChildren(PrintDialog)
    (dialog,) = found
    return dialog


def show(qtbot: QtBot, page: LedgerPage, target: Target) -> None:
    qtbot.addWidget(page)
    page.resize(1180, 660)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.go(target)


def test_a_matter_offers_its_sheets_minutes_and_notices(desk: Desk, records: Filed, qtbot: QtBot) -> None:
    page = MattersPage(desk)
    show(qtbot, page, Target("matter", records.full))
    dialog = shown_by(page)
    offered = [dialog.form.itemText(at) for at in range(dialog.form.count())]
    assert offered == [*FORMS, "实施结果公告"]
    assert dialog.count.text() == "共 6 页"


def test_a_team_and_its_members_offer_sheets_to_sign_in_on(desk: Desk, records: Filed, qtbot: QtBot) -> None:
    for page, ledger, entry in ((TeamPage(desk), "team", records.team), (MemberPage(desk), "member", 1)):
        show(qtbot, page, Target(ledger, entry))
        dialog = shown_by(page)
        assert dialog.form.itemText(0) == "北元村义务巡逻队签到表"
        assert dialog.form.count() == 2
        dialog.reject()


def test_agreements_offer_their_list_of_those_shown(desk: Desk, records: Filed, qtbot: QtBot) -> None:
    desk.do(lambda session: entries.save(session, Agreement, {"party_b_name": "未生效单位"}), "协议")
    page = AgreementsPage(desk)
    show(qtbot, page, Target("agreement"))
    page.standings.button(5).click()  # 未生效
    dialog = shown_by(page)
    assert [row[3] for row in dialog._forms[0].blocks[0].rows] == ["未生效单位"]  # type: ignore[union-attr]  # noqa: SLF001


def test_without_a_record_the_page_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    for page, name in ((MattersPage(desk), "matter"), (TeamPage(desk), "team")):
        show(qtbot, page, Target(name))
        page.may_leave()
        page.form.new()
        QTest.keyClick(page, Qt.Key.Key_P, CTRL)
        assert not page.findChildren(PrintDialog)
        assert "请先在表格里选一条" in page.notice.text()


def test_settings_are_remembered_for_each_form(desk: Desk, opened: Opened) -> None:
    dialog = opened("sign_in")
    QTest.keyClick(dialog.size_box, Qt.Key.Key_Down)
    QTest.keyClick(dialog.turn, Qt.Key.Key_Down)
    QTest.keyClick(dialog.letters, Qt.Key.Key_Down)
    QTest.keyClick(dialog.signed, Qt.Key.Key_Space)
    dialog.spare.setFocus()
    dialog.spare.selectAll()
    QTest.keyClicks(dialog.spare, "12")
    wanted = PageSetup(PaperSize.A3, landscape=True, letters=Letters.LARGE, signed=False, spare=12)
    assert dialog.setup == wanted
    dialog.reject()
    assert Settings(desk.settings.path).page_setup("sign_in", PageSetup()) == wanted
    assert opened("sign_in").setup == wanted
    assert opened("minutes").setup == PageSetup()


def test_only_what_makes_sense_for_a_form_is_asked(opened: Opened) -> None:
    asked = {}
    for kind in ("sheets", "notice", "sign_in", "agreements"):
        dialog = opened(kind)
        asked[kind] = [one.isVisible() for one in (dialog.turn, dialog.spare, dialog.whole)]
        assert dialog.setup.landscape == (kind == "agreements")
    assert asked == {
        "sheets": [False, False, False],
        "notice": [True, False, True],
        "sign_in": [True, True, True],
        "agreements": [True, False, True],
    }


def test_full_numbers_are_shown_only_after_the_warning_was_answered(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = [NO, YES]

    def ask(_: object, text: str, offered: tuple[str, ...]) -> int:
        asked.append(text)
        assert offered[-1] == "不印"  # Esc and Enter
        return answers.pop(0)

    monkeypatch.setattr(messages, "ask", ask)
    dialog = opened("sign_in")
    QTest.keyClick(dialog.whole, Qt.Key.Key_Space)
    assert not dialog.whole.isChecked()
    assert all("****" in number for number in numbers(dialog))
    QTest.keyClick(dialog.whole, Qt.Key.Key_Space)
    assert dialog.whole.isChecked()
    assert not any("*" in number for number in numbers(dialog))
    assert dialog.warned.isVisible()
    assert all("个人信息保护法" in text for text in asked)
    assert len(asked) == 2


def test_full_numbers_are_never_remembered(
    desk: Desk, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_: YES)
    dialog = opened("sign_in")
    QTest.keyClick(dialog.whole, Qt.Key.Key_Space)
    assert dialog.full
    QTest.keyClick(dialog.form, Qt.Key.Key_Down)  # the sheet of the village
    assert (dialog.full, dialog.whole.isChecked()) == (False, False)
    dialog.reject()
    assert not opened("sign_in").full
    assert "full" not in desk.settings.path.read_text("utf-8")


@pytest.fixture
def notice(opened: Opened) -> PrintDialog:
    return opened("notice")


def test_a_pdf_and_a_document_are_saved_and_can_be_opened(
    notice: PrintDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return str(tmp_path / "公告"), ""  # without an ending

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = notice
    QTest.keyClick(dialog, Qt.Key.Key_D, ALT)
    qtbot.waitUntil(lambda: "公告.pdf" in dialog.notice.text())
    assert page_count(tmp_path / "公告.pdf") == 1
    assert dialog.notice.opening.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: "公告.docx" in dialog.notice.text())
    text = "\n".join(line.text for line in docx.Document(str(tmp_path / "公告.docx")).paragraphs)
    assert "138****5678" in text
    assert "13812345678" not in text
    assert {Path(start).parent for start in asked} == {Path(documents())}
    assert [Path(start).suffix for start in asked] == [".pdf", ".docx"]
    assert "中心路硬化（决议公告）" in asked[0]


def test_a_file_that_cannot_be_written_is_refused_in_place(
    opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened("minutes")
    dialog.save_pdf(tmp_path / "没有" / "记录.pdf")
    assert "未能保存“记录.pdf”" in dialog.notice.text()
    dialog.save_word(tmp_path / "没有" / "记录.docx")
    qtbot.waitUntil(lambda: "未能保存“记录.docx”" in dialog.notice.text())
    assert not dialog.notice.opening.isVisible()


def test_what_is_seen_is_printed(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(asking: QPrintDialog) -> int:
        printer: QPrinter = asking.printer()
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinters", lambda: [QPrinterInfo()])
    monkeypatch.setattr(QPrintDialog, "exec", accept)
    dialog = opened("sheets")
    QTest.keyClick(dialog, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: dialog.notice.text() == "“登记表（六张）”已送到打印机，共 6 页")
    assert page_count(tmp_path / "打印.pdf") == 6


def test_without_a_printer_the_way_out_is_named(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", list)
    dialog = opened("sheets")
    QTest.keyClick(dialog, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: "存为 PDF" in dialog.notice.text())


def test_what_was_deleted_meanwhile_is_refused(desk: Desk, records: Filed, opened: Opened) -> None:
    dialog = opened("minutes")
    desk.do(lambda session: entries.delete(session, Matter, records.full), "删除")
    QTest.keyClick(dialog.size_box, Qt.Key.Key_Down)
    assert "已被删除" in dialog.notice.text()
    assert not dialog.to_pdf.isEnabled()
    assert desk.ask(lambda session: entries.get(session, Team, records.team)) is not None
