"""Believable rosters: where the header stands, what it is called, how the answers are written."""

from typing import Any

from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.services.invented import Person
from tests.corpus.case import Made, Row, believable, known, people, put, saved, sheets, workbook
from tests.corpus.unit import HENGKOU_PATROL, PATROL, SHENWEI, VOLUNTEERS

PLAIN = ("队伍", "姓名", "身份证号", "手机", "职务")


def plain(person: Person, team: str = PATROL, duty: str = "成员") -> list[Any]:
    return [team, person.name, person.id_number, person.mobile, duty]


def new(person: Person, team: str = PATROL, **more: Any) -> Row:
    return Row("new", known(person, team, **more))


@believable("表头在第一行.xlsx", "最简单的花名册：第一行就是表头")
def first_row() -> Made:
    some = people(1, 5)
    rows = {at: new(one, duty="09") for at, one in enumerate(some, 2)}
    return Made(saved(workbook([PLAIN, *map(plain, some)])), rows)


@believable("标题单位说明在上.xlsx", "附件号、标题、填报单位、说明两行，第六行才是表头，下面有合计、注和签字")
def titled() -> Made:
    some = people(2, 6)
    rows: list[list[Any]] = [
        ["附件2"],
        ["符离镇群防群治队伍花名册（2026年11月）"],
        ["填报单位（盖章）：符离镇平安办", None, None, "填报人：", None, "填报时间：2026年11月20日"],
        ["说明：1.身份证号必须填写18位。2.姓名与身份证一致，联系电话填手机号。"],
        ["单位：人"],
        ["序号", "队伍名称", "姓名", "性别", "身份证号", "联系电话", "职务", "备注"],
    ]
    for at, one in enumerate(some, 1):
        sex = "男" if one.gender == "1" else "女"
        rows.append([at, PATROL, one.name, sex, one.id_number, one.mobile, "队员", None])
    rows += [["合计", None, len(some)], [], ["注：本表一式两份，姓名栏不得空白。"]]
    rows += [["单位主要负责人签字：", None, None, "联系电话：0557-0000000"]]
    merges = ["A2:H2", "A4:H4", "A13:B13", "A15:H15"]
    book = workbook(rows, title="附件2", merges=merges)
    return Made(saved(book), {at: new(one, duty="09") for at, one in enumerate(some, 7)})


@believable("两级表头.xlsx", "两级合并表头：基本情况下面是姓名、性别，联系方式下面是手机、固定电话")
def two_levels() -> Made:
    some = people(3, 4)
    rows: list[list[Any]] = [
        ["平安志愿者花名册"],
        ["序号", "所在队伍", "基本情况", None, None, "联系方式", None, "备注"],
        [None, None, "姓名", "性别", "身份证号", "手机", "固定电话"],
    ]
    for at, one in enumerate(some, 1):
        sex = "男" if one.gender == "1" else "女"
        rows.append([at, VOLUNTEERS, one.name, sex, one.id_number, one.mobile, "0557-0000000"])
    merges = ["A1:H1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3"]
    expected = {at: new(one, VOLUNTEERS, phone="0557-0000000") for at, one in enumerate(some, 4)}
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable("三级表头.xlsx", "三级合并表头：人员信息／本人／姓名；人员信息／队内／职务")
def three_levels() -> Made:
    some = people(4, 3)
    rows: list[list[Any]] = [
        ["序号", "人员信息", None, None, None, None, "备注"],
        [None, "本人", None, None, "队内", None],
        [None, "姓名", "身份证号码", "手机号码", "队伍名称", "职务"],
    ]
    rows += [
        [at, one.name, one.id_number, one.mobile, HENGKOU_PATROL, "副队长"] for at, one in enumerate(some, 1)
    ]
    merges = ["A1:A3", "B1:F1", "B2:D2", "E2:F2", "G1:G3"]
    expected = {at: new(one, HENGKOU_PATROL, duty="08") for at, one in enumerate(some, 4)}
    return Made(saved(workbook(rows, merges=merges)), expected)


@believable("版本号模板.xlsx", "省系统下发的上传模板：A1 是版本号，有隐藏的英文字段行，第二张表是 bean 对照")
def versioned() -> Made:
    some = people(5, 3)
    rows: list[list[Any]] = [
        ["1.0", "红袖套成员信息登记表"],
        ["填写注意事项：带*的必填；日期格式2008-08-08；不要从其他Office文件粘贴"],
        ["填报单位", "安徽省*", "宿州市*", "埇桥区*", "符离镇", "沈圩村"],
        ["teamName", "name", "idCardNo", "gender", "birthday", "mobile", "politics", "schooling"],
        ["队伍名称*", "姓名*", "身份证号码*", "性别*", "出生年月*", "联系电话*", "政治面貌*", "文化程度*"],
    ]
    for one in some:
        sex = "男" if one.gender == "1" else "女"
        cells = [one.id_number, sex, one.born.isoformat(), one.mobile, "中共党员", "高中\\中专"]
        rows.append([PATROL, one.name, *cells])
    book = workbook(rows, title="红袖套")
    book.worksheets[0].row_dimensions[4].hidden = True
    bean = book.create_sheet("bean")
    put(bean, [["姓名", "name"], ["身份证号码", "idCardNo"], ["联系电话", "mobile"]])
    bean.sheet_state = "hidden"
    expected = {at: new(one, political="01", education="60") for at, one in enumerate(some, 6)}
    return Made(saved(book), expected)


