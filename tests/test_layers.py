"""Imports point down, Qt stays in the window, nothing reaches for a network, and no file grows too long."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.layers import (
    LAWS,
    cycles,
    modules,
    network,
    package_in_build,
    qt_outside_ui,
    sql_in_ui,
    too_long,
    upward,
)

ROOT = Path(__file__).resolve().parent.parent
Law = Callable[[Path], list[str]]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_program_keeps(law: Law) -> None:
    complaints = law(ROOT)
    assert not complaints, "\n".join(complaints)


def test_the_program_is_found() -> None:
    assert {"desktop", "desktop.errors"} <= modules(ROOT).keys()


def plant(root: Path, files: Mapping[str, str]) -> Path:
    for name, source in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, "utf-8")
    return root


PLANTED: dict[str, tuple[Law, dict[str, str], list[str]]] = {
    "a ledger that imports a service": (
        upward,
        {
            "desktop/records/team.py": "\nfrom desktop.services import entries\n",
            "desktop/services/entries.py": "",
        },
        ["desktop/records/team.py:2"],
    ),
    "a rule that imports storage within a function": (
        upward,
        {
            "desktop/rules/a.py": "def f() -> None:\n    import desktop.storage.b\n",
            "desktop/storage/b.py": "",
        },
        ["desktop/rules/a.py:2"],
    ),
    "the core that imports the window": (
        upward,
        {"desktop/cli.py": "from ui.app import main", "ui/app.py": ""},
        ["desktop/cli.py:1"],
    ),
    "the window that imports the command line": (
        upward,
        {"ui/app.py": "from desktop import cli", "desktop/__init__.py": "", "desktop/cli.py": ""},
        ["ui/app.py:1"],
    ),
    "a module in no layer": (upward, {"desktop/utils.py": ""}, ["desktop/utils.py:1"]),
    "Qt in the core": (
        qt_outside_ui,
        {"desktop/cli.py": "if True:\n    from PySide6.QtCore import QObject"},
        ["desktop/cli.py:2"],
    ),
    "SQL in the window": (sql_in_ui, {"ui/a.py": "from sqlalchemy import select, text"}, ["ui/a.py:1"]),
    "a socket": (
        network,
        {"desktop/cli.py": "import socket", "ui/a.py": "import os\nfrom PySide6 import QtNetwork"},
        ["desktop/cli.py:1", "ui/a.py:2"],
    ),
    "a request": (network, {"desktop/cli.py": "from urllib import request, parse"}, ["desktop/cli.py:1"]),
    "a cycle of relative imports": (
        cycles,
        {"ui/a.py": "from .b import c", "ui/b.py": "\nfrom . import c", "ui/c.py": "import ui.a"},
        ["ui/a.py:1", "ui/b.py:2", "ui/c.py:1"],
    ),
    "a cycle through a package": (
        cycles,
        {
            "ui/form/__init__.py": "from ui.form.dialog import Form",
            "ui/form/dialog.py": "from ui.form import Form",
        },
        ["ui/form/__init__.py:1", "ui/form/dialog.py:1"],
    ),
    "a long file": (too_long, {"tests/test_a.py": "\n" * 400, "build/a.py": "\n" * 401}, ["build/a.py:401"]),
    "build as a package": (package_in_build, {"build/__init__.py": ""}, ["build/__init__.py:1"]),
}


@pytest.mark.parametrize(("law", "files", "places"), PLANTED.values(), ids=PLANTED)
def test_is_caught(law: Law, files: dict[str, str], places: list[str], tmp_path: Path) -> None:
    complaints = law(plant(tmp_path, files))
    assert sorted(complaint.split(" ")[0] for complaint in complaints) == places


def test_imports_for_typing_and_within_functions_make_no_cycle(tmp_path: Path) -> None:
    a = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ui.b import B\nelse:\n    import os\n"
    b = "from ui import a\n"
    c = "def f() -> None:\n    from ui import b, d\n"
    d = "import ui.c\n"
    assert not cycles(plant(tmp_path, {"ui/a.py": a, "ui/b.py": b, "ui/c.py": c, "ui/d.py": d}))


def test_the_way_down_is_free(tmp_path: Path) -> None:
    lowest = {
        "desktop/__init__.py": "",
        "desktop/errors.py": "",
        "desktop/records/fields.py": "import sqlalchemy",
    }
    service = (
        "from desktop import __version__\nfrom desktop.errors import Refusal\nfrom ..records import fields\n"
    )
    window = (
        "from PySide6.QtCore import QObject\nfrom sqlalchemy import select\nfrom desktop.services import a\n"
    )
    planted = plant(tmp_path, {**lowest, "desktop/services/a.py": service, "ui/app.py": window})
    assert [law.__name__ for law in LAWS if law(planted)] == []
