"""Check characters of resident numbers (GB 11643) and unified credit codes (GB 32100)."""

import datetime as dt
import re
from operator import mul

RESIDENT = re.compile(r"[1-9]\d{16}[\dX]")
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECK = "10X98765432"

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
CREDIT = re.compile(f"[{CREDIT_ALPHABET}]{{18}}")
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

MALE, FEMALE = "1", "2"  # GB/T 2261.1


def resident_check(number: str) -> str:
    """The check character that the first 17 digits of ``number`` ask for."""
    total = sum(map(mul, map(int, number[:17]), RESIDENT_WEIGHTS))
    return RESIDENT_CHECK[total % 11]


def birth_date(number: str) -> dt.date | None:
    """The birth date in digits 7 to 14 (or 7 to 12 of an old 15-digit number); ``None`` if no such day."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def gender(number: str) -> str | None:
    """Code of the sex that an 18-digit number states: the 17th digit is odd for men."""
    if len(number) != 18 or not number[16].isdigit():
        return None
    return MALE if int(number[16]) % 2 else FEMALE


def resident_fault(number: str, today: dt.date) -> str | None:
    """What is wrong with a resident number, as the end of a sentence; ``None`` if it holds.

    The region prefix is never judged: numbers of abolished regions stay valid.
    """
    if len(number) != 18:
        return f"有 {len(number)} 位，应为 18 位"
    if not RESIDENT.fullmatch(number):
        return "应为 17 位数字加 1 位数字或 X"
    born = birth_date(number)
    if born is None:
        return f"第 7 至 14 位 {number[6:14]} 不是有效日期"
    if not dt.date(1880, 1, 1) <= born <= today:
        return f"出生日期 {born} 不可能"
    expected = resident_check(number)
    if number[17] != expected:
        return f"末位校验码应为 {expected}，现为 {number[17]}，其中有数字写错"
    return None


def credit_check(code: str) -> str:
    """The check character that the first 17 characters of ``code`` ask for."""
    total = sum(
        CREDIT_ALPHABET.index(mark) * weight for mark, weight in zip(code[:17], CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def credit_fault(code: str) -> str | None:
    """What is wrong with a unified social credit code, as the end of a sentence; ``None`` if it holds."""
    if len(code) != 18:
        return f"有 {len(code)} 位，应为 18 位"
    if not CREDIT.fullmatch(code):
        wrong = "、".join(sorted(set(code) - set(CREDIT_ALPHABET)))
        return f"含有不该出现的字符 {wrong}"
    expected = credit_check(code)
    return None if code[17] == expected else f"末位校验码应为 {expected}，现为 {code[17]}，其中有字符写错"
