"""The start of the program, its first question, and what happens on a bug."""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.records import Office
from desktop.storage import beginning, database
from desktop.storage.keys.key import Secret
from linux import package
from tests.conftest import TODAY
from tests.ui.ime import write
from ui import app, crash
from ui.crash import CrashDialog, CrashHook
from ui.pages.parts import press
from ui.welcome import ADMIN, Welcome
from ui.welcome import CODE as LAST

CODE = "7K2QM-00000-00000-00000-00000"
HEAVY = ("openpyxl", "alembic", "pypinyin", "docx", "python_calamine")


@pytest.fixture
def begun() -> list[tuple[str, dict[str, str]]]:
    return []


@pytest.fixture
def welcome(qtbot: QtBot, begun: list[tuple[str, dict[str, str]]]) -> Welcome:
    def begin(code: str, answers: Mapping[str, str], secret: Secret) -> str:
        begun.append((code, dict(answers)))
        return CODE

    welcome = Welcome(begin)
    qtbot.addWidget(welcome)
    welcome.show()
    return welcome


def choose_password(welcome: Welcome) -> None:
    for line in (welcome.admin.new.first, welcome.admin.new.again):
        line.setText("fuli2026ok")


def _choose(box: QWidget, typed: str) -> None:
    write(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)


def test_the_first_start_is_answered_by_typing(
    welcome: Welcome, begun: list[tuple[str, dict[str, str]]]
) -> None:
    _choose(welcome.county, "yqq")
    _choose(welcome.town, "符离")
    assert welcome.answers["report_unit"].text() == "埇桥区符离镇人民政府"
    welcome.answers["filler"].setText("李敏")
    welcome.accept()
    assert welcome.admin.name.text() == "李敏"
    choose_password(welcome)
    welcome.accept()
    ((code, answers),) = begun
    assert code.startswith("341302")
    assert answers == {"report_unit": "埇桥区符离镇人民政府", "filler": "李敏"}


def test_a_start_without_a_unit_says_what_is_missing(
    welcome: Welcome, begun: list[tuple[str, dict[str, str]]]
) -> None:
    write(welcome.county, "没有这个县")
    welcome.accept()
    assert not begun
    assert "请从列表中选择" in welcome.notice.text()
    assert welcome.isVisible()


def test_the_recovery_code_is_left_only_with_the_tick(qtbot: QtBot, welcome: Welcome) -> None:
    _choose(welcome.town, "朝阳镇")
    welcome.accept()
    welcome.admin.name.setText("李敏")
    choose_password(welcome)
    welcome.accept()
    assert welcome.pages.currentIndex() == LAST
    assert welcome.code.code.text() == CODE
    assert not welcome.start.isEnabled()
    welcome.close()
    assert welcome.isVisible()
    assert "只显示这一次" in welcome.notice.text()
    welcome.code.kept.click()
    with qtbot.waitSignal(welcome.accepted):
        welcome.start.click()


def test_an_administrator_needs_a_name_and_a_sound_password(
    welcome: Welcome, begun: list[tuple[str, dict[str, str]]]
) -> None:
    _choose(welcome.town, "朝阳镇")
    welcome.accept()
    welcome.accept()
    assert "没有填写管理员的名字" in welcome.notice.text()
    welcome.admin.name.setText("李敏")
    for line in (welcome.admin.new.first, welcome.admin.new.again):
        line.setText("12345678")
    welcome.accept()
    assert "既有字母又有数字" in welcome.notice.text()
    assert not begun


def test_the_sheet_with_the_code_is_saved_as_text(welcome: Welcome, tmp_path: Path) -> None:
    welcome.code.show_code(CODE, "符离镇", "2026年11月23日")
    welcome.code.save(tmp_path / "恢复码.txt")
    assert CODE in (tmp_path / "恢复码.txt").read_text("utf-8-sig")
    welcome.code.save(tmp_path / "没有" / "恢复码.txt")
    assert "未能保存恢复码" in welcome.code.notice.text()


def test_a_name_of_the_clerks_own_is_not_overwritten(welcome: Welcome) -> None:
    welcome.answers["report_unit"].setText("自己写的名称")
    _choose(welcome.county, "yqq")
    _choose(welcome.town, "符离")
    assert welcome.answers["report_unit"].text() == "自己写的名称"


def test_a_county_can_be_the_unit_itself(welcome: Welcome) -> None:
    _choose(welcome.county, "yqq")
    _choose(welcome.town, "本级")
    assert welcome.unit() == "341302000000"


def test_enter_goes_through_the_fields_to_the_start_and_never_leaves(
    qtbot: QtBot, welcome: Welcome, begun: list[tuple[str, dict[str, str]]]
) -> None:
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    _choose(welcome.county, "yqq")
    _choose(welcome.town, "符离")
    for editor in welcome.answers.values():
        assert editor.hasFocus()
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert welcome.isVisible()
    assert not begun
    assert welcome.start.hasFocus()
    QTest.keyClick(welcome.start, Qt.Key.Key_Return)
    assert welcome.pages.currentIndex() == ADMIN


