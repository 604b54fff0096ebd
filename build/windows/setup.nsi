; The setup of 平安台账: per user, without administrator rights. Compiled by build/windows/compiling.py:
;   makensis -DPAYLOAD=folder -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DMADE=folder -DCOMPRESSOR=lzma -DSIZE=kB -DMEGABYTES=MB -DLONGEST=150 -DOUT=setup.exe setup.nsi
; MADE holds licence.txt, notices.txt, app.ico, side.bmp and remove.nsh (what the uninstaller deletes, file by file).
Unicode true
Target amd64-unicode
SetCompressor /SOLID ${COMPRESSOR}
CRCCheck force
AllowSkipFiles off ; a file that cannot be unpacked ends it, see .onInstFailed
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define ID "PinganTaizhang"
!define TITLE "平安台账"
!define WINDOW "pingan-window.exe"
!define COMMAND "pingan.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define KIND "${ID}.Profile"
!define RECORDS "$LOCALAPPDATA\${ID}"

Var Asked ; where the person wants the records: PINGAN_DATA
Var Data ; the folder of the records

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${MADE}/app.ico"
!define MUI_UNICON "${MADE}/app.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${MADE}/side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将为您自己安装${TITLE} ${VERSION}，不需要管理员权限。$\r$\n$\r$\n已经装过的会更新，录入的记录保留不动。$\r$\n$\r$\n请先关闭正在运行的${TITLE}，再按“下一步”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!insertmacro MUI_PAGE_WELCOME
!define MUI_LICENSEPAGE_TEXT_BOTTOM "同意的，按“我接受”继续。"
!insertmacro MUI_PAGE_LICENSE "${MADE}/licence.txt"
!define MUI_PAGE_HEADER_TEXT "第三方许可"
!define MUI_PAGE_HEADER_SUBTEXT "${TITLE}用到的其他软件和它们的许可。"
!define MUI_LICENSEPAGE_BUTTON "下一步(&N) >"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "许可全文安装后在程序文件夹的 _internal\licences 中。"
!insertmacro MUI_PAGE_LICENSE "${MADE}/notices.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${TITLE}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT 许可"

!ifdef SIGN ; a command that signs the file it is given, such as osslsigncode; the setup itself comes after
  !uninstfinalize `${SIGN} "%1"` = 0
!endif

