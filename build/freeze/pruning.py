"""What the frozen program leaves behind of Qt and the system: excluding modules drops no files."""

import re

TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")
PLUGINS = {  # folder -> the plugins kept, by what their names hold; of other folders none
    "iconengines": ("svg",),
    "imageformats": ("qico", "qjpeg", "qsvg"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("qwindows", "qxcb", "qoffscreen"),
    "platformthemes": ("xdgdesktopportal",),
    "printsupport": ("cups", "windows"),
    "styles": ("modernwindows", "windowsvista"),
    "xcbglintegrations": ("glx",),
}
QT = {"core", "dbus", "gui", "printsupport", "svg", "widgets", "xcbqpa"}
UNUSED = (
    *("pyside6/opengl32sw", "setuptools", "lxml/isoschematron", "lxml/includes", "lxml/html"),
    "docx/templates/default-docx-template/",  # the unpacked form of default.docx, which is what is read
)
FOREIGN = re.compile(r"_codecs_(?:hk|iso2022|jp|kr|tw)\b")  # alphabets that no file of ours is written in
CARRIED = (  # libraries of the system that a desktop made for older Qt may lack, or that belong to our Python
    *("libpython3", "libffi", "libbz2", "liblzma", "libuuid"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util", "libxcb-util"),
    *("libxcb-xkb", "libxkbcommon", "libpyside6", "libshiboken6", "libicu"),
)
PLUGIN = re.compile(r"pyside6/(?:qt/)?plugins/([\w-]+)/([^/]+)$", re.IGNORECASE)
QT_LIBRARY = re.compile(r"(?:lib)?qt6?([a-z]+?)(?:\.abi3)?(?:\.so[.\d]*|\.dll|\.pyd)$", re.IGNORECASE)
LIBRARY = re.compile(r"lib[^/]+\.so[.\d]*$")  # beside the code, as the system's libraries are put


def kept(target: str) -> bool:
    """Whether the file that would lie at ``target`` in the frozen program is shipped.

    On Linux the graphics, font, printing and desktop libraries are those of the system: they must fit its
    drivers and settings, and the package asks for them.
    """
    path = target.replace("\\", "/")
    name = path.rsplit("/", 1)[-1]
    if name.endswith(".qm"):
        return name in TRANSLATIONS
    if plugin := PLUGIN.search(path):
        return any(part in plugin[2].lower() for part in PLUGINS.get(plugin[1].lower(), ()))
    if library := QT_LIBRARY.match(name):
        return library[1].lower() in QT
    if LIBRARY.match(path):
        return path.startswith(CARRIED)
    return not path.lower().startswith(UNUSED) and not FOREIGN.match(name)
