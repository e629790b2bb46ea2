"""Builds every installer that this system can build into ``dist/``, with their SHA256SUMS.

    python resources/packaging/build.py

Needs the program, PyInstaller (``pip install -c pins.txt . pyinstaller``) and what README.md beside this file lists for
the system. The frozen program runs its selftest before it is packed. SOURCE_DATE_EPOCH (default: the time of the last
commit) is the time that every packed file bears, so that the same sources and tools give the same bytes.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from contents import ROOT

BUNDLE = ROOT / "build" / "bundle"
WORK = ROOT / "build" / "packaging"
DIST = ROOT / "dist"


def main() -> int:
    """Build, try, pack; 0 where all went well."""
    os.environ["SOURCE_DATE_EPOCH"] = str(_source_date())
    os.environ["PYTHONHASHSEED"] = "0"
    shutil.rmtree(BUNDLE, ignore_errors=True)
    DIST.mkdir(exist_ok=True)
    _freeze()
    _set_times(BUNDLE)
    print("selftest:", json.dumps(_try_out()))
    for kept in BUNDLE.rglob("decks.jsonl"):
        _forget_inodes(kept)
    _set_times(BUNDLE)
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    made = _pack()
    for path in made:
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")
    _write_sums(made)
    return 0


def _source_date() -> int:
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return int(told or (ROOT / "CHANGELOG.md").stat().st_mtime)


def _freeze() -> None:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
         "--distpath", BUNDLE, "--workpath", ROOT / "build" / "work", "build.spec"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    _check_imports(ROOT / "build" / "work" / "build" / "warn-build.txt")
    if sys.platform == "linux":
        import linux

        linux.slim(BUNDLE / "studyapp")
        linux.check_links(BUNDLE / "studyapp")


def _check_imports(warnings: Path) -> None:
    """Make sure that the bundle has every module that the program's own import at their top.

    Raises:
        ModuleNotFoundError: where one is not installed, or contents.py leaves it out.
    """
    for line in warnings.read_text(encoding="utf-8").splitlines():
        found = re.match(r"(missing|excluded) module named '?(\w+)[\w.]*'? - imported by (.*)", line)
        needed = found and re.search(r"\bstudyapp[\w.]* \(top-level\)", found[3])
        # What a package that is there makes up as it is asked for looks like a missing module too.
        if found and needed and (found[1] == "excluded" or find_spec(found[2]) is None):
            raise ModuleNotFoundError(f"{needed[0]} imports {found[2]}, which is {found[1]}")


def _program() -> Path:
    if sys.platform == "darwin":
        return BUNDLE / "studyapp.app" / "Contents" / "MacOS" / "studyapp"
    return BUNDLE / "studyapp" / ("studyapp-cli.exe" if sys.platform == "win32" else "studyapp")


def _try_out() -> dict[str, object]:
    """The figures of the frozen program's selftest, which also leaves the kept load of the decks in the bundle."""
    done = subprocess.run([_program(), "selftest", "--json"], stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def _forget_inodes(kept: Path) -> None:
    """Take this disk's numbers out of the kept load of the decks, which holds on another by its digests anyway."""
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    at = 1  # after the line of the program
    while at < len(lines):
        name, (size, time, _), *rest = json.loads(lines[at])
        lines[at] = json.dumps([name, [size, time, 0], *rest], ensure_ascii=False, separators=(",", ":")) + "\n"
        at += 1 + int(rest[2])
    kept.write_text("".join(lines), encoding="utf-8", newline="\n")


def _set_times(folder: Path) -> None:
    """Give every file the one time; whole seconds, which every archive can keep."""
    date = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (date, date), **({"follow_symlinks": False} if os.utime in os.supports_follow_symlinks else {}))


def _pack() -> list[Path]:
    if sys.platform == "linux":
        import linux

        return linux.pack(BUNDLE / "studyapp", WORK, DIST)
    if sys.platform == "win32":
        import windows

        return windows.pack(BUNDLE / "studyapp", WORK, DIST)
    import macos

    return macos.pack(BUNDLE / "studyapp.app", WORK, DIST)


def _write_sums(made: list[Path]) -> None:
    """The sums of what was made, in the format of sha256sum."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made)]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
