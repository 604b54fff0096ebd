"""Believable lists of teams and of what villages are."""

import datetime as dt
from typing import Any

from tests.corpus.case import Key, Made, Row, believable, people, saved, workbook
from tests.corpus.unit import FUBEI, HENGKOU, SHENWEI


@believable("队伍名册.xlsx", "队长、联系电话，队伍类型写俗称，是否平安巡打勾，成立时间写到月", ledger="team")
def teams() -> Made:
    some = people(301, 3)
    head = [
        "序号",
        "村（居）",
        "组织名称",
        "组织类型",
        "层级",
        "队长",
        "联系电话",
        "成立时间",
        "是否平安巡队伍",
        "人员数量",
    ]
    said = [
        ("沈圩村", "沈圩护院队", "守楼护院", "村", "2020.3.1", "√"),
        ("横口村", "横口志愿队", "平安志愿服务队", "村级", "2021年5月6日", "是"),
        (None, "镇专职巡逻队", "专职巡逻队", "镇级", dt.date(2019, 1, 1), "否"),
    ]
    rows: list[list[Any]] = [["群防群治队伍名册"], head]
    for at, (one, (place, name, kind, level, founded, patrol)) in enumerate(zip(some, said, strict=True), 1):
        rows.append([at, place, name, kind, level, one.name, one.mobile, founded, patrol, 10 * at])
    values: list[dict[str, Any]] = [
        {"village_code": SHENWEI, "team_type": "03", "team_level": "village", "founded_on": "2020-03-01"},
        {"village_code": HENGKOU, "team_type": "05", "team_level": "village", "founded_on": "2021-05-06"},
        {"team_type": "01", "team_level": "township", "founded_on": "2019-01-01", "is_patrol_team": False},
    ]
    expected: dict[Key, Row] = {
        at: Row("new", {"leader_name": one.name, "leader_phone": one.mobile, "member_count": n} | more)
        for at, (one, more, n) in enumerate(zip(some, values, (10, 20, 30), strict=True), 3)
    }
    return Made(saved(workbook(rows)), expected)


@believable(
    "队伍汇总按村分段.xlsx", "村名整行作分段，下面是各队；人数写“12人”，末尾有合计和注", ledger="team"
)
def teams_by_section() -> Made:
    some = people(302, 2)
    head = ["序号", "队伍名称", "队伍类型", "负责人", "负责人电话", "人员数量（人）"]
    rows: list[list[Any]] = [["符离镇队伍一览表"], head, ["（一）沈圩村"]]
    rows += [[1, "沈圩东片队", "群众巡逻队", some[0].name, some[0].mobile, "12人"], ["（二）符北村"]]
    rows += [
        [1, "符北西片队", "保安队", some[1].name, some[1].mobile, 8],
        ["合计", "2支", None, None, None, 20],
    ]
    rows += [["注：队伍类型按通知填写。"]]
    expected: dict[Key, Row] = {
        4: Row("new", {"village_code": SHENWEI, "team_type": "02", "member_count": 12}),
        6: Row("new", {"village_code": FUBEI, "team_type": "04", "member_count": 8}),
    }
    return Made(saved(workbook(rows, merges=["A1:F1", "A3:F3", "A5:F5", "A8:F8"])), expected)


@believable(
    "村情.xlsx", "各村基本情况：两级表头，人口、村民代表、党员下面各有几栏，人数带千分号", ledger="village"
)
def facts() -> Made:
    first = ["序号", "村名", "数据日期", "人口", None, None, "村民代表", None, "党员", None, None]
    second = [
        None,
        None,
        None,
        "常住人口",
        "18周岁以上村民",
        "户数",
        "村民代表",
        "其中女代表",
        "党员总数",
        "正式党员",
    ]
    second += ["有表决权"]
    rows: list[list[Any]] = [["各村基本情况（2026年）"], first, second]
    rows += [[1, "沈圩村", "2026-01-01", "3,210", "2400人", 860, 45, 15, 52, 50, 48]]
    rows += [[2, "横口村", "2026.1.1", 2890, 2100, "７９０", 40, 14, 47, 45, 45], ["合计", None, None, 6100]]
    merges = ["A1:K1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:H2", "I2:K2"]
    one = {"village_code": SHENWEI, "as_of": "2026-01-01", "population": 3210, "adults": 2400}
    other = {"village_code": HENGKOU, "as_of": "2026-01-01", "households": 790, "party_formal": 45}
    expected: dict[Key, Row] = {
        4: Row("new", one | {"reps": 45, "women_reps": 15, "party_voting": 48}),
        5: Row("new", other),
    }
    return Made(saved(workbook(rows, merges=merges)), expected)