def test_a_township_is_found_among_all_counties_and_says_its_county(welcome: Welcome) -> None:
    write(welcome.town, "朝阳")
    assert [one.shown for one in welcome.town.matches("朝阳")] == ["朝阳镇 · 灵璧县"]
    QTest.keyClick(welcome.town, Qt.Key.Key_Return)
    assert (welcome.county.currentText(), welcome.town.currentText()) == ("灵璧县", "朝阳镇")
    assert welcome.unit() == "341323" + welcome.unit()[6:]
    assert welcome.answers["report_unit"].text() == "灵璧县朝阳镇人民政府"


def test_all_townships_of_the_city_are_offered_before_a_county_is_chosen(welcome: Welcome) -> None:
    assert len(welcome.town.options()) == 122


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1234", "有 4 位"), ("张三", "应为电话号码"), ("13800000000", ""), ("0557-3000000", "")],
)
def test_a_doubtful_telephone_is_told_beside_it(welcome: Welcome, typed: str, said: str) -> None:
    welcome.answers["contact_phone"].setText(typed)
    welcome.answers["contact_phone"].editingFinished.emit()
    assert said in welcome.doubt.text()
    assert welcome.doubt.isVisible() == bool(said)


def test_the_first_question_has_the_icon_of_the_program(qapp: QApplication, welcome: Welcome) -> None:
    app.name_program(qapp)
    assert not welcome.windowIcon().isNull()


def test_enter_presses_only_the_button_it_is_on(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = QDialog()
    line, first = QLineEdit(), press("一", lambda: pressed.append("一"))
    column = QVBoxLayout(dialog)
    column.addWidget(first)
    column.addWidget(line)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert pressed == []
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert pressed == ["一"]


def _asked(**told: object) -> argparse.Namespace:
    return argparse.Namespace(**{"data": None, "practice": False, "today": TODAY, **told})


def test_a_second_start_on_the_same_folder_is_refused(qapp: object, tmp_path: Path) -> None:
    beginning.create(tmp_path / "数据 夹").close()
    store = app.open_store(_asked(data=tmp_path / "数据 夹"))
    assert store is not None
    with pytest.raises(Refusal, match="已经在这台电脑上打开"):
        app.open_store(_asked(data=tmp_path / "数据 夹"))
    store.close()


def test_giving_up_at_the_first_start_leaves_no_data(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Welcome, "exec", lambda _: 0)
    assert app.open_store(_asked(data=tmp_path / "neu")) is None
    assert not database.exists(tmp_path / "neu")


def test_the_first_start_makes_the_units_folder(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(self: Welcome) -> int:
        self.county.set_text("埇桥区")
        self.town.set_text("符离镇")
        self.answers["filler"].setText("李敏")
        self.accept()
        choose_password(self)
        self.accept()
        return 1

    monkeypatch.setattr(Welcome, "exec", answer)
    store = app.open_store(_asked(data=tmp_path / "neu"))
    assert store is not None
    with store.read() as session:
        office = session.query(Office).one()
        assert (office.filler, app.unit_name(session)) == ("李敏", "符离镇")
    store.close()


def test_the_window_is_imported_without_what_it_does_not_need_yet() -> None:
    code = f"import ui.window, ui.pages.ledger, sys; print([one for one in {HEAVY!r} if one in sys.modules])"
    folder = Path(app.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=True
    )
    assert done.stdout.strip() == "[]"


def _bug(secret: str) -> None:
    raise ValueError(f"cannot read {secret}")


def test_a_report_of_a_bug_names_places_and_no_values() -> None:
    with pytest.raises(ValueError, match="cannot") as caught:
        _bug("341399197407210595")
    text = crash.report(caught.value)
    assert "ValueError" in text
    assert "_bug" in text
    assert "341399" not in text


def test_a_bug_is_logged_and_shown_once_and_can_be_copied(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[CrashDialog] = []
    hook = CrashHook(tmp_path / "logs" / "crash.log")

    def look(dialog: CrashDialog) -> int:
        shown.append(dialog)
        hook(KeyError, KeyError("张三"), None)  # another one while the dialog is open
        dialog.copy()
        return 0

    monkeypatch.setattr(CrashDialog, "exec", look)
    hook(ValueError, ValueError("张三"), None)
    assert len(shown) == 1
    log = (tmp_path / "logs" / "crash.log").read_text("utf-8")
    assert "ValueError" in log
    assert "KeyError" in log
    assert "张三" not in log
    assert "ValueError" in QGuiApplication.clipboard().text()


def test_a_refusal_nobody_caught_is_still_a_sentence(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Refusal] = []
    monkeypatch.setattr(crash, "refused", lambda _, refusal: told.append(refusal))
    refusal = Refusal("未能保存", "磁盘已满", "请清理磁盘")
    CrashHook(tmp_path / "crash.log")(Refusal, refusal, None)
    assert told == [refusal]
    assert not (tmp_path / "crash.log").exists()


def test_a_refused_answer_has_the_focus_and_is_chosen(qtbot: QtBot) -> None:
    welcome = Welcome(lambda *_: CODE)
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    _choose(welcome.town, "朝阳镇")
    line = welcome.answers["contact_phone"]
    line.setText("0557-12x")
    welcome.start.setFocus()
    welcome.start.click()
    assert line.hasFocus()
    assert line.selectedText() == "0557-12x"


def test_a_linux_desktop_finds_the_window_by_the_file_that_the_package_brings(qapp: QApplication) -> None:
    app.name_program(qapp)
    assert qapp.desktopFileName() == package.ID
