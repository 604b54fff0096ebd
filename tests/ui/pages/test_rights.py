"""Law: what one who may only read can press on any page leads to nothing that is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
)
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.services import demo, lists
from desktop.settings import Settings
from desktop.storage import rights
from desktop.storage.database import Store
from desktop.storage.keys.key import Key, Role
from desktop.storage.rights import Right
from tests.conftest import TODAY
from tests.ui.pages.pressing import answer_yes, press_all
from ui import theme
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.scans import ScansList
from ui.pages.agreements import AgreementsPage
from ui.pages.grid import GridView
from ui.pages.ledger import LedgerPage
from ui.pages.matters import MattersPage
from ui.pages.page import Page
from ui.pages.printing import PrintDialog
from ui.pages.regions import RegionsPage
from ui.pages.registry import PAGES
from ui.pages.templates import TemplatesPage
from ui.rights import said

ENTER, FULL = said(Right.ENTER), said(Right.FULL)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A township with entries of every ledger."""
    store = demo.begin(tmp_path_factory.mktemp("filled") / "data", TODAY, 20)
    yield store
    store.close()


@pytest.fixture
def desk(
    filled: Store, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The desk of one who may only read."""
    theme.apply(qapp, "light")
    reader = replace(filled.key, role=Role.READ)
    monkeypatch.setattr(Store, "key", property(lambda _: reader))
    opened = filled._open()  # noqa: SLF001 - sessions are given the key of whoever opened the store
    monkeypatch.setattr(filled, "_opened", replace(opened, key=reader))
    desk = Desk(filled, Settings(tmp_path / "settings.json"), today=TODAY)
    yield desk
    desk.rest()


@pytest.fixture(autouse=True)
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was refused because of the role; every question is answered with yes, no file is chosen."""
    told: list[str] = []
    refuse = rights.refuse

    def note(key: Key, right: Right, what: str) -> None:
        try:
            refuse(key, right, what)
        except Refusal as refusal:
            told.append(str(refusal))
            raise

    monkeypatch.setattr(rights, "refuse", note)
    answer_yes(monkeypatch)
    return told


@pytest.fixture
def page(request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot) -> Page:
    page: Page = next(one for one in PAGES if one.name == request.param).make(desk)
    qtbot.addWidget(page)
    page.resize(1366, 728)
    page.show()
    desk.rest()
    QApplication.processEvents()
    if isinstance(page, LedgerPage):
        first = desk.ask(lambda session: lists.ids(session, page.ledger))
        if first:
            page._open(first[0])  # noqa: SLF001 - as a click on the row
    return page


@pytest.mark.parametrize("page", [one.name for one in PAGES], indirect=True)
def test_nothing_a_reader_can_press_is_refused(page: Page, desk: Desk, refused: list[str]) -> None:
    press_all(page, refused, desk)


def _grey(*things: QAbstractButton | QAction, why: str = ENTER) -> None:
    for thing in things:
        assert not thing.isEnabled(), thing.text()
        assert thing.toolTip() == why


@pytest.mark.parametrize("page", ["region"], indirect=True)
def test_a_reader_does_not_change_the_areas(page: RegionsPage, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    _grey(page.adding, *page.changing)
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page.table.activated.emit(page.found.index(0, 0))
    assert not page.findChildren(QDialog)


@pytest.mark.parametrize("page", ["templates"], indirect=True)
def test_a_reader_neither_makes_nor_fills_a_template(page: TemplatesPage) -> None:
    _grey(page.making, page.changing, page.naming, page.deleting, page.taking)
    _grey(page.filling, why=FULL)
    assert not page.acceptDrops()
    page.table.activated.emit(page.model.index(0, 0))
    assert not page.findChildren(QDialog)


@pytest.mark.parametrize("page", ["agreement"], indirect=True)
def test_a_reader_looks_at_scans_and_lists_without_changing_them(page: AgreementsPage) -> None:
    scans = page.scans.scans
    _grey(scans.adding, scans.removing)
    assert not page.scans.acceptDrops()
    for some in (page.items, page.activities):
        _grey(some._add, some._delete)  # noqa: SLF001
    lists_: Iterable[ScansList] = page.findChildren(ScansList)
    assert not any(one.acceptDrops() for one in lists_)


@pytest.mark.parametrize("page", ["matter"], indirect=True)
def test_a_reader_does_not_change_a_step(page: MattersPage) -> None:
    form = page.pane.step_form()
    assert form is not None
    _grey(form.delete_button, form.saving, form.save_button)
    offered = page.pane.sheet(form.no).suggestions.values()
    _grey(*(one.button for one in offered if form.isAncestorOf(one)))


@pytest.mark.parametrize("page", ["home", "submit"], indirect=True)
def test_a_reader_makes_no_zero_report_by_key(page: Page, qtbot: QtBot) -> None:
    grid = page.findChild(GridView)
    assert grid is not None
    grid.selectAll()
    with qtbot.assertNotEmitted(grid.zeroed):
        QTest.keyClick(grid, Qt.Key.Key_Space)
    (zeroing,) = [one for one in grid.menu().actions() if "零报告" in one.text()]
    _grey(zeroing)


@pytest.mark.parametrize("page", ["member", "team"], indirect=True)
def test_a_reader_imports_and_reveals_nothing(page: LedgerPage) -> None:
    _grey(page.exchange.action, page.adding, page.deleting)
    _grey(page.revealing, why=FULL)
    assert not page.acceptDrops()


@pytest.mark.parametrize("page", ["member"], indirect=True)
def test_a_reader_does_not_print_whole_numbers(page: LedgerPage, desk: Desk) -> None:
    from desktop.services import papers

    dialog = PrintDialog(desk, papers.of_agreements(TODAY), page)
    _grey(dialog.whole, why=FULL)
    dialog.reject()


@pytest.mark.parametrize("page", ["member"], indirect=True)
def test_what_a_reader_cannot_change_is_as_readable_as_what_he_could(page: LedgerPage) -> None:
    for row in page.form.rows.values():
        editor = row.editor
        shown = editor.line if isinstance(editor, Combo) else editor
        ink = shown.palette().color(QPalette.ColorRole.Text)
        assert ink == theme.colour("text"), row.field.label
