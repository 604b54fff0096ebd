"""What was imported is the same the second time, and the file of errors brings only what was wrong."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import unit
from tests.corpus.case import Case
from tests.corpus.clerk import Clerk
from tests.corpus.everything import BELIEVABLE

FILES = (
    *("标题单位说明在上.xlsx", "版本号模板.xlsx", "错误各一处.xlsx", "还没有的队伍.xlsx", "其他证件.xlsx"),
    *("按村分段.xlsx", "合并的村和队伍.xlsx", "一村一表有村列.xlsx", "镇级队伍的队员.xlsx", "花名册.xls"),
    *("国标编码.csv", "附件5.xlsx", "台账有错.xlsx", "六步清单.xlsx", "附件6.xlsx", "协议带三张清单.xlsx"),
    *(
        "队伍名册.xlsx",
        "村情.xlsx",
        "村情人口两级.xlsx",
        "队伍分村计数.xlsx",
        "区域增补.xlsx",
        "活动按单位.xlsx",
    ),
    *("三张清单并排.xlsx", "清单按单位.xlsx", "台账时间地点人数.xlsx", "步骤写第几步.xlsx", "名单带签名.csv"),
    *("每页附件号和表头.xlsx", "合并到一半.xlsx", "一张表两个名册.xlsx", "单位重复写几项.xlsx"),
)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("offices")
    unit.make(folder)
    return folder


@pytest.fixture(scope="module")
def clerk() -> Iterator[Clerk]:
    clerk = Clerk()
    yield clerk
    clerk.leave()


def rows(clerk: Clerk, *arguments: str | Path) -> dict[tuple[str, int], dict[str, Any]]:
    answer = clerk.ask(*arguments, "--json")
    assert answer.code == 0, answer.err
    return {(row.get("sheet", ""), row["row"]): row for row in json.loads(answer.out)["rows"]}


@pytest.mark.parametrize("case", [one for one in BELIEVABLE if one.file in FILES], ids=lambda one: one.file)
def test_a_second_import_changes_nothing(case: Case, offices: Path, clerk: Clerk, tmp_path: Path) -> None:
    file, errors, data = tmp_path / case.file, tmp_path / f"标注 {case.file}.xlsx", tmp_path / "data"
    file.write_bytes(case.make().content)
    shutil.copytree(offices / case.unit, data)
    of = ("--data", data, "--today", unit.TODAY.isoformat(), "import", case.ledger)
    first = rows(clerk, *of, file, "--only-good", "--errors", errors)
    second = rows(clerk, *of, file, "--dry-run")
    wrong = {at for at, row in first.items() if row["outcome"] == "wrong"}
    assert {at: row["outcome"] for at, row in second.items()} == {
        at: "wrong" if at in wrong else "same" for at in first
    }, f"{case.file}：{case.about}"
    assert errors.exists() == bool(wrong)
    if wrong:
        assert {at[1] for at in rows(clerk, *of, errors, "--dry-run")} == {at[1] for at in wrong}
