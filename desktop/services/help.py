"""The help pages, written from the declarations and the rulebooks, so they cannot be stale.

A place in the help is ``page`` or ``page#anchor``: ``member#id_number``, ``checks#队员-01``,
``lists#political``. Pages are plain HTML without any style; the window gives them its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from desktop.paths import changelog, resources
from desktop.records import LEDGERS, Office
from desktop.records.codes import code_list
from desktop.records.fields import Field, Ledger, derived, fields
from desktop.records.kinds import Listed, Several
from desktop.records.step import Step, StepNo, asked
from desktop.services import checks
from desktop.services.explaining import how
from desktop.storage.spelling import initials

ARTICLES = ("month", "keys", "excel", "safety")  # resources/help/*.html
OF_PAGES = {
    "home": "month",
    "submit": "month#submit",
    "templates": "excel#templates",
    "settings": "office",
    "backups": "safety#backup",
    "help": "keys",
}
RULES, LISTS, NEWS, INDEX = "checks", "lists", "news", "index"
TABLE = '<table border="1" cellspacing="0" cellpadding="5" width="100%">'
SECTION = re.compile(r'<h2><a name="(\w+)"></a>(.*?)</h2>(.*?)(?=<h2>|\Z)', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that can be looked up: a field, a rule, a list, a section."""

    place: str  # page#anchor
    title: str
    html: str

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", unescape(TAG.sub(" ", self.html))).strip()


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    title: str
    chapter: str
    html: str
    topics: tuple[Topic, ...]


def ledgers() -> tuple[type[Ledger], ...]:
    """Every ledger that has a page, the unit's own entry last."""
    return (*LEDGERS.values(), Office)


@cache
def pages() -> dict[str, Page]:
    """Every page by name, in the order of the contents."""
    written = [
        *(_article(name) for name in ARTICLES),
        *(_ledger(one) for one in ledgers()),
        _rules(),
        _lists(),
        _news(),
    ]
    found = {page.name: page for page in written}
    return {INDEX: _index(found), **found}


def topic(ledger: str, field: str = "") -> str:
    """The place that explains a field, or a ledger; the contents for one that has no page."""
    page = pages().get(ledger)
    if page is None:
        return INDEX
    place = f"{ledger}#{field}"
    return place if any(one.place == place for one in page.topics) else ledger


def located(asked_for: str) -> str:
    """The place for ``member.id_number``, a ledger, a rule's code, a page, or a place itself."""
    if "#" in asked_for:
        return asked_for
    if any(asked_for in book.rules for book in checks.books()):
        return f"{RULES}#{asked_for}"
    if asked_for in OF_PAGES:
        return OF_PAGES[asked_for]
    ledger, _, field = asked_for.partition(".")
    return topic(ledger, field)


def find(typed: str, limit: int = 30) -> list[Topic]:
    """Topics that have every typed word, in the title first; pinyin initials of titles count too."""
    words = typed.lower().split()
    if not words:
        return []
    in_title, in_text = [], []
    for one in (one for page in pages().values() for one in page.topics):
        title, short = one.title.lower(), _initials(one.title)
        if all(word in title or any(word in letters for letters in short) for word in words):
            in_title.append(one)
        elif all(word in f"{title} {one.text}".lower() for word in words):
            in_text.append(one)
    return (in_title + in_text)[:limit]


@cache
def _initials(title: str) -> tuple[str, ...]:
    return tuple(letters for part in title.split(" · ") for letters in initials(part))


def _article(name: str) -> Page:
    html = (resources() / "help" / f"{name}.html").read_text("utf-8")
    heading = re.search(r"<h1>(.*?)</h1>", html)
    title = unescape(heading[1]) if heading else name
    topics = tuple(
        Topic(f"{name}#{anchor}", f"{title} · {unescape(head)}", body)
        for anchor, head, body in SECTION.findall(html)
    )
    return Page(name, title, "怎么用", html, topics)


def _ledger(ledger: type[Ledger]) -> Page:
    name = ledger.__tablename__
    topics, rows = [], []
    for group, one in _grouped(ledger):
        html = _field(ledger, one)
        topics.append(Topic(f"{name}#{one.name}", f"{ledger.caption} · {one.label}", html))
        if group:
            rows.append(f'<tr><th colspan="2" align="left">{escape(group)}</th></tr>')
        head = f'<a name="{one.name}"></a><b>{escape(one.label)}</b>'
        rows.append(f'<tr><td width="26%">{head}</td><td>{html}</td></tr>')
    worked = "、".join(escape(one.label) for one in derived(ledger))
    after = f"<p>自动得出、不用填写的：{worked}。</p>" if worked else ""
    html = (
        f"<h1>{escape(ledger.caption)}</h1>"
        f"<p>标“必填”的栏目没填也能保存，上报之前要补齐。有关的检查见 "
        f'<a href="{RULES}">检查与依据</a>。</p>{TABLE}{"".join(rows)}</table>{after}'
    )
    return Page(name, ledger.caption, "台账栏目", html, tuple(topics))


