"""Which target a heading means: own words first, then aliases, never a guess."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from openpyxl.utils import column_index_from_string

from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Column, Table, Target
from desktop.excel.understanding.targets import targets
from desktop.excel.understanding.wording import forms, key
from desktop.records.fields import Ledger, derived, fields
from desktop.records.kinds import Scans

ERRORS = "错误说明"  # the column that our own error workbook adds
NUMBERS = ("序号", "序", "序列", "行号", "编码序号", "no", "项次")
COUNTIES = ("县区", "县市区", "区县", "县", "市县区", "县级", "所属县区", "省", "市", "省份", "地市")
ASIDE = (*NUMBERS, *COUNTIES, ERRORS, "签字", "签名", "本人签字", "签章", "盖章")
STEP = re.compile(r"^\s*第[一二三四五六123456]步\s*[::、.]?\s*(?=\S)")
UNDER, JOINED, ALONE, BELOW = range(4)  # under its own heading; joined with it; no heading above; another's
GRADES = 6  # three forms of a heading, each as a word and as an alias
FIRST_BELOW = BELOW * GRADES + 1  # makes a claim better than every one under a common heading
FIRST = -10  # what the clerk said comes before everything


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's headings.

    :param number: of the column, counted from 1.
    :param levels: from top to bottom, the column's own last; blanks and repetitions left out.
    :param loose: its upper heading is not merged over it, it is only taken to continue.
    """

    number: int
    levels: Sequence[str]
    loose: bool = False

    @property
    def shown(self) -> str:
        return "／".join(" ".join(level.split()) for level in self.levels)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The headings that mean something in one ledger, by their keys.

    :param words: of headings that count anywhere, with how good a word each is.
    :param below: the same of words that count only under a common heading, by that heading.
    :param aside: headings that are known and never read.
    :param spelled: headings in their plainest spelling, to see cheaply that a row may be one of headings.
    """

    ledger: type[Ledger]
    targets: Sequence[Target]
    words: Mapping[str, list[tuple[int, int, Target]]]
    below: Mapping[str, Mapping[str, list[tuple[int, int, Target]]]]
    aside: frozenset[str]
    spelled: frozenset[str]
    _claims: dict[tuple[tuple[str, ...], bool], list[tuple[int, int, int, Target]]] = field(
        default_factory=dict
    )

    def claims(self, heading: Heading) -> Sequence[tuple[int, int, int, Target]]:
        """What a heading may mean, each with its rank (0 is best), the target's and the word's order."""
        known = (tuple(heading.levels), heading.loose)
        if known not in self._claims:
            self._claims[known] = sorted(self._found(heading), key=lambda one: one[:3])
        return self._claims[known]

    def is_aside(self, heading: Heading) -> bool:
        grades = forms(heading.levels[-1]) + forms("".join(heading.levels))
        return any(word in self.aside for grade in grades for word in grade)

    def named(self, text: str) -> Target | None:
        """The target that a clerk's choice names: its name, its label, or any heading that means it."""
        for one in self.targets:
            if text in (one.name, one.label):
                return one
        best = self.claims(Heading(0, (text,)))
        return best[0][3] if best else None

    def _found(self, heading: Heading) -> Iterator[tuple[int, int, int, Target]]:
        *upper, leaf = heading.levels
        common = False
        for above in upper:
            for word in (*_all_forms(above), *_all_forms(STEP.sub("", above))):
                if word in self.below:
                    common = True
                    yield from self._graded(UNDER, leaf, self.below[word])
        if upper:
            yield from self._graded(JOINED, "".join(heading.levels), self.words)
        for rank, order, at, one in self._graded(BELOW if upper else ALONE, leaf, self.words):
            if not common:
                yield rank, order, at, one
            elif rank % 2 == 0:  # under 审议 only a whole word counts as if alone: 备注, 审议时间, not 类别
                own = heading.loose and one.ledger == self.ledger.__tablename__
                yield (rank - FIRST_BELOW if own else rank), order, at, one

    def _graded(
        self, mode: int, text: str, words: Mapping[str, list[tuple[int, int, Target]]]
    ) -> Iterator[tuple[int, int, int, Target]]:
        for grade, variants in enumerate(forms(text)):
            for word in variants:
                for alias, order, one in words.get(word, ()):
                    yield mode * GRADES + grade * 2 + bool(alias), order, alias, one


