"""模板方案: the profiles that ship with the program and those of this unit, kept with their workbooks."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import bundle, sheet
from desktop.excel.handed import Handed
from desktop.excel.layout import LAYOUTS, load
from desktop.excel.profile import Profile
from desktop.excel.profile_json import from_json
from desktop.records.keeping import TemplateProfile
from desktop.services import vetting
from desktop.services.sources import sources

LONGEST_NAME = 50  # characters
NOTE = "{说明}"  # the sentence about a report's figures


@dataclass(frozen=True, slots=True)
class Kept:
    """One profile of the list.

    :param code: of the layout that it ships with; empty for one of this unit's own.
    :param updated_at: ``None`` for a shipped one.
    """

    profile: Profile
    code: str = ""
    updated_at: dt.datetime | None = None

    @property
    def caption(self) -> str:
        """Of its source."""
        return next((one.caption for one in sources() if one.name == self.profile.source), "")


def listed(session: Session) -> list[Kept]:
    """The shipped profiles in the order they are handed in, then this unit's own by name."""
    own = session.scalars(select(TemplateProfile).order_by(TemplateProfile.name))
    kept = [Kept(from_json(one.profile), updated_at=one.updated_at) for one in own]
    return [*(Kept(shipped(code)[0], code) for code in LAYOUTS), *kept]


def shipped(code: str) -> tuple[Profile, bytes]:
    """The profile of a shipped layout, and its workbook with placeholders in it; ``KeyError`` if none."""
    notes = [NOTE] if code in ("annex2", "annex6") else []
    return sheet.blank(load(code), sheet.PLACEHOLDERS, notes)


def get(session: Session, name: str) -> tuple[Profile, bytes]:
    """The profile and the workbook called ``name``, or of the shipped layout with this code.

    :raises Refusal: there is none.
    """
    found = _own(session, name)
    if found is not None:
        return from_json(found.profile), found.workbook
    code = shipped_code(name)
    if code is None:
        raise Refusal("未能打开模板方案", f"没有名为“{name}”的模板方案", "请核对名称")
    return shipped(code)


def shipped_code(name: str) -> str | None:
    """The layout that ``name`` means: its code, its title, or both with its mark before it."""
    for code in LAYOUTS:
        if name in (code, load(code).title, f"{load(code).mark} {load(code).title}"):
            return code
    return None


def store(session: Session, profile: Profile, workbook: bytes, *, replace: bool = False) -> None:
    """Keep a profile with its workbook.

    :param replace: over the one that has its name now.
    :raises Refusal: the name is blank, too long, of a shipped profile, or taken; or the workbook cannot be
        read; or the profile is faulty by itself.
    """
    what = f"未能保存模板方案“{profile.name[:LONGEST_NAME]}”"
    kept = _own(session, profile.name)
    _refuse_name(what, profile.name)
    if kept is not None and not replace:
        raise Refusal(what, "已经有同名的模板方案", "请换一个名称，或选择替换原来的")
    if wrong := vetting.faults(profile):
        raise Refusal(what, wrong[0], "请改正后再保存")
    Handed(workbook)  # a workbook that somebody sent is read under guard before it is kept
    if kept is None:
        kept = TemplateProfile(name=profile.name)
        session.add(kept)
    kept.profile, kept.workbook, kept.updated_at = profile.as_json(), workbook, dt.datetime.now()
    session.flush()


def rename(session: Session, name: str, new: str) -> None:
    """Call the own profile ``name`` something else.

    :raises Refusal: there is none of this unit's own, or the new name is blank, too long or taken.
    """
    what = f"未能给模板方案“{name}”改名"
    kept = _own(session, name)
    if kept is None:
        raise Refusal(what, "它不是本单位自己的模板方案", "请从列表中选择自己的模板方案")
    _refuse_name(what, new)
    if new != name and _own(session, new) is not None:
        raise Refusal(what, f"已经有名为“{new}”的模板方案", "请换一个名称")
    kept.name, kept.profile = new, {**kept.profile, "name": new}
    kept.updated_at = dt.datetime.now()
    session.flush()


def delete(session: Session, name: str) -> None:
    """Forget the own profile ``name``.

    :raises Refusal: there is none of this unit's own.
    """
    kept = _own(session, name)
    if kept is None:
        raise Refusal(f"未能删除模板方案“{name}”", "它不是本单位自己的模板方案", "内置的模板方案不能删除")
    session.delete(kept)
    session.flush()


def take_in(session: Session, file: Path, *, replace: bool = False) -> Profile:
    """Keep the profile of a file that somebody sent (.pazb).

    :raises Refusal: as :func:`desktop.excel.bundle.load` and :func:`store`.
    """
    profile, workbook = bundle.load(file)
    store(session, profile, workbook, replace=replace)
    return profile


def hand_out(session: Session, name: str, target: Path) -> Path:
    """Write a profile with its workbook as one file; named by itself in a folder, and by its ending.

    :raises Refusal: there is none, or the file cannot be written.
    """
    profile, workbook = get(session, name)
    target = bundle.named(target, profile.name)
    bundle.save(profile, workbook, target)
    return target


def _own(session: Session, name: str) -> TemplateProfile | None:
    return session.scalars(select(TemplateProfile).where(TemplateProfile.name == name)).first()


def _refuse_name(what: str, name: str) -> None:
    if not name.strip() or name != name.strip():
        raise Refusal(what, "名称是空的，或者首尾有空格", "请写一个名称")
    if len(name) > LONGEST_NAME:
        raise Refusal(what, f"名称有 {len(name)} 个字，最多 {LONGEST_NAME} 个字", "请写短一些")
    if shipped_code(name) is not None:
        raise Refusal(what, f"“{name}”是内置的模板方案", "请换一个名称")
