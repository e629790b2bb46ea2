"""Uses the ``.deb`` as a person would, on a system that holds nothing but what the package depends on.

    python tests/packaging/clean_root.py dist/studyapp_*.deb [--older OLDER.deb] [--pictures DIR]

Installs it without Python, runs its selftest, takes an exam by the keys in a window, upgrades over an older version
(without ``--older``: this one under a lower number) with that history, removes it, and looks after each step at whether
the history is whole. Needs root, mmdebstrap, xvfb and xdotool; imagemagick for the pictures.
"""

import argparse
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

USER = 1000
QUESTIONS_TO_ANSWER = 12
PATIENCE_S = 90


class Trial:
    """One clean root, with a screen on which the person's programs open."""

    def __init__(self, root: Path, display: str, pictures: Path | None) -> None:
        self._root = root
        self._display = display
        self._pictures = pictures
        self._home = root / "home/learner"
        self._home.mkdir(parents=True)
        os.chown(self._home, USER, USER)

    @property
    def database(self) -> Path:
        return self._home / ".local/share/studyapp/studyapp.db"

    def as_root(self, *command: str, user: int = 0) -> str:
        """Run a command in the root; what it prints."""
        inside = ["chroot", f"--userspec={user}:{user}", self._root, *command]
        done = subprocess.run(inside, capture_output=True, text=True, env=self._environment())
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def as_person(self, *arguments: str) -> str:
        """Run a command of the program; what it prints."""
        return self.as_root("studyapp", *arguments, user=USER)

    def dpkg(self, action: str, package: Path | None = None) -> None:
        """``dpkg -i PACKAGE``, or another action on studyapp."""
        if package is None:
            self.as_root("dpkg", action, "studyapp")
            return
        inside = self._root / "package.deb"
        shutil.copy(package, inside)
        self.as_root("dpkg", action, "/package.deb")
        inside.unlink()

    @contextmanager
    def program(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """The program run by the person; ended in the end."""
        command = ["chroot", f"--userspec={USER}:{USER}", self._root, "studyapp", *arguments]
        process = subprocess.Popen(command, env=self._environment(), stdout=subprocess.PIPE, text=True)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/home/learner",
            "LANG": "C.UTF-8",
            "DISPLAY": self._display,
            "DEBIAN_FRONTEND": "noninteractive",
        }

    def xdotool(self, *arguments: str) -> str:
        """Hands at the keyboard."""
        done = subprocess.run(
            ["xdotool", *arguments], env={**os.environ, "DISPLAY": self._display}, capture_output=True, text=True
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, at the pace of quick hands."""
        self.xdotool("key", "--delay", "60", *keys)

    def wait_for_window(self) -> None:
        """Wait until the program's window is there, and give it the keyboard, as a window manager would."""
        found = wait_for(lambda: self.xdotool("search", "--onlyvisible", "--class", "studyapp").split(), "the window")
        self.xdotool("windowfocus", found[-1])

    def picture(self, name: str) -> None:
        """A picture of the screen, where pictures are wanted."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            file = self._pictures / f"{name}.png"
            subprocess.run(["import", "-display", self._display, "-window", "root", file], check=True)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the person's database holds; nothing where there is none yet."""
        if not self.database.exists():
            return []
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        # An error: the program is only just making its tables.
        with closing(connection), suppress(sqlite3.OperationalError):
            return connection.execute(question).fetchall()
        return []

    def history(self) -> tuple[list[tuple[Any, ...]], ...]:
        """All that must be kept: attempts, their forms, and every response."""
        if (damage := self.rows("PRAGMA integrity_check")) != [("ok",)]:
            raise SystemExit(f"the database is damaged: {damage}")
        tables = ("attempts", "forms", "responses")
        return tuple(self.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables)


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """What ``look`` gives once it gives something."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.2)
    raise SystemExit(f"{what} did not come in {PATIENCE_S} s")


def use_commands(trial: Trial) -> None:
    """The commands that load other parts of the bundle than the window does, each once."""
    trial.as_person("form", "--blueprint", "pde-reported-count", "--seed", "1")
    trial.as_person("schema")
    trial.as_person("new", "deck", "mine", "--dir", "/home/learner")
    trial.as_person("check")
    for name in ("csv", "apkg", "gift", "aiken", "moodle", "qti12", "qti21"):
        trial.as_person("export", "--deck", "bigtable", "--format", name, "-o", f"/home/learner/bigtable.{name}")


def selftest(trial: Trial) -> str:
    """The program's own test, on the screen; its figures."""
    with trial.program("selftest", "--json") as process:
        told, _ = process.communicate(timeout=PATIENCE_S)
    if process.returncode:
        raise SystemExit("the selftest fails")
    return told.strip()


def take_exam(trial: Trial) -> None:
    """Open the program, start an exam, answer some questions and submit it, all by the keys."""
    with trial.program():
        trial.wait_for_window()
        wait_for(lambda: trial.rows("SELECT 1 FROM sqlite_master WHERE name = 'attempts'"), "the database")
        time.sleep(3)
        trial.picture("1-opened")
        trial.press("Escape", "ctrl+2")
        time.sleep(2)
        trial.picture("2-choice")
        trial.press("Return")
        wait_for(lambda: trial.rows("SELECT 1 FROM attempts"), "an exam")
        time.sleep(1)
        for number in range(QUESTIONS_TO_ANSWER):
            trial.press("1")
            want = number + 1
            wait_for(lambda want=want: len(trial.rows(_ANSWERED)) >= want, f"answer {want}")
            trial.press("Right")
        trial.picture("3-desk")
        trial.press("r")
        time.sleep(1)
        trial.picture("4-review")
        trial.press("Return")
        wait_for(lambda: trial.rows("SELECT 1 FROM attempts WHERE submitted_at IS NOT NULL"), "the result")
        time.sleep(2)
        trial.picture("5-results")


_ANSWERED = "SELECT 1 FROM responses WHERE chosen <> 0"


def open_once(trial: Trial, picture: str) -> None:
    """Open the program and look at it for a while."""
    with trial.program() as process:
        trial.wait_for_window()
        time.sleep(5)
        trial.press("ctrl+2")
        time.sleep(2)
        trial.picture(picture)
        if process.poll() is not None:
            raise SystemExit(f"the program ended by itself with {process.returncode}")


def under_lower_number(package: Path, folder: Path) -> Path:
    """The same package as version 0.0.1, with a file that the newer one no longer has."""
    parts = folder / "older"
    subprocess.run(["dpkg-deb", "-R", package, parts], check=True)
    control = parts / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*$", "Version: 0.0.1", control.read_text(encoding="utf-8")))
    (parts / "usr/lib/studyapp/_internal/left-behind").touch()
    made = folder / "older.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "-b", parts, made], check=True, capture_output=True)
    return made


@contextmanager
def clean_root(package: Path, folder: Path) -> Iterator[Path]:
    """A root with the smallest Debian and the packages that this one depends on, and nothing recommended."""
    told = subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True, check=True).stdout
    names = [entry.split()[0] for entry in told.split(", ")]
    suite = re.search(r"(?m)^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(encoding="utf-8"))
    assert suite is not None
    root = folder / "root"
    command = ["mmdebstrap", "--variant=minbase", "--mode=root", f"--include={','.join(names)}", "--quiet"]
    subprocess.run([*command, suite[1], root], check=True)
    if pythons := [*root.glob("usr/bin/python*"), *root.glob("usr/lib/python3*")]:
        raise SystemExit(f"the root is not clean: {pythons}")
    mounts = {"/proc": root / "proc", "/dev": root / "dev", "/tmp/.X11-unix": root / "tmp/.X11-unix"}
    mounted: list[Path] = []
    try:
        for source, place in mounts.items():
            place.mkdir(exist_ok=True)
            subprocess.run(["mount", "--rbind", "--make-private", source, place], check=True)
            mounted.append(place)
        yield root
    finally:
        for place in reversed(mounted):
            subprocess.run(["umount", "--recursive", "--lazy", place], check=True)


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"]
    process = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


def step(what: str) -> None:
    """Say what has been shown."""
    print(f"{time.strftime('%H:%M:%S')}  {what}", flush=True)


def run(package: Path, older: Path | None, pictures: Path | None) -> None:
    """The whole story."""
    with tempfile.TemporaryDirectory(prefix="clean-root-") as name, screen() as display:
        folder = Path(name)
        with clean_root(package, folder) as root:
            step("a clean root without Python, with what the package depends on")
            trial = Trial(root, display, pictures)
            trial.dpkg("-i", older or under_lower_number(package, folder))
            step("installed the older version")
            step(f"selftest: {selftest(trial)}")
            take_exam(trial)
            before = trial.history()
            step(f"took an exam by the keys: {len(before[0])} attempt, {len(trial.rows(_ANSWERED))} answers")

            trial.dpkg("-i", package)
            if (root / "usr/lib/studyapp/_internal/left-behind").exists():
                raise SystemExit("the upgrade left a file of the older version")
            open_once(trial, "6-upgraded")
            if trial.history() != before:
                raise SystemExit("the upgrade changed the history")
            step(f"upgraded to {trial.as_person('--version').strip()}; the history is whole")
            step(f"selftest: {selftest(trial)}")
            use_commands(trial)
            step("used the commands")

            trial.dpkg("--purge")
            if left := list(root.glob("usr/**/*studyapp*")):
                raise SystemExit(f"left behind: {left}")
            if trial.history() != before:
                raise SystemExit("removing changed the history")
            step("removed; the history is kept")


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description="Install, use, upgrade and remove the package in a clean root.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--older", type=Path, help="a package of an older version")
    parser.add_argument("--pictures", type=Path, help="where to put pictures of the screen")
    args = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("A clean root needs root.")
    run(args.package.resolve(), args.older and args.older.resolve(), args.pictures)


if __name__ == "__main__":
    main()
