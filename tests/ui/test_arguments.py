"""What the window is started with, and what it says of what it does not know."""

import datetime as dt
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.usage import WRONG_USAGE
from ui import app
from ui.arguments import read


def test_folder_day_and_file_are_read() -> None:
    asked = read(["--data", "a b", "--today", "2026-11-23", "c.pazb"])
    assert (asked.data, asked.today, asked.file) == (Path("a b"), dt.date(2026, 11, 23), Path("c.pazb"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--nonsense"], "不认识 --nonsense"),
        (["--today", "23.11.2026"], "--today 写的 '23.11.2026' 读不懂"),
        (["--data"], "--data 后面要写一项"),
    ],
)
def test_wrong_usage_is_one_chinese_sentence(typed: list[str], told: str) -> None:
    with pytest.raises(Refusal, match="没有执行") as refused:
        read(typed)
    assert told in str(refused.value)


def test_wrong_usage_is_told_in_a_box(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Refusal] = []
    monkeypatch.setattr(app, "refused", lambda _, refusal: told.append(refusal))
    assert app.main(["--nonsense"]) == WRONG_USAGE
    assert "不认识 --nonsense" in told[0].why
