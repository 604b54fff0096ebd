"""Text with a row on each line: any encoding and separator that offices use."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.workbooks import read, tried

TEXT = '序号,姓名,备注\r\n1,"张,三",\r\n\r\n2,李四,"他说""好""\n再见"\r\n'
ROWS = {1: ("序号", "姓名", "备注"), 2: ("1", "张,三"), 4: ("2", "李四", '他说"好"\n再见')}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_each_encoding_is_found(coding: str) -> None:
    book = read(TEXT.encode(coding), "三月 名册.csv")
    assert book.sheets[0].rows == ROWS
    assert (book.kind, book.sheets[0].title, book.sheets[0].merges_known) == ("csv", "三月 名册", False)


def test_big_endian_text_is_read_by_its_mark() -> None:
    assert read(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).sheets[0].rows == ROWS


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_each_separator_is_found(separator: str) -> None:
    text = separator.join(["姓名", "地址"]) + "\n" + separator.join(["张三", "符离镇，东街；三号"]) + "\n"
    assert read(text.encode()).sheets[0].rows[2] == ("张三", "符离镇，东街；三号")


def test_a_stated_separator_is_taken() -> None:
    assert read(b"sep=|\r\na|b,c\r\n").sheets[0].rows == {1: ("a", "b,c")}


def test_one_column_is_a_table_too() -> None:
    assert read("姓名\n张三\n".encode()).sheets[0].rows == {1: ("姓名",), 2: ("张三",)}


def test_a_number_written_as_a_formula_keeps_its_digits() -> None:
    assert read(b'="341399199001011234",=1+1\n').sheets[0].rows == {1: ("341399199001011234", "=1+1")}


@pytest.mark.parametrize("text", ['a,b\n1,"x\n2,y\n', 'a\n"b"c\n', 'a\n"' + "x" * 40_000 + '"\n'])
def test_a_quote_left_open_is_refused_by_its_row(text: str) -> None:
    with pytest.raises(Unfit, match="第 2 行的引号不成对"):
        read(text.encode())


def test_wide_and_long_tables_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unfit, match="最多读到第 300 列"):
        read(("a," * 300 + "a\n").encode())
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    with pytest.raises(Unfit, match="有内容的行超过 3 行"):
        read(b"a\n" * 4)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = tried(data)
    assert found.remedy if isinstance(found, Unfit) else found.kind == "csv"
