"""What a password must be, rule by rule, so that a window can show each as it is met."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.errors import Refusal

SHORTEST, LONGEST = 8, 128  # characters; the longest only keeps a pasted document out
COMMON = """
a1234567 a12345678 a123456789 aa123456 aa12345678 abc12345 abc123456 abcd1234 abcd12345 admin123
admin1234 admin888 asd12345 asd123456 iloveyou1 password1 password12 password123 passw0rd p@ssw0rd
pingan123 pingan888 q1w2e3r4 q1w2e3r4t5 qq123456 qq123456789 qwe12345 qwe123456 qwer1234 qwert123
qwerty12 qwerty123 test1234 w1234567 wang1234 woaini123 woaini520 woaini1314 x1234567 zaq12wsx
zxc12345 zxc123456 zxcv1234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 123456aa 123456abc 12345678a 123456789a
123qweasd 123abc123 123qwe123 520woaini 5201314a a5201314 a1b2c3d4 letmein1 welcome1 suzhou123
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a password must be; ``met`` takes the password and the user's name."""

    words: str
    met: Callable[[str, str], bool]


RULES = (
    Rule(f"不少于 {SHORTEST} 位", lambda password, _: len(password) >= SHORTEST),
    Rule(
        "既有字母又有数字",
        lambda password, _: any(map(str.isalpha, password)) and any(map(str.isdigit, password)),
    ),
    Rule("不含自己的名字", lambda password, name: not _names(password, name)),
    Rule("不是常见密码", lambda password, _: bool(password) and password.casefold() not in COMMON.split()),
)


def unmet(password: str, name: str) -> list[Rule]:
    """The rules that ``password`` of the user ``name`` does not meet yet."""
    return [rule for rule in RULES if not rule.met(password, name)]


def refuse_weak(password: str, name: str, what: str) -> None:
    """Refuse a password that does not meet every rule.

    :raises Refusal: it begins with ``what``.
    """
    if len(password) > LONGEST:
        raise Refusal(what, f"密码有 {len(password)} 位", f"请设在 {LONGEST} 位以内")
    if left := unmet(password, name):
        wanted = "、".join(rule.words for rule in left)
        raise Refusal(what, f"密码还不符合要求：{wanted}", "请换一个密码")


def refuse_unlike(password: str, again: str, what: str) -> None:
    """Refuse a password that was typed differently the second time."""
    if password != again:
        raise Refusal(what, "两次输入的密码不一样", "请再输入一遍")


def _names(password: str, name: str) -> bool:
    """Whether the name stands in the password, or is all of it but a few letters."""
    typed, own = password.casefold(), name.strip().casefold()
    return not typed or (len(own) > 1 and own in typed) or typed == own
