"""The verb user: who may come in and as what."""

import argparse
import os
from typing import Any

from desktop.cli.arguments import Add, Arguments, opened, path, print_json, secret_of
from desktop.errors import Refusal
from desktop.storage.keys.key import Role
from desktop.storage.trouble import as_refusal

NEW = "PINGAN_NEW_PASSWORD"


def declare(add: Add) -> None:
    tasks = add("user", _list, "账号：新增、删除、修改密码、列出").add_subparsers(
        required=True, metavar="TASK"
    )
    made = tasks.add_parser("add", help="新增账号")
    made.add_argument("name")
    made.add_argument("--role", type=_role, default=Role.ENTER, metavar="ROLE", help=_roles())
    made.set_defaults(verb=_add)
    removed = tasks.add_parser("remove", help="删除账号；录入的记录都还在")
    removed.add_argument("name")
    removed.set_defaults(verb=_remove)
    passwd = tasks.add_parser("passwd", help="修改自己的密码，管理账号可以重设别人的")
    passwd.add_argument("name", nargs="?", default=None)
    passwd.set_defaults(verb=_passwd)
    for one in (made, passwd):
        one.add_argument(
            "--new-password-file", type=path, default=None, metavar="FILE", help=f"新密码；不写时用 {NEW}"
        )
    listed = tasks.add_parser("list", help="列出账号")
    listed.add_argument("--json", action="store_true", help="以 JSON 输出")
    listed.set_defaults(verb=_list)


def _roles() -> str:
    return "、".join(f"{role.value}（{role.word}）" for role in Role) + f"；不写时是{Role.ENTER.word}"


def _role(typed: str) -> Role:
    """A role by its name or by the word that the window shows."""
    found = next((role for role in Role if typed in (role.value, role.word)), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"没有“{typed}”这种账号，请从 {_roles()} 中选择")
    return found


def _list(chosen: Arguments) -> int:
    from desktop.services import accounts

    with opened(chosen) as store:
        found = accounts.listed(accounts.Keys(store.folder))
    if chosen.json:
        print_json([{"name": one.name, "role": one.role.value} for one in found])
    else:
        for one in found:
            print(f"{one.name}\t{one.role.word}")
    return 0


def _add(chosen: Arguments) -> int:
    from desktop.services import accounts

    password = _new(chosen)
    with opened(chosen, writes=True) as store, store.work("新增账号") as (session, _):
        accounts.add(session, accounts.Keys(store.folder), chosen.name, chosen.role, password)
    print(f"已新增账号“{chosen.name}”（{chosen.role.word}）")
    return 0


def _remove(chosen: Arguments) -> int:
    from desktop.services import accounts

    with opened(chosen, writes=True) as store, store.work("删除账号") as (session, _):
        accounts.remove(session, accounts.Keys(store.folder), chosen.name)
    print(f"已删除账号“{chosen.name}”")
    return 0


def _passwd(chosen: Arguments) -> int:
    from desktop.services import accounts

    password, secret = _new(chosen), secret_of(chosen)
    old = secret.password if secret is not None else None
    with opened(chosen, writes=True) as store, store.work("修改密码") as (session, _):
        user = chosen.name or store.key.user
        accounts.passwd(session, accounts.Keys(store.folder), user, password, old=old)
    print(f"“{user}”的密码已修改")
    return 0


def _new(chosen: Arguments) -> str:
    """The new password; it never stands among the arguments, which every program of the computer can read.

    :raises Refusal: there is none, or its file cannot be read.
    """
    file: Any = chosen.new_password_file
    if file is None:
        password = os.environ.get(NEW, "")
    else:
        with as_refusal("未能读取密码文件"):
            password = file.read_bytes().decode("utf-8-sig", "replace").strip("\r\n")
    if not password:
        raise Refusal("未能设置密码", "没有给出新密码", f"请用环境变量 {NEW} 或 --new-password-file")
    return password
