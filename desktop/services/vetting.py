"""What is wrong with a profile, or between it and its workbook, in sentences for a clerk."""

from collections import Counter
from collections.abc import Iterator, Mapping

from openpyxl.utils import coordinate_to_tuple
from openpyxl.utils import get_column_letter as letter

from desktop.excel.handed import Handed
from desktop.excel.layout import Form
from desktop.excel.profile import Identity, Profile
from desktop.excel.profiled import DATE_MARK, unknown_placeholders
from desktop.excel.understanding.wording import key as spelt
from desktop.services.sources import Source, SourceColumn, sources

MOST_WORDS = 5  # that a sentence names
SEVERAL = "等"


def check(profile: Profile, workbook: bytes) -> list[str]:
    """Everything that would make a filled workbook wrong; empty when all is well.

    :raises Refusal: the workbook cannot be read.
    """
    found = faults(profile)
    handed = Handed(workbook)
    if profile.sheet not in handed.sheets:
        return [*found, f"模板里没有名为“{profile.sheet}”的工作表，现有 {'、'.join(handed.sheets)}"]
    return [*found, *_moved(profile, handed), *_covered(profile, handed), *_not_offered(profile, handed)]


def is_filled(profile: Profile, workbook: bytes) -> bool:
    """Whether the workbook was handed in with entries in it, maybe of people.

    :raises Refusal: the workbook cannot be read.
    """
    handed = Handed(workbook)
    return profile.sheet in handed.sheets and any(_entries(profile, handed))


def faults(profile: Profile) -> list[str]:
    """What is wrong with a profile by itself; with any of it nothing is exported."""
    chosen = {one.name: one for one in sources()}.get(profile.source)
    if chosen is None:
        return [f"没有“{profile.source}”这种数据"]
    return [*_columns(profile, chosen), *_places(profile), *_totals(profile), *_patterns(profile)]


def _columns(profile: Profile, chosen: Source) -> Iterator[str]:
    if not profile.columns:
        yield "还没有对应任何一列"
    for at, count in Counter(profile.targets).items():
        if count > 1:
            yield f"{letter(at)} 列被填写了两次，请检查“每格一位”占用的列数"
    for at, rule in sorted(profile.columns.items()):
        if not rule.key:
            continue
        column = chosen.by_key.get(rule.key)
        if column is None:
            yield f"{letter(at)} 列：{chosen.caption}里没有“{rule.key}”这一项"
            continue
        if rule.identity is not Identity.PLAIN and column.form is not Form.CODE:
            yield f"{letter(at)} 列“{column.label}”不是号码，不能{rule.identity.word}"
        if (rule.parts > 1) != (rule.identity is Identity.SPLIT):
            yield f"{letter(at)} 列“{column.label}”占 {rule.parts} 列，只有“每格一位”才占几列"
        if rule.date_format and (
            column.form not in (Form.DATE, Form.MONTH) or not _has_year(rule.date_format)
        ):
            yield f"{letter(at)} 列“{column.label}”的日期写法“{rule.date_format}”用不上"


def _has_year(pattern: str) -> bool:
    return "yyyy" in DATE_MARK.findall(pattern)


def _places(profile: Profile) -> Iterator[str]:
    if not profile.header_top <= profile.header_bottom < profile.first <= profile.last:
        yield "表头行、第一行和最后一行的先后不对"
    if profile.total_row is not None and profile.first <= profile.total_row <= profile.last:
        yield f"合计在第 {profile.total_row} 行，落在要填写的第 {profile.first} 至 {profile.last} 行中间"
    for place in profile.cells:
        if profile.first <= coordinate_to_tuple(place)[0] <= profile.last:
            yield f"单元格 {place} 落在要填写的第 {profile.first} 至 {profile.last} 行中间"


