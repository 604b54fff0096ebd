"""A stand-in for the frozen Windows program, for trying the setup: two real ones, quickly made by NSIS."""

import subprocess
from pathlib import Path

from desktop.services import payload
from freeze import versions

COMMAND = """\
  IfFileExists "$EXEDIR\\_new\\_internal\\foreign.txt" 0 mine
  SetErrorLevel 7
  Quit
  mine:
  ClearErrors
  FileOpen $0 "$EXEDIR\\exit.txt" r
  IfErrors done
  FileRead $0 $1
  SetErrorLevel $1
  done:
"""
WINDOW = """\
  open:
  Sleep 100
  Goto open
"""
PROGRAM = """\
Unicode true
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
OutFile "{target}"
VIProductVersion "{numbers}"
VIAddVersionKey /LANG=2052 "ProductVersion" "{version}"
VIAddVersionKey /LANG=2052 "FileVersion" "{version}"
VIAddVersionKey /LANG=2052 "FileDescription" "{name}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"
Section
{does}SectionEnd
"""
LICENCES = {"LICENSE": "许可全文\n", "NOTICES.txt": "第三方许可\n"}


def stand_in(folder: Path, version: str) -> Path:
    """Make the payload of a setup in ``folder``: two programs, ``_internal`` with licences, version and list.

    ``pingan.exe`` ends at once, with any arguments: with 0, or with the number in ``exit.txt`` beside it; it
    distrusts a version beside it that has a file ``_internal/foreign.txt``.
    ``pingan-window.exe`` shows nothing and stays open until it is ended.

    :param version: stands in the programs' version resource and in ``_internal/version.txt``.
    :returns: ``folder``.
    """
    notices = folder / payload.INTERNAL / "licences"
    notices.mkdir(parents=True)
    for name, text in LICENCES.items():
        (notices / name).write_text(text, "utf-8")
    (folder / payload.INTERNAL / "version.txt").write_text(version, "utf-8")
    program(folder / "pingan.exe", version, COMMAND)
    program(folder / "pingan-window.exe", version, WINDOW)
    payload.write(folder)
    return folder


def program(target: Path, version: str, does: str) -> None:
    """Compile a silent 64-bit program.

    :param does: lines of NSIS.
    """
    numbers = ".".join(map(str, versions.numbers(version)))
    script = target.with_suffix(".nsi")
    script.write_text(
        PROGRAM.format(target=target, version=version, numbers=numbers, name=target.stem, does=does), "utf-8"
    )
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", str(script)], check=True)
    script.unlink()
