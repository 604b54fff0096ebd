"""All cases: importing the subjects puts theirs into the two lists."""

from tests.corpus import (  # noqa: F401 - imported for the cases they register
    agreements,
    answers,
    files,
    formats,
    habits,
    ledgers,
    lists,
    registers,
    rosters,
    teams,
    values,
    villages,
    xml,
    zips,
)
from tests.corpus.case import BELIEVABLE, HOSTILE

__all__ = ["BELIEVABLE", "HOSTILE"]
