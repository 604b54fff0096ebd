"""Verbs about the unit and its periods: init, demo, check, submit, self-check, trust."""

import sys

from desktop.cli.arguments import (
    Add,
    Arguments,
    count,
    folder_of,
    opened,
    path,
    print_json,
    secret_of,
    today_of,
)
from desktop.errors import Refusal

ADMINISTRATOR = "管理员"
UNTRUSTED = 7  # the exit code that the setup looks at


def declare(add: Add) -> None:
    init = add("init", _init, "为一个乡镇或县区建立空的数据文件夹", as_json=True)
    init.add_argument("--unit", required=True, metavar="CODE")
    demo = add("demo", _demo, "建立练习乡镇，录入、检查，列出生成的草稿")
    demo.add_argument("--out", type=path, default=None, metavar="DIR", help="文件存放的文件夹")
    demo.add_argument("--members", type=count, default=None, metavar="N", help="队员人数")
    add("check", _check, "检查", as_json=True).add_argument("--period", default=None, metavar="YYYY-MM")
    submit = add("submit", _submit, "上报一期，生成文件", as_json=True)
    submit.add_argument("--period", required=True, metavar="YYYY-MM")
    submit.add_argument("--out", type=path, required=True, metavar="DIR")
    add("self-check", _self_check, "核对程序自身", as_json=True)
    trust = add("trust", _trust, "核对 FOLDER 里的新版本能不能更新本程序")
    trust.add_argument("folder", type=path, metavar="FOLDER")


def _init(chosen: Arguments) -> int:
    from desktop.services import accounts, setup

    folder, secret = folder_of(chosen), secret_of(chosen)
    if secret is None:
        raise Refusal(
            "未能初始化",
            "没有给出管理员的密码，真实数据必须加密",
            "请设置环境变量 PINGAN_PASSWORD，或用 --password-file 指定密码文件",
        )
    first = accounts.first(secret.user or ADMINISTRATOR, secret.password)
    store = setup.initialise(folder, chosen.unit, first)
    code = store.new_recovery()
    user = store.key.user
    store.close()
    if chosen.json:
        print_json({"folder": str(folder), "user": user, "recovery_code": code})
    else:
        print(f"已在“{folder}”建立数据文件夹，管理账号是“{user}”")
        print(f"恢复码：{code}")
        print("恢复码只显示这一次，请抄写或打印后锁好：忘记密码时只有它能打开数据")
    return 0


def _demo(chosen: Arguments) -> int:
    from desktop.services import demo, periods

    folder, today = folder_of(chosen), today_of(chosen)
    out = chosen.out or folder / "练习文件"
    store, drafts = demo.make(folder, today, out, chosen.members or demo.MEMBERS)
    store.close()
    period = periods.words(demo.last_month(today))
    print(f"练习乡镇已建立，{period}已录入、检查，生成的草稿（练习数据不能上报）：")
    for one in drafts:
        print(one)
    return 0


def _check(chosen: Arguments) -> int:
    from desktop.services import checks, links, periods

    today = today_of(chosen)
    period = periods.parse(chosen.period) if chosen.period else periods.of(today)
    with opened(chosen) as store, store.read() as session:
        found = checks.check(session, period, today)
        titles = [links.prefix(session, one.ledger, one.entry) for one in found]
    names = ("code", "grade", "ledger", "entry", "field", "message", "basis", "remedy")
    if chosen.json:
        print_json([{name: getattr(one, name) for name in names} for one in found])
    else:
        for one, title in zip(found, titles, strict=True):
            grade = f"{one.grade.value} {one.grade.word}"
            print(f"{grade} {one.code}\t{title}{one.message}（{one.basis}）{one.remedy}")
        print(f"共 {len(found)} 条")
    return 0


def _submit(chosen: Arguments) -> int:
    from desktop.services import periods, submitting

    period = periods.parse(chosen.period)
    with opened(chosen, writes=True) as store, store.work(f"上报{periods.words(period)}") as (session, _):
        sent = submitting.submit(session, store, period, out=chosen.out, today=today_of(chosen))
    if chosen.json:
        print_json(
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

    found = self_check.report(folder_of(chosen), secret_of(chosen))
    if chosen.json:
        print_json(found)
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    return 0 if found["integrity"] == "ok" and not found["differences"] else 1


def _trust(chosen: Arguments) -> int:
    from desktop.services import payload

    told = payload.untrusted(chosen.folder, payload.folder())
    if not told:
        print("可以更新")
        return 0
    why = told[0] if len(told) == 1 else f"{told[0]}，等 {len(told)} 处"
    print(Refusal("没有更新", f"新版本{why}", "请向发放单位重新要一份安装程序"), file=sys.stderr)
    return UNTRUSTED
