"""The notices file of a bundle: whose software it holds, and under which licences."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from contents import ROOT, Entry
from PySide6.QtCore import qVersion

_LICENCES = Path(__file__).resolve().parent / "licences"
_NAMES = ("licen", "copying", "notice", "authors")
_QT = ("PySide6_Essentials", "shiboken6")
"""Distributions whose wheels bring no text: the LGPL, which stands in a section of its own."""

_QT_TEXT = """\
Qt {qt}, PySide6 and Shiboken6 (The Qt Company Ltd. and other contributors) are used under the GNU Lesser General
Public License, version 3, whose text follows, with that of the GNU General Public License that it adds to. studyapp
links to them dynamically and has not changed them. They lie in the program's folder as separate files:

    {place}

You may replace them by your own builds of the same version line (6.x) of the same interface, and you may reverse
engineer the program to debug such a change. Nothing in the program checks or locks these files. Their sources are
published by the Qt Project as qtbase, qtsvg, qtwayland, qttranslations and pyside-setup, version {qt}.
"""
_PLACES = {
    "linux": "_internal/PySide6/ and _internal/shiboken6/, beside the program `studyapp` (the .deb: /usr/lib/studyapp)",
    "win32": "_internal\\PySide6\\ and _internal\\shiboken6\\, beside studyapp.exe",
    "darwin": "studyapp.app/Contents/Frameworks/PySide6/ and studyapp.app/Contents/Frameworks/shiboken6/",
}


def notices(bundled: Sequence[Distribution], binaries: Iterable[Entry]) -> str:
    """The text for a bundle of these Python distributions and libraries.

    Raises:
        LookupError: where a part of the bundle has no licence text.
    """
    program, *others = sorted(bundled, key=lambda found: found.metadata["Name"] != "studyapp")
    sections = [
        (f"studyapp {program.version}", (ROOT / "LICENSE").read_text(encoding="utf-8")),
        (f"Python {platform.python_version()}", _python_licence()),
        ("Inside Python", _licence("python-third-party")),
        *((f"{d.metadata['Name']} {d.version}", _texts(d)) for d in others if d.metadata["Name"] not in _QT),
        (f"Qt {qVersion()}, PySide6, Shiboken6", _QT_TEXT.format(qt=qVersion(), place=_PLACES[sys.platform])),
        ("GNU Lesser General Public License 3", _licence("LGPL-3")),
        ("GNU General Public License 3", _licence("GPL-3")),
        ("Inside Qt", _licence("qt-third-party")),
        ("The program's starter, from PyInstaller", _texts(distribution("pyinstaller"))),
        *_system_packages(binaries),
    ]
    head = "studyapp holds the software of others. This file names it, with its licences.\n\n"
    contents = "".join(f"  {title}\n" for title, _ in sections)
    rule = "=" * 78
    return head + contents + "".join(f"\n{rule}\n{title}\n{rule}\n\n{text.strip()}\n" for title, text in sections)


def _licence(name: str) -> str:
    return (_LICENCES / f"{name}.txt").read_text(encoding="utf-8")


def _texts(found: Distribution) -> str:
    """Every licence file of a distribution."""
    paths = [
        path
        for path in found.files or ()
        if any(part.endswith(".dist-info") for part in path.parts) and path.name.lower().startswith(_NAMES)
    ]
    if not paths:
        raise LookupError(f"{found.metadata['Name']} brings no licence text")
    texts = [Path(str(found.locate_file(path))).read_text(encoding="utf-8").strip() for path in paths]
    return "\n\n".join(texts + _compiled_in(found))


def _compiled_in(found: Distribution) -> list[str]:
    """What a wheel's own bill of materials says was compiled into it."""
    lines = []
    for path in found.files or ():
        if "sboms" in path.parts and path.name.endswith(".cyclonedx.json"):
            told = json.loads(Path(str(found.locate_file(path))).read_text(encoding="utf-8"))
            for part in told["components"]:
                licence = " and ".join(_licence_name(entry) for entry in part.get("licenses", ()))
                author = part.get("author", "its authors")
                lines.append(f"  {part['name']} {part['version']}, by {author}: {licence or 'see its sources'}")
    return ["Compiled into it:", "\n".join(lines)] if lines else []


def _licence_name(entry: dict[str, Any]) -> str:
    named = entry.get("license", {})
    return str(entry.get("expression") or named.get("id") or named.get("name"))


def _python_licence() -> str:
    library = Path(platform.__file__).parent
    places = (library, library.parent, Path(sys.base_prefix), Path("/usr/share/doc/libpython3-stdlib"))
    for place in places:
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (place / name).is_file():
                return (place / name).read_text(encoding="utf-8")
    raise LookupError("this Python brings no licence text")


def _system_packages(binaries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Title and text for each library taken from a Debian package; none on other systems."""
    if sys.platform != "linux":
        return []
    packages: dict[str, str] = {}
    for _, source, _ in binaries:
        if source.startswith(("/lib/", "/usr/lib/")):
            package = _package_of(source)
            text = Path("/usr/share/doc") / package / "copyright"
            if not text.is_file():
                raise LookupError(f"{package} brings no licence text")
            packages[package] = text.read_text(encoding="utf-8")
    return [(f"{name} (Debian package)", packages[name]) for name in sorted(packages)]


def _package_of(library: str) -> str:
    """The Debian package of a library, which it may know with or without the /usr before it."""
    for path in (str(Path(library).resolve()), library, library.removeprefix("/usr"), f"/usr{library}"):
        done = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    raise LookupError(f"{library} belongs to no package")
