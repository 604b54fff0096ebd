"""The version resource and the manifest of the Windows programs, in Chinese, as PyInstaller takes them."""

import re

COMPANY = "平安台账"
NAMES = {"pingan-window": "平安台账", "pingan": "平安台账（命令行）"}
RIGHTS = "MIT 许可"

RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("080404B0", [
      {strings}
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0804, 1200])]),
  ],
)
"""

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="{program}" version="{version}"
    processorArchitecture="amd64" language="zh-CN"/>
  <description>{words}</description>
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges><requestedExecutionLevel level="asInvoker" uiAccess="false"/></requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application><supportedOS Id="{{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}}"/></application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
    </windowsSettings>
  </application>
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
        processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
    </dependentAssembly>
  </dependency>
</assembly>
"""


def numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows compares, of a version such as ``0.1.0``."""
    found = [int(part) for part in re.findall(r"\d+", version)[:4]]
    major, minor, patch, build = found + [0] * (4 - len(found))
    return major, minor, patch, build


def resource(program: str, version: str) -> str:
    """What Windows shows of ``program``.exe under 详细信息."""
    strings = {
        "CompanyName": COMPANY,
        "FileDescription": NAMES[program],
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": RIGHTS,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "平安台账",
        "ProductVersion": version,
    }
    told = ",\n      ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return RESOURCE.format(numbers=numbers(version), strings=told)


def manifest(program: str, version: str) -> str:
    """No administrator, Windows 10 and later, long paths, sharp on every screen."""
    dotted = ".".join(map(str, numbers(version)))
    return MANIFEST.format(program=program, version=dotted, words=NAMES[program])
