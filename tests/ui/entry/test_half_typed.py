"""Half typed when the window is locked: kept for the one who typed, never saved in another's name."""

from collections.abc import Iterable

from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desktop.records import Member
from desktop.services import halfway
from tests.ui.entry.conftest import ADMIN, CLERK
from tests.ui.entry.test_lock import half_typed, lock, unlock
from ui.desk import Desk, Target
from ui.pages.entry_dialog import EntryDialog
from ui.pages.unfinished import Offer, UnfinishedDialog
from ui.window import Window


def _offered(window: Window) -> list[str]:
    lists: Iterable[UnfinishedDialog] = window.findChildren(UnfinishedDialog)
    return [row.name for one in lists if one.isVisible() for row in one.model.rows]


def _offering(window: Window, desk: Desk) -> None:
    offer = Offer(window, desk)
    window.locking.page.unlocked.connect(offer.came)


def test_the_same_user_finds_it_in_its_form_and_is_offered_nothing(
    window: Window, desk: Desk, qtbot: QtBot
) -> None:
    _offering(window, desk)
    page = half_typed(window)
    lock(window, qtbot)
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert page.form.rows["id_number"].text() == "3413"
    assert _offered(window) == []


def test_it_waits_for_its_writer_while_a_colleague_works(window: Window, desk: Desk, qtbot: QtBot) -> None:
    _offering(window, desk)
    half_typed(window)
    lock(window, qtbot)
    unlock(window, qtbot, CLERK.user, CLERK.password)
    assert _offered(window) == []
    lock(window, qtbot)
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert _offered(window) == ["张三"]
    assert desk.ask(lambda session: session.scalar(select(func.count(Member.id)))) == 0


def test_an_administrator_is_offered_what_a_colleague_left(window: Window, desk: Desk, qtbot: QtBot) -> None:
    _offering(window, desk)
    lock(window, qtbot)
    unlock(window, qtbot, CLERK.user, CLERK.password)
    half_typed(window)
    lock(window, qtbot)
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert _offered(window) == ["张三"]


def test_a_dialog_that_stood_open_is_not_saved_in_the_name_of_who_came(
    window: Window, desk: Desk, qtbot: QtBot
) -> None:
    window.go(Target("member"))
    dialog = EntryDialog(desk, Member, None, {}, window)
    dialog.open()
    dialog.form.rows["name"].set_text("张三")
    window.locking.lock()
    qtbot.waitUntil(lambda: window.locking.locked)
    unlock(window, qtbot, CLERK.user, CLERK.password)
    assert desk.ask(lambda session: session.scalar(select(func.count(Member.id)))) == 0
    assert desk.ask(halfway.listed) == []
    window.locking.lock()
    qtbot.waitUntil(lambda: window.locking.locked)
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert [one.name for one in desk.ask(halfway.listed)] == ["张三"]
