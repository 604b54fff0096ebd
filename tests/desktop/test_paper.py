"""How large a form is on its paper, and how titles and file names are made to fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paper import LEAST, LONGEST_NAME, MM, Form, ems, file_name, measures, title
from desktop.settings import Letters, PageSetup, PaperSize

A3 = PageSetup(PaperSize.A3)


def test_what_grows_is_larger_on_larger_paper() -> None:
    grown, same = (measures(Form("", (), grows=grows), A3) for grows in (True, False))
    assert grown.scale == pytest.approx(2**0.5)
    assert same.scale == 1
    assert same.across > grown.across


def test_larger_letters_are_larger() -> None:
    scales = [measures(Form("", ()), PageSetup(letters=letters)).scale for letters in Letters]
    assert scales == sorted(set(scales))


@given(st.text("关于北元村ABC“”12", max_size=120), st.sampled_from(Letters))
def test_a_title_keeps_its_letters_and_fits_its_paper(words: str, letters: Letters) -> None:
    form = Form(words, (), head=22)
    paper = measures(form, PageSetup(letters=letters))
    points, lines = title(form, paper, words)
    assert "".join(lines) == words
    assert form.head * paper.scale * LEAST - 0.01 <= points <= form.head * paper.scale
    assert all(ems(line) * points * MM <= paper.across + points * MM for line in lines)


@given(st.text(max_size=200))
def test_a_file_name_is_one_that_every_file_system_takes(words: str) -> None:
    name = file_name(words)
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set('\\/:*?"<>|\n\x00')
