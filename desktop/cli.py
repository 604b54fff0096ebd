"""The command line: every task of the program without the window.

Exit 0 done, 1 refused (one Chinese sentence on stderr: what, why, remedy), 2 usage.
"""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop import __version__, paths
from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.fields import Ledger, fields
from desktop.storage import database
from desktop.storage.database import Store
from desktop.storage.trouble import as_refusal

Arguments = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = _parser().parse_args(arguments)
    try:
        with as_refusal("未能完成"):
            verb: Callable[[Arguments], int] = chosen.verb
            return verb(chosen)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pingan", description="平安台账：录入、检查、上报")
    parser.add_argument("--data", type=_path, default=None, metavar="DIR", help="数据文件夹")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="把这一天当作今天"
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def add(
        name: str, work: Callable[[Arguments], int], words: str, *, as_json: bool = False
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=words, description=words)
        made.set_defaults(verb=work)
        if as_json:
            made.add_argument("--json", action="store_true", help="以 JSON 输出")
        return made

    add("init", _init, "为一个乡镇或县区建立空的数据文件夹").add_argument(
        "--unit", required=True, metavar="CODE"
    )
    demo = add("demo", _demo, "建立练习乡镇，录入、检查、上报，列出生成的文件")
    demo.add_argument("--out", type=_path, default=None, metavar="DIR", help="文件存放的文件夹")
    demo.add_argument("--members", type=_count, default=None, metavar="N", help="队员人数")
    add("ledgers", _ledgers, "列出台账", as_json=True)
    add("fields", _fields, "列出一个台账的栏目", as_json=True).add_argument("ledger", choices=LEDGERS)
    listing = add("list", _list, "列出一个台账的记录", as_json=True)
    listing.add_argument("ledger", choices=LEDGERS)
    listing.add_argument("--find", default="", metavar="TEXT", help="姓名、拼音首字母或号码")
    template = add("template", _template, "生成空白模板")
    template.add_argument("ledger", choices=LEDGERS)
    template.add_argument("--out", type=_path, required=True, metavar="FILE")
    importing = add("import", _import, "导入填好的模板", as_json=True)
    importing.add_argument("ledger", choices=LEDGERS)
    importing.add_argument("file", type=_path)
    importing.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    add("check", _check, "检查", as_json=True).add_argument("--period", default=None, metavar="YYYY-MM")
    submit = add("submit", _submit, "上报一期，生成文件", as_json=True)
    submit.add_argument("--period", required=True, metavar="YYYY-MM")
    submit.add_argument("--out", type=_path, required=True, metavar="DIR")
    add("self-check", _self_check, "核对程序自身", as_json=True)
    return parser


def _count(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError("应为 1 以上的整数")
    return number


def _path(typed: str) -> Path:
    """A path as typed, ``~`` for one's own folder; an empty one is wrong usage."""
    if not typed.strip():
        raise argparse.ArgumentTypeError("路径是空的")
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"没有“{typed}”这个文件夹") from None


def _folder(chosen: Arguments) -> Path:
    folder: Path = chosen.data or paths.data()
    return folder


def _today(chosen: Arguments) -> dt.date:
    return chosen.today or dt.date.today()


@contextmanager
def _opened(chosen: Arguments, *, writes: bool = False) -> Iterator[Store]:
    store = database.open_folder(_folder(chosen), exclusive=writes)
    try:
        yield store
    finally:
        store.close()


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _init(chosen: Arguments) -> int:
    from desktop.services import setup

    setup.initialise(_folder(chosen), chosen.unit).close()
    print(f"已在“{_folder(chosen)}”建立数据文件夹")
    return 0


def _demo(chosen: Arguments) -> int:
    from desktop.services import demo, periods

    folder, today = _folder(chosen), _today(chosen)
    out = chosen.out or folder / "上报文件"
    store, sent = demo.make(folder, today, out, chosen.members or demo.MEMBERS)
    store.close()
    print(f"练习乡镇已建立，{periods.words(sent.period)}已上报（第 {sent.version} 版），生成的文件：")
    for one in sent.files:
        print(one["path"])
    return 0


