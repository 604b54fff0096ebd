"""Verbs about backups: backup, backups, verify, restore, salvage."""

import datetime as dt
from pathlib import Path
from typing import Any

from desktop.cli.arguments import Add, Arguments, folder_of, opened, path, print_json, secret_of
from desktop.errors import Refusal
from desktop.storage.backups.manifest import Backup
from desktop.storage.keys.key import Secret

NOT_FOUND = "未能恢复备份"


def declare(add: Add) -> None:
    backup = add("backup", _backup, "备份，核对后保存", as_json=True)
    backup.add_argument("--to", type=path, default=None, metavar="DIR", help="再备份到这个文件夹（U 盘）")
    listed = add("backups", _backups, "列出备份", as_json=True)
    listed.add_argument("--in", dest="root", type=path, default=None, metavar="DIR", help="列出 U 盘上的备份")
    listed.add_argument(
        "--on", type=dt.date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="那一天的"
    )
    add("verify", _verify, "核对全部备份和扫描件", as_json=True)
    restore = add("restore", _restore, "恢复到一份备份；恢复前的数据会先备份", as_json=True)
    restore.add_argument("backup", nargs="?", metavar="BACKUP", help="备份的名称，或它的文件夹")
    restore.add_argument("--undo", action="store_true", help="撤销上一次恢复")
    salvage = add("salvage", _salvage, "从损坏的数据文件中抢救记录", as_json=True)
    salvage.add_argument("file", type=path, metavar="FILE")
    salvage.add_argument("--out", type=path, required=True, metavar="DIR", help="抢救出的数据放到这个文件夹")


def _backup(chosen: Arguments) -> int:
    from desktop.services import backups

    with opened(chosen) as store:
        if chosen.to is None:
            made = backups.make(store, backups.Reason.ASKED)
            told = f"已备份并核对：{made.name}（{backups.counts(made)}）"
        else:
            copied = backups.copy(store, chosen.to, dt.datetime.now())
            made, told = copied.backup, backups.copied_words(copied)
    print_json(_plain(made)) if chosen.json else print(told)
    return 0


def _backups(chosen: Arguments) -> int:
    from desktop.services import backups, moving
    from desktop.storage.backups import listing

    folder = folder_of(chosen)
    if chosen.root is not None and not chosen.root.is_dir():
        raise Refusal("未能列出备份", f"没有“{chosen.root}”这个文件夹", "请检查路径，或插好 U 盘")
    if chosen.root is not None and moving.possible(folder):
        found = moving.found(chosen.root)
    else:
        found = listing.listed(chosen.root or folder, backups.unlocked(secret_of(chosen), folder))
    if chosen.on is not None:
        found = [one for one in [listing.on(found, chosen.on)] if one is not None]
    if chosen.json:
        print_json([_plain(one) for one in found])
    else:
        for one in found:
            state = "完好" if one.sound else "损坏"
            told = (one.name, one.reason, backups.counts(one), backups.size(one), state)
            print("\t".join(told if chosen.root is None else (*told, moving.unit(one), str(one.folder))))
        print(f"共 {len(found)} 份")
    return 0


def _verify(chosen: Arguments) -> int:
    from desktop.services import backups

    folder = folder_of(chosen)
    checked = backups.check_all(folder, backups.unlocked(secret_of(chosen), folder))
    if chosen.json:
        print_json({"backups": [_plain(one) for one in checked.backups], "lost_scans": checked.lost})
    else:
        print(checked.words())
    return 1 if checked.damaged or checked.lost else 0


def _restore(chosen: Arguments) -> int:
    from desktop.services import backups, moving

    folder, secret = folder_of(chosen), secret_of(chosen)
    if not chosen.undo and not chosen.backup:
        raise Refusal(NOT_FOUND, "没有写明恢复哪一份", "请用 backups 列出备份，写上它的名称")
    if chosen.undo and chosen.backup:
        raise Refusal(NOT_FOUND, "又写了备份，又写了 --undo", "请只写其中一个")
    if moving.possible(folder) and not chosen.undo:
        store, done = moving.arrive(folder, Path(chosen.backup).absolute(), secret)
    else:
        backup = None if chosen.undo else _found(folder, chosen.backup, secret)
        store, done = backups.restore_closed(folder, secret, backup, take_over=chosen.take_over)
    store.close()
    print_json(_plain(done.backup)) if chosen.json else print(backups.restored_words(done))
    return 0


def _salvage(chosen: Arguments) -> int:
    from desktop.services import backups
    from desktop.storage.keys import keyfile
    from desktop.storage.salvage import saving

    beside: Path = chosen.file.parent
    keys = beside if (beside / keyfile.FILE).exists() else folder_of(chosen)
    report = saving.salvage(chosen.file, backups.unlocked(secret_of(chosen), keys), keys, chosen.out)
    if chosen.json:
        ledgers = [{"title": one.title, "read": one.read, "missing": one.missing} for one in report.parts]
        print_json({"pages": report.pages, "ledgers": ledgers, "lost_scans": report.scans})
    else:
        print("\n".join(report.lines()))
    return 0


def _found(folder: Path, name: str, secret: Secret | None) -> Backup:
    """The backup that was meant, by its name or as a folder anywhere."""
    from desktop.services import backups
    from desktop.storage.backups import listing, manifest

    outside = Path(name).absolute()
    key = backups.unlocked(secret, folder, outside)
    named = next((one for one in listing.listed(folder, key) if one.name == name), None)
    found = named or manifest.read(outside, key)
    if found is None:
        raise Refusal(NOT_FOUND, f"没有“{name}”这份备份", "请用 backups 列出备份，写上它的名称")
    return found


def _plain(backup: Backup) -> dict[str, Any]:
    return {
        "name": backup.name,
        "folder": str(backup.folder),
        "made_at": backup.made_at.isoformat(timespec="seconds"),
        "reason": backup.reason.value,
        "sequence": backup.sequence,
        "counts": dict(backup.counts),
        "size": backup.size,
        "scans": backup.scans,
        "sound": backup.sound,
    }
