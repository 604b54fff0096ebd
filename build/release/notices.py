"""The notices of every part that the program carries, as a folder of texts beside it."""

from pathlib import Path

from release.parts import Part

HEAD = """\
平安台账使用了下列部件，感谢它们的作者。每个部件的许可全文在本文件夹中。

Qt、PySide6、shiboken6 按 GNU 宽通用公共许可证第 3 版（LGPL-3.0）使用，没有修改。它们是程序文件夹里
独立的文件（_internal/PySide6 和 _internal/shiboken6），可以用自己编译的同版本文件替换，程序照常运行。
源代码：https://download.qt.io/official_releases/qt/6.8/6.8.3/ 和
https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-6.8.3-src/ ；
也可以向发给您本程序的单位索取。允许为调试这样的修改而进行反向工程。

"""


def write(folder: Path, found: list[Part]) -> Path:
    """Write the list and every licence text into ``folder``, which is made.

    :returns: the list.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [HEAD]
    for part in found:
        named = [f"{part.name}-{name}" for name, _ in part.texts]
        lines.append(f"{part.name} {part.version}\n  许可：{part.licence}\n  来源：{part.source}\n")
        lines += [f"  全文：{name}\n" for name in named]
        for name, (_, text) in zip(named, part.texts, strict=True):
            (folder / name).write_text(text, "utf-8", newline="\n")
    target = folder / "NOTICES.txt"
    target.write_text("".join(lines), "utf-8", newline="\n")
    return target
