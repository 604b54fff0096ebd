"""The notices of every part that the program carries, as a folder of texts beside it."""

from pathlib import Path

from release.part import Part

HEAD = """\
平安台账使用了下列部件，感谢它们的作者。每个部件的许可全文在本文件夹中。

Qt、PySide6、shiboken6（Copyright (C) The Qt Company Ltd. and other contributors）按 GNU 宽通用公共许可证\
第 3 版（LGPL-3.0）使用，没有修改。许可全文是 LGPL-3.0.txt 和 GPL-3.0.txt。\
它们是程序文件夹里独立的文件（_internal/PySide6 和 _internal/shiboken6），可以用自己修改、编译的同一接口\
版本的文件替换，程序照常运行（self-check 会报告文件被改动，不影响使用）。允许为调试这样的修改而进行反向工程。
源代码：https://download.qt.io/official_releases/qt/6.8/6.8.3/ 和 \
https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-6.8.3-src/ ；\
自得到本程序之日起三年内，也可以向发给您本程序的单位索取这些源代码，只收复制的费用。

lxml 里有 libiconv，按 GNU 宽通用公共许可证第 2.1 版（LGPL-2.1.txt）使用，没有修改；它的源代码在 \
https://ftp.gnu.org/gnu/libiconv/ ，索取办法同上。lxml 的源代码也是公开的，可以用改过的 libiconv 重新编译，\
替换 _internal/lxml 里的文件。

"""


def write(folder: Path, found: list[Part]) -> Path:
    """Write the list and every licence text into ``folder``, which is made.

    :returns: the list.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [HEAD]
    for part in found:
        lines.append(f"{' '.join(filter(None, (part.name, part.version)))}\n")
        lines += [f"  在其中：{part.of}\n"] if part.of else []
        lines += [f"  版权：{part.holder}\n"] if part.holder else []
        lines.append(f"  许可：{part.licence}\n  来源：{part.source}\n")
        for name, text in part.texts:
            lines.append(f"  全文：{name}\n")
            (folder / name).write_text(text, "utf-8", newline="\n")
    target = folder / "NOTICES.txt"
    target.write_text("".join(lines), "utf-8", newline="\n")
    return target
