"""Which parts of a form stand on which page.

A form of rows fills one page where its text fits: the long answers and the boxes to sign share what room
is left. Where it does not, a long answer goes on overleaf. The head of a table stands on each of its pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.paper import NOTE, ROOMY, SIGNING, Form, Grid, Measures, Paragraph, Passage, Signatures, numbered
from ui.paper import faces
from ui.paper.parts import CELL, Composer, Head, Part
from ui.paper.ruler import Ruler, Text

FEWEST = 3  # lines of a long answer that may stand alone, at the foot of a page or overleaf
GAP = 2.5  # between the blocks and what stands under them
SLACK = 0.001  # of rounding


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    :param head: ``None`` where the form's head is not repeated.
    :param end: what stands under the last block: the line to sign, then the notes.
    """

    composer: Composer
    parts: Sequence[Part]
    head: Head | None
    end: Sequence[Text]

    @property
    def form(self) -> Form:
        return self.composer.form


def pages(form: Form, measures: Measures, ruler: Ruler) -> list[Page]:
    """The pages of one form."""
    composer = Composer(form, measures, ruler)
    head = composer.head()
    again = composer.head(begun=True) if form.repeats else None
    first = measures.down - head.height
    later = measures.down - (again.height if again else 0.0)
    end = _end(form, measures, ruler)
    under = sum(text.height + GAP for text in end)
    parts = list(composer.parts())
    if sum(part.height for part in parts) + under <= first:
        return [Page(composer, _stretched(parts, first - under, composer.scale), head, end)]
    broken = list(_Breaker(composer, first, later).pages(parts))
    if sum(part.height for part in broken[-1]) + under > (first if len(broken) == 1 else later) + SLACK:
        broken.append(_overleaf(broken[-1]))
    last = len(broken) - 1
    return [
        Page(composer, page, head if number == 0 else again, end if number == last else ())
        for number, page in enumerate(broken)
    ]


def _overleaf(page: list[Part]) -> list[Part]:
    """What is taken over to stand with the last line to sign: the last row of a table, under its head."""
    if len(page) < 3 or not isinstance(page[-1].block, Grid):
        return []
    grid = page[-1].block
    head = next((part for part in page if part.block is grid and part.heading), None)
    return [head, page.pop()] if head is not None and not page[-2].heading else []


def _end(form: Form, measures: Measures, ruler: Ruler) -> list[Text]:
    """The line to sign and the notes."""
    notes = "\n".join(numbered(form.notes))
    texts = [
        ruler.text(form.foot, measures.across, faces.body(min(form.letters, 12) * measures.scale)),
        ruler.text(notes, measures.across, faces.body(NOTE * measures.scale)),
    ]
    return [text for text in texts if text.lines]


def _stretched(parts: Sequence[Part], room: float, scale: float) -> list[Part]:
    """``parts`` on one page: boxes to sign grow a little, long answers take the rest."""
    spare = room - sum(part.height for part in parts)
    boxes = [part for part in parts if isinstance(part.block, Signatures)]
    passages = [part for part in parts if isinstance(part.block, Passage)]
    each = min(spare / 4 / len(boxes), (ROOMY - SIGNING) * scale) if boxes else 0.0
    rest = (spare - each * len(boxes)) / len(passages) if passages else 0.0
    more = {Signatures: each, Passage: rest}
    return [replace(part, height=part.height + more.get(type(part.block), 0.0)) for part in parts]


class _Breaker:
    """Breaks parts over pages; no box to sign, heading or head of a table stands without what it is for."""

    def __init__(self, composer: Composer, first: float, later: float) -> None:
        self._composer, self._first, self._later = composer, first, later
        self._heads: dict[int, Part] = {}  # the first part of each block

    def pages(self, parts: Sequence[Part]) -> Iterator[list[Part]]:
        self._heads = {id(part.block): part for part in reversed(parts)}
        page: list[Part] = []
        left, fresh = self._first, 0  # how many parts a page began with
        for whole in parts:
            part = whole
            while part.height > left + SLACK:
                carried, rest = self._break(page, part, left, fresh)
                if rest is part and not carried and len(page) == fresh:
                    break  # as alone as it can be: it cannot be made smaller
                yield page
                page = [*self._again(rest, carried), *carried]
                fresh, part = len(page), rest
                left = self._later - sum(one.height for one in page)
            page.append(part)
            left -= part.height
        yield page

    def _break(self, page: list[Part], part: Part, left: float, fresh: int) -> tuple[list[Part], Part]:
        """Fill ``page`` with what it still holds of ``part``.

        :returns: what is taken from ``page`` to the next one, and what is left of ``part``.
        """
        fit = self._fit(part, left)
        alone = isinstance(part.block, Grid) and len(page) > fresh  # a row is broken only if it must be
        if not alone and fit >= FEWEST and part.lines >= 2 * FEWEST:
            head, part = self._split(part, fit, left)
            page.append(head)
            return [], part
        if isinstance(part.block, Signatures) and page and _breakable(page[-1]):
            last = page[-1]
            page[-1], tail = self._split(last, last.lines - FEWEST, last.height + left)
            return [tail], part
        carried: list[Part] = []
        while len(page) > max(fresh, 1) and page[-1].heading:
            carried.insert(0, page.pop())
        return carried, part

    def _again(self, part: Part, carried: Sequence[Part]) -> list[Part]:
        """The head of the table that goes on."""
        grid = part.block
        if not isinstance(grid, Grid) or part.heading or any(one.block is grid for one in carried):
            return []
        return [self._heads[id(grid)]]

    def _fit(self, part: Part, left: float) -> int:
        """How many lines of ``part`` have room."""
        if not part.texts or not isinstance(part.block, Passage | Paragraph | Grid):
            return 0
        return int((left - self._around(part) + SLACK) / part.texts[0].step)

    def _around(self, part: Part) -> float:
        around = {Passage: 2 * self._composer.padding, Grid: 2 * CELL}
        return around.get(type(part.block), 0.0)

    def _split(self, part: Part, fit: int, height: float) -> tuple[Part, Part]:
        """The first ``fit`` lines of ``part``, as high as the room that is left, and the rest."""
        if not isinstance(part.block, Grid):
            fit = min(fit, part.lines - FEWEST)
        first = [replace(text, lines=text.lines[:fit]) for text in part.texts]
        rest = [replace(text, lines=text.lines[fit:]) for text in part.texts]
        left = max(text.height for text in rest) + self._around(part) + self._composer.signed(part.block)
        return (
            replace(part, height=height, texts=first, ended=False),
            replace(part, height=left, texts=rest, begun=True),
        )


def _breakable(part: Part) -> bool:
    return isinstance(part.block, Passage) and part.lines >= 2 * FEWEST
