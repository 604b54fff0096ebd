"""Laws of every rule: it has a case that breaks it and one that keeps it, and words for a clerk."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.records import LEDGERS, Agreement, Matter, Member, Step, Team, Village
from desktop.records.fields import fields
from desktop.rules.agreements import Pact
from desktop.rules.members import Person
from desktop.rules.procedure import Procedure
from desktop.rules.rosters import sitting
from desktop.rules.rulebook import Finding, Grade, Rule, Rulebook
from desktop.rules.standards import at
from desktop.rules.teams import Squad
from desktop.rules.villages import Profile
from desktop.services import checks
from tests.desktop.rules.examples import EXAMPLES, TODAY, coverage, held, rolls

ALL: dict[str, tuple[Rulebook[Any], Rule[Any]]] = {
    code: (book, rule) for book in checks.books() for code, rule in book.rules.items()
}
NOT_ANSWERS = {"队员-09", "队伍-08"}  # consent not yet given and a team of nobody are facts, not blanks


def findings(code: str, case: Any) -> list[Finding]:
    return [finding for finding in ALL[code][0].check(case) if finding.code == code]


@pytest.mark.parametrize("code", ALL)
def test_a_case_breaks_the_rule_and_another_keeps_it(code: str) -> None:
    assert code in EXAMPLES, "every rule needs an example that breaks it and one that keeps it"
    assert findings(code, EXAMPLES[code].breaks)
    assert not findings(code, EXAMPLES[code].keeps)


def test_no_example_is_left_of_a_rule_that_is_gone() -> None:
    assert EXAMPLES.keys() == ALL.keys()


def test_a_code_names_one_rule_in_all_books() -> None:
    codes = Counter(code for book in checks.books() for code in book.rules)
    assert codes.most_common(1)[0][1] == 1


@pytest.mark.parametrize("code", ALL)
def test_a_rule_says_what_it_demands_on_what_ground_and_what_helps(code: str) -> None:
    book, rule = ALL[code]
    assert re.fullmatch(r"[\u4e00-\u9fff]{2}-\d\d", code)
    assert book.title
    for words in (rule.demand, rule.source, rule.remedy):
        assert words.strip()
        assert not words.endswith(("。", "！", "!", "."))


@pytest.mark.parametrize("code", ALL)
def test_a_finding_names_a_place_a_reason_and_a_way_out(code: str) -> None:
    for finding in findings(code, EXAMPLES[code].breaks):
        ledger = LEDGERS[finding.ledger]
        names = {one.name for one in fields(ledger)}
        assert finding.field in names | {""}
        assert not finding.message.endswith("。")
        assert finding.basis
        assert finding.remedy
        assert len(finding.key) <= 120
        assert finding.mend is None or set(finding.mend.answers) <= names


def blanks() -> Iterator[tuple[Rulebook[Any], Any]]:
    standards = at(TODAY)
    empty = {
        "村情": Profile(Village(), standards),
        "队伍": Squad(Team(), TODAY, 0),
        "队员": Person(Member(), TODAY, standards),
        "花名册查重": rolls(sitting(Member()), sitting(Member())),
        "四议两公开次序": Procedure(Matter(), [Step(), Step()], TODAY),
        "四议会议": held(Step()),
        "两公开": held(Step(step_no="5")),
        "共建协议": Pact(Agreement(), TODAY, [Agreement()]),
        "上报总体": coverage(),
    }
    for book in checks.books():
        if book.title != "必填":
            yield book, empty[book.title]


@pytest.mark.parametrize(("book", "case"), list(blanks()), ids=lambda one: getattr(one, "title", ""))
def test_a_rule_never_reports_a_blank(book: Rulebook[Any], case: Any) -> None:
    assert not [finding for finding in book.check(case) if finding.code not in NOT_ANSWERS]


def test_quorum_and_majority_ask_for_the_reviewer_and_never_block() -> None:
    assert {ALL[code][1].grade for code in ("会议-01", "会议-02")} == {Grade.B}
