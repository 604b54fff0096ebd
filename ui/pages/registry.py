"""Every page of the window, in the order of the navigation; its module is read when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ui.desk import Desk
from ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation.

    :ivar group: the heading over it; entries of one group follow each other.
    :ivar keys: what opens it from everywhere.
    :ivar make: makes the page, when it is first shown.
    """

    name: str
    heading: str
    icon: str
    group: str
    keys: str
    make: Callable[[Desk], Page]


def _page(module: str, kind: str) -> Callable[[Desk], Page]:
    def make(desk: Desk) -> Page:
        page: Page = getattr(import_module(f"ui.pages.{module}"), kind)(desk)
        return page

    return make


PAGES = (
    Entry("home", "首页", "home", "", "Ctrl+1", _page("home", "HomePage")),
    Entry("team", "队伍", "team", "群防群治", "Ctrl+2", _page("rosters", "TeamPage")),
    Entry("member", "队员", "member", "群防群治", "Ctrl+3", _page("rosters", "MemberPage")),
    Entry("matter", "四议两公开", "matter", "议事与共建", "Ctrl+4", _page("matters", "MattersPage")),
    Entry(
        "agreement", "共建协议", "agreement", "议事与共建", "Ctrl+5", _page("agreements", "AgreementsPage")
    ),
    Entry("village", "村情", "village", "基础信息", "Ctrl+6", _page("rosters", "VillagePage")),
    Entry("region", "区域", "region", "基础信息", "Ctrl+7", _page("regions", "RegionsPage")),
    Entry("checks", "检查", "check", "上报", "Ctrl+8", _page("checks", "ChecksPage")),
    Entry("submit", "上报", "submit", "上报", "Ctrl+9", _page("submit", "SubmitPage")),
    Entry("templates", "模板", "template", "上报", "Ctrl+T", _page("templates", "TemplatesPage")),
    Entry("backups", "备份", "save", "其他", "Ctrl+B", _page("backups", "BackupsPage")),
    Entry("settings", "设置", "settings", "其他", "Ctrl+,", _page("settings", "SettingsPage")),
    Entry("help", "帮助", "help", "其他", "Shift+F1", _page("help", "HelpPage")),
)
ALSO = {
    "step": "matter",
    "item": "agreement",
    "activity": "agreement",
}  # ledgers that stand on another's page