def _totals(profile: Profile) -> Iterator[str]:
    if profile.totals and profile.total_row is None:
        yield "有要合计的列，但没有指明合计行"
    keys = {rule.key for rule in profile.columns.values()}
    for at, rule in sorted(profile.totals.items()):
        parts = rule.split(" / ")
        ratio = len(parts) == 2 and set(parts) <= keys
        counted = rule.startswith("count ") and profile.columns.get(at) is not None
        if not (rule == "sum" or ratio or counted):
            yield f"{letter(at)} 列的合计方法“{rule}”用不上"


def _patterns(profile: Profile) -> Iterator[str]:
    patterns: Mapping[str, str] = {
        **{f"单元格 {place}": pattern for place, pattern in profile.cells.items()},
        **{f"{letter(at)} 列": rule.constant for at, rule in profile.columns.items()},
        "文件名": profile.file_name,
    }
    for where, pattern in patterns.items():
        for name in unknown_placeholders(pattern):
            yield f"{where}里的“{{{name}}}”没有对应的内容"


def _moved(profile: Profile, handed: Handed) -> Iterator[str]:
    """Headings that are no longer where the profile saw them."""
    now = handed.headings(profile.sheet, profile.header_top, profile.header_bottom)
    where = {spelt(text): at for at, text in now.items()}
    for at in sorted(profile.columns):
        wanted, found = profile.headings.get(at, ""), now.get(at, "")
        if not wanted or spelt(wanted) == spelt(found):
            continue
        said = f"{letter(at)} 列的标题应为“{wanted}”，现为“{found or '空白'}”"
        moved = where.get(spelt(wanted))
        yield f"{said}，它现在在 {letter(moved)} 列" if moved else said


def _entries(profile: Profile, handed: Handed) -> Iterator[tuple[int, str]]:
    """Rows of the template that are to be written, and what they say already."""
    rows = max(handed.sheets[profile.sheet].rows, default=0)
    for row in range(profile.first, min(profile.last, rows) + 1):
        texts = {at: text for at, text in handed.row(profile.sheet, row).items() if at in profile.targets}
        if texts and not all(text.isdigit() for text in texts.values()):
            yield row, "、".join(texts.values())


def _covered(profile: Profile, handed: Handed) -> Iterator[str]:
    """Rows and cells of the template that are not free to be written."""
    sheet = handed.sheets[profile.sheet]
    for row, words in _entries(profile, handed):
        yield f"第 {row} 行已经有内容（{words[:40]}），填写时会被盖掉"
        break
    for span in sheet.merges:
        if span.top <= profile.last and span.bottom >= profile.first and span.right > span.left:
            yield f"要填写的第 {span.top} 行有合并的单元格，请先在模板中取消合并"
            break
    for place in profile.cells:
        row, column = coordinate_to_tuple(place)
        if any(
            span.top <= row <= span.bottom
            and span.left <= column <= span.right
            and (row, column) != (span.top, span.left)
            for span in sheet.merges
        ):
            yield f"单元格 {place} 被合并的单元格盖住，请改用合并区左上角的单元格"


def _not_offered(profile: Profile, handed: Handed) -> Iterator[str]:
    """Words of our lists that the drop-down of their column does not have."""
    offered = handed.choices(profile.sheet, profile.first)
    chosen = {one.name: one for one in sources()}.get(profile.source)
    for at, rule in sorted(profile.columns.items()):
        column = chosen.by_key.get(rule.key) if chosen else None
        if column is None or not offered.get(at):
            continue
        missing = [word for word in _written(column, rule.values) if word not in offered[at]]
        if missing:
            words = "、".join(missing[:MOST_WORDS]) + (SEVERAL if len(missing) > MOST_WORDS else "")
            yield f"{letter(at)} 列“{column.label}”的下拉选项里没有“{words}”，请写明它们在模板里的写法"


def _written(column: SourceColumn, values: Mapping[str, str]) -> Iterator[str]:
    """What the usual answers of a list become; of long lists the rare ones are not asked for."""
    for code in column.usual:
        shown = column.options[code]
        yield values.get(shown, values.get(code, shown))
