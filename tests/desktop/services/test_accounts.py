"""Accounts: who may change which, what is written down, and that somebody can always come in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Member, Office
from desktop.records.fields import Base
from desktop.records.keeping import JournalRow
from desktop.services import accounts, audit, entries, exporting, invented, setup, submitting
from desktop.services.accounts import Keys
from desktop.services.audit import Event
from desktop.storage import database, rights, tracking
from desktop.storage.database import Store
from desktop.storage.keys.key import Role, Secret
from desktop.storage.rights import Right
from tests.conftest import EARNEST, OFFICE, TODAY

ADMIN = Secret("李敏", "fuli2026ok")
PASSWORD = "gongzuo2026"  # noqa: S105 - of invented people


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = setup.start(tmp_path / "data", invented.area_list(1, EARNEST), f"{EARNEST}101000", OFFICE, ADMIN)
    yield store
    store.close()


def add(store: Store, user: str, role: Role) -> Secret:
    with store.work("新增账号") as (session, _):
        accounts.add(session, Keys(store.folder), user, role, PASSWORD)
    return Secret(user, PASSWORD)


def be(store: Store, secret: Secret) -> None:
    store.lock_up()
    store.unlock(secret)


def told(store: Store) -> str:
    with store.read() as session:
        return "\n".join(str(row.after) for row in session.query(JournalRow).filter_by(ledger=audit.LEDGER))


def test_a_colleague_is_added_and_it_is_written_down(store: Store) -> None:
    secret = add(store, "张爱民", Role.ENTER)
    assert [(one.name, one.role) for one in accounts.listed(Keys(store.folder))] == [
        ("李敏", Role.ADMIN),
        ("张爱民", Role.ENTER),
    ]
    assert "张爱民（录入）" in told(store)
    be(store, secret)
    assert store.key.role is Role.ENTER


@pytest.mark.parametrize(("user", "password"), [("李敏", PASSWORD), (" ", PASSWORD), ("王五", "12345678")])
def test_a_name_twice_none_or_a_weak_password_is_refused_and_not_written_down(
    store: Store, user: str, password: str
) -> None:
    with pytest.raises(Refusal), store.work("新增账号") as (session, _):
        accounts.add(session, Keys(store.folder), user, Role.ENTER, password)
    assert len(Keys(store.folder).users()) == 1
    assert Event.ACCOUNT_ADDED not in told(store)


def test_the_last_administrator_and_oneself_stay(store: Store) -> None:
    add(store, "王建国", Role.ADMIN)
    with pytest.raises(Refusal, match="您自己"), store.work("测试") as (session, _):
        accounts.remove(session, Keys(store.folder), "李敏")
    with store.work("测试") as (session, _):
        accounts.remove(session, Keys(store.folder), "王建国")
    assert [one.name for one in Keys(store.folder).users()] == ["李敏"]


def test_ones_own_password_needs_the_old_one(store: Store) -> None:
    be(store, add(store, "张爱民", Role.READ))
    with pytest.raises(Refusal, match="密码不对"), store.work("测试") as (session, _):
        accounts.passwd(session, Keys(store.folder), "张爱民", "xinmima2027", old="nonsense1")
    with store.work("测试") as (session, _):
        accounts.passwd(session, Keys(store.folder), "张爱民", "xinmima2027", old=PASSWORD)
    be(store, Secret("张爱民", "xinmima2027"))


def test_an_administrator_resets_a_password_and_a_clerk_does_not(store: Store) -> None:
    clerk, reviewer = add(store, "张爱民", Role.ENTER), add(store, "赵志刚", Role.REVIEW)
    with store.work("测试") as (session, _):
        accounts.passwd(session, Keys(store.folder), "张爱民", "xinmima2027")
    be(store, reviewer)
    with pytest.raises(Refusal, match="请由角色为管理的同事"), store.work("测试") as (session, _):
        accounts.passwd(session, Keys(store.folder), clerk.user, "xinmima2028")
    be(store, Secret("张爱民", "xinmima2027"))


def test_a_role_is_changed_with_a_new_password(store: Store) -> None:
    add(store, "张爱民", Role.ENTER)
    with store.work("测试") as (session, _):
        accounts.change_role(session, Keys(store.folder), "张爱民", Role.REVIEW, "xinmima2027")
    be(store, Secret("张爱民", "xinmima2027"))
    assert store.key.role is Role.REVIEW


MAY = {
    Role.READ: set[Right](),
    Role.ENTER: {Right.ENTER, Right.FULL},
    Role.REVIEW: {Right.ENTER, Right.FULL, Right.REASON, Right.SUBMIT, Right.RETURN},
    Role.ADMIN: set(Right),
}


@pytest.mark.parametrize("role", Role)
def test_what_each_role_may_do(role: Role) -> None:
    assert {right for right in Right if rights.may(role, right)} == MAY[role]


def test_every_operation_with_a_right_refuses_whoever_has_it_not(store: Store) -> None:
    """Its right is asked first: the refusal comes whatever else it would have been given."""
    import importlib

    known = dict(rights.OPERATIONS)
    assert {Right.SUBMIT, Right.RETURN, Right.REASON, Right.FULL, Right.ACCOUNTS} <= set(known.values())
    secrets = {role: ADMIN if role is Role.ADMIN else add(store, f"角色{role.word}", role) for role in Role}
    for role, secret in secrets.items():
        be(store, secret)
        for name, right in known.items():
            if rights.may(role, right):
                continue
            module, _, function = name.rpartition(".")
            operation = getattr(importlib.import_module(module), function)
            with store.read() as session, pytest.raises(Refusal, match=f"不能{right}"):
                operation(session)


def test_a_reader_writes_to_no_table_but_the_audit_trail(store: Store) -> None:
    """Whatever is handed to the session, by whatever road: the flush is refused before it is tried."""
    be(store, add(store, "刘看看", Role.READ))
    for table in (mapper.class_ for mapper in Base.registry.mappers):
        if table.__tablename__ != rights.AUDIT:
            with pytest.raises(Refusal, match="的角色是“查阅”"), store.work("测试") as (session, _):
                session.add(table())


def test_a_reader_may_be_written_down_as_having_looked(store: Store) -> None:
    be(store, add(store, "刘看看", Role.READ))
    with store.work("登录") as (session, _):
        audit.record(session, Event.LOGIN, "刘看看")
    assert "刘看看" in told(store)


def test_a_clerk_enters_but_changes_no_settings(store: Store) -> None:
    be(store, add(store, "张爱民", Role.ENTER))
    with store.work("录入") as (session, _):
        entries.save(session, Member, {"name": "张三"})
    with pytest.raises(Refusal, match="不能修改本单位的设置"), store.work("设置") as (session, _):
        entries.save(session, Office, {"filler": "别人"}, entry=1)


def test_a_practice_unit_stays_one_and_is_never_submitted(tmp_path: Path) -> None:
    listed = invented.area_list(1)
    town = f"{invented.PREFIX}101000"
    for folder, answers in ((tmp_path / "a", {**OFFICE, "practice": "是"}), (tmp_path / "b", OFFICE)):
        store = setup.start(folder, listed, town, answers)
        with pytest.raises(Refusal, match="练习乡镇的数据不能上报"), store.work("上报") as (session, _):
            submitting.submit(session, store, "2026-10", out=tmp_path / "out", today=TODAY)
        if "practice" in answers:
            with pytest.raises(Refusal, match="不能改成正式数据"), store.work("设置") as (session, _):
                entries.save(session, Office, {"practice": "否"}, entry=1)
        store.close()
    assert not (tmp_path / "out").exists()


def test_what_leaves_a_practice_unit_says_so_whatever_its_name(tmp_path: Path) -> None:
    answers = {**OFFICE, "practice": "是", "report_unit": "埇桥区符离镇人民政府"}
    store = setup.start(tmp_path / "a", invented.area_list(1), f"{invented.PREFIX}101000", answers)
    with store.read() as session:
        assert exporting.words(session, "", "2026-10", TODAY)["unit"] == "埇桥区符离镇人民政府（练习数据）"
    store.close()


def test_every_writing_session_asks_for_the_role(store: Store) -> None:
    """A session that names nobody is a bug and writes nothing."""
    with tracking.TrackedSession(store.engine, info={"operation": "测试"}) as session:
        session.add(Member(name="张三"))
        with pytest.raises(KeyError):
            session.flush()


def test_the_records_do_not_open_without_a_password(store: Store) -> None:
    store.close()
    with pytest.raises(Refusal, match="没有给出密码"):
        database.open_folder(store.folder)


def test_a_session_knows_who_opened_it(store: Store) -> None:
    def user(session: Session) -> str:
        return str(session.info["key"].user)

    with store.read() as session:
        assert user(session) == "李敏"
    with store.work("测试") as (session, _):
        assert user(session) == "李敏"