; Exit codes: 2 the setup is not whole (NSIS' own), 3 a newer version is there, 4 the program runs, 5 the folder
; will not do, 6 no room, 7 the unpacked files are not as they were made, 8 the old files could not be replaced,
; 9 the system, 10 not signed by those who signed the installed version. A silent run writes its sentence to TOLD.
!define TOLD "$TEMP\${ID}-setup.txt"
!macro Refuse code words
  SetErrorLevel ${code}
  ${If} ${Silent}
    FileOpen $R9 "${TOLD}" w
    FileWriteUTF16LE /BOM $R9 "${words}"
    FileClose $R9
  ${EndIf}
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

!macro RefuseRunning file ; Windows lets nobody write to a program that runs
  ${If} ${FileExists} "${file}"
    ClearErrors
    FileOpen $R0 "${file}" a
    ${If} ${Errors}
      ${Refuse} 4 "没有继续：${TITLE}正在运行。$\r$\n请先关闭它的窗口，再重新执行。"
    ${EndIf}
    FileClose $R0
  ${EndIf}
!macroend
!define RefuseRunning "!insertmacro RefuseRunning"

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    ${Refuse} 9 "没有安装：${TITLE}需要 64 位的 Windows 10 或 Windows 11。$\r$\n请换一台电脑安装。"
  ${EndIf}
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "${ID}Setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    ${Refuse} 4 "没有继续：安装程序已经打开了。$\r$\n请切换到已打开的安装窗口。"
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 = 1
      ${Refuse} 3 "没有安装：电脑上的${TITLE}是 $0，比这个安装程序的 ${VERSION} 新。$\r$\n请使用新版的安装程序。"
    ${EndIf}
  ${EndIf}
  ReadEnvStr $Asked "PINGAN_DATA"
  StrCpy $Data $Asked
  ${If} $Data == ""
    StrCpy $Data "${RECORDS}\data"
  ${EndIf}
  ClearErrors ; left by a value that is not there
FunctionEnd

Function .onInstFailed ; a file could not be unpacked, such as on a full disk
  SetOutPath "$INSTDIR" ; nobody removes the folder he stands in
  RMDir /r "$INSTDIR\_new"
  ${Refuse} 6 "没有安装：程序文件没有写完整，可能是磁盘已满。$\r$\n原来的版本没有改动，请腾出空间后重新执行。"
FunctionEnd

Section
  AddSize ${SIZE}
  Call Unpack
  Call Verify
  Call KeepRecords
  Call Exchange
  Call Register
SectionEnd

!macro Move from to name
  ${If} ${FileExists} "$INSTDIR${from}\${name}"
    Rename "$INSTDIR${from}\${name}" "$INSTDIR${to}\${name}"
  ${EndIf}
!macroend
!macro MoveAll from to
  !insertmacro Move "${from}" "${to}" "${WINDOW}"
  !insertmacro Move "${from}" "${to}" "${COMMAND}"
  !insertmacro Move "${from}" "${to}" "_internal"
!macroend
!macro Undo name ; each by itself: where nothing old was put away, what is there stays
  ${If} ${FileExists} "$INSTDIR\_old\${name}"
    !insertmacro Move "" "\_new" "${name}"
    !insertmacro Move "\_old" "" "${name}"
  ${EndIf}
!macroend
!macro UndoAll
  !insertmacro Undo "${WINDOW}"
  !insertmacro Undo "${COMMAND}"
  !insertmacro Undo "_internal"
!macroend

!macro RefuseName name
  ${If} ${FileExists} "$INSTDIR\${name}"
    ${Refuse} 5 "没有安装：文件夹“$INSTDIR”里有别的程序的文件（${name}）。$\r$\n请换一个空的文件夹。"
  ${EndIf}
!macroend

Function RefuseForeign ; what bears our names in a folder that was never ours would be lost
  ReadRegStr $0 HKCU "Software\${ID}" "Folder"
  ${If} $0 == $INSTDIR
  ${OrIf} $INSTDIR == "$LOCALAPPDATA\Programs\${ID}"
  ${OrIf} ${FileExists} "$INSTDIR\_internal\payload.sha256"
  ${OrIf} ${FileExists} "$INSTDIR\_new\_internal" ; of a first setup that was interrupted
    Return
  ${EndIf}
  !insertmacro RefuseName "_internal"
  !insertmacro RefuseName "_new"
  !insertmacro RefuseName "_old"
  !insertmacro RefuseName "${WINDOW}"
  !insertmacro RefuseName "${COMMAND}"
  !insertmacro RefuseName "uninstall.exe"
FunctionEnd

Function Resume ; after a setup that was interrupted, such as by a power cut
  ${If} ${FileExists} "$INSTDIR\_new"
    !insertmacro UndoAll ; while it exchanged; once that is done there is no _new
  ${EndIf}
  RMDir /r "$INSTDIR\_old"
  RMDir /r "$INSTDIR\_new"
  ${If} ${FileExists} "$INSTDIR\_old"
    ${Refuse} 8 "没有安装：上次更新留下的文件正被使用，不能删除。$\r$\n原来的版本没有改动，请重新启动电脑后再执行。"
  ${EndIf}
FunctionEnd

Function Unpack
  StrLen $0 $INSTDIR
  ${If} $0 > ${LONGEST}
    ${Refuse} 5 "没有安装：安装文件夹的路径有 $0 个字，最长 ${LONGEST} 个字。$\r$\n请换一个短一些的文件夹。"
  ${EndIf}
  Call RefuseForeign
  ${RefuseRunning} "$INSTDIR\${WINDOW}"
  ${RefuseRunning} "$INSTDIR\${COMMAND}"
  ReadRegStr $0 HKCU "Software\${ID}" "Folder" ; installed elsewhere it may be open all the same, and its records
  ${RefuseRunning} "$0\${WINDOW}"
  ${RefuseRunning} "$0\${COMMAND}"
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\${ID}.tmp" w
  ${If} ${Errors}
    ${Refuse} 5 "没有安装：不能写入文件夹“$INSTDIR”。$\r$\n请换一个可以写入的文件夹。"
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\${ID}.tmp"
  Call Resume
  ${GetRoot} "$INSTDIR" $0
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  ${If} $1 < ${MEGABYTES}
    ${Refuse} 6 "没有安装：磁盘 $0 空间不足，需要 ${MEGABYTES} MB。$\r$\n请删除一些不用的文件后重新执行。"
  ${EndIf}
  SetOutPath "$INSTDIR\_new"
  File /r "${PAYLOAD}/*"
  SetOutPath "$INSTDIR"
FunctionEnd

Function Verify ; before the old one is touched: the new program looks at itself, the old one at its signature
  System::Call 'kernel32::SetEnvironmentVariable(t "PINGAN_DATA", t "$PLUGINSDIR\none")'
  nsExec::Exec '"$INSTDIR\_new\${COMMAND}" self-check'
  Pop $0
  ${If} $Asked == ""
    System::Call 'kernel32::SetEnvironmentVariable(t "PINGAN_DATA", p 0)'
  ${Else}
    System::Call 'kernel32::SetEnvironmentVariable(t "PINGAN_DATA", t "$Asked")'
  ${EndIf}
  ${If} $0 != "0"
    RMDir /r "$INSTDIR\_new"
    ${Refuse} 7 "没有安装：新版本没有通过自检，安装程序可能不完整，或被安全软件拦截（$0）。$\r$\n原来的版本没有改动，请重新复制安装程序后再试。"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${COMMAND}" ; a broken one gives another code, and is repaired
    nsExec::Exec '"$INSTDIR\${COMMAND}" trust "$INSTDIR\_new"'
    Pop $0
    ${If} $0 == "7"
      RMDir /r "$INSTDIR\_new"
      ${Refuse} 10 "没有安装：这个安装程序的签名与电脑上的${TITLE}不是同一个发布单位的，或内容被改动过。$\r$\n原来的版本没有改动，请向发布单位重新要一份安装程序。"
    ${EndIf}
  ${EndIf}
FunctionEnd

!macro Length file into
  StrCpy ${into} -1
  ClearErrors
  FileOpen $R0 "${file}" r
  ${IfNot} ${Errors}
    FileSeek $R0 0 END ${into}
    FileClose $R0
  ${EndIf}
!macroend
!define Length "!insertmacro Length"

Function KeepRecords ; as they lie there, encrypted; the program makes its own backup before it migrates them
  StrCpy $1 $Data
  ${If} ${FileExists} "$1\data.db"
    StrCpy $2 "$1\backups\before-setup"
    RMDir /r "$2.part"
    CreateDirectory "$2.part"
    CopyFiles /SILENT "$1\*.json*" "$2.part"
    CopyFiles /SILENT "$1\data.db*" "$2.part" ; its error flag says nothing of a full disk
    ${Length} "$1\data.db" $3
    ${Length} "$2.part\data.db" $4
    ${Length} "$1\data.db-wal" $5
    ${Length} "$2.part\data.db-wal" $6
    ${Length} "$1\keyslots.json" $7
    ${Length} "$2.part\keyslots.json" $8
    RMDir /r "$2"
    ClearErrors
    ${If} "$3 $5 $7" == "$4 $6 $8"
      Rename "$2.part" "$2"
    ${Else}
      SetErrors
    ${EndIf}
    ${If} ${Errors}
      RMDir /r "$2.part"
      RMDir /r "$INSTDIR\_new"
      ${Refuse} 6 "没有安装：记录没有备份成功，可能是磁盘已满。$\r$\n原来的版本没有改动，请腾出空间后重新执行。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function Exchange ; by renaming, so nothing of another version is left among the files, and it can be undone
  CreateDirectory "$INSTDIR\_old"
  ClearErrors
  !insertmacro MoveAll "" "\_old"
  ${If} ${Errors} ; asking clears it
    Call GiveBack
  ${EndIf}
  !insertmacro MoveAll "\_new" ""
  ${If} ${Errors}
    !insertmacro MoveAll "" "\_new"
    Call GiveBack
  ${EndIf}
  RMDir /r "$INSTDIR\_new" ; empty; from now on it is done, see Resume
  RMDir /r "$INSTDIR\_old"
FunctionEnd

Function GiveBack ; the old version, as it was
  !insertmacro UndoAll
  RMDir "$INSTDIR\_old"
  ${If} ${FileExists} "$INSTDIR\_old" ; with _new beside it, so that the next setup can do it, see Resume
    ${Refuse} 8 "没有安装：原来的程序文件正被使用，不能替换，也没有全部放回。$\r$\n请重新启动电脑后再执行，会先放回原来的版本。"
  ${EndIf}
  RMDir /r "$INSTDIR\_new"
  ${Refuse} 8 "没有安装：原来的程序文件正被使用，不能替换。$\r$\n原来的版本没有改动，请重新启动电脑后再执行。"
FunctionEnd

Function Register
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.pazb" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "${TITLE}模板方案"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
FunctionEnd

Section "Uninstall"
  ${RefuseRunning} "$INSTDIR\${WINDOW}"
  ${RefuseRunning} "$INSTDIR\${COMMAND}"
  !include "${MADE}/remove.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\_new" ; of a setup that was interrupted
  RMDir /r "$INSTDIR\_old"
  RMDir "$INSTDIR" ; goes only when nothing of anybody else's is in it
  ReadRegStr $0 HKCU "Software\${ID}" "Folder"
  ${If} $0 != $INSTDIR
  ${AndIf} ${FileExists} "$0\${WINDOW}" ; it was installed again elsewhere: what follows belongs to that one
    Return
  ${EndIf}
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.pazb" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.pazb"
  ${EndIf}
  DeleteRegKey HKCU "Software\${ID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${If} ${FileExists} "${RECORDS}\*"
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "程序已卸载。录入的记录和备份还在：$\r$\n${RECORDS}$\r$\n$\r$\n要把它们也删除吗？删除后不能找回。" /SD IDNO IDNO kept
    RMDir /r "${RECORDS}"
    kept:
  ${EndIf}
SectionEnd
