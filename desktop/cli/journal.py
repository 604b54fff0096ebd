"""Verbs about what was done: journal, undo."""

from typing import Any

from desktop.cli.arguments import Add, Arguments, opened, print_json
from desktop.errors import Refusal
from desktop.storage.database import Store


def declare(add: Add) -> None:
    add("journal", _journal, "列出操作记录，并核对它没有被改动", as_json=True)
    add("undo", _undo, "撤销最后一次操作", as_json=True)


def _journal(chosen: Arguments) -> int:
    from desktop.services import history
    from desktop.storage import journal

    with opened(chosen) as store, store.read() as session:
        broken, cut = journal.verify(session), store.cut
        rows = (history.masked_row(session, row) for row in journal.export(session))
        if chosen.json:
            print_json(list(rows))
        else:
            for row in rows:
                print(_line(row))
    if broken is not None:
        raise Refusal("操作记录不完整", f"第 {broken} 行被改动过，或已缺失", "请从核对过的备份中恢复")
    if cut:
        raise Refusal("操作记录不完整", "最后的几行不见了", "请从核对过的备份中恢复，并查明是谁改动的")
    return 0


def _line(row: dict[str, Any]) -> str:
    what = row["after"].get("subject", "") if row["kind"] == "event" else f"{row['ledger']} {row['entry']}"
    return "\t".join([row["at"][:16].replace("T", " "), row["who"], row["operation"], what])


def _undo(chosen: Arguments) -> int:
    with opened(chosen, writes=True) as store:
        told = _back(store)
    if chosen.json:
        print_json(told)
    else:
        print(f"已撤销：{told['operation']}")
    return 0


def _back(store: Store) -> dict[str, Any]:
    from desktop.services import stepping

    with store.work("撤销") as (session, _):
        done = stepping.back(session)
        return {"batch": done.batch, "operation": done.name}
