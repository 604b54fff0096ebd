"""Wrong usage of the command line: exit 2 and one Chinese sentence, and help without a word of English."""

import re

import pytest

from desktop import cli

ENGLISH = re.compile(
    r"\b(argument|require|invalid|expected|choose|unrecognized|usage|show|option|error)", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ([], "缺少 VERB"),
        (["fly"], "VERB 没有 'fly' 这一项"),
        (["submit"], "缺少 --period, --out"),
        (["--today"], "--today 后面要写一项"),
        (["--today", "abc", "check"], "--today 写的 'abc' 读不懂"),
        (["check", "--json=3"], "--json 后面不能写 '3'"),
        (["check", "--fly"], "不认识 --fly"),
        (["backup", "--to="], "--to 路径是空的"),
    ],
)
def test_wrong_usage_is_one_sentence(typed: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(typed)
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert said.startswith(f"没有执行：{why}")
    assert said.count("\n") == 1
    assert not ENGLISH.search(said)


@pytest.mark.parametrize("typed", [["--help"], ["submit", "--help"], ["template", "--help"]])
def test_help_is_chinese(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(typed)
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("用法：")
    assert not ENGLISH.search(said)
