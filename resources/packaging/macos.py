"""Packs the macOS bundle: signs ``studyapp.app``, puts it into a ``.dmg`` and has that notarised.

Who signs is read from the environment: MACOS_SIGN_IDENTITY (a "Developer ID Application" certificate in the keychain;
without it the signature is ad hoc, which runs after a right click) and MACOS_NOTARY_PROFILE (a profile kept by
``xcrun notarytool store-credentials``; without it nothing is sent to Apple).
"""

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

from studyapp import __version__

_ENTITLEMENTS = Path(__file__).resolve().parent / "macos" / "entitlements.plist"


def info_plist(version: str) -> dict[str, Any]:
    """The keys of Info.plist beyond those that PyInstaller writes, for its ``BUNDLE``."""
    return {
        "CFBundleDisplayName": "studyapp",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        # Dark mode: the program follows the system's, and has no need of the compatibility that this key asks for.
        "NSRequiresAquaSystemAppearance": False,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "The studyapp authors. MIT licence; parts under other licences, see notices.txt.",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "studyapp deck",
                "CFBundleTypeRole": "Viewer",
                "LSItemContentTypes": ["public.yaml"],
                # Offered for YAML files, never their default.
                "LSHandlerRank": "Alternate",
            }
        ],
    }


def pack(bundle: Path, work: Path, dist: Path) -> list[Path]:
    """The disk image made in ``dist`` from the program."""
    identity = os.environ.get("MACOS_SIGN_IDENTITY")
    _sign(bundle, identity or "-")
    folder = work / "image"
    folder.mkdir()
    # ditto keeps links, modes and the signature.
    _run("ditto", bundle, folder / bundle.name)
    (folder / "Applications").symlink_to("/Applications")
    image = dist / f"studyapp-{__version__}-macos-{platform.machine()}.dmg"
    image.unlink(missing_ok=True)
    _run("hdiutil", "create", "-volname", "studyapp", "-srcfolder", folder, "-fs", "HFS+", "-format", "UDZO", image)
    if identity:
        _run("codesign", "--sign", identity, "--timestamp", image)
    if identity and (profile := os.environ.get("MACOS_NOTARY_PROFILE")):
        _run("xcrun", "notarytool", "submit", image, "--keychain-profile", profile, "--wait")
        _run("xcrun", "stapler", "staple", image)
    shutil.rmtree(folder)
    return [image]


def _sign(bundle: Path, identity: str) -> None:
    """Sign the program and all code in it; PyInstaller's own signatures end where files were added since."""
    options = ["--force", "--deep", "--options", "runtime", "--entitlements", _ENTITLEMENTS]
    if identity != "-":
        options.append("--timestamp")
    _run("codesign", *options, "--sign", identity, bundle)
    _run("codesign", "--verify", "--deep", "--strict", bundle)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)
