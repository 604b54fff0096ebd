"""Safe corrections: made together, and told one by one."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from desktop.records import LEDGERS
from desktop.records.fields import Ledger, field
from desktop.rules.rulebook import Finding
from desktop.services import checks, entries, lists


def mend(session: Session, found: Iterable[Finding]) -> list[str]:
    """Make the safe corrections of ``found``; what each one did, as 唐俊 性别 女→男.

    :raises Refusal: one of them cannot be made; then none is.
    """
    told = []
    for finding in found:
        ledger, entry = LEDGERS[finding.ledger], finding.entry or 0
        names = list(finding.mend.answers) if finding.mend else []
        before = _shown(session, entries.get(session, ledger, entry), names)
        checks.mend(session, finding)
        row = entries.get(session, ledger, entry)
        after = _shown(session, row, names)
        named = getattr(row, ledger.naming, None) if ledger.naming not in names else None
        changed = (
            f"{field(ledger, name).label} {before[name] or '空'}→{after[name] or '空'}" for name in names
        )
        told.append(f"{named or ''} {'，'.join(changed)}".strip())
    return told


def _shown(session: Session, row: Ledger, names: Iterable[str]) -> dict[str, str]:
    """Answers in words, by field name."""
    known = lists.Names()
    known.learn(session, type(row), [row])
    return {name: known.text(field(type(row), name), getattr(row, name)) for name in names}
