"""The letters of printed papers: what the form asks for, or the nearest that this computer has."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

ANY_CHINESE = ("Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei")
TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体", "SimSun", *ANY_CHINESE)
HEADING = ("黑体", "SimHei", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
BODY = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "宋体", "SimSun", *ANY_CHINESE)
THIN = {"宋体", "SimSun"}  # printed bold where it stands in for 小标宋


@cache
def title(points: float) -> QFont:
    """小标宋, the letters of titles."""
    font = _first(TITLE, points)
    font.setBold(font.family() in THIN)
    return font


@cache
def heading(points: float) -> QFont:
    """黑体, the letters of headings."""
    return _first(HEADING, points)


@cache
def body(points: float) -> QFont:
    """仿宋, the letters of everything else."""
    return _first(BODY, points)


def _first(wanted: tuple[str, ...], points: float) -> QFont:
    here = set(QFontDatabase.families())
    found = [family for family in wanted if family in here]
    font = QFont()
    font.setFamilies(found or list(wanted))
    font.setPointSizeF(points)
    return font
