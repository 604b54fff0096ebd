"""The invented next version is newer, and its migration follows ours."""

import ast
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from desktop import __version__
from desktop.storage import database
from freeze import versions
from freeze.freezing import ROOT
from windows import next_version


def test_the_next_version_has_a_higher_number_and_one_migration_more(tmp_path: Path) -> None:
    tree = next_version.make(ROOT, tmp_path / "tree")
    about = ast.parse((tree / "desktop" / "__init__.py").read_text("utf-8"))
    values = [
        one.value.value
        for one in ast.walk(about)
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
    ]
    assert values == [next_version.NUMBER]
    assert versions.numbers(next_version.NUMBER) > versions.numbers(__version__)
    config = Config()
    config.set_main_option("script_location", str(tree / "desktop" / "storage" / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [next_version.HEAD]
    newest = scripts.get_revision(next_version.HEAD)
    assert newest is not None
    assert newest.down_revision == database.HEAD
    assert not (tree / ".git").exists()
