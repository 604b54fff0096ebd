"""The zip around a workbook: odd ones are read, hostile ones are refused by their cause."""

import io
import stat
import struct
import warnings
import zipfile

import pytest

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.workbooks import links, parts, read, sheet, tried, workbook, zipped

ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
PART = "xl/worksheets/sheet1.xml"


def rows(data: bytes) -> dict[int, object]:
    return dict(read(data).sheets[0].rows)


def with_members(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A sound workbook with more members at its end."""
    file = io.BytesIO(zipped(parts(ROWS)))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def patched(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """The zip with bytes of a member's entry in the central directory replaced."""
    at = data.index(name.encode(), data.index(b"PK\x01\x02")) - 46 + offset
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize(
    ("member", "why"),
    [
        ("../evil.xml", "路径"),
        ("xl/../../evil.xml", "路径"),
        ("..\\evil.xml", "路径"),
        ("/etc/evil.xml", "路径"),
        ("C:\\evil.xml", "路径"),
        (PART, "重名"),
        ("XL/Worksheets/SHEET1.xml", "重名"),
        ("xl\\worksheets\\sheet1.xml", "重名"),
    ],
)
def test_a_member_with_a_hostile_name_is_refused(member: str, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read(with_members((member, b"<a/>")))


def test_too_many_members_are_refused() -> None:
    with pytest.raises(Unfit, match="2000 个部分"):
        read(with_members(*((f"x{at}", b"") for at in range(2_000))))


def test_a_member_that_is_a_link_is_no_part() -> None:
    link = zipfile.ZipInfo("xl/strings.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert rows(with_members((link, b"/etc/passwd"))) == {1: ("甲",)}


def test_an_encrypted_member_is_a_password() -> None:
    with pytest.raises(Unfit, match="有密码"):
        read(patched(zipped(parts(ROWS)), PART, 8, b"\x01\x00"))


def test_a_rare_compression_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts(ROWS).items():
            archive.writestr(name, content)
    with pytest.raises(Unfit, match="少见的压缩方式"):
        read(file.getvalue())


@pytest.mark.parametrize("offset", [16, 20, 24, 42])  # crc, packed, unpacked, where it begins
@pytest.mark.parametrize("value", [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x05\x00\x00\x00"])
def test_a_directory_that_lies_about_a_member_is_damage(offset: int, value: bytes) -> None:
    data = patched(zipped(parts(ROWS)), PART, offset, value)
    found = tried(data)
    if isinstance(found, Unfit):
        assert found.why == limits.damaged().why
    else:
        assert found.sheets[0].rows == {1: ("甲",)}


def test_junk_around_a_zip_is_read_past() -> None:
    data = zipped(parts(ROWS))
    assert rows(b"junk" * 10 + data) == rows(data + b"\0" * 500) == {1: ("甲",)}


@pytest.mark.parametrize("kept", [0.02, 0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(kept: float) -> None:
    whole = zipped(parts(ROWS))
    with pytest.raises(Unfit, match="已损坏"):
        read(whole[: int(len(whole) * kept)])


def test_a_wrong_checksum_is_damage() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts(ROWS).items():
            archive.writestr(name, content)
    with pytest.raises(Unfit, match="已损坏"):
        read(file.getvalue().replace("甲".encode(), "乙".encode()))


@pytest.mark.parametrize(
    ("limit", "most", "why"),
    [
        ("LARGEST_PART", 1_000_000, "解开后超过 0 MB"),
        ("LARGEST_UNPACKED", 1_000_000, "解开后超过 0 MB"),
        ("STEEPEST", 100, "压缩炸弹"),
    ],
)
def test_a_bomb_is_counted_while_it_unpacks(
    limit: str, most: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, most)
    monkeypatch.setattr(limits, "STEEP_FROM", 100_000)
    bomb = zipped(parts(ROWS) | {PART: sheet(ROWS + " " * 2_000_000)})
    declared = patched(bomb, PART, 24, struct.pack("<I", 3_000_000))
    for data in (bomb, declared):
        with pytest.raises(Unfit, match=why):
            read(data)


def test_members_over_each_other_are_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 100_000)
    titles = [f"表{at}" for at in range(20)]
    content = parts() | {
        "xl/workbook.xml": workbook(*titles),
        "xl/_rels/workbook.xml.rels": links(*(("worksheet", "worksheets/sheet1.xml") for _ in titles)),
        PART: sheet(" " * 10_000),
    }
    with pytest.raises(Unfit, match="解开后超过"):
        read(zipped(content))


def test_shared_texts_have_a_limit_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_STRINGS", limits.MEGA)
    with pytest.raises(Unfit, match="解开后超过 1 MB"):
        read(zipped(parts(ROWS) | {"xl/strings.xml": b"<sst>" + b" " * 2 * limits.MEGA + b"</sst>"}))


def test_parts_may_have_any_name_and_be_named_in_any_way() -> None:
    content = {
        "_RELS/.RELS": links(
            ("extended-properties", "docProps/app.xml"), ("officeDocument", "/Data/Book%201.XML")
        ),
        "data/book 1.xml": workbook("甲"),
        "data/_rels/book 1.xml.rels": links(("worksheet", "../other\\First.xml")),
        "other/first.xml": sheet(ROWS),
    }
    assert rows(zipped(content)) == {1: ("甲",)}


def test_a_workbook_without_root_relationships_is_found_by_its_usual_name() -> None:
    content = parts(ROWS)
    del content["_rels/.rels"]
    assert rows(zipped(content)) == {1: ("甲",)}


@pytest.mark.parametrize("part", [PART, "xl/workbook.xml", "xl/styles.xml", "xl/strings.xml", "_rels/.rels"])
@pytest.mark.parametrize("content", [b"", b"<broken", b"\xff\xfe\0", b"<other/>"])
def test_a_broken_part_is_damage(part: str, content: bytes) -> None:
    data = zipped(parts(ROWS) | {part: content})
    if content == b"<other/>" and part in ("xl/styles.xml", "_rels/.rels"):  # says nothing, breaks nothing
        assert rows(data) == {1: ("甲",)}
        return
    with pytest.raises(Unfit, match="已损坏"):
        read(data)