@believable("英文字段名.xlsx", "别的系统导出的表，表头是英文字段名")
def english() -> Made:
    some = people(6, 3)
    head = ["team_name", "name", "id_number", "mobile", "duty", "joined_on"]
    rows = [[*plain(one), "2024-01-05"] for one in some]
    expected = {at: new(one, duty="09", joined_on="2024-01-05") for at, one in enumerate(some, 2)}
    return Made(saved(workbook([head, *rows])), expected)


@believable("表头带换行星号括号.xlsx", "表头有换行、星号、全角括号里的填写要求、空格")
def decorated_heading() -> Made:
    some = people(7, 3)
    head = [
        "*队 伍",
        "姓  名",
        "＊身份证\n号码（18位）",
        "联系\n电话*（手机）",
        "职务\n（必填）",
        "入队时间(年月日)",
    ]
    rows = [[*plain(one), "2023.3.8"] for one in some]
    book = workbook([head, *rows])
    for cell in book.worksheets[0][1]:
        cell.alignment = Alignment(wrap_text=True)
    expected = {at: new(one, duty="09", joined_on="2023-03-08") for at, one in enumerate(some, 2)}
    return Made(saved(book), expected)


WORDINGS = (
    ("队员姓名", "公民身份号码", "联系方式", "学历"),
    ("成员姓名", "身份证号码", "手机号码", "文化程度"),
    ("姓名", "身份证", "电话", "学历层次"),
    ("姓名", "居民身份证号码", "手机号", "文化程度"),
)


@believable(
    "各村叫法不同.xlsx", "四张表，同一栏四种叫法：联系方式、手机号码、电话；身份证、公民身份号码；学历"
)
def wordings() -> Made:
    some = people(8, 4)
    pages: dict[str, list[list[Any]]] = {}
    expected: dict[int | tuple[str, int], Row] = {}
    for at, (one, (name, number, phone, schooling)) in enumerate(zip(some, WORDINGS, strict=True), 1):
        head = ["序号", "队伍名称", name, number, phone, schooling]
        pages[f"表{at}"] = [head, [1, PATROL, one.name, one.id_number, one.mobile, "大专"]]
        expected[f"表{at}", 2] = new(one, education="30")
    return Made(saved(sheets(pages)), expected)


@believable("隐藏行列.xlsx", "筛选藏起两行，身份证列被隐藏：照样读，并告诉有隐藏行")
def hidden() -> Made:
    some = people(17, 6)
    book = workbook([PLAIN, *map(plain, some)])
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    return Made(saved(book), {at: new(one) for at, one in enumerate(some, 2)}, notes="隐藏")


@believable("每页重复表头.xlsx", "打印时每页重复的表头粘进了数据里，页间有小计和空行")
def repeated_heading() -> Made:
    some = people(18, 6)
    rows = [["志愿者名册"], PLAIN, *map(plain, some[:3]), ["小计", "3人"], [], ["志愿者名册（续）"]]
    rows += [PLAIN, *map(plain, some[3:]), ["小计", "3人"], ["合计", "6人"]]
    expected = {at: new(one) for at, one in zip((3, 4, 5, 10, 11, 12), some, strict=True)}
    return Made(saved(workbook(rows)), expected)


@believable("合计在最上面.xlsx", "合计行在表头下面第一行，序号有跳号，中间有空行")
def total_on_top() -> Made:
    some = people(19, 4)
    head = ["序号", *PLAIN]
    rows: list[list[Any]] = [head, ["合计", None, f"{len(some)}人"], [1, *plain(some[0])]]
    rows += [[3, *plain(some[1])], [], [None, *plain(some[2])], [7, *plain(some[3])]]
    expected = {at: new(one) for at, one in zip((3, 4, 6, 7), some, strict=True)}
    return Made(saved(workbook(rows, merges=["A2:B2"])), expected)


@believable("说明表和样表在前.xlsx", "第一张是填表说明，第二张是样表（示例），第三张才是数据")
def instructions() -> Made:
    some = people(20, 3)
    pages: dict[str, Any] = {
        "填表说明": [
            ["填表说明"],
            ["一、姓名填写身份证上的姓名。"],
            ["二、身份证号18位，手机11位，队伍填全称。"],
        ],
        "样表": [
            ["样表（请勿填写）"],
            PLAIN,
            ["某某巡逻队", "张三", "000000000000000000", "13800000000", "队长"],
        ],
        "数据": [["花名册"], PLAIN, *map(plain, some)],
    }
    return Made(saved(sheets(pages)), {at: new(one) for at, one in enumerate(some, 3)})


