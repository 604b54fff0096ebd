"""keyslots.json and the copy beside it: read the one that is whole, write both so that one always is."""

import contextlib
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.errors import Refusal
from desktop.storage.files import write_whole
from desktop.storage.keys import slot
from desktop.storage.keys.key import Key
from desktop.storage.keys.slot import Slot

FILE, COPY = "keyslots.json", "keyslots.json.bak"
FORMAT = 1
LARGEST = 256 * 1024  # bytes; a slot takes half a thousand


class KeysLost(Refusal):
    """Neither the key file nor its copy can be read."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a key file says.

    :param mac: over everything else, by a key that only the data key makes: it holds the slots together.
    """

    database: str
    slots: Sequence[Slot]
    mac: str

    def body(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "database": self.database,
            "slots": [one.as_json() for one in self.slots],
        }

    def sound(self, key: Key) -> bool:
        """Whether the slots are those that were written: none added, taken away or put back."""
        return hmac.compare_digest(self.mac, _mac(self.body(), key))


def read(folder: Path) -> Content:
    """The key file of ``folder``, or its copy where the file is cut off or a bit has flipped.

    :raises KeysLost: there is none, or both are damaged.
    :raises Refusal: it is of a newer program.
    """
    names = [name for name in (FILE, COPY) if (folder / name).exists()]
    for name in names:
        with contextlib.suppress(ValueError), (folder / name).open("rb") as opened:
            return parse(opened.read(LARGEST))
    state = "都已损坏" if names else "都不见了"
    raise KeysLost(
        "未能解锁数据",
        f"钥匙文件 {FILE} 和 {COPY} {state}，没有它们，任何密码和恢复码都打不开数据",
        "请从备份或以前复制的同一个数据文件夹中找回 keyslots.json，放到数据文件夹里",
    )


def there(folder: Path) -> bool:
    """Whether ``folder`` has a key file, in whatever state."""
    return any((folder / name).exists() for name in (FILE, COPY))


def write(folder: Path, database: str, slots: Sequence[Slot], key: Key) -> Content:
    """Write the file and its copy, one after the other, each whole and on the disk."""
    body = Content(database, slots, "").body()
    made = Content(database, slots, _mac(body, key))
    whole = {**body, "mac": made.mac}
    text = json.dumps({**whole, "sum": _sum(whole)}, ensure_ascii=False, indent=1).encode()
    for name in (FILE, COPY):
        write_whole(folder / name, text)
    return made


def mend(folder: Path, content: Content, key: Key) -> None:
    """Write both files again where they are not one and the same."""
    try:
        if (folder / FILE).read_bytes() == (folder / COPY).read_bytes():
            return
    except FileNotFoundError:
        pass
    write(folder, content.database, content.slots, key)


def parse(text: bytes) -> Content:
    """What the text of a key file says.

    :raises ValueError: it is cut off, a bit has flipped, or it is none.
    :raises Refusal: it is of a newer program.
    """
    found = json.loads(text)
    if not isinstance(found, dict) or found.pop("sum", "") != _sum(found):
        raise ValueError("cut off or damaged")
    if found.get("format") != FORMAT:
        raise Refusal("未能解锁数据", "这份数据由更新版本的平安台账保存", "请安装新版本后再打开")
    slots = [slot.from_json(one) for one in found["slots"]]
    return Content(str(found["database"]), slots, str(found["mac"]))


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _sum(whole: dict[str, Any]) -> str:
    """Tells damage from a wrong password; whoever changes the file on purpose can make it anew."""
    return hashlib.sha256(_canonical(whole)).hexdigest()


def _mac(body: dict[str, Any], key: Key) -> str:
    return hmac.new(key.sub("key slots"), _canonical(body), "sha256").hexdigest()
