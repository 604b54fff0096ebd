"""The help pages are written from the declarations: nothing that is declared may be missing in them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records import LEDGERS, Office
from desktop.records.codes import code_list
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import Kind
from desktop.rules.rulebook import Rule
from desktop.services import checks
from desktop.services import help as written
from desktop.services.explaining import how

FIELDS = [(ledger, one) for ledger in (*LEDGERS.values(), Office) for one in fields(ledger)]
RULES = [rule for book in checks.books() for rule in book.rules.values()]
PLACES = sorted(topic.place for page in written.pages().values() for topic in page.topics)


def text(name: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", written.pages()[name].html))


@pytest.mark.parametrize(("ledger", "one"), FIELDS, ids=lambda it: getattr(it, "name", None))
def test_every_field_has_its_place_on_the_page_of_its_ledger(ledger: type[Ledger], one: Field) -> None:
    name = ledger.__tablename__
    assert written.topic(name, one.name) == f"{name}#{one.name}"
    assert f'<a name="{one.name}"></a>' in written.pages()[name].html
    assert one.label in text(name)


@pytest.mark.parametrize(("ledger", "one"), FIELDS, ids=lambda it: getattr(it, "name", None))
def test_a_field_tells_its_help_and_its_other_headings(ledger: type[Ledger], one: Field) -> None:
    found = next(
        topic
        for topic in written.pages()[ledger.__tablename__].topics
        if topic.place.endswith(f"#{one.name}")
    )
    assert one.help in found.text
    assert all(alias in found.text for alias in one.aliases)
    assert ("必填" in found.text) or not one.required


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_with_its_source_and_its_remedy(rule: Rule[object]) -> None:
    page = text(written.RULES)
    assert written.located(rule.code) == f"checks#{rule.code}"
    for said in (rule.code, rule.demand, rule.source, rule.remedy, rule.grade.word):
        assert said in page


@pytest.mark.parametrize("name", written.list_names())
def test_every_list_that_a_field_offers_is_printed_in_full(name: str) -> None:
    page = text(written.LISTS)
    assert all(f"{code} {word}" in page for code, word in code_list(name).items.items())


def test_every_link_leads_to_a_page_and_an_anchor_that_exist() -> None:
    pages = written.pages()
    for page in pages.values():
        for target in re.findall(r'href="([^"]+)"', page.html):
            name, _, anchor = target.partition("#")
            assert name in pages, f"{page.name} leads to {target}"
            assert not anchor or f'name="{anchor}"' in pages[name].html, f"{page.name} leads to {target}"


def test_the_contents_name_every_page() -> None:
    assert set(re.findall(r'href="(\w+)"', written.pages()["index"].html)) == set(written.pages()) - {"index"}


def test_the_keys_page_says_what_f1_and_f5_do() -> None:
    assert "F1" in text("keys")
    assert "F5" in text("keys")


@pytest.mark.parametrize(
    ("asked_for", "place"),
    [
        ("member.id_number", "member#id_number"),
        ("member", "member"),
        ("member.nothing", "member"),
        ("nowhere", "index"),
        ("队员-01", "checks#队员-01"),
        ("lists#political", "lists#political"),
        ("submit", "month#submit"),
        ("checks", "checks"),
    ],
)
def test_what_is_asked_for_leads_to_one_place(asked_for: str, place: str) -> None:
    assert written.located(asked_for) == place


@pytest.mark.parametrize("typed", ["身份证号", "sfzh", "队员 身份证"])
def test_words_and_initials_find_a_field(typed: str) -> None:
    assert "member#id_number" in [topic.place for topic in written.find(typed)]


def test_a_title_comes_before_a_mention() -> None:
    assert written.find("村民代表")[0].title.endswith("村民代表")


@given(st.text(max_size=12))
def test_no_search_fails_and_each_hit_is_a_place(typed: str) -> None:
    assert {topic.place for topic in written.find(typed)} <= set(PLACES)


def test_places_are_given_once() -> None:
    assert len(PLACES) == len(set(PLACES))


def test_a_kind_that_nobody_explained_is_an_error() -> None:
    with pytest.raises(TypeError, match="Kind"):
        how(Kind())


def test_the_steps_that_ask_for_an_answer_are_named() -> None:
    found = next(topic for topic in written.pages()["step"].topics if topic.place == "step#n_yes")
    assert "第 3、4 步必填" in found.text
