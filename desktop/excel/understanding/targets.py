"""What the columns of a workbook can answer, for each ledger: its own fields and those of its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from desktop.excel.understanding.table import Target
from desktop.records import LEDGERS, Activity, Agreement, Item, Matter, Member, Step, Team
from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.kinds import Area, Link, Scans
from desktop.records.step import StepNo, shown

# Common headings over the answers of a step; before a word they make it whole: 审议 + 应到人数.
ABOVE: Mapping[StepNo, Sequence[str]] = {
    StepNo.PROPOSE: (
        *("提议", "党支部提议", "支部提议", "党组织提议", "村党组织提议", "党总支提议", "村党支部提议"),
        *("一议", "第一步", "一提", "动议", "党支部会提议", "支部会提议", "支委会提议", "村支部提议"),
        *("党支部会议提议", "支部委员会提议"),
    ),
    StepNo.CONSULT: (
        *("商议", "两委商议", "两委会商议", "村两委商议", "村两委会商议", "村两委会议商议", "两委会议商议"),
        *("二议", "第二步", "两委联席会议商议", "两委", "村两委联席会商议", "两委会", "村两委会"),
        *("两委会议", "村两委会议", "两委联席会议"),
    ),
    StepNo.REVIEW: (
        *("审议", "党员审议", "党员大会审议", "党员议事会审议", "党员大会或党员议事会审议", "党员会议审议"),
        *("三议", "第三步", "党员大会", "党员会审议", "党员", "党员大会或议事会审议"),
        *("党员议事会", "党员会", "党员会议"),
    ),
    StepNo.RESOLVE: (
        *("决议", "村民代表会议决议", "村民会议决议", "村民代表会议或村民会议决议", "村民代表大会决议"),
        *(
            "四议",
            "第四步",
            "村民代表会议",
            "村民代表大会",
            "代表会议决议",
            "村民代表决议",
            "代表会议",
            "代表",
            "村民代表",
        ),
        *("村民会议或村民代表会议决议", "居民代表会议决议", "居民代表会议", "居民代表大会"),
        *("代表会", "村民代表会", "村民代表会决议", "代表大会", "代表大会决议"),
    ),
    StepNo.PUBLISH: (
        *("决议公开", "决议过程公开", "决议结果公开", "决议公示", "决议内容公开", "表决结果公开"),
        *("公开一", "一公开", "第五步", "第一公开", "公示", "公示情况"),
    ),
    StepNo.REPORT: (
        *("实施结果公开", "结果公开", "结果公示", "实施结果公示", "实施公开", "实施情况公开", "办理结果公开"),
        *("公开二", "二公开", "第六步", "第二公开"),
    ),
}
# Words that mean an answer only under a common heading, or behind one.
SHORT: Mapping[str, Sequence[str]] = {
    "held_at": ("时间", "日期", "会议时间", "会议日期", "召开时间", "召开日期", "开会时间"),
    "place": ("地点", "会议地点"),
    "form": ("形式", "方式", "会议类型"),
    "n_due": (
        "应到会人数",
        "应到党员",
        "应到代表",
        "应到党员数",
        "应到代表数",
        "应到户数",
        "应到数",
        "应参加人数",
        "应参加",
        "应参会",
        "应出席",
        "应到会",
    ),
    "n_present": (
        "实到会人数",
        "实到党员",
        "实到代表",
        "实到党员数",
        "实到代表数",
        "实到户数",
        "实到数",
        "实际到会人数",
        "实参会人数",
        "实参加",
        "出席人数",
        "实到会",
        "实参会",
    ),
    "n_yes": ("同意票数", "同意数", "赞成票", "赞成票数", "赞成人数", "赞成数", "同意人数"),
    "n_no": ("反对票数", "反对数", "不同意票数", "不同意人数"),
    "n_abstain": ("弃权票数", "弃权数"),
    "open_from": (
        *("起", "自", "起始", "开始", "起始日期", "起始时间", "开始日期", "开始时间", "起止", "起止日期"),
        *("起止时间", "时间", "日期", "期限", "公开时间", "公示时间", "公开起止", "公示起止", "时间起"),
        *("日期起", "公开日期", "公示日期", "公示期", "公开期"),
    ),
    "open_to": (
        *("止", "至", "截止", "结束", "截止日期", "截止时间", "结束日期", "结束时间", "终止日期"),
        *("时间止", "日期止"),
    ),
    "channels": ("方式", "形式", "公开形式", "公示形式", "渠道"),
    "supervision_opinion": ("村务监督委员会意见", "监委会意见", "监督委员会意见"),
    "objections": ("异议", "群众异议"),
    "reply": ("答复", "异议答复"),
    "outcome": ("实施情况", "办理结果", "落实情况", "完成情况"),
}
# Words that stand alone in a register of matters and can only mean this step.
ALONE: Mapping[tuple[StepNo, str], Sequence[str]] = {
    (StepNo.PUBLISH, "open_from"): (
        *(
            "公示时间",
            "公开时间",
            "公示起止",
            "公开起止",
            "公示起止时间",
            "公开起止时间",
            "公示期",
            "公示日期",
        ),
        *("公开日期", "公示期限", "公开起止日期", "公示起止日期", "公示开始时间", "公示开始日期"),
        *("公开开始时间", "公开开始日期", "公示起", "公开起"),
    ),
    (StepNo.PUBLISH, "open_to"): (
        *("公示结束时间", "公示结束日期", "公开结束时间", "公开结束日期", "公示止", "公开止"),
        *("公示截止时间", "公示截止日期"),
    ),
    (StepNo.PUBLISH, "channels"): ("公开方式", "公示方式"),
    (StepNo.REPORT, "supervision_opinion"): (
        *("监督意见", "村务监督委员会意见", "监委会意见", "村务监督意见"),
    ),
    (StepNo.REPORT, "outcome"): ("实施结果", "实施情况", "办理结果"),
}
LISTS = ("三张清单", "清单", "共建清单", "共建项目", "认领项目")
KINDS = {"1": ("需求清单", "需求"), "2": ("资源清单", "资源"), "3": ("项目清单",)}  # by code of list_kind
ACTIVITIES = ("共建活动", "活动", "活动记录", "活动情况", "开展活动情况", "活动开展情况", "活动开展")
PARTS: Mapping[str, Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    # field of the part: words that mean it anywhere, words under its heading
    "item": {
        "list_kind": (("清单", "清单类别", "清单类型", "清单种类", "三张清单"), ("类别", "类型", "种类")),
        "title": (("项目名称", "共建项目", "项目", "清单名称"), ("名称", "事项", "内容", "标题")),
        "detail": (("具体内容", "项目内容", "清单内容"), ("详情",)),
        "proposer": (("提出方", "提出单位"), ()),
        "claimed_by": (("认领方", "认领单位"), ("承接单位",)),
        "due": (("完成时限", "项目完成时限", "计划完成时间"), ("时限", "期限", "时间")),
        "status": (("进展", "项目进展", "清单进展", "项目状态"), ("状态", "完成情况")),
        "evaluation": (("项目评价", "清单评价"), ("评价", "评分")),
        "remark": (("项目备注", "清单备注"), ("备注",)),
    },
    "activity": {
        "date": (("活动日期", "活动时间"), ("日期", "时间", "开展时间")),
        "title": (("活动名称", "活动主题", "共建活动"), ("名称", "主题", "内容", "活动内容")),
        "people": (("参加人数", "活动人数", "参与人数"), ("人数", "参加人次", "参与人次")),
        "result": (("活动成效", "活动效果"), ("成效", "效果", "结果")),
        "remark": (("活动备注",), ("备注",)),
    },
}
TEAM_WORDS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "team_name": (
        ("队伍名称", "队伍", "所在队伍", "所属队伍", "组织名称", "巡逻队名称", "队名"),
        (
            *("详细名称", "所在组织", "组织", "小队", "队别", "所在巡逻队", "所属巡逻队"),
            *("所在志愿队", "所属支队"),
        ),
    ),
    "team_type": (("队伍类型", "组织类型", "队伍类别"), ("队伍性质", "红袖套队伍类型")),
    "team_level": (("组织层级", "队伍层级"), ()),
    "guide_dept": (("业务指导部门", "队伍业务指导部门"), ("指导部门", "指导单位")),
    "leader_name": (
        ("队伍负责人", "负责人", "队长姓名", "队伍负责人姓名"),
        ("负责人姓名", "队长", "带队人"),
    ),
    "leader_phone": (
        ("负责人电话", "队伍负责人电话", "队长电话", "负责人联系电话"),
        ("负责人手机", "队长手机"),
    ),
    "main_function": (("主要职能", "队伍主要职能"), ()),
    "founded_on": (("成立日期", "队伍成立日期", "成立时间", "队伍成立时间"), ()),
    "is_patrol_team": (("是否平安巡队伍", "平安巡队伍"), ()),
    "merged_forces": (("整合专业力量",), ()),
}


@cache
def targets(ledger: type[Ledger]) -> tuple[Target, ...]:
    """Everything that a column of a workbook of ``ledger`` can answer, its own fields first."""
    own = [_own(ledger, one) for one in _asked(ledger)]
    if ledger is Member:
        own = [one for one in own if one.name != "team_id"]
        return (*_team(), *own)
    if ledger is Matter:
        return (*own, *(one for step in StepNo for one in _step(step)))
    if ledger is Agreement:
        beside = (one for code, above in KINDS.items() for one in _list(code, above))
        return (*own, *_part(Item, LISTS), *_part(Activity, ACTIVITIES), *beside)
    return (*own, *_owner(ledger))


def target(ledger: type[Ledger], name: str) -> Target | None:
    """The target called ``name``."""
    return next((one for one in targets(ledger) if one.name == name), None)


def identity(ledger: type[Ledger]) -> frozenset[str]:
    """The targets that say whose a row is: a merged cell of theirs counts for every row it covers.

    A ledger whose row may carry parts of its entry repeats the whole entry in the rows of the other parts.
    """
    own = {one.name for one in targets(ledger) if one.ledger == ledger.__tablename__}
    if ledger in (Matter, Agreement):
        return frozenset(own)
    links = {one.name for one in targets(ledger) if isinstance(one.kind, (Area, Link))}
    team = {one.name for one in targets(ledger) if one.ledger == "team" and ledger is Member}
    return frozenset(links | {"grid_name"} & own | team)


def carried(ledger: type[Ledger]) -> frozenset[str]:
    """The targets whose blank cell may mean "as above" in a file that cannot say that cells are merged."""
    links = {one.name for one in targets(ledger) if isinstance(one.kind, (Area, Link))}
    team = {one.name for one in targets(ledger) if one.ledger == "team" and ledger is Member}
    return frozenset(links - {ledger.naming} | team)


def place(ledger: type[Ledger]) -> str:
    """The target that says in which village a row belongs; nothing where the ledger has none."""
    where = getattr(ledger, "where", "")
    found = target(ledger, where)
    return where if found and found.ledger == ledger.__tablename__ else ""


def village(ledger: type[Ledger]) -> str:
    """The target that says to which village a row belongs, be it that of the entry it is a part of."""
    owner = next((one.name for one in targets(ledger) if isinstance(one.kind, Area) and ledger.part_of), "")
    return place(ledger) or owner


def _asked(ledger: type[Ledger]) -> Iterator[Field]:
    return (one for one in fields(ledger) if not isinstance(one.kind, Scans))


def _own(ledger: type[Ledger], one: Field) -> Target:
    words = (one.label, one.name)
    return Target(one.name, one.label, ledger.__tablename__, one.name, one.kind, words, one.aliases)


def _owner(ledger: type[Ledger]) -> Iterator[Target]:
    """The village of the entry that a part belongs to, which tells entries of one name apart."""
    link = next((one for one in fields(ledger) if one.name == ledger.part_of), None)
    if link is not None and isinstance(link.kind, Link):
        owner = LEDGERS[link.kind.ledger]
        if where := getattr(owner, "where", ""):
            yield _own(owner, field(owner, where))


def _team() -> Iterator[Target]:
    declared = {one.name: one for one in fields(Team)}
    for name, (words, aliases) in TEAM_WORDS.items():
        one = declared[name]
        yield Target(name, one.label, "team", name, one.kind, (*words, name), aliases)


def _step(step: StepNo) -> Iterator[Target]:
    asked = shown(step)
    above = ABOVE[step]
    for one in _asked(Step):
        if one.name not in asked:
            continue
        name = f"step{step}.{one.name}"
        short = tuple(dict.fromkeys((one.label, *one.aliases, *SHORT.get(one.name, ()))))
        whole = [heading + word for heading in above for word in short]
        if one.name in ("held_at", "open_from"):
            whole += above  # a register of bare dates is headed by the steps alone
        words = (*whole, *ALONE.get((step, one.name), ()), name)
        ends = tuple(heading + end for heading in above for end in ("", "起止", "时间", "起止时间", "情况"))
        label = f"{above[0]}：{one.label}"
        yield Target(name, label, "step", one.name, one.kind, words, short, ends)


def _part(ledger: type[Ledger], above: Sequence[str]) -> Iterator[Target]:
    kind = ledger.__tablename__
    for one in _asked(ledger):
        if one.name in PARTS[kind]:
            words, aliases = PARTS[kind][one.name]
            name = f"{kind}.{one.name}"
            label = f"{ledger.caption}：{one.label}"
            yield Target(name, label, kind, one.name, one.kind, (*words, name), (one.label, *aliases), above)


def _list(code: str, above: Sequence[str]) -> Iterator[Target]:
    """What the columns of one of the three lists answer where each has its own, side by side."""
    for one in _part(Item, above):
        if one.field != "list_kind":
            name = f"item{code}.{one.field}"
            words = [f"{above[0]}{word}" for word in (one.words[0], *one.aliases)]
            words += above if one.field == Item.naming else ()
            yield replace(
                one, name=name, label=f"{above[0]}：{one.label.split('：')[-1]}", words=(*words, name)
            )
