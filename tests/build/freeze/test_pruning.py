"""What the frozen program keeps of Qt, of the system and of the libraries."""

import pytest

from freeze.pruning import kept

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "path",
    [
        f"{QT}/lib/libQt6Widgets.so.6",
        f"{QT}/lib/libicudata.so.73",
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/translations/qtbase_zh_CN.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6\\Qt6Core.dll",
        "PySide6\\QtPrintSupport.pyd",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
        "sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so",
        "docx/templates/default.docx",
        "python3.11/lib-dynload/_codecs_cn.cpython-311-x86_64-linux-gnu.so",
        "resources/icons/app.svg",
    ],
)
def test_what_the_program_needs_is_kept(path: str) -> None:
    assert kept(path)


@pytest.mark.parametrize(
    "path",
    [
        f"{QT}/lib/libQt6Network.so.6",
        "libQt6WaylandClient.so.6",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/wayland-shell-integration/libxdg-shell.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/imageformats/libqwebp.so",
        f"{QT}/translations/qtbase_de.qm",
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6Pdf.dll",
        "PySide6\\plugins\\networkinformation\\qnetworklistmanager.dll",
        "libfontconfig.so.1",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "docx/templates/default-docx-template/word/styles.xml",
        "python3.11/lib-dynload/_codecs_jp.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_only_others_need_is_left_behind(path: str) -> None:
    assert not kept(path)
