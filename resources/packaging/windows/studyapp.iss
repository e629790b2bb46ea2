; Inno Setup 6.3 or newer. windows.py defines Version, Bundle (the folder of the frozen program), License, Icon, Output
; and Name.
; For the user alone, so that no administrator is asked; study data is never touched without a yes.

[Setup]
AppId={{6B0C7E53-2C1B-4B0F-9C4E-5D1F0B7A9E21}
AppName=studyapp
AppVersion={#Version}
AppVerName=studyapp {#Version}
AppPublisher=The studyapp authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\studyapp
DefaultGroupName=studyapp
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Output}
OutputBaseFilename={#Name}
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\studyapp.exe
LicenseFile={#License}
Compression=lzma2/max
SolidCompression=yes
TimeStampsInUTC=yes
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
WizardStyle=modern

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: offerdecks; Description: "Offer studyapp for YAML files under ""Open with"""

[InstallDelete]
; An upgrade must not leave parts of the version before.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\studyapp"; Filename: "{app}\studyapp.exe"
Name: "{autodesktop}\studyapp"; Filename: "{app}\studyapp.exe"; Tasks: desktopicon

[Registry]
; Decks are YAML files, so studyapp joins those that can open one and never becomes the default by itself.
Root: HKA; Subkey: "Software\Classes\studyapp.deck"; ValueType: string; ValueData: "studyapp deck"; Flags: uninsdeletekey; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\studyapp.deck\DefaultIcon"; ValueType: string; ValueData: "{app}\studyapp.exe,0"; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\studyapp.deck\shell\open\command"; ValueType: string; ValueData: """{app}\studyapp.exe"" ""%1"""; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\.yaml\OpenWithProgids"; ValueType: none; ValueName: "studyapp.deck"; Flags: uninsdeletevalue; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\.yml\OpenWithProgids"; ValueType: none; ValueName: "studyapp.deck"; Flags: uninsdeletevalue; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\Applications\studyapp.exe\SupportedTypes"; ValueType: string; ValueName: ".yaml"; Flags: uninsdeletekey; Tasks: offerdecks
Root: HKA; Subkey: "Software\Classes\Applications\studyapp.exe\SupportedTypes"; ValueType: string; ValueName: ".yml"; Tasks: offerdecks

[Run]
Filename: "{app}\studyapp.exe"; Description: "{cm:LaunchProgram,studyapp}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; What the program itself wrote beside its decks.
Type: filesandordirs; Name: "{app}\_internal"

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  if Step <> usPostUninstall then
    exit;
  Data := ExpandConstant('{localappdata}\studyapp');
  // Without a user to ask (a silent uninstall) the data stays.
  if DirExists(Data) and not UninstallSilent() then
    if MsgBox('Your study data is kept in' + #13#10 + Data + #13#10#13#10 +
              'Delete it too? Your history, your backups and your own decks there would be gone for good.',
              mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Data, True, True, True);
end;
