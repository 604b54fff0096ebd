"""Verbs about ledgers and their entries: ledgers, fields, list, template."""

from collections.abc import Sequence
from typing import Any

from desktop.cli.arguments import Add, Arguments, opened, path, print_json, today_of
from desktop.records import LEDGERS
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import masked
from desktop.storage import rights
from desktop.storage.rights import Right


def declare(add: Add) -> None:
    add("ledgers", _ledgers, "列出台账", as_json=True)
    add("fields", _fields, "列出一个台账的栏目", as_json=True).add_argument("ledger", choices=LEDGERS)
    listing = add("list", _list, "列出一个台账的记录", as_json=True)
    listing.add_argument("ledger", choices=LEDGERS)
    listing.add_argument("--masked", action="store_true", help="隐去 JSON 中的身份证号和电话")
    listing.add_argument("--find", default="", metavar="TEXT", help="姓名、拼音首字母或号码")
    template = add("template", _template, "生成空白模板")
    template.add_argument("ledger", choices=LEDGERS)
    template.add_argument("--out", type=path, required=True, metavar="FILE")


def _ledgers(chosen: Arguments) -> int:
    listed = [
        {"name": name, "title": ledger.caption, "chapter": ledger.chapter} for name, ledger in LEDGERS.items()
    ]
    if chosen.json:
        print_json(listed)
    else:
        for one in listed:
            print(f"{one['name']:10} {one['title']}（{one['chapter']}）")
    return 0


def _fields(chosen: Arguments) -> int:
    listed = describe(LEDGERS[chosen.ledger])
    if chosen.json:
        print_json(listed)
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
    from desktop.services import audit, entries, links, lists, masking
    from desktop.services.audit import Event

    ledger, today = LEDGERS[chosen.ledger], today_of(chosen)
    numbers = masking.numbers(ledger)
    if chosen.json and numbers and not chosen.masked:  # whoever lists whole numbers is journalled
        with opened(chosen, writes=True) as store, store.work("列出") as (session, _):
            rights.require(session, Right.FULL, "未能列出")
            audit.record(session, Event.REVEAL, f"列出{ledger.caption}")
    with opened(chosen) as store, store.read() as session:
        ids = lists.ids(session, ledger, find=chosen.find)
        found = lists.rows(session, ledger, ids)
        if chosen.json:
            told = [entries.as_json(row, today) for row in found]
            print_json([_masked(numbers, one) for one in told] if chosen.masked else told)
        else:
            for row in found:
                print(f"{row.id}\t{links.title(session, row)}")
    return 0


def _masked(numbers: Sequence[Field], entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, **{one.name: masked(one.kind, entry[one.name] or "") or None for one in numbers}}


def _template(chosen: Arguments) -> int:
    from desktop.services import exporting

    with opened(chosen) as store, store.read() as session:
        exporting.template(session, LEDGERS[chosen.ledger], chosen.out)
    print(chosen.out)
    return 0
