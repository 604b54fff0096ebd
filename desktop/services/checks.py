"""审核: run every rulebook over a period, or over one entry while it is typed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Team
from desktop.records.fields import Ledger
from desktop.rules import (
    agreements,
    answers,
    coverage,
    meetings,
    members,
    procedure,
    publicity,
    rosters,
    teams,
    villages,
)
from desktop.rules.answers import Entry
from desktop.rules.members import Person
from desktop.rules.rulebook import Finding, Grade, Rulebook
from desktop.rules.standards import at
from desktop.services import cases, drafts, entries, reasons

Progress = Callable[[int, int], None]
ORDER = {ledger: place for place, ledger in enumerate(LEDGERS)}
STEP = 500  # entries between two reports of progress


def books() -> tuple[Rulebook[Any], ...]:
    """Every rulebook, in the order of their chapters in the help."""
    return (
        answers.book,
        villages.book,
        teams.book,
        members.book,
        rosters.book,
        procedure.book,
        meetings.book,
        publicity.book,
        agreements.book,
        coverage.book,
    )


def check(session: Session, period: str, today: dt.date, progress: Progress | None = None) -> list[Finding]:
    """Every finding about a period, the gravest first.

    :param progress: told how many entries are done, of how many.
    """
    span = cases.span(period, today)
    findings = [*_people(session, span, progress), *_matters(session, span), *_agreements(session, span)]
    return sorted(findings, key=_rank)


def of_entry(
    session: Session, ledger: type[Ledger], values: Mapping[str, Any], entry: int | None, today: dt.date
) -> list[Finding]:
    """What there is to say about one entry that may be unsaved or half typed.

    :param values: clean values by field name, laid over what is saved under ``entry``.
    """
    row = drafts.draft(session, ledger, values, entry)
    return sorted(drafts.findings(row, session, today), key=_rank)


def mend(session: Session, finding: Finding) -> None:
    """Make the safe correction that a finding offers.

    :raises Refusal: it offers none, its entry is gone, or its period is locked.
    """
    if finding.mend is None or finding.entry is None:
        raise Refusal("未能改正", "这一条没有可以自动改正的办法", "请打开这条记录自己改正")
    entries.write(session, LEDGERS[finding.ledger], finding.mend.answers, entry=finding.entry)


def stopping(findings: Iterable[Finding], given: Mapping[str, str]) -> list[Finding]:
    """The findings that stop a submission: an A, or a B or C without its reason.

    :param given: reasons by the findings' keys, as :func:`desktop.services.reasons.given` returns them.
    """
    return [
        finding
        for finding in findings
        if finding.grade == Grade.A or (finding.grade in reasons.ASKED and not given.get(finding.key))
    ]


def _people(session: Session, span: cases.Span, progress: Progress | None) -> Iterator[Finding]:
    all_teams = cases.current(session, Team)
    rolls = cases.rolls(session, all_teams, span)
    for squad in cases.squads(all_teams, rolls, span):
        yield from answers.book.check(Entry(squad.team))
        yield from teams.book.check(squad)
    yield from rosters.book.check(rolls)
    total, standards = cases.member_count(session, span), at(span.last)
    for done, member in enumerate(cases.members(session, span), 1):
        yield from answers.book.check(Entry(member))
        yield from members.book.check(Person(member, span.day, standards))
        if progress is not None and (done % STEP == 0 or done == total):
            progress(done, total)


def _matters(session: Session, span: cases.Span) -> Iterator[Finding]:
    found, profiles = cases.procedures(session, span), cases.profiles(session)
    for profile in cases.judged_profiles(profiles, span):
        yield from answers.book.check(Entry(profile.village))
        yield from villages.book.check(profile)
    for one in found:
        yield from answers.book.check(Entry(one.matter))
        yield from procedure.book.check(one)
        for held in cases.held(one, profiles):
            yield from answers.book.check(Entry(held.step))
            yield from meetings.book.check(held)
            yield from publicity.book.check(held)
    all_teams = cases.current(session, Team)
    yield from coverage.book.check(cases.coverage(session, span, all_teams, found, profiles))


def _agreements(session: Session, span: cases.Span) -> Iterator[Finding]:
    found = list(cases.pacts(session, span))
    for pact in found:
        yield from answers.book.check(Entry(pact.agreement))
        yield from agreements.book.check(pact)
    for row in cases.attached(session, [pact.agreement.id for pact in found], span):
        yield from answers.book.check(Entry(row))


def _rank(finding: Finding) -> tuple[str, int, int, str, str]:
    place = ORDER.get(finding.ledger, len(ORDER))
    return finding.grade, place, finding.entry or 0, finding.code, finding.field
