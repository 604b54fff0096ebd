"""The login window: who, the password, what went wrong, how long to wait."""

import argparse
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.services import accounts, entrance, passwords
from desktop.storage import database, lock
from desktop.storage.database import Store
from desktop.storage.keys.attempts import MOST, WAIT, Attempts
from desktop.storage.keys.key import Secret
from tests.conftest import TODAY
from tests.ui.entry.conftest import ADMIN, CLERK
from ui import app
from ui.entry.login import Login
from ui.entry.password import CAPITALS, CapitalsHint, NewPassword, PasswordLine
from ui.entry.recovery import Forgotten


@pytest.fixture
def folder(store: Store) -> Path:
    store.close()
    return store.folder


@pytest.fixture
def login(folder: Path, qtbot: QtBot) -> Login:
    login = Login(
        [one.name for one in accounts.listed(accounts.Keys(folder))],
        lambda user, password: entrance.enter(folder, Secret(user, password)),
        lambda user: entrance.waits(folder, user),
        recover=lambda _: "",
        ready=lambda: None,
    )
    qtbot.addWidget(login)
    login.show()
    return login


def give(login: Login, password: str) -> None:
    QTest.keyClicks(login.card.password, password)
    QTest.keyClick(login.card.password, Qt.Key.Key_Return)


def test_the_right_password_opens_the_records(login: Login, qtbot: QtBot) -> None:
    login.card.choose(CLERK.user)
    with qtbot.waitSignal(login.accepted):
        give(login, CLERK.password)
    assert login.store is not None
    assert login.store.key.user == CLERK.user
    assert login.card.password.text() == ""
    login.store.close()


def test_nothing_is_opened_without_a_password(login: Login) -> None:
    assert not login.card.enter.isEnabled()
    QTest.keyClick(login.card.password, Qt.Key.Key_Return)
    assert not login.card.bar.isVisible()


def test_a_wrong_password_is_told_in_place_with_the_tries_left(login: Login, qtbot: QtBot) -> None:
    give(login, "nonsense1")
    qtbot.waitUntil(lambda: "还可以试 4 次" in login.card.notice.text())
    assert login.isVisible()
    assert login.store is None
    assert login.card.password.text() == ""