def _ledgers(chosen: Arguments) -> int:
    listed = [
        {"name": name, "title": ledger.caption, "chapter": ledger.chapter} for name, ledger in LEDGERS.items()
    ]
    if chosen.json:
        _print_json(listed)
    else:
        for one in listed:
            print(f"{one['name']:10} {one['title']}（{one['chapter']}）")
    return 0


def _fields(chosen: Arguments) -> int:
    listed = describe(LEDGERS[chosen.ledger])
    if chosen.json:
        _print_json(listed)
    else:
        for one in listed:
            print(f"{one['name']:18} {one['label']} {'必填' if one['required'] else ''}")
    return 0


def describe(ledger: type[Ledger]) -> list[dict[str, Any]]:
    """Each field's name, label, kind, required and list (the code list's name, or ``None``)."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "kind": type(one.kind).__name__.lower(),
            "required": one.required,
            "list": getattr(one.kind, "name", None),
        }
        for one in fields(ledger)
    ]


def _list(chosen: Arguments) -> int:
    from desktop.services import entries, links, lists

    ledger, today = LEDGERS[chosen.ledger], _today(chosen)
    with _opened(chosen) as store, store.read() as session:
        ids = lists.ids(session, ledger, find=chosen.find)
        found = lists.rows(session, ledger, ids)
        if chosen.json:
            _print_json([entries.as_json(row, today) for row in found])
        else:
            for row in found:
                print(f"{row.id}\t{links.title(session, row)}")
    return 0


def _template(chosen: Arguments) -> int:
    from desktop.services import exporting

    with _opened(chosen) as store, store.read() as session:
        exporting.template(session, LEDGERS[chosen.ledger], chosen.out)
    print(chosen.out)
    return 0


def _import(chosen: Arguments) -> int:
    from desktop.services import importing

    with _opened(chosen, writes=not chosen.dry_run) as store:
        with store.read() as session:
            plan = importing.plan(session, LEDGERS[chosen.ledger], chosen.file, _today(chosen))
        if chosen.json:
            _print_json(plan.as_json())
        else:
            of = plan.counts
            for heading in plan.unknown:
                print(f"没有用到的列：{heading}")
            print(f"共 {of.read} 行：新增 {of.new}，修改 {of.changed}，相同 {of.same}，有错 {of.wrong}")
            for row in plan.rows:
                for finding in row.findings:
                    print(f"{finding.cell}\t{finding.message}")
        if not chosen.dry_run:
            with store.work(f"导入 {chosen.file.name}") as (session, _):
                importing.carry_out(session, plan)
    return 0


def _check(chosen: Arguments) -> int:
    from desktop.services import checks, links, periods

    today = _today(chosen)
    period = periods.parse(chosen.period) if chosen.period else periods.of(today)
    with _opened(chosen) as store, store.read() as session:
        found = checks.check(session, period, today)
        titles = [links.prefix(session, one.ledger, one.entry) for one in found]
    names = ("code", "grade", "ledger", "entry", "field", "message", "basis", "remedy")
    if chosen.json:
        _print_json([{name: getattr(one, name) for name in names} for one in found])
    else:
        for one, title in zip(found, titles, strict=True):
            grade = f"{one.grade.value} {one.grade.word}"
            print(f"{grade} {one.code}\t{title}{one.message}（{one.basis}）{one.remedy}")
        print(f"共 {len(found)} 条")
    return 0


def _submit(chosen: Arguments) -> int:
    from desktop.services import periods, submitting

    period = periods.parse(chosen.period)
    with _opened(chosen, writes=True) as store, store.work(f"上报{periods.words(period)}") as (session, _):
        sent = submitting.submit(session, store.folder, period, out=chosen.out, today=_today(chosen))
    if chosen.json:
        _print_json(
            {
                "period": sent.period,
                "version": sent.version,
                "files": list(sent.files),
                "findings": sent.findings,
            }
        )
    else:
        print(f"{periods.words(period)}已上报（第 {sent.version} 版）")
        for one in sent.files:
            print(one["path"])
    return 0


def _self_check(chosen: Arguments) -> int:
    from desktop.services import self_check

    found = self_check.report(_folder(chosen))
    if chosen.json:
        _print_json(found)
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    return 0 if found["integrity"] == "ok" else 1
