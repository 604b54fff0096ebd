"""One part of other people's that the program carries, and the words of the licences we keep here."""

from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "licences"  # of parts whose wheels do not bring their own
Texts = tuple[tuple[str, str], ...]  # file name in the folder of notices, words


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    :param version: empty where its makers do not say which one they took.
    :param licence: an SPDX expression.
    :param texts: the words of its licences.
    :param purl: what a vulnerability scanner knows it by; empty where there is no such name.
    :param of: the part it is compiled into; empty for one of its own.
    :param holder: whose it is, where the words of the licence do not say so.
    """

    name: str
    version: str
    licence: str
    source: str
    texts: Texts
    purl: str = ""
    of: str = ""
    holder: str = ""


def texts(*names: str) -> Texts:
    return tuple((name, (TEXTS / name).read_text("utf-8")) for name in names)
