"""Believable lists of 共建协议: 附件6 and looser ones, a unit on several rows."""

from typing import Any

from desktop.services.invented import credit_code
from tests.corpus.case import Key, Made, Row, believable, people, saved, workbook
from tests.corpus.unit import PARTNER, PARTNER_CODE, ZHANDONG, ZHENNAN, ZHENXING

ANNEX = ["序号", "街道（乡镇）", "社区", "单位名称", "统一社会信用代码", "单位类型", "签订日期", "期限"]
ANNEX += ["共建内容", "联络员", "电话", "状态"]


@believable(
    "附件6.xlsx",
    "附件6共建协议台账：期限写成一格“2026-01-10至2029-01-09”，共建内容几项连写",
    ledger="agreement",
)
def annex_six() -> Made:
    some = people(201, 3)
    codes = [credit_code(at, kind) for at, kind in ((1, "12"), (2, "11"), (3, "91"))]
    rows: list[list[Any]] = [["附件6"], ["共建协议台账"], ["填报单位（盖章）：符离镇"], ANNEX]
    said = [
        ("镇南社区", "练习第二中学", "学校", "2026-01-10", "2026-01-10至2029-01-09", "组织共建、平安共创"),
        ("振兴居委会", "练习税务所", "机关", "2026.3.8", "2026.3.8—2027.3.7", "反诈宣传；矛盾联调"),
        ("站东社区", "练习超市", "民营企业", "2026年5月1日", "长期", "志愿服务"),
    ]
    for at, (one, code, cells) in enumerate(zip(some, codes, said, strict=True), 1):
        place, name, kind, signed, term, what = cells
        rows.append([at, "符离镇", place, name, code, kind, signed, term, what, one.name, one.mobile, "有效"])
    rows += [["合计", None, None, "3份"], ["单位主要负责人签字："]]
    wanted: list[dict[str, Any]] = [
        {"party_a_code": ZHENNAN, "partner_type": "06", "signed_on": "2026-01-10", "fields": ["01", "04"]},
        {"party_a_code": ZHENXING, "partner_type": "01", "signed_on": "2026-03-08", "fields": ["05", "10"]},
        {"party_a_code": ZHANDONG, "partner_type": "04", "signed_on": "2026-05-01", "fields": ["08"]},
    ]
    wanted[0] |= {"valid_from": "2026-01-10", "valid_to": "2029-01-09"}
    wanted[1] |= {"valid_from": "2026-03-08", "valid_to": "2027-03-07"}
    wanted[2] |= {"valid_to": None}
    expected: dict[Key, Row] = {
        at: Row("new", {"party_b_uscc": code, "liaison": one.name, "liaison_phone": one.mobile} | values)
        for at, (one, code, values) in enumerate(zip(some, codes, wanted, strict=True), 5)
    }
    return Made(saved(workbook(rows, merges=["A2:L2"])), expected)


LOOSE = ["共建单位", "甲方", "签约日期", "生效日期", "到期日期", "联系人", "联系方式", "类型"]


@believable(
    "共建协议松散.xlsx", "列名是共建单位、甲方、签约日期、联系人、联系方式；日期写法不一", ledger="agreement"
)
def loose() -> Made:
    one = people(202, 1)[0]
    rows: list[list[Any]] = [["共建单位清单"], LOOSE]
    rows += [["练习卫生院", "镇南居委会", "2026.2.1", 46054, "2028年1月31日", one.name, one.mobile, "卫生院"]]
    values = {"party_b_name": "练习卫生院", "party_a_code": ZHENNAN, "signed_on": "2026-02-01"}
    values |= {"valid_from": "2026-02-01", "valid_to": "2028-01-31", "partner_type": "07"}
    values |= {"liaison": one.name, "liaison_phone": one.mobile}
    return Made(saved(workbook(rows)), {3: Row("new", values)})


