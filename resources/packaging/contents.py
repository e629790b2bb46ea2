"""What goes into the bundle and what stays out, for ``build.spec``.

Entries are PyInstaller's: (path in the bundle, source file, kind). Each rule leaves out what the program cannot need;
what a desktop expects of a Qt program stays: the platform themes, Wayland, input methods, Qt's own translations.
"""

import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]

ROOT = Path(__file__).resolve().parents[2]

LEFT_OUT_MODULES = [
    # Bindings that nothing imports; without this PyInstaller takes those that others mention.
    *(
        f"PySide6.Qt{name}"
        for name in (
            "Concurrent",
            "DBus",
            "Designer",
            "Help",
            "Network",
            "OpenGL",
            "OpenGLWidgets",
            "PrintSupport",
            "Qml",
            "Quick",
            "QuickControls2",
            "QuickTest",
            "QuickWidgets",
            "Sql",
            "SvgWidgets",
            "Test",
            "UiTools",
            "Xml",
        )
    ),
    # The program opens no connection: with these go OpenSSL, and compressors that only archives need.
    *("ssl", "_ssl", "_hashlib", "bz2", "_bz2", "lzma", "_lzma", "_uuid"),
    # Optional for a library that we do use, or for building and testing.
    *("tkinter", "readline", "numpy", "greenlet", "rich", "attrs", "pygments", "IPython"),
    *("pytest", "_pytest", "hypothesis", "mypy", "setuptools", "pip"),
]

LEFT_OUT_STARTERS = {
    # For programs that start copies of themselves, look for packages or read their own source: 90 ms at each start.
    *("pyi_rth_multiprocessing", "pyi_rth_pkgutil", "pyi_rth_inspect"),
    # Points Qt at the bundle by the environment, and so every Qt program that this one opens. PySide6 of a wheel finds
    # its Qt by itself.
    *(("pyi_rth_pyside6",) if sys.platform == "linux" else ()),
}
"""What PyInstaller would run in the frozen program before the program."""

_PLUGINS = {
    "platforms": {"xcb", "wayland", "offscreen", "windows", "cocoa"},
    "platformthemes": None,
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "styles": None,
    "iconengines": None,
    "imageformats": {"gif", "ico", "jpeg", "svg", "webp"},
    "wayland-shell-integration": {"xdg-shell"},
    "wayland-decoration-client": None,
}
"""Kinds of Qt plugins, and which of each; None: all. Whatever else there is draws on bare hardware or serves modules
that we do not use (VNC, OpenGL, TLS, network state, databases, QML)."""

_QT_LIBRARIES_LEFT_OUT = {
    "linux": ("Network", "OpenGL", "EglFSDeviceIntegration", "EglFsKmsSupport", "WlShellIntegration"),
    "win32": ("Network", "opengl32sw", "d3dcompiler_47"),
    "darwin": ("Network",),
}
"""Libraries that only the plugins left out link to; on Linux ``build.py`` checks that none is missed."""

OF_THE_SYSTEM_BUT_BUNDLED = (
    *("libpython", "libffi", "libsqlite3"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util", "libxcb-util"),
)
"""On Linux what comes from the build machine's system stays out: glib, GTK, fontconfig, X11, the C++ runtime and the
graphics drivers must be the user's own, or they clash with the plugins and settings of his desktop. These alone go in:
Python's own needs, and small libraries that a desktop without another Qt program lacks."""


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that belong into the bundle."""
    return [entry for entry in entries if _is_kept(PurePosixPath(entry[0].replace("\\", "/")), entry[1])]


def _is_kept(place: PurePosixPath, source: str) -> bool:
    parts = place.parts
    if "plugins" in parts and "PySide6" in parts:
        kind, name = parts[parts.index("plugins") + 1], place.stem
        wanted = _PLUGINS.get(kind, set())
        return wanted is None or name.removeprefix("lib").removeprefix("q") in wanted
    if "translations" in parts and "PySide6" in parts:
        return place.name.startswith("qtbase_")
    if any(_is_qt_library(part, name) for name in _QT_LIBRARIES_LEFT_OUT[sys.platform] for part in parts):
        return False
    if sys.platform == "linux" and source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")):
        # A Python from the distribution lies there too: its standard library and modules are in folders.
        return "python3" in source or place.name.startswith(OF_THE_SYSTEM_BUT_BUNDLED)
    return True


def _is_qt_library(part: str, name: str) -> bool:
    """Whether a part of a path is a Qt library, on any system: libQt6X.so.6, Qt6X.dll, QtX.framework, X.dll."""
    return part.startswith((f"libQt6{name}.", f"Qt6{name}.", f"Qt{name}.framework", f"{name}.dll"))


def own_data() -> list[tuple[str, str]]:
    """Decks, resources and migrations, as PyInstaller's (source, folder in the bundle).

    Migrations are found by path at run time, so they go in as files.
    """
    found = []
    for folder, place in (("decks", "decks"), ("resources", "resources"), ("studyapp/store/migrations", None)):
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT / folder)
            if path.is_file() and "__pycache__" not in inside.parts and inside.parts[0] != "packaging":
                found.append((str(path), str(PurePosixPath(place or folder) / inside.parent.as_posix())))
    return found


def bundled_distributions(modules: Iterable[Entry], files: Iterable[Entry]) -> list[Distribution]:
    """The Python distributions that the entries come from, by name."""
    sources = {str(Path(source).resolve()) for _, source, _ in (*modules, *files) if source}
    found = {}
    for distribution in distributions():
        name = distribution.metadata["Name"]
        owned = (str(Path(str(distribution.locate_file(path))).resolve()) for path in distribution.files or ())
        # PyInstaller's own modules are its starter, which the notices name apart.
        if name == "studyapp" or (name != "pyinstaller" and any(path in sources for path in owned)):
            found[name] = distribution
    return [found[name] for name in sorted(found, key=str.lower)]


def metadata_of(distribution: Distribution) -> tuple[str, str] | None:
    """A distribution's METADATA as PyInstaller's (source, folder): names and versions, and no path of this machine."""
    path = next((p for p in distribution.files or () if p.name == "METADATA" and p.parent.suffix == ".dist-info"), None)
    return (str(distribution.locate_file(path)), path.parent.name) if path else None
