"""Verbs about template profiles: profiles, export, profile check, make, add, save."""

import argparse
import re
import sys
from pathlib import Path

from desktop.cli.arguments import Add, Arguments, opened, path, print_json, today_of
from desktop.errors import Refusal


def declare(add: Add) -> None:
    add("profiles", _profiles, "列出模板方案", as_json=True)
    export = add("export", _export, "按模板方案导出", as_json=True)
    export.add_argument("profile", metavar="PROFILE", help="名称、内置代码（annex2）或 .pazb 文件")
    export.add_argument("--out", type=path, required=True, metavar="FILE", help="文件，或存放的文件夹")
    export.add_argument("--period", default=None, metavar="YYYY-MM")
    profile = add("profile", _check, "检查、制作、收发模板方案")
    tasks = profile.add_subparsers(required=True, metavar="TASK")
    check = tasks.add_parser("check", help="检查模板方案文件")
    check.add_argument("file", type=path)
    check.set_defaults(verb=_check)
    make = tasks.add_parser("make", help="按表头为一个工作簿制作模板方案")
    make.add_argument("template", type=path)
    make.add_argument("--source", required=True, metavar="NAME", help="填什么数据，如 member、annex2")
    make.add_argument("--out", type=path, required=True, metavar="FILE")
    make.add_argument("--sheet", default="", metavar="NAME")
    make.add_argument("--header", type=_header, default=None, metavar="N", help="表头行：4 或 4-5")
    make.add_argument("--name", default="", metavar="NAME", help="方案的名称；空白时用工作簿的名称")
    make.set_defaults(verb=_make)
    taken = tasks.add_parser("add", help="收下一个模板方案文件")
    taken.add_argument("file", type=path)
    taken.add_argument("--replace", action="store_true", help="替换同名的")
    taken.set_defaults(verb=_add)
    save = tasks.add_parser("save", help="把模板方案存为一个文件")
    save.add_argument("name")
    save.add_argument("--out", type=path, required=True, metavar="FILE")
    save.set_defaults(verb=_save)


def _header(typed: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?", typed)
    if not found or int(found[2] or found[1]) < int(found[1]):
        raise argparse.ArgumentTypeError("应为 4 或 4-5 的样子")
    return int(found[1]), int(found[2] or found[1])


def _profiles(chosen: Arguments) -> int:
    from desktop.services import profiles

    with opened(chosen) as store, store.read() as session:
        listed = [
            {
                "name": one.profile.name,
                "code": one.code or None,
                "title": one.profile.title,
                "source": one.profile.source,
                "caption": one.caption,
                "file": "内置" if one.code else "自制",
                "sheet": one.profile.sheet,
                "columns": len(one.profile.columns),
                "row_limit": one.profile.row_limit,
            }
            for one in profiles.listed(session)
        ]
    if chosen.json:
        print_json(listed)
    else:
        for one in listed:
            limit = f"，每个文件 {one['row_limit']} 行" if one["row_limit"] else ""
            print(
                f"{one['name']}（{one['code'] or one['file']}）\t{one['caption']}，{one['columns']} 列{limit}"
            )
    return 0


def _export(chosen: Arguments) -> int:
    from desktop.excel import bundle
    from desktop.services import audit, filled, periods
    from desktop.services.audit import Event

    today = today_of(chosen)
    period = periods.parse(chosen.period) if chosen.period else periods.of(today)
    file = Path(chosen.profile)
    with opened(chosen, writes=True) as store, store.work("导出") as (session, _):
        audit.record(session, Event.EXPORT_FULL, chosen.profile)
        if file.suffix.casefold() == bundle.ENDING:
            profile, workbook = bundle.load(file)
            made = filled.export(session, profile, workbook, period, target=chosen.out, today=today)
        else:
            made = filled.export_named(session, chosen.profile, period, target=chosen.out, today=today)
    if chosen.json:
        files = [{"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in made]
        print_json({"profile": chosen.profile, "period": period, "files": files})
    else:
        for one in made:
            print(one.path)
    return 0


def _check(chosen: Arguments) -> int:
    from desktop.excel import bundle
    from desktop.services import vetting

    found = vetting.check(*bundle.load(chosen.file))
    for sentence in found:
        print(sentence)
    if not found:
        print("没有发现问题")
    return 1 if found else 0


def _make(chosen: Arguments) -> int:
    from desktop.excel import bundle
    from desktop.services import proposing, sources
    from desktop.storage.trouble import as_refusal

    if chosen.source not in {one.name for one in sources.sources()}:
        names = "、".join(one.name for one in sources.sources())
        raise Refusal("未能制作模板方案", f"没有“{chosen.source}”这种数据", f"请从 {names} 中选择")
    with as_refusal(f"未能读取“{chosen.template.name}”"):
        workbook = chosen.template.read_bytes()
    header = chosen.header or proposing.header(workbook, chosen.sheet, chosen.source)
    profile = proposing.propose(workbook, chosen.sheet, header, chosen.source)
    profile = profile.renamed(chosen.name or chosen.template.stem[:50])
    target = bundle.named(chosen.out, profile.name)
    bundle.save(profile, workbook, target)
    by_key = sources.source(chosen.source).by_key
    for at, heading in profile.headings.items():
        rule = profile.columns.get(at)
        print(f"第 {at} 列“{heading}”：{by_key[rule.key].label if rule else '没有看懂，先空着'}")
    print(target)
    return 0


def _add(chosen: Arguments) -> int:
    from desktop.services import profiles, vetting

    with opened(chosen, writes=True) as store, store.work("收下模板方案") as (session, _):
        name = profiles.take_in(session, chosen.file, replace=chosen.replace).name
        found = vetting.check(*profiles.get(session, name))
    print(name)
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 0


def _save(chosen: Arguments) -> int:
    from desktop.services import profiles

    with opened(chosen) as store, store.read() as session:
        print(profiles.hand_out(session, chosen.name, chosen.out))
    return 0
