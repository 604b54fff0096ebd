"""What one cell of an .xlsx is, however a producer wrote it."""

import pytest

from desktop.excel.reading import limits
from desktop.excel.reading.grid import Cell, Fault, Number, Uncounted
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.styles import is_dated
from desktop.excel.reading.wire import letters
from tests.desktop.excel.reading.workbooks import HEAD, MAIN, cell, styles

SHARED = f'{HEAD}<sst xmlns="{MAIN}" count="9"><si><t>甲</t></si>%s</sst>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><v>341302199001011234</v></c>', Number("341302199001011234")),
        ('<c r="A1"><v> 1.2E+17 </v></c>', Number("1.2E+17")),
        ('<c r="A1" t="n"><v>0.1000</v></c>', Number("0.1000")),
        ('<c r="A1"><v>四</v></c>', "四"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Fault("#REF!")),
        ('<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>', Fault("#N/A")),
        ('<c r="A1" t="d"><v>2026-01-05</v></c>', "2026-01-05"),
        ('<c r="A1" t="str"><f>B1&amp;"x"</f><v>乙</v></c>', "乙"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Number("2")),
        ('<c r="A1"><f>1+1</f></c>', Uncounted("=1+1")),
        ('<c r="A1"><f>1+1</f><v/></c>', Uncounted("=1+1")),
        ('<c r="A1"><f>1+1</f><v></v></c>', Uncounted("=1+1")),
        ('<c r="A1"><f t="shared" si="0"/></c>', Uncounted("=")),
        ('<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲\n</t></is></c>', " 甲\n"),
        ('<c r="A1" t="inlineStr"><is><r><rPr/><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
        ('<c r="A1" t="inlineStr"><is><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c>', "张"),
        ('<c r="A1" t="inlineStr"><is><t>&#x7532;&lt;</t></is></c>', "甲<"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c>', "</row>"),
        ('<c r="A1" t="inlineStr"><is><t>甲_x000a_乙_x005F_x0041_</t></is></c>', "甲\n乙_x0041_"),
        ('<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00__xD83D_</t></is></c>', "😀\ufffd"),
        ('<c r="A1" t="inlineStr"><is><t>\x7fn5</t></is></c>', "\x7fn5"),
        ('<c r="A1" t="inlineStr"><is><t> 　\u00a0</t></is></c>', None),
        ('<c r="A1" s="1" t="inlineStr"/>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1" s="99"><v>5</v></c>', Number("5")),
        ('<c r="A1" s="甲"><v>5</v></c>', Number("5")),
        ('<c r="A1" cm="1" s="0"><v>5</v><extLst><ext><v>6</v></ext></extLst></c>', Number("5")),
    ],
)
def test_a_cell_is_what_its_xml_says(xml: str, expected: Cell) -> None:
    assert cell(xml) == expected


def test_a_shared_text_stands_where_it_is_named() -> None:
    rich = (
        '<si><r><t xml:space="preserve">乙 </t></r><r><t>丙</t></r><rPh sb="0" eb="1"><t>bing</t></rPh></si>'
    )
    strings = SHARED % (rich + "<si/><si><t/></si><!-- 注 --><si><t>丁&amp;</t></si><si><t>戊</t></si>")
    found = [cell(f'<c r="A1" t="s"><v>{at}</v></c>', strings=strings) for at in range(6)]
    assert found == ["甲", "乙 丙", None, None, "丁&", "戊"]


@pytest.mark.parametrize("index", ["1", "-1", "甲", "99999999999"])
def test_a_shared_text_that_is_not_there_is_damage(index: str) -> None:
    with pytest.raises(Unfit, match="已损坏"):
        cell(f'<c r="A1" t="s"><v>{index}</v></c>', strings=SHARED % "")


def test_a_text_longer_than_a_cell_can_be_is_refused() -> None:
    text = "甲" * limits.LONGEST_CELL
    assert cell(f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>') == text
    with pytest.raises(Unfit, match="超过 32767 个字"):
        cell(f'<c r="A1" t="inlineStr"><is><t>{text}甲</t></is></c>')


def test_a_number_in_a_date_format_is_dated() -> None:
    own = styles(0, 14, 164, 165, own={164: 'yyyy"年"m"月"', 165: '0.0"m"'})
    found = [cell(f'<c r="A1" s="{at}"><v>45000.5</v></c>', styles=own) for at in range(5)]
    assert found == [Number("45000.5", dated=at in (1, 2)) for at in range(5)]


@pytest.mark.parametrize(
    "code",
    [
        *("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy年m月", "[DBNum1][$-804]m月d日", "h:mm AM/PM"),
        *("[h]:mm:ss", "[mm]:ss", "上午/下午h时mm分", "d/m/yy;@", "[Red]yyyy", "e年"),
    ],
)
def test_a_format_with_a_mark_of_time_is_dated(code: str) -> None:
    assert is_dated(code)


@pytest.mark.parametrize(
    "code",
    [
        *("General", "G/通用格式", "0", "@", "#,##0.00_ ;[Red]-#,##0.00\\ ", '0"d"', "0\\m", "0.00E+00"),
        *("[DBNum2]0", "[$¥-804]#,##0", '0"元', "_y0", "*d0", ""),
    ],
)
def test_a_format_without_one_is_not(code: str) -> None:
    assert not is_dated(code)


def test_columns_have_the_letters_of_excel() -> None:
    assert [letters(column) for column in (1, 26, 27, 300, 702, 703, 16_384)] == [
        *("A", "Z", "AA", "KN", "ZZ", "AAA", "XFD"),
    ]
