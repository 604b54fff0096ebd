"""What is remembered for a form comes back; a settings file that makes no sense does no harm."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import MOST_SPARE, Letters, PageSetup, PaperSize, Settings

setups = st.builds(
    PageSetup,
    size=st.sampled_from(PaperSize),
    landscape=st.booleans(),
    letters=st.sampled_from(Letters),
    signed=st.booleans(),
    spare=st.integers(0, MOST_SPARE),
)


@given(setup=setups)
def test_a_page_setup_comes_back_as_it_was_kept(
    setup: PageSetup, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    Settings(file).keep_page_setup("notice", setup)
    again = Settings(file).page_setup("notice", PageSetup())
    assert again == setup
    assert isinstance(again.size, PaperSize)
    assert isinstance(again.letters, Letters)


def test_each_form_has_its_own(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.keep_page_setup("notice", PageSetup(PaperSize.A3))
    assert settings.page_setup("sign_in", PageSetup(spare=7)) == PageSetup(spare=7)


@pytest.mark.parametrize(
    "found",
    [None, 3, [], {"size": "B5", "letters": 2, "landscape": "是", "signed": 1, "spare": "5", "other": 0}],
)
def test_what_makes_no_sense_is_as_usual(tmp_path: Path, found: Any) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("print.notice", found)
    usual = PageSetup(landscape=True)
    assert settings.page_setup("notice", usual) == usual


@pytest.mark.parametrize(("found", "kept"), [(-3, 0), (9999, MOST_SPARE), (True, 5), (12, 12)])
def test_blank_rows_stay_within_reason(tmp_path: Path, found: Any, kept: int) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("print.sign_in", {"spare": found})
    assert settings.page_setup("sign_in", PageSetup()).spare == kept
