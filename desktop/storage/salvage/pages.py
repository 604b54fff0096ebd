"""The pages of a database file, decrypted one by one without SQLite; each proves by its MAC that it is whole.

The layout is that of SQLCipher 4: 4,016 bytes encrypted with AES-256-CBC, 16 bytes of IV, 64 bytes of
HMAC-SHA512 over both and the page number; the first page begins with the 16 bytes of salt.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop.storage import engine as engines
from desktop.storage.keys.key import Key

SIZE, USABLE, IV, MAC = 4096, 4016, 16, 64  # bytes
WAL_HEAD, FRAME_HEAD = 32, 24  # bytes
MASK, ROUNDS = 0x3A, 2  # how SQLCipher makes the key of the MAC


class Pages:
    """What can be read of ``file`` and of the write-ahead log beside it, in memory only.

    :ivar whole: page number to its 4,016 bytes; the first 16 of page 1 are zeros.
    :ivar damaged: how many pages are not as they were written.
    """

    def __init__(self, file: Path, key: Key) -> None:
        self._key, salt = key.sub("database"), engines.salt(key)
        masked = bytes(one ^ MASK for one in salt)
        self._mac = hashlib.pbkdf2_hmac("sha512", self._key, masked, ROUNDS, len(self._key))
        self.whole: dict[int, bytes] = {}
        content = file.read_bytes()
        for number in range(1, -(-len(content) // SIZE) + 1):
            self._take(number, content[(number - 1) * SIZE : number * SIZE])
        total = -(-len(content) // SIZE)
        wal = file.with_name(f"{file.name}-wal")
        if wal.exists():
            for number, page in _frames(wal.read_bytes()):
                self._take(number, page)
                total = max(total, number)
        self.damaged = total - len(self.whole)

    def _take(self, number: int, page: bytes) -> None:
        skipped = engines.SALT if number == 1 else 0
        sealed = page[skipped : USABLE + IV]
        mac = hmac.new(self._mac, sealed + number.to_bytes(4, "little"), "sha512").digest()
        if len(page) == SIZE and hmac.compare_digest(mac, page[-MAC:]):
            iv = sealed[-IV:]
            opened = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
            self.whole[number] = bytes(skipped) + opened.update(sealed[:-IV]) + opened.finalize()


def _frames(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The pages of a write-ahead log, up to the last one that was committed."""
    salts = content[16:24]
    waiting: list[tuple[int, bytes]] = []
    for at in range(WAL_HEAD, len(content) - FRAME_HEAD - SIZE + 1, FRAME_HEAD + SIZE):
        head = content[at : at + FRAME_HEAD]
        if head[8:16] != salts:
            return  # of an earlier round
        page = at + FRAME_HEAD
        waiting.append((int.from_bytes(head[:4], "big"), content[page : page + SIZE]))
        if any(head[4:8]):  # the last of a transaction
            yield from waiting
            waiting = []