def test_after_five_failures_it_counts_down_and_takes_no_password(
    folder: Path, qtbot: QtBot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [5000.0]
    monkeypatch.setattr("desktop.storage.keys.attempts.time.monotonic", lambda: now[0])
    for _ in range(MOST):
        Attempts(folder).begin(ADMIN.user)
    login.card.choose(ADMIN.user)
    assert "请等 10:00 再试" in login.card.notice.text()
    assert not login.card.password.isEnabled()
    now[0] += 121
    qtbot.waitUntil(lambda: "请等 7:59 再试" in login.card.notice.text(), timeout=3000)
    now[0] += WAIT
    qtbot.waitUntil(login.card.password.isEnabled, timeout=3000)
    assert login.card.notice.text() == "现在可以再试。"


def test_the_wait_of_one_user_is_not_that_of_another(folder: Path, login: Login) -> None:
    for _ in range(MOST):
        Attempts(folder).begin(ADMIN.user)
    login.card.choose(ADMIN.user)
    assert not login.card.password.isEnabled()
    login.card.choose(CLERK.user)
    assert login.card.password.isEnabled()
    assert login.card.notice.isHidden()


def test_giving_up_while_the_password_is_looked_at_leaves_the_folder_free(login: Login, folder: Path) -> None:
    give(login, ADMIN.password)
    login.close()
    assert login.store is None
    database.open_folder(folder, ADMIN).close()


def test_the_failures_before_a_login_stand_in_the_journal(folder: Path) -> None:
    from desktop.records.keeping import JournalRow

    with pytest.raises(Refusal):
        entrance.enter(folder, Secret(CLERK.user, "nonsense1"))
    store = entrance.enter(folder, CLERK)
    with store.read() as session:
        told = [str(row.after) for row in session.query(JournalRow).filter_by(ledger="audit")]
    store.close()
    assert any("登录失败" in one and "1 次" in one for one in told)
    assert any("'登录'" in one for one in told)


def test_practice_opens_without_a_question(tmp_path: Path) -> None:
    from desktop.services import invented, setup
    from tests.conftest import OFFICE

    setup.start(tmp_path, invented.area_list(1), f"{invented.PREFIX}101000", OFFICE).close()
    store = app.come_in(tmp_path)
    assert store is not None
    assert store.key.practice
    store.close()


@pytest.fixture(params=["practice", "unit"])
def left(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Path:
    """Data that another computer has not closed."""
    from desktop.services import invented, setup
    from tests.conftest import OFFICE

    folder = store.folder
    if request.param == "practice":
        folder = tmp_path / "practice"
        setup.start(folder, invented.area_list(1), f"{invented.PREFIX}101000", OFFICE).close()
    store.close()
    (folder / lock.FILE).write_text('{"host": "另一台", "pid": 1}', "utf-8")
    return folder


def _come(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: int) -> tuple[Store | None, list[str]]:
    """Start on a folder; the question about the lock is answered, and the administrator logs in."""
    questions: list[str] = []

    def ask(parent: object, text: str, answers: object, *, detail: str = "") -> int:
        questions.append(text + detail)
        return answer

    def exec_(login: Login) -> int:
        login.store = login._enter(ADMIN.user, ADMIN.password)  # noqa: SLF001 - what its thread does
        return 1

    monkeypatch.setattr(app, "ask", ask)
    monkeypatch.setattr(Login, "exec", exec_)
    practice = folder.name == "practice"
    asked = argparse.Namespace(data=folder, practice=practice, today=TODAY)
    return app.open_store(asked), questions


def test_data_that_another_computer_has_not_closed_are_asked_about_and_taken_over(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, questions = _come(left, monkeypatch, 0)
    assert len(questions) == 1
    assert "另一台电脑没有正常关闭这份数据，仍然打开？" in questions[0]
    assert "“另一台”" in questions[0]
    assert store is not None
    assert not store.read_only
    store.close()


def test_who_does_not_take_them_over_leaves_the_lock_where_it_is(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (left / lock.FILE).read_bytes()
    store, _ = _come(left, monkeypatch, 1)
    assert store is None
    assert (left / lock.FILE).read_bytes() == before


def test_the_recovery_code_sets_a_new_password_for_an_administrator(store: Store, qtbot: QtBot) -> None:
    code = store.new_recovery()
    store.close()
    keys = accounts.Keys(store.folder)
    dialog = Forgotten(None, [ADMIN.user], lambda *given: accounts.recover(keys, *given))
    qtbot.addWidget(dialog)
    dialog.code.setText(code.lower().replace("-", " "))
    for line in (dialog.new.first, dialog.new.again):
        QTest.keyClicks(line, "xinmima2027")
    dialog.confirm.click()
    assert dialog.result() == Forgotten.DialogCode.Accepted
    with pytest.raises(Refusal):
        database.open_folder(store.folder, ADMIN)
    database.open_folder(store.folder, Secret(ADMIN.user, "xinmima2027")).close()


def test_a_wrong_recovery_code_changes_nothing(store: Store, qtbot: QtBot) -> None:
    store.new_recovery()
    store.close()
    keys = accounts.Keys(store.folder)
    dialog = Forgotten(None, [ADMIN.user], lambda *given: accounts.recover(keys, *given))
    qtbot.addWidget(dialog)
    dialog.code.setText("00000-00000-00000-00000-00000")
    for line in (dialog.new.first, dialog.new.again):
        line.setText("xinmima2027")
    dialog.accept()
    assert "恢复码" in dialog.notice.text()
    database.open_folder(store.folder, ADMIN).close()


def test_the_rules_are_ticked_while_they_are_met(qtbot: QtBot) -> None:
    new = NewPassword()
    for _, widget in new.rows():
        qtbot.addWidget(widget)
    new.name_is("liming")

    def ticked() -> list[str]:
        return [line.text()[0] for line in new.rules]

    assert ticked() == ["·"] * 4
    QTest.keyClicks(new.first, "liming1")
    assert ticked() == ["·", "✓", "·", "✓"]
    new.first.setText("fuli2026ok")
    assert ticked() == ["✓"] * 4
    with pytest.raises(Refusal, match="两次输入的密码不一样"):
        new.password("未能设置密码")
    QTest.keyClicks(new.again, "fuli2026ok")
    assert new.password("未能设置密码") == "fuli2026ok"


@pytest.mark.parametrize(
    "password", ["", "short1", "onlyletters", "12345678", "Password1", "张爱民的密码2026"]
)
def test_a_weak_password_is_refused(password: str) -> None:
    assert passwords.unmet(password, "张爱民")


@pytest.mark.parametrize("password", ["平安台账2026好", "x7" * 32, "a b c d 1 2 3", "Fuli#2026!ok"])
def test_a_good_password_of_any_kind_and_length_is_taken(password: str) -> None:
    assert not passwords.unmet(password, "张爱民")
    assert len(password) <= PasswordLine().maxLength()


def test_a_password_is_pasted_and_shown_on_demand(qtbot: QtBot) -> None:
    line = PasswordLine()
    qtbot.addWidget(line)
    line.insert("fuli2026ok")
    assert line.displayText() != "fuli2026ok"
    line.eye.trigger()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    assert line.displayText() == "fuli2026ok"


def test_caps_lock_is_noticed_by_a_letter_that_shift_did_not_make_large(qtbot: QtBot) -> None:
    line = PasswordLine()
    hint = CapitalsHint(line)
    qtbot.addWidget(line)
    line.show()
    QTest.keyClicks(line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert hint.text() == ""
    QTest.keyClicks(line, "A")
    assert hint.text() == CAPITALS
    QTest.keyClicks(line, "a")
    assert hint.text() == ""


def test_enter_in_the_first_password_goes_on_to_the_second(qtbot: QtBot) -> None:
    dialog = Forgotten(None, ["王建国"], lambda *_: None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    for line, typed in ((dialog.code, "A"), (dialog.new.first, "fuli2026ok")):
        assert line.hasFocus()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.new.again.hasFocus()
    assert dialog.notice.isHidden()


def test_a_weak_password_is_typed_over(qtbot: QtBot) -> None:
    new = NewPassword()
    qtbot.addWidget(new.first)
    new.first.setText("1234")
    with pytest.raises(Refusal):
        new.password("未能修改密码")
    assert new.first.selectedText() == "1234"
