"""本单位: the one entry about the unit that works with this folder, edited on the page 设置."""

from sqlalchemy.orm import validates

from desktop.errors import Refusal
from desktop.records.fields import Ledger, Privacy, area, telephone, text, truth, whole


class Office(Ledger):
    __tablename__ = "office"
    caption, chapter, index = "本单位", "设置", "2"
    naming = "report_unit"
    key = ("unit_code",)

    unit_code = area("填报地区", "township", required=True, group="单位", help="初始化时选定")
    report_unit = text("填报单位", required=True, group="单位", help="全称，如 埇桥区符离镇人民政府")
    leader = text("单位主要负责人", longest=20, group="单位")
    filler = text("填报人", longest=20, required=True, group="人员")
    reviewer = text("审核人", longest=20, required=True, group="人员")
    contact_phone = telephone("联系电话", required=True, group="人员", privacy=Privacy.OPEN)
    due_day = whole("每月上报日", unit="日", least=1, most=31, required=True, group="期限")
    shift_due = truth(
        "遇休息日提前", required=True, group="期限", help="上报日是休息日的，提前到前一个工作日"
    )
    out_folder = text("文件保存到", longest=260, group="文件", help="上报文件存放的文件夹；空白时为“文档”")
    practice = truth("练习数据", group="单位", help="练习乡镇的数据不能当作正式数据上报")

    @validates("practice")
    def _stays(self, _: str, wanted: bool | None) -> bool | None:
        """What was begun for practice stays practice, whichever way one tries to change it."""
        if self.practice and not wanted:
            raise Refusal("未能修改", "练习乡镇不能改成正式数据", "请为本单位另建一份正式数据")
        return wanted