@believable("公式有结果.xlsx", "性别、出生日期、序号用公式算出，文件里存有结果")
def formulas() -> Made:
    from tests.corpus.wps import roster_with_formulas

    some = people(21, 3)
    expected = {at: new(one) for at, one in enumerate(some, 2)}
    return Made(roster_with_formulas(some, PATROL, counted=True), expected)


@believable("公式没有结果.xlsx", "性别、出生日期是公式，但文件里没有存结果：要指出，不能当成空白")
def formulas_uncounted() -> Made:
    from tests.corpus.wps import roster_with_formulas

    some = people(22, 2)
    cells = {at: {f"F{at}": "公式"} for at in (2, 3)}
    rows = {at: Row("new|wrong", {"id_number": one.id_number}, cells[at]) for at, one in enumerate(some, 2)}
    return Made(roster_with_formulas(some, PATROL, counted=False), rows)


@believable(
    "WPS另存.xlsx", "WPS 保存的样子：带前缀 x: 的标签、绝对路径的关系、行里没有坐标、共享字符串分段带格式"
)
def wps() -> Made:
    from tests.corpus.wps import roster

    some = people(23, 3)
    return Made(roster(some, PATROL), {at: new(one) for at, one in enumerate(some, 2)})


@believable("附件2样式.xlsx", "市里附件2的十六栏：县区、乡镇、村、队伍名称、类型、出生年月、人员类别")
def annex_two() -> Made:
    some = people(28, 3)
    head = [
        "序号",
        "县区",
        "乡镇",
        "村（社区）",
        "队伍名称",
        "队伍类型",
        "姓名",
        "性别",
        "出生年月",
        "身份证号",
    ]
    head += ["政治面貌", "文化程度", "职务", "人员类别", "联系电话", "备注"]
    rows: list[list[Any]] = [["附件2"], ["群防群治队伍花名册"], ["填报单位（盖章）：符离镇"], head]
    for at, one in enumerate(some, 1):
        rows.append([at, "埇桥区", "符离镇", "沈圩村", PATROL, "义务治安巡逻队", one.name])
        rows[-1] += ["男" if one.gender == "1" else "女", f"{one.born:%Y-%m}", one.id_number, "群众", "初中"]
        rows[-1] += ["成员", "退役军人", one.mobile, "联系方便"]
    expected = {
        at: new(one, village_code=SHENWEI, member_category="06", remark="联系方便", town_code="341302100000")
        for at, one in enumerate(some, 5)
    }
    return Made(saved(workbook(rows, merges=["A2:P2"])), expected)


@believable("批注图片冻结.xlsx", "有批注、冻结窗格、筛选、打印设置、数据有效性、条件格式的花名册")
def furnished() -> Made:

    some = people(29, 3)
    book = workbook([PLAIN, *map(plain, some)])
    sheet = book.worksheets[0]
    sheet["C1"].comment = Comment("填18位", "办公室")
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", "A1:E4"
    sheet.print_title_rows = "1:1"
    sheet.add_data_validation(DataValidation("list", formula1='"队长,成员"', sqref="E2:E100"))
    sheet.conditional_formatting.add("E2:E9", Rule("cellIs", operator="equal", formula=['"队长"']))
    return Made(saved(book), {at: new(one) for at, one in enumerate(some, 2)})


@believable("列在右边.xlsx", "表从 C 列第 3 行开始，左边和上面空着，右边还有旁注")
def offset() -> Made:
    some = people(31, 3)
    rows: list[list[Any]] = [[], [], [None, None, *PLAIN]]
    rows += [[None, None, *plain(one)] for one in some]
    rows[4] += [None, None, "此人待核实"]
    return Made(saved(workbook(rows)), {at: new(one) for at, one in enumerate(some, 4)})


@believable("没用的列.xlsx", "多出鞋码、是否领取马甲两列，没有栏目对应：说明没有用到，不影响导入")
def spare_columns() -> Made:
    some = people(32, 2)
    head = [*PLAIN, "鞋码", "是否领取马甲"]
    rows = [[*plain(one), 42, "是"] for one in some]
    expected = {at: new(one) for at, one in enumerate(some, 2)}
    return Made(saved(workbook([head, *rows])), expected, aside=("鞋码", "是否领取马甲"))


@believable("万行样式.xlsx", "四百人的花名册，整列设了格式，尾部有一千行只有边框的空行")
def long_roster() -> Made:
    some = people(35, 400)
    book = workbook([PLAIN, *map(plain, some)])
    sheet = book.worksheets[0]
    line = Side("thin")
    thin = Border(left=line, right=line, top=line, bottom=line)
    for at in range(402, 1402):
        for column in range(1, 6):
            sheet.cell(at, column).border = thin
    return Made(saved(book), {at: new(one) for at, one in enumerate(some, 2)})
