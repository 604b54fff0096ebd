"""What a program consists of, as plain values: of the source tree, and of the frozen program."""

import hashlib
import json
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.excel.layout import LAYOUTS
from desktop.paths import resources
from desktop.records.fields import fields
from desktop.services import checks, profiles
from desktop.services import help as pages
from desktop.storage import database
from desktop.storage.migrations.runner import SCRIPTS

SHIPPED = ("codes", "regions", "rules", "layouts", "icons", "style", "help")  # folders of resources
PACKAGES = ("desktop", "ui")
WORDS = {
    "version": "版本号",
    "modules": "程序模块",
    "ledgers": "台账",
    "rules": "检查规则",
    "migration_head": "数据库版本",
    "migrations": "数据库迁移",
    "profiles": "模板方案",
    "help": "帮助页",
    "resources": "资源文件",
}

Contents = dict[str, Any]  # key of WORDS -> a word, or name -> digest or words


def contents() -> Contents:
    """Everything that must be alike in the source tree and in what is made of it."""
    return {
        "version": __version__,
        "modules": dict.fromkeys(_modules(), ""),
        "ledgers": {ledger.__tablename__: _digest(_described(ledger)) for ledger in pages.ledgers()},
        "rules": {code: rule.demand for book in checks.books() for code, rule in book.rules.items()},
        "migration_head": database.HEAD,
        "migrations": _files(SCRIPTS, SCRIPTS.glob("versions/[0-9]*.py")),
        "profiles": {one: _digest(profiles.shipped(one)[0].as_json()) for one in LAYOUTS},
        "help": {page.name: _digest(page.html) for page in pages.pages().values()},
        "resources": _files(
            resources(), (file for name in SHIPPED for file in (resources() / name).rglob("*"))
        ),
    }


def differences(expected: Contents, found: Contents) -> list[str]:
    """A sentence for each thing that is missing, too much or not the same."""
    told = []
    for key, word in WORDS.items():
        one, other = expected.get(key), found.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            told += [f"缺少{word} {name}" for name in one if name not in other]
            told += [f"多出{word} {name}" for name in other if name not in one]
            told += [
                f"{word} {name} 与发布时不一致" for name in one if name in other and one[name] != other[name]
            ]
        elif one != other:
            told.append(f"{word}应为 {one}，实际是 {other}")
    return told


def _described(ledger: Any) -> list[str]:
    """Each field with all that is declared of it."""
    return [repr((one.name, one.label, type(one.kind).__name__, one.required)) for one in fields(ledger)]


def _modules() -> list[str]:
    """Every module of the program by name, without importing any."""
    return sorted(
        name for package in PACKAGES for name in _within(resources().parent / package, f"{package}.")
    )


def _within(folder: Path, prefix: str) -> Iterator[str]:
    for module in pkgutil.iter_modules([str(folder)], prefix):
        yield module.name
        if module.ispkg:
            yield from _within(folder / module.name.removeprefix(prefix), f"{module.name}.")


def _files(root: Path, found: Iterable[Path]) -> dict[str, str]:
    """The digest of every file by its place under ``root``."""
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(found)
        if file.is_file()
    }


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
