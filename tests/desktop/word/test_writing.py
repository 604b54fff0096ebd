"""A document that cannot be written leaves the old one, and every kind of block has its place in it."""

from pathlib import Path
from typing import get_args

import docx
import pytest
from docx.oxml.ns import qn

from desktop.errors import Refusal
from desktop.paper import Column, Form, Grid, Heads, Line, Paragraph, Passage, Row, Signatures, Ticks, Tone
from desktop.settings import PageSetup, PaperSize
from desktop.word import writing

A4 = PageSetup()
ROWS: tuple[Row, ...] = (
    Ticks("事由", (("群众建议", True), ("干部提议", False))),
    Line("时间", "2026年11月5日"),
    Heads("人员", (("应到", "33 人"), ("实到", "22 人"), ("比例", "66.7%"))),
    Heads("主持", (("主持人", "周建国"), ("记录人", "李秀兰"))),
    Passage("内容", "一段\n二段", signed="签字："),
    Signatures("签字", "王卫东"),
)


def save(form: Form, folder: Path, setup: PageSetup = A4) -> Path:
    writing.save(folder / "a.docx", [form], setup)
    return folder / "a.docx"


def test_every_kind_of_row_is_written(tmp_path: Path) -> None:
    assert {type(row) for row in ROWS} == set(get_args(Row))
    (table,) = docx.Document(str(save(Form("表", ROWS), tmp_path))).tables
    text = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in text] == ["事由", "时间", "人员", "主持", "内容", "签字"]
    assert text[0][-1] == "☑ 群众建议　☐ 干部提议"
    assert list(dict.fromkeys(text[2])) == ["人员", "应到", "33 人", "实到", "22 人", "比例", "66.7%"]
    assert list(dict.fromkeys(text[3])) == ["主持", "主持人", "周建国", "记录人", "李秀兰"]
    assert text[4][-1].splitlines() == ["一段", "二段", "签字：\t年　　月　　日"]
    assert text[5][-1] == "王卫东"


def test_a_kind_of_block_that_is_not_known_is_refused_loudly(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no way to write a block of type str"):
        save(Form("表", ("一",)), tmp_path)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_paragraphs_stand_as_their_tone_says(tmp_path: Path) -> None:
    blocks = [Paragraph(tone.value, tone) for tone in Tone]
    document = docx.Document(str(save(Form("公告", blocks, letters=16), tmp_path)))
    made = {line.text: line.paragraph_format for line in document.paragraphs}
    assert made["body"].first_line_indent == made["heading"].first_line_indent == 2 * 16 * 12700
    assert made["address"].first_line_indent is None
    assert made["heading"].keep_with_next
    assert str(made["closing"].alignment) == "RIGHT (2)"


def test_each_form_begins_a_page_of_its_own(tmp_path: Path) -> None:
    writing.save(tmp_path / "a.docx", [Form(f"第{number}张", ROWS) for number in (1, 2, 3)], A4)
    document = docx.Document(str(tmp_path / "a.docx"))
    titles = [line for line in document.paragraphs if line.text.startswith("第")]
    assert [bool(line.paragraph_format.page_break_before) for line in titles] == [False, True, True]


def test_the_head_of_a_list_repeats_and_its_rows_stay_whole(tmp_path: Path) -> None:
    form = Form("表", (Grid((Column("序号", 1), Column("姓名", 3)), [("1", "张爱民"), ("2", "李秀兰")]),))
    document = docx.Document(str(save(form, tmp_path, PageSetup(PaperSize.A3, landscape=True))))
    (table,) = document.element.body.tbl_lst
    marks = [[part.tag for part in row.trPr] for row in table.tr_lst]
    assert [qn("w:tblHeader") in found for found in marks] == [True, False, False]
    assert all(qn("w:cantSplit") in found for found in marks)
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in document.tables[0].rows]
    assert [bool(keep) for keep in kept] == [True, False, True]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1] == ["1", "张爱民"]


def test_a_document_that_cannot_be_written_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    (tmp_path / "a.docx.part").mkdir()
    with pytest.raises(Refusal, match=r"未能保存“a\.docx”"):
        save(Form("表", ROWS), tmp_path)
    assert target.read_bytes() == b"old"
