"""Shares of people, counted in whole people: 以上 includes the number, 过半数 does not (Civil Code §1259)."""

from dataclasses import dataclass

NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a body that must attend or agree.

    :param strict: the part must be exceeded; otherwise reaching it is enough.
    """

    num: int
    den: int
    strict: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.num <= self.den <= len(NUMERALS) - 1:
            raise ValueError(f"{self.num}/{self.den} is no share")

    def met(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` people are enough; integers only, so 22 of 33 is two thirds."""
        have, ask = part * self.den, whole * self.num
        return have > ask if self.strict else have >= ask

    def needed(self, whole: int) -> int:
        """The smallest number of people of ``whole`` that is enough."""
        ask = whole * self.num
        return ask // self.den + 1 if self.strict else -(-ask // self.den)

    @property
    def words(self) -> str:
        """How a clerk says it: 三分之二以上, 过半数, 半数以上."""
        if (self.num, self.den) == (1, 2):
            return "过半数" if self.strict else "半数以上"
        part = f"{NUMERALS[self.den]}分之{NUMERALS[self.num]}"
        return f"超过{part}" if self.strict else f"{part}以上"


HALF = Share(1, 2)
MORE_THAN_HALF = Share(1, 2, strict=True)
TWO_THIRDS = Share(2, 3)
