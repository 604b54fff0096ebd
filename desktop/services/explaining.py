"""How each kind of answer is explained to a clerk, for the help pages."""

from collections.abc import Iterable
from functools import singledispatch
from html import escape

from desktop.records import LEDGERS
from desktop.records.kinds import (
    Area,
    Choice,
    CreditCode,
    Day,
    Kind,
    Link,
    Listed,
    Moment,
    Money,
    Phone,
    ResidentId,
    Scans,
    Several,
    Share,
    Truth,
    Whole,
    Words,
)

NAMED = 8  # options that are written out beside a field; longer lists are shortened and linked
NO_LIMIT = Whole().most


@singledispatch
def how(kind: Kind) -> str:
    """What to write, as simple HTML without a full stop.

    :raises TypeError: a kind that nobody has explained yet.
    """
    raise TypeError(f"no explanation for {type(kind).__name__}")


@how.register
def _(kind: Words) -> str:
    return f"文字，最多 {kind.longest} 个字" + ("，可以换行" if kind.lines else "")


@how.register
def _(kind: Whole) -> str:
    limits = f"，{kind.least} 至 {kind.most}" if kind.most < NO_LIMIT else ""
    return "整数" + (f"，单位：{escape(kind.unit)}" if kind.unit else "") + limits


@how.register
def _(kind: Money) -> str:
    return f"数字，单位：{escape(kind.unit)}，最多两位小数"


@how.register
def _(kind: Share) -> str:
    return "百分比，一位小数，如 66.7%"


@how.register
def _(kind: Day) -> str:
    return "日期，如 2026-11-05；写 2026.11.5 或 2026年11月5日 也可以"


@how.register
def _(kind: Moment) -> str:
    return "日期和时间，如 2026-11-05 09:00；只写日期也可以"


@how.register
def _(kind: Truth) -> str:
    return "是 或 否"


@how.register
def _(kind: Choice) -> str:
    return "选一项：" + _written(kind.options)


@how.register
def _(kind: Listed) -> str:
    return "选一项：" + _options(kind)


@how.register
def _(kind: Several) -> str:
    return "可选几项，用“、”隔开：" + _options(kind)


@how.register
def _(kind: ResidentId) -> str:
    return "18 位身份证号，末位可以是 X；空格和短横会自动去掉"


@how.register
def _(kind: CreditCode) -> str:
    return "18 位数字和大写字母，在营业执照或事业单位法人证书上"


@how.register
def _(kind: Phone) -> str:
    return f"电话号码，最多 {kind.longest} 位；手机号里的空格会自动去掉"


@how.register
def _(kind: Area) -> str:
    level = "村（社区）" if kind.level == "village" else "乡镇（街道）"
    return f"从列表中选择{level}，可以输入名称、拼音首字母或 12 位区划代码"


@how.register
def _(kind: Link) -> str:
    return f'从已录入的<a href="{kind.ledger}">{escape(LEDGERS[kind.ledger].caption)}</a>中选择'


@how.register
def _(kind: Scans) -> str:
    return "照片或扫描件，可以把文件拖进来；原件留底，不会改动"


def _options(kind: Listed | Several) -> str:
    codes = kind.codes
    first = [code for code in codes.offered if code in codes.items]
    names = [codes.items[code] for code in dict.fromkeys([*first, *codes.items])]
    if len(names) <= NAMED:
        return _written(names)
    more = f'<a href="lists#{kind.name}">全部 {len(names)} 项</a>'
    return f"{_written(names[:NAMED])} 等，{more}"


def _written(words: Iterable[str]) -> str:
    return "、".join(escape(word) for word in words)
