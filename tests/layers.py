"""The laws of the source tree, each a function from a folder to complaints that begin with file:line."""

import ast
import graphlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LAYERS = (
    {"desktop"},  # desktop/__init__.py: the version
    {"desktop.errors", "desktop.paths", "desktop.settings", "desktop.usage"},
    {"desktop.records"},
    {"desktop.rules"},
    {"desktop.storage"},
    {"desktop.excel", "desktop.paper", "desktop.word"},
    {"desktop.services"},
    {"desktop.cli", "desktop.__main__"},
    {"ui"},
)
NOT_FOR_UI = LAYERS[-2]  # two ways in, side by side
QT = ("PySide6", "shiboken6")
SQL = {"delete", "insert", "text", "update"}
NETWORK = (
    *(
        "PySide6.QtNetwork",
        "PySide6.QtWebSockets",
        "aiohttp",
        "asyncio",
        "ftplib",
        "http",
        "httpx",
        "imaplib",
    ),
    *(
        "poplib",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "urllib.request",
        "urllib3",
        "xmlrpc",
    ),
)
LONGEST = 400  # lines


@dataclass(frozen=True)
class Import:
    """One name one module imports, such as ``desktop.records.fields`` or ``sqlalchemy.select``."""

    module: str
    place: str  # file:line
    wanted: str
    runs: bool  # when the module is imported, so not within a function or under TYPE_CHECKING


def modules(root: Path) -> dict[str, Path]:
    files = (file for part in ("desktop", "ui") for file in sorted((root / part).rglob("*.py")))
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


def imports(root: Path) -> list[Import]:
    return [
        Import(module, f"{file.relative_to(root).as_posix()}:{line}", wanted, runs)
        for module, file in modules(root).items()
        for line, wanted, runs in statements(file, module)
    ]


def statements(file: Path, module: str) -> Iterator[tuple[int, str, bool]]:
    """The line of each imported name, the name in full, and whether importing the module imports it."""
    waiting: list[tuple[ast.AST, bool]] = [(ast.parse(file.read_text("utf-8"), str(file)), True)]
    while waiting:
        node, runs = waiting.pop()
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, runs) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, module, is_package=file.name == "__init__.py")
            yield from ((node.lineno, f"{source}.{alias.name}", runs) for alias in node.names)
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        is_typing = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        skipped = node.body if is_typing and isinstance(node, ast.If) else []
        children = ast.iter_child_nodes(node)
        waiting += ((child, runs and not is_function and child not in skipped) for child in children)


def absolute(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    climbed = parts[: len(parts) - node.level + is_package]
    return ".".join([*climbed, *([node.module] if node.module else [])])


def within(name: str, *parents: str) -> bool:
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def target(wanted: str, known: Mapping[str, Path]) -> str | None:
    """The module of ours that a wanted name is, or is defined in."""
    while wanted and wanted not in known:
        wanted = wanted.rpartition(".")[0]
    return wanted or None


def rank(module: str) -> int:
    """The layer of a module, counted from below; -1 for none."""
    found = (
        number
        for number, layer in enumerate(LAYERS)
        if module in layer or (number and within(module, *layer))
    )
    return next(found, -1)


def upward(root: Path) -> list[str]:
    known = modules(root)
    strays = [
        f"{file.relative_to(root).as_posix()}:1 在哪一层" for name, file in known.items() if rank(name) < 0
    ]
    for each in imports(root):
        found = target(each.wanted, known)
        if not found:
            continue
        beside = within(each.module, "ui") and within(found, *NOT_FOR_UI)
        if beside or rank(found) > rank(each.module):
            strays.append(f"{each.place} {each.module} 不能导入 {found}")
    return strays


def qt_outside_ui(root: Path) -> list[str]:
    return [
        f"{each.place} 只有 ui 可以导入 {each.wanted}"
        for each in imports(root)
        if not within(each.module, "ui") and within(each.wanted, *QT)
    ]


def sql_in_ui(root: Path) -> list[str]:
    return [
        f"{each.place} ui 不写 SQL：{each.wanted}"
        for each in imports(root)
        if within(each.module, "ui")
        and within(each.wanted, "sqlalchemy")
        and each.wanted.rpartition(".")[2] in SQL
    ]


def network(root: Path) -> list[str]:
    return [f"{each.place} 不联网：{each.wanted}" for each in imports(root) if within(each.wanted, *NETWORK)]


def cycles(root: Path) -> list[str]:
    """The steps of one import cycle, if there is any."""
    known = modules(root)
    graph: dict[str, dict[str, str]] = {name: {} for name in known}  # module: what it imports, and where
    for each in imports(root):
        found = target(each.wanted, known)
        if each.runs and found and found != each.module:
            graph[each.module].setdefault(found, each.place)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        around: list[str] = error.args[1]  # each is imported by the next
        return [f"{graph[upper][lower]} 循环导入 {lower}" for lower, upper in itertools.pairwise(around)]
    return []


def too_long(root: Path) -> list[str]:
    files = (
        file for part in ("desktop", "ui", "build", "tests") for file in sorted((root / part).rglob("*.py"))
    )
    lengths = (
        (file.relative_to(root).as_posix(), len(file.read_text("utf-8").splitlines())) for file in files
    )
    return [f"{name}:{length} 超过 {LONGEST} 行" for name, length in lengths if length > LONGEST]


def package_in_build(root: Path) -> list[str]:
    """``build/__init__.py`` would hide the package of that name that others install."""
    return ["build/__init__.py:1 不应存在"] if (root / "build" / "__init__.py").exists() else []


LAWS = (upward, qt_outside_ui, sql_in_ui, network, cycles, too_long, package_in_build)
