"""Packs the Linux bundle: a ``.deb`` and a ``.tar.zst`` of the same files.

Needs binutils, dpkg-dev (both come with build-essential) and zstd.
"""

import gzip
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from stat import S_IXUSR

from contents import OF_THE_SYSTEM_BUT_BUNDLED, ROOT
from icons import DRAWING, png

from studyapp import __version__

_PARTS = Path(__file__).resolve().parent / "linux"
_MAINTAINER = "the studyapp authors <studyapp@studyapp.invalid>"
_ICON_SIDES = (16, 24, 32, 48, 64, 128, 256)
_ONLY_ON_SOME_DESKTOPS = "libqgtk3.so"
"""The plugin for GNOME's theme. Qt passes it over where GTK is missing, so the package recommends GTK only."""
_DESCRIPTION = """\
Description: practice for Google Cloud's Data Engineer and ML Engineer exams
 Scenario questions and flashcards with timed practice exams, spaced
 repetition and an estimate of the chance to pass.
 .
 Works without a network, asks for no account and keeps all study data on this
 computer. Own decks are plain YAML files.
"""


def slim(bundle: Path) -> None:
    """Strip Python's own libraries of what only a debugger reads.

    The libraries of wheels stay as they are: stripping corrupts those whose headers the wheel's makers have edited.
    """
    own = [*bundle.glob("_internal/libpython3*.so*"), *bundle.glob("_internal/python3*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *own], check=True)


def check_links(bundle: Path) -> None:
    """Make sure that every library of the bundle finds the libraries it links to, in it or in this system.

    Raises:
        LookupError: where one is missing, because contents.py leaves out too much.
    """
    missing = {}
    # As PyInstaller's starter does.
    environment = {**os.environ, "LD_LIBRARY_PATH": str(bundle / "_internal")}
    for library in _libraries(bundle):
        told = subprocess.run(["ldd", library], capture_output=True, text=True, check=False, env=environment).stdout
        lost = [line.split()[0] for line in told.splitlines() if "not found" in line]
        if lost and library.name != _ONLY_ON_SOME_DESKTOPS:
            missing[library.name] = lost
    if missing:
        raise LookupError(f"libraries are missing from the bundle: {missing}")


def pack(bundle: Path, work: Path, dist: Path) -> list[Path]:
    """The packages made in ``dist`` from the bundle."""
    root = work / "root"
    _lay_out(bundle, root)
    depends = _dependencies(root, work)
    _write_control(root, depends)
    return [_build_deb(root, dist), _build_archive(root, work, dist)]


def _libraries(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _lay_out(bundle: Path, root: Path) -> None:
    """The files as they lie on the user's disk."""
    program = root / "usr/lib/studyapp"
    shutil.copytree(bundle, program, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/studyapp").symlink_to("../lib/studyapp/studyapp")
    share = root / "usr/share"
    for name, folder in (
        ("studyapp.desktop", "applications"),
        ("studyapp-deck.xml", "mime/packages"),
        ("studyapp.lintian-overrides", "lintian/overrides"),
    ):
        _write(share / folder / name.removesuffix(".lintian-overrides"), (_PARTS / name).read_text(encoding="utf-8"))
    date = formatdate(int(os.environ["SOURCE_DATE_EPOCH"]))
    release = f'<release version="{__version__}" timestamp="{os.environ["SOURCE_DATE_EPOCH"]}"/>'
    told = (_PARTS / "studyapp.metainfo.xml").read_text(encoding="utf-8").replace("<!-- release -->", release)
    _write(share / "metainfo/studyapp.metainfo.xml", told)
    shutil.copytree(DRAWING.parent, share / "icons/hicolor/scalable/apps")
    for side in _ICON_SIDES:
        path = share / f"icons/hicolor/{side}x{side}/apps/studyapp.png"
        path.parent.mkdir(parents=True)
        path.write_bytes(png(side))
    docs = share / "doc/studyapp"
    _write(docs / "copyright", _copyright())
    changes = (
        f"studyapp ({__version__}) unstable; urgency=medium\n\n  * See the notes of this release in the program's "
    )
    changes += f"repository.\n\n -- {_MAINTAINER}  {date}\n"
    (docs / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    (docs / "NEWS.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    _write(share / "man/man1/studyapp.1", (_PARTS / "studyapp.1").read_text(encoding="utf-8"))
    page = share / "man/man1/studyapp.1"
    page.with_suffix(".1.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
    page.unlink()
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program / "studyapp" else 0o644)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _copyright() -> str:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        "studyapp and its decks:\n\n"
        f"{licence}\n"
        "The software of others that the package holds, with its licences, is named in\n"
        "/usr/lib/studyapp/_internal/resources/notices.txt. Qt and PySide6 among it are\n"
        "under the GNU Lesser General Public License 3 (/usr/share/common-licenses/LGPL-3)\n"
        "and may be replaced in /usr/lib/studyapp/_internal.\n"
    )


def _dependencies(root: Path, work: Path) -> str:
    """The Debian packages of the libraries that the bundle links to and does not hold."""
    _write(work / "debian/control", "Source: studyapp\n\nPackage: studyapp\nArchitecture: any\n")
    (root / "DEBIAN").mkdir()  # by which dpkg-shlibdeps knows where the package begins
    inside = root / "usr/lib/studyapp/_internal"
    libraries = [path for path in _libraries(root) if path.name != _ONLY_ON_SOME_DESKTOPS]
    done = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", f"-l{inside}", f"-l{inside}/PySide6/Qt/lib",
         *(f"-e{path}" for path in libraries)],
        cwd=work, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    return ", ".join(package for package in found if not package.startswith(OF_THE_SYSTEM_BUT_BUNDLED))


def _architecture() -> str:
    told = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def _write_control(root: Path, depends: str) -> None:
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    control = (
        f"Package: studyapp\nVersion: {__version__}\nArchitecture: {_architecture()}\n"
        f"Maintainer: {_MAINTAINER}\nInstalled-Size: {size}\nSection: education\nPriority: optional\n"
        f"Depends: {depends}\n"
        # For GNOME's look, for file dialogs of the desktop, and for the folders that the program opens.
        "Recommends: libgtk-3-0, xdg-desktop-portal, xdg-utils\n"
        f"{_DESCRIPTION}"
    )
    _write(root / "DEBIAN/control", control)


def _build_deb(root: Path, dist: Path) -> Path:
    made = dist / f"studyapp_{__version__}_{_architecture()}.deb"
    # With one thread, for with several the bytes depend on how many the machine has.
    options = ("--root-owner-group", "--threads-max=1", "-Zxz")
    subprocess.run(["dpkg-deb", *options, "--build", root, made], check=True, stdout=subprocess.DEVNULL)
    return made


def _build_archive(root: Path, work: Path, dist: Path) -> Path:
    """The same files for systems without dpkg, to be unpacked anywhere."""
    name = f"studyapp-{__version__}-linux-{platform.machine()}"
    top = work / name
    shutil.copytree(root / "usr/lib/studyapp", top, symlinks=True)
    shutil.copytree(root / "usr/share", top / "share")
    shutil.rmtree(top / "share/lintian")
    archive = work / f"{name}.tar"
    date = int(os.environ["SOURCE_DATE_EPOCH"])

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = date
        entry.mode = 0o755 if entry.mode & S_IXUSR or entry.isdir() else 0o644
        return entry

    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT) as tar:
        for path in (top, *sorted(top.rglob("*"))):
            tar.add(path, path.relative_to(work), recursive=False, filter=anonymous)
    made = dist / f"{name}.tar.zst"
    subprocess.run(["zstd", "-12", "-q", "-f", archive, "-o", made], check=True)
    return made
