"""Packs the Windows bundle: an installer made by Inno Setup 6 (``iscc`` on the PATH or in its usual folder)."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import icons
from contents import ROOT

from studyapp import __version__

_SCRIPT = Path(__file__).resolve().parent / "windows" / "studyapp.iss"


def version_resource(version: str) -> Any:
    """What Explorer shows as the details of the program, for PyInstaller's ``EXE``. Only on Windows."""
    from PyInstaller.utils.win32 import versioninfo as v

    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    told = {
        "FileDescription": "studyapp: practice for Google Cloud exams",
        "FileVersion": version,
        "InternalName": "studyapp",
        "LegalCopyright": "The studyapp authors. MIT licence; parts under other licences, see notices.txt.",
        "OriginalFilename": "studyapp.exe",
        "ProductName": "studyapp",
        "ProductVersion": version,
    }
    strings = v.StringTable("040904B0", [v.StringStruct(key, text) for key, text in told.items()])
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers, prodvers=numbers, OS=0x40004, fileType=1),
        kids=[v.StringFileInfo([strings]), v.VarFileInfo([v.VarStruct("Translation", [0x409, 1200])])],
    )


def pack(bundle: Path, work: Path, dist: Path) -> list[Path]:
    """The installer made in ``dist`` from the bundle.

    Raises:
        FileNotFoundError: without Inno Setup.
    """
    icon = icons.write_ico(work / "studyapp.ico")
    name = f"studyapp-{__version__}-windows-setup"
    licence = ROOT / "LICENSE"
    defined = {"Version": __version__, "Bundle": bundle, "License": licence, "Icon": icon, "Output": dist, "Name": name}
    subprocess.run([_compiler(), "/Qp", *(f"/D{key}={text}" for key, text in defined.items()), _SCRIPT], check=True)
    return [dist / f"{name}.exe"]


def _compiler() -> str:
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")) / "Inno Setup 6" / "ISCC.exe"
    found = shutil.which("iscc") or (str(usual) if usual.is_file() else None)
    if found is None:
        raise FileNotFoundError("Inno Setup 6 is not installed")
    return found
