"""The verb import."""

import sys
from typing import Any

from desktop.cli.arguments import Add, Arguments, opened, path, print_json, today_of
from desktop.errors import Refusal
from desktop.records import LEDGERS


def declare(add: Add) -> None:
    importing = add("import", _import, "导入花名册、登记簿等表格", as_json=True)
    importing.add_argument("ledger", choices=LEDGERS)
    importing.add_argument("file", type=path)
    importing.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    importing.add_argument("--sheet", default=None, metavar="NAME", help="只读这一张工作表")
    importing.add_argument("--map", type=path, default=None, metavar="FILE", help="栏目对照（JSON）")
    importing.add_argument(
        "--errors", type=path, default=None, metavar="OUT.xlsx", help="把原表另存一份，标出有错的单元格"
    )
    importing.add_argument("--only-good", action="store_true", help="有错的行不导入，只导入其余的行")


def _import(chosen: Arguments) -> int:
    from desktop.services import backups, importing

    ledger = LEDGERS[chosen.ledger]
    if chosen.errors is not None:
        importing.refuse_errors(chosen.file, chosen.errors)
    learnt = importing.read_map(chosen.map, ledger) if chosen.map else None
    with opened(chosen, writes=not chosen.dry_run) as store:
        with store.read() as session:
            plan = importing.plan(
                session, ledger, chosen.file, today_of(chosen), sheet=chosen.sheet, learnt=learnt
            )
        if chosen.json:
            print_json(plan.as_json())
        else:
            _print(plan)
        refused = None
        if not chosen.dry_run:
            try:
                backups.make(store, backups.Reason.IMPORT)
                with store.work(f"导入 {chosen.file.name}"[:50]) as (session, _):
                    importing.carry_out(session, plan, only_good=chosen.only_good)
                    if learnt is not None:
                        importing.remember(session, plan, learnt)
            except Refusal as refusal:
                refused = refusal
    if chosen.errors is not None:
        imported = not chosen.dry_run and refused is None
        try:
            _write_errors(plan, chosen, imported=imported)
        except Refusal as trouble:
            if refused is not None:
                print(refused, file=sys.stderr)
            why = f"{trouble.why}，没有错的行已经导入" if imported else trouble.why
            raise Refusal(trouble.what, why, trouble.remedy) from trouble
    if refused is not None:
        raise refused
    return 0


def _print(plan: Any) -> None:
    of = plan.counts
    several = len({row.sheet for row in plan.rows}) > 1
    for note in plan.notes:
        print(note)
    print(f"共 {of.read} 行：新增 {of.new}，修改 {of.changed}，相同 {of.same}，有错 {of.wrong}")
    for row in plan.rows:
        front = f"{row.sheet}\t" if several else ""
        for finding in row.findings:
            print(f"{front}{finding.cell}\t{finding.message}")


def _write_errors(plan: Any, chosen: Arguments, *, imported: bool) -> None:
    from desktop.services import importing

    said = sys.stderr if chosen.json else sys.stdout
    if not plan.counts.wrong:
        print("没有有错的行，没有另存标注了错误的表", file=said)
        return
    importing.write_errors(plan, chosen.file, chosen.errors, imported=imported)
    print(f"标注了错误的表：{chosen.errors}", file=said)