@cache
def vocabulary(ledger: type[Ledger]) -> Vocabulary:
    """The words of ``ledger``, made once."""
    words: dict[str, list[tuple[int, int, Target]]] = defaultdict(list)
    below: dict[str, dict[str, list[tuple[int, int, Target]]]] = defaultdict(lambda: defaultdict(list))
    known = targets(ledger)
    for order, one in enumerate(known):
        for word in one.words:
            words[key(word)].append((0, order, one))
        if not one.above:
            for at, word in enumerate(one.aliases, 1):
                words[key(word)].append((at, order, one))
        for above in one.above:
            for at, word in enumerate(one.aliases):
                below[key(above)][key(word)].append((at, order, one))
    aside = {key(word) for word in ASIDE} | {key(one.label) for one in derived(ledger)}
    aside |= {key(one.label) for one in fields(ledger) if isinstance(one.kind, Scans)}
    spelled = {word for one in known if not one.above for word in (*one.words, *one.aliases)}
    spelled = {word for word in (*spelled, *ASIDE) if len(word) > 1}
    return Vocabulary(ledger, known, words, below, frozenset(aside - set(words)), frozenset(spelled))


def assign(headings: Sequence[Heading], words: Vocabulary, learnt: Learnt) -> list[Column]:
    """Each column with its target; a target that two columns claim goes to the better claim.

    Of equal claims the one further left wins; the other column takes its next best, or stays unknown.
    """
    said = {one.number: _said(one, words, learnt) for one in headings}
    claims: list[tuple[int, int, int, int, Target]] = []
    for heading in headings:
        chosen = said[heading.number]
        if isinstance(chosen, Target):
            claims.append((FIRST, 0, 0, heading.number, chosen))
        elif chosen is None:
            claims += [(*one[:3], heading.number, one[3]) for one in words.claims(heading)]
    answered: dict[int, Target] = {}
    taken: set[str] = set()
    for *_, number, one in sorted(claims, key=lambda claim: claim[:4]):
        if number not in answered and one.name not in taken:
            answered[number] = one
            taken.add(one.name)
    _continue(headings, words, answered, said)
    return [
        Column(
            one.number,
            one.shown,
            answered.get(one.number),
            one.number not in answered and (said[one.number] is False or words.is_aside(one)),
        )
        for one in headings
    ]


def _continue(
    headings: Sequence[Heading],
    words: Vocabulary,
    answered: dict[int, Target],
    said: Mapping[int, Target | bool | None],
) -> None:
    """Short words behind a column of a step belong to it too: 代表应到, 代表实到, 赞成."""
    for heading in headings:
        before = answered.get(heading.number - 1)
        if (
            heading.number in answered
            or before is None
            or not before.above
            or said[heading.number] is not None
        ):
            continue
        part, _, _ = before.name.rpartition(".")
        taken = {one.name for one in answered.values()}
        for _, _, _, one in words.claims(Heading(0, (before.above[0], heading.levels[-1]))):
            if len(heading.levels) == 1 and one.name.startswith(f"{part}.") and one.name not in taken:
                answered[heading.number] = one
                break


def proposals(heading: str, above: str, ledger: type[Ledger]) -> Target | None:
    """What a heading means in ``ledger`` when it stands alone, under ``above`` where that is not blank."""
    if not key(heading):
        return None
    best = vocabulary(ledger).claims(Heading(0, (above, heading) if above else (heading,)))
    return best[0][3] if best else None


def signature(tables: Sequence[Table]) -> str:
    """SHA-256 over the headings, to know a file of the same kind again; sheets with equal ones count once.

    The column of our own error workbook does not count: it is the clerk's file still.
    """
    named = ([key(one.heading) for one in table.columns] for table in tables)
    rows = dict.fromkeys("\t".join(word for word in row if word != key(ERRORS)) for row in named)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def letters(name: str) -> int | None:
    """The number of the column called ``C`` or ``AB``; ``None`` for a text that is no column's letters."""
    if not (name.isascii() and name.isalpha() and name.isupper() and len(name) <= 2):
        return None
    return column_index_from_string(name)


def _said(heading: Heading, words: Vocabulary, learnt: Learnt) -> Target | bool | None:
    """What the clerk said about a column; ``False`` to leave it aside, ``None`` if nothing."""
    for said, meant in learnt.columns.items():
        shown = {key(heading.shown), key(heading.levels[-1])} if heading.levels else set()
        if letters(said) == heading.number or key(said) in shown:
            return words.named(meant) or False if meant else False
    return None


def _all_forms(text: str) -> Sequence[str]:
    return [word for grade in forms(text) for word in grade]