def _grouped(ledger: type[Ledger]) -> Iterator[tuple[str, Field]]:
    """Each field, with its group's name where a group begins."""
    last = ""
    for one in fields(ledger):
        yield ("" if one.group == last else one.group), one
        last = one.group


def _field(ledger: type[Ledger], one: Field) -> str:
    need = "必填" if one.required else _steps_that_ask(one.name) if ledger is Step else ""
    parts = [f"<b>{need}。</b>" if need else "", how(one.kind) + "。"]
    if one.help:
        parts.append(escape(one.help) + "。")
    if one.aliases:
        parts.append("<br>Excel 表头也可以写：" + "、".join(escape(alias) for alias in one.aliases) + "。")
    return "".join(parts)


def _steps_that_ask(name: str) -> str:
    """Which of the six steps need an answer, for steps differ in what they ask."""
    needing = [number for number in StepNo if name in asked(number)]
    return f"第 {'、'.join(needing)} 步必填" if needing else ""


def _rules() -> Page:
    topics, parts = [], ["<h1>检查与依据</h1><p>“检查”按下面的要求逐条核对。A 必须改正；"]
    parts.append("B 需审核人说明；C 需说明原因；D 只是提示。</p>")
    for book in checks.books():
        parts.append(f'<h2><a name="{escape(book.title)}"></a>{escape(book.title)}</h2>')
        for rule in book.rules.values():
            html = (
                f"<p>等级：{rule.grade} {rule.grade.word}<br>依据：{escape(rule.source)}<br>"
                f"怎么办：{escape(rule.remedy)}</p>"
            )
            topics.append(Topic(f"{RULES}#{rule.code}", f"{rule.code} · {rule.demand}", html))
            parts.append(f'<h3><a name="{rule.code}"></a>{rule.code}　{escape(rule.demand)}</h3>{html}')
    return Page(RULES, "检查与依据", "参考", "".join(parts), tuple(topics))


def _lists() -> Page:
    topics, parts = [], ["<h1>选项表</h1><p>录入和 Excel 里都写名称；前面的代码也认得。</p>"]
    for name in list_names():
        codes = code_list(name)
        html = "、".join(f"{escape(code)} {escape(word)}" for code, word in codes.items.items())
        topics.append(Topic(f"{LISTS}#{name}", f"选项表 · {codes.title}", html))
        parts.append(f'<h3><a name="{name}"></a>{escape(codes.title)}</h3><p>{html}</p>')
    return Page(LISTS, "选项表", "参考", "".join(parts), tuple(topics))


def _news() -> Page:
    """更新说明: the CHANGELOG as it stands, a heading for each version and a line for each thing."""
    topics, parts = [], ["<h1>更新说明</h1>"]
    for version in re.split(r"^## ", changelog().read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = version.partition("\n")
        things = [" ".join(one.split()) for one in re.split(r"^- ", body, flags=re.MULTILINE)[1:]]
        html = f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in things)}</ul>"
        topics.append(Topic(f"{NEWS}#{escape(name)}", f"更新说明 · {name}", html))
        parts.append(f'<h2><a name="{escape(name)}"></a>{escape(name)}</h2>{html}')
    return Page(NEWS, "更新说明", "参考", "".join(parts), tuple(topics))


def list_names() -> list[str]:
    """The code lists that any field offers, in the order in which they are met."""
    kinds = [one.kind for ledger in ledgers() for one in fields(ledger)]
    return list(dict.fromkeys(kind.name for kind in kinds if isinstance(kind, (Listed, Several))))


def _index(written: dict[str, Page]) -> Page:
    parts, chapter = ["<h1>帮助</h1><p>在任何一栏按 F1，就到这一栏的说明。也可以在左边查找。</p>"], ""
    for page in written.values():
        if page.chapter != chapter:
            chapter = page.chapter
            parts.append(f"<h2>{chapter}</h2>")
        parts.append(f'<p><a href="{page.name}">{escape(page.title)}</a></p>')
    return Page(INDEX, "目录", "", "".join(parts), ())
