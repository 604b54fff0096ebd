"""Rules over a whole period: which villages say nothing, which figures jumped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.rules.rulebook import Breach, Grade, Rulebook
from desktop.rules.standards import Standards

COUNTED = {"teams": ("team", "队伍", "支"), "people": ("member", "队员", "人")}
NAMED = 12  # villages named in one sentence


@dataclass(frozen=True, slots=True)
class Coverage:
    """A unit's period as a whole.

    :param silent: names of the villages without a team and without a zero report.
    :param unprofiled: villages that run matters but have no figures: code to name.
    :param counts: of this period, by the keys of ``Submission.counts``.
    :param last: the same of the last submission, with its period; ``None`` before the first.
    """

    standards: Standards
    silent: Sequence[str] = ()
    unprofiled: Mapping[str, str] | None = None
    counts: Mapping[str, Any] | None = None
    last: Mapping[str, Any] | None = None
    last_period: str = ""


book = Rulebook[Coverage]("team", "上报总体")


@book.rule(
    "总体-01",
    "每个村（社区）有队伍或零报告",
    source="月报零报告制度：没有的也要报告",
    grade=Grade.C,
    remedy="补录队伍，或在“上报”页做零报告",
)
def silent_villages(case: Coverage) -> Iterator[Breach]:
    if case.silent:
        more = f"等 {len(case.silent)} 个村（社区）" if len(case.silent) > NAMED else ""
        yield Breach(f"没有队伍，也没有零报告：{'、'.join(case.silent[:NAMED])}{more}", None, "village_code")


@book.rule(
    "总体-02",
    "有四议两公开事项的村有村情",
    source="应到按村情计算",
    grade=Grade.C,
    remedy="在“村情”中录入这个村的人数",
)
def no_figures(case: Coverage) -> Iterator[Breach]:
    for code, name in (case.unprofiled or {}).items():
        said = f"{name}有四议两公开事项，还没有村情，应到无从核对"
        yield Breach(said, None, "village_code", ledger="village", village=code)


@book.rule(
    "总体-03",
    "队伍、队员数与上次上报相差不大",
    source="本程序约定：增减超过 20% 要核实",
    grade=Grade.C,
    remedy="核对增减名单；确有变化的请说明",
)
def swing(case: Coverage) -> Iterator[Breach]:
    counts, last = case.counts or {}, case.last or {}
    for key, (ledger, word, unit) in COUNTED.items():
        now, then = counts.get(key), last.get(key)
        if now is None or not then or abs(now - then) * 100 <= then * case.standards.swing_percent:
            continue
        way = "增加" if now > then else "减少"
        said = (
            f"{word} {now} {unit}，比 {case.last_period} 上报的 {then} {unit}{way} {abs(now - then)} {unit}"
        )
        yield Breach(f"{said}，超过 {case.standards.swing_percent}%", None, "", ledger=ledger)
