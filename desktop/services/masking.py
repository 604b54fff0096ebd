"""Personal numbers in running text, with their middle hidden: what hangs on a public board shows none."""

import re
import unicodedata

from desktop.records.fields import Field, Ledger, Privacy, fields
from desktop.records.kinds import Phone, ResidentId, masked

BETWEEN = r"[ \t\u00a0\u3000()（）\-‐‑－]{0,3}"  # what people write between the digits of a number
NUMBER = re.compile(rf"\d(?:{BETWEEN}\d){{9,}}(?:{BETWEEN}[XxＸｘ])?")
LOCAL = re.compile(r"((?:电话|手机|座机|联系方式|热线|微信)号?码?[\s:：为是]*)(\d{7,9})(?!\d)")
DAY = r"(?:19|20)\d\d-?(?:0?[1-9]|1[0-2])-?(?:[12]\d|3[01]|0?[1-9])"
DAYS = re.compile(rf"{DAY}[ -]?(?:{DAY})?")  # 2026-11-12-2026-11-18; no number of a person reads so
SHORTEST = 11  # digits of a mobile number, or of a landline with its area code
IDENTITY = 15  # digits of the shortest identity number


def numbers(ledger: type[Ledger]) -> list[Field]:
    """The fields of ``ledger`` that hold a number of a person, hidden on screen until it is asked for."""
    return [
        one
        for one in fields(ledger)
        if one.privacy is Privacy.PERSONAL and isinstance(one.kind, (Phone, ResidentId))
    ]


def hidden(text: str) -> str:
    """``text`` with every identity, bank and telephone number masked: 3413**********0012, 138****8000.

    Dates, amounts and counts stay: they have fewer digits.
    """
    return LOCAL.sub(lambda found: found[1] + _masked(found[2]), NUMBER.sub(_hide, text))


def _hide(found: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", found[0])
    digits = "".join(mark for mark in plain if mark.isdigit() or mark in "xX")
    short = len(digits) < SHORTEST and not digits.startswith("0")
    return found[0] if short or DAYS.fullmatch(found[0]) else _masked(digits)


def _masked(digits: str) -> str:
    if len(digits) <= 7:
        return digits[:3] + "*" * (len(digits) - 3)
    return masked(ResidentId() if len(digits) >= IDENTITY else Phone(), digits)
