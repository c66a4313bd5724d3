; The installer of Windows, for one user, without administrator rights. `dev.py bundle` calls Inno Setup 6 with
;   /DVersion=0.1.0 /DProgram=<folder of the program> /DOutput=<where to> /DName=<its name> /DIcons=<folder of the icons>
; Silent: NAME.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART ; quietly away again: unins000.exe /VERYSILENT

[Setup]
AppId={{6E0B6C1B-5B62-4B53-9A0F-2B5E6F3D9A41}
AppName=Hakemus
AppVersion={#Version}
AppVerName=Hakemus {#Version}
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
DefaultDirName={autopf}\Hakemus
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible or arm64
ArchitecturesInstallIn64BitMode=x64compatible or arm64
MinVersion=10.0.17763
ChangesAssociations=yes
; a running program is asked to close, and its draft is kept by its recovery copy in any case
CloseApplications=yes
RestartApplications=no
OutputDir={#Output}
OutputBaseFilename={#Name}
SetupIconFile={#Icons}\hakemus.ico
UninstallDisplayIcon={app}\hakemus-window.exe
UninstallDisplayName=Hakemus
LicenseFile={#Program}\LICENSE.txt
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "fi"; MessagesFile: "compiler:Languages\Finnish.isl"
Name: "sv"; MessagesFile: "compiler:Languages\Swedish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
fi.DraftType=Hakemus-luonnos
sv.DraftType=Hakemus-utkast
en.DraftType=Hakemus draft
fi.DesktopIcon=Kuvake työpöydälle
sv.DesktopIcon=Ikon på skrivbordet
en.DesktopIcon=Icon on the desktop

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; nothing of an older version stays beside the newer one; drafts and what the program remembers lie elsewhere
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "{#Icons}\hakemus-document.ico"; DestDir: "{app}"; DestName: "hakemus-document.ico"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\Hakemus"; Filename: "{app}\hakemus-window.exe"; AppUserModelID: "hakemus"
Name: "{autodesktop}\Hakemus"; Filename: "{app}\hakemus-window.exe"; AppUserModelID: "hakemus"; Tasks: desktopicon

[Registry]
; HKA is the user's own hive in a per-user installation. The extension's key is shared with other programs:
; only our value in it goes away, the key itself only if nothing is left in it.
Root: HKA; Subkey: "Software\Classes\.hakemus"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.hakemus"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.hakemus+zip"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.hakemus\OpenWithProgids"; ValueType: string; ValueName: "Hakemus.Draft"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.hakemus"; ValueType: string; ValueName: ""; ValueData: "Hakemus.Draft"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Hakemus.Draft"; ValueType: string; ValueName: ""; ValueData: "{cm:DraftType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Hakemus.Draft"; ValueType: string; ValueName: "AppUserModelID"; ValueData: "hakemus"
Root: HKA; Subkey: "Software\Classes\Hakemus.Draft\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\hakemus-document.ico"
Root: HKA; Subkey: "Software\Classes\Hakemus.Draft\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\hakemus-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\hakemus-window.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Hakemus"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\hakemus-window.exe\SupportedTypes"; ValueType: string; ValueName: ".hakemus"; ValueData: ""

[Run]
Filename: "{app}\hakemus-window.exe"; Description: "{cm:LaunchProgram,Hakemus}"; Flags: nowait postinstall skipifsilent

; Nothing in {localappdata}\hakemus is removed: recovery copies and earlier versions are the user's.