@believable(
    "一个单位几份协议.xlsx",
    "同一单位和三个社区各签一份，又和一个社区续签一份：四份协议，不是重复",
    ledger="agreement",
)
def several_agreements() -> Made:
    head = ["社区", "单位名称", "统一社会信用代码", "签订日期"]
    code = credit_code(4, "12")
    said = [
        ("镇南社区", "2026-02-01", ZHENNAN),
        ("振兴社区", "2026-02-01", ZHENXING),
        ("站东社区", "2026-02-01", ZHANDONG),
        ("镇南社区", "2026-08-01", ZHENNAN),
    ]
    rows: list[list[Any]] = [[place, "练习医院", code, signed] for place, signed, _ in said]
    expected: dict[Key, Row] = {
        at: Row("new", {"party_a_code": place, "signed_on": signed, "party_b_uscc": code})
        for at, (_, signed, place) in enumerate(said, 2)
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("协议带三张清单.xlsx", "一份协议占三行，单位合并，每行一条需求、资源或项目", ledger="agreement")
def with_items() -> Made:
    head = ["社区", "单位名称", "签订日期", "清单类别", "项目名称", "认领方"]
    rows: list[list[Any]] = [["共建协议及三张清单"], head]
    rows += [["镇南社区", "练习银行", "2026-02-01", "需求清单", "反诈课堂", "练习银行"]]
    rows += [
        [None, None, None, "资源", "会议室", "镇南社区"],
        [None, None, None, "项目清单", "路灯认领", None],
    ]
    base = {"party_a_code": ZHENNAN, "party_b_name": "练习银行", "signed_on": "2026-02-01"}
    items = [("1", "反诈课堂"), ("2", "会议室"), ("3", "路灯认领")]
    expected: dict[Key, Row] = {
        at: Row("new", base | {"item.list_kind": kind, "item.title": title})
        for at, (kind, title) in enumerate(items, 3)
    }
    return Made(saved(workbook(rows, merges=["A3:A5", "B3:B5", "C3:C5"])), expected)


@believable("单位重复写几项.xlsx", "同一份协议的单位、日期每行都写一遍，每行一条清单项目", ledger="agreement")
def repeated_unit() -> Made:
    head = ["社区", "单位名称", "签订日期", "清单类别", "项目名称"]
    rows: list[list[Any]] = [
        ["镇南社区", "练习书店", "2026-02-01", "项目", title] for title in ("送书", "读书会")
    ]
    expected: dict[Key, Row] = {
        at: Row("new|changed|same", {"party_b_name": "练习书店", "item.title": title})
        for at, title in enumerate(("送书", "读书会"), 2)
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable("协议与记录比较.xlsx", "一份和记录相同，一份信用代码抄错一位", ledger="agreement")
def against_records() -> Made:
    head = ["社区", "单位名称", "统一社会信用代码", "签订日期"]
    wrong = PARTNER_CODE[:-1] + ("A" if PARTNER_CODE[-1] != "A" else "B")
    rows: list[list[Any]] = [
        ["镇南居委会", PARTNER, PARTNER_CODE.lower(), "2026/1/5"],
        ["镇南社区", "练习厂", wrong, "2026-02-01"],
    ]
    expected: dict[Key, Row] = {
        2: Row("same", {"party_b_uscc": PARTNER_CODE}),
        3: Row("wrong", {}, {"C3": "校验"}),
    }
    return Made(saved(workbook([head, *rows])), expected)


@believable(
    "联络员姓名电话分列.xlsx",
    "乙方单位、联络员姓名、联络员电话、协议期限、共建内容及措施",
    ledger="agreement",
)
def liaison_columns() -> Made:
    one = people(203, 1)[0]
    head = ["甲方社区", "乙方单位", "协议签订日期", "协议期限", "联络员姓名", "联络员电话", "共建内容及措施"]
    rows = [
        ["站东社区", "练习邮局", "2026-02-01", "2026-02-01至2027-01-31", one.name, one.mobile, "环境整治"]
    ]
    values = {"party_a_code": ZHANDONG, "party_b_name": "练习邮局", "signed_on": "2026-02-01"}
    values |= {"valid_from": "2026-02-01", "valid_to": "2027-01-31"}
    values |= {"liaison": one.name, "liaison_phone": one.mobile}
    return Made(saved(workbook([head, *rows])), {2: Row("new", values)})
