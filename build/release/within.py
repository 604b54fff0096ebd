"""What is compiled into the wheels, or lies beside them: as the wheels declare it, else as it was found."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from release.part import Part, texts

# Rust packages that only build others; a wheel's own list does not tell them apart
BUILDING = re.compile(
    r"(?:autocfg|cc|find-msvc-tools|heck|pkg-config|proc-macro2|quote|rustversion|shlex|syn|target-lexicon|"
    r"unicode-ident|vcpkg|.*-macros(?:-backend)?|.*_derive|.*-build-config)$"
)
PLAIN = ("Apache-2.0", "MIT", "BSD-3-Clause", "Zlib")  # licences whose words are here without a name
UNSAID = {"openssl": "Apache-2.0"}  # licences that a wheel's list leaves out
QT = "PySide6-Essentials"
COMPILED = (  # name, licence, source, of which part, its words: none where lxml brings them
    ("Qt", "LGPL-3.0-only", "https://download.qt.io/official_releases/qt/6.8/6.8.3/", QT, "LGPL-3.0.txt"),
    ("HarfBuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz", QT, "Qt-parts.txt"),
    ("FreeType", "FTL", "https://freetype.org", QT, "Qt-parts.txt"),
    ("libpng", "libpng-2.0", "http://www.libpng.org", QT, "Qt-parts.txt"),
    ("libjpeg-turbo", "IJG AND BSD-3-Clause", "https://libjpeg-turbo.org", QT, "Qt-parts.txt"),
    ("PCRE2", "BSD-3-Clause", "https://github.com/PCRE2Project/pcre2", QT, "Qt-parts.txt"),
    ("MD4C", "MIT", "https://github.com/mity/md4c", QT, "Qt-parts.txt"),
    ("double-conversion", "BSD-3-Clause", "https://github.com/google/double-conversion", QT, "Qt-parts.txt"),
    ("zlib", "Zlib", "https://zlib.net", QT, "Qt-parts.txt"),
    ("SQLCipher", "BSD-3-Clause", "https://github.com/sqlcipher/sqlcipher", "sqlcipher3", "SQLCipher.txt"),
    ("SQLite", "blessing", "https://sqlite.org", "sqlcipher3", "SQLite.txt"),
    ("OpenSSL", "Apache-2.0", "https://www.openssl.org", "sqlcipher3", "Apache-2.0.txt"),
    ("libxml2", "MIT", "https://gitlab.gnome.org/GNOME/libxml2", "lxml", ""),
    ("libxslt", "MIT", "https://gitlab.gnome.org/GNOME/libxslt", "lxml", ""),
    ("libiconv", "LGPL-2.1-or-later", "https://www.gnu.org/software/libiconv/", "lxml", "LGPL-2.1.txt"),
    ("libffi", "MIT", "https://github.com/libffi/libffi", "cffi", "Libraries.txt"),
    ("Expat", "MIT", "https://libexpat.github.io", "Python", "Python-parts.txt"),
    ("libmpdec", "BSD-2-Clause", "https://www.bytereef.org/mpdecimal/", "Python", "Python-parts.txt"),
)
LINUX = (  # freeze/pruning.py, CARRIED
    ("ICU", "Unicode-DFS-2016", "https://icu.unicode.org", QT, "ICU.txt"),
    ("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/", "", "Libraries.txt"),
    ("liblzma", "0BSD", "https://tukaani.org/xz/", "", "Libraries.txt"),
    (
        "libuuid",
        "BSD-3-Clause",
        "https://www.kernel.org/pub/linux/utils/util-linux/",
        "",
        "Libraries.txt",
    ),
    ("xcb-util", "MIT", "https://xcb.freedesktop.org", "", "Libraries.txt"),
    ("libxkbcommon", "MIT", "https://xkbcommon.org", "", "Libraries.txt"),
)
WINDOWS = (  # with the Python of python.org; its words: none where the LICENSE.txt beside that has them
    (
        "Microsoft Visual C++ runtime",
        "LicenseRef-Microsoft-Distributable-Code",
        "https://www.microsoft.com",
        "",
    ),
    ("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/", ""),
    ("OpenSSL", "Apache-2.0", "https://www.openssl.org", "Apache-2.0.txt"),
    ("SQLite", "blessing", "https://sqlite.org", "SQLite.txt"),
)
BOOTLOADER = "GPL-2.0-or-later WITH Bootloader-exception"


def within(libraries: Iterable[metadata.Distribution]) -> Iterator[Part]:
    """Every part within a part, and what lies beside them on this system."""
    for one in libraries:
        yield from declared(one)
    known, lxml = versions(), _own("lxml", "LICENSES.txt")
    for name, licence, source, of, words in (*COMPILED, *(LINUX if sys.platform == "linux" else ())):
        text = texts(words) if words else (("lxml-LICENSES.txt", lxml),)
        yield Part(name, known.get(name, ""), licence, source, text, of=of)
    if sys.platform == "win32":
        beside = (("Python-LICENSE.txt", (Path(sys.base_prefix) / "LICENSE.txt").read_text("utf-8")),)
        for name, licence, source, words in WINDOWS:
            yield Part(name, "", licence, source, texts(words) if words else beside, of="Python")
        yield Part("NSIS", "", "Zlib AND CPL-1.0", "https://nsis.sourceforge.io", texts("NSIS.txt"))
    maker, words = metadata.version("pyinstaller"), _own("pyinstaller", "COPYING.txt")
    named = (("PyInstaller-COPYING.txt", words),)
    yield Part("PyInstaller bootloader", maker, BOOTLOADER, "https://pyinstaller.org", named)


def _own(library: str, name: str) -> str:
    """The words that a wheel brings itself."""
    files = metadata.files(library) or ()
    return next(file.read_text("utf-8") for file in files if file.name == name)


def declared(library: metadata.Distribution) -> Iterator[Part]:
    """What the wheel itself says it was compiled with, in the lists it brings (PEP 770)."""
    for file in library.files or ():
        if "sboms" not in file.parts or file.suffix != ".json":
            continue
        for one in json.loads(file.read_text("utf-8")).get("components", ()):
            if not BUILDING.match(one["name"]) and not one["name"].startswith(library.name):
                yield _declared(one, library.name)


def _declared(one: Mapping[str, Any], of: str) -> Part:
    licence = UNSAID.get(one["name"], "")
    for said in one.get("licenses", ()):
        licence = said["expression"]
    holder = re.sub(r"\s*<[^>]*>", "", one.get("author", "")) or f"the authors of {one['name']}"
    purl = one["purl"].partition("?")[0]
    source = f"https://crates.io/crates/{one['name']}" if purl.startswith("pkg:cargo/") else ""
    for reference in one.get("externalReferences", ()):
        source = source or reference["url"]
    words = next((name for name in PLAIN if name in licence), "")
    if not words:
        raise ValueError(f"{one['name']} in {of}: the words of {licence or 'no licence'} are not here")
    also = [name for name in PLAIN if " AND " in licence and name in licence.rpartition(" AND ")[2]]
    named = dict.fromkeys(f"{name}.txt" for name in (words, *also))
    return Part(one["name"], one["version"], licence, source, texts(*named), purl, of, holder)


def versions() -> dict[str, str]:
    """Of those that can be asked."""
    from PySide6.QtCore import qVersion
    from sqlcipher3 import dbapi2

    etree = import_module("lxml.etree")  # compiled, without annotations
    connection = dbapi2.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0].partition(" ")[0]
    connection.close()
    return {
        "Qt": qVersion(),
        "SQLCipher": cipher,
        "SQLite": dbapi2.sqlite_version,
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        "libxslt": ".".join(map(str, etree.LIBXSLT_VERSION)),
    }
