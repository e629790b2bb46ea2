"""A full disk and a kill in the middle leave nothing that is half, and nothing that is in the way."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from plain import SYLLABUS

from studyapp import cli
from studyapp.content.fix.files import write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Limits and signals of POSIX.")
DECK = """\
deck: good
title: Good
cards:
  - {id: c-one, topic: a.one, front: What?, back: That.}
"""
QUIZ = (
    "<quiz><question type='multichoice'><name><text>Where the plan shows it</text></name>"
    "<questiontext format='markdown'><text>See ![x](@@PLUGINFILE@@/x.png)</text>"
    "<file name='x.png' path='/' encoding='base64'>UE5H</file></questiontext><single>true</single>"
    "<answer fraction='100'><text>A</text></answer><answer fraction='0'><text>B</text></answer></question></quiz>"
)
KILLED = """\
import os, signal, sys
from studyapp import cli
from studyapp.content.interchange import take_in
take_in._rename_to_free = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
cli.main(sys.argv[1:])
"""
KILLED_LATE = """\
import os, signal, sys
from studyapp import cli
from studyapp.content.interchange import take_in
take_in.shutil.rmtree = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
cli.main(sys.argv[1:])
"""
FULL = """\
import resource, signal, sys
from studyapp import cli
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
sys.exit(cli.main(sys.argv[1:]))
"""
PLAIN = "import sys; from studyapp import cli; sys.exit(cli.main(sys.argv[1:]))"
IMPORT = ["import", "quiz.xml", "--deck", "h2", "--topic", "a.one", "--dir", "decks"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (tmp_path / "decks" / "good.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "quiz.xml").write_text(QUIZ, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=os.environ | environment
    )


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_an_import_that_was_killed_is_not_in_the_way(folder: Path) -> None:
    assert run(KILLED, *IMPORT).returncode == -9
    assert "h2-images" in names(folder / "decks")
    assert "h2.yaml" not in names(folder / "decks")
    assert cli.main(IMPORT) == 0
    assert names(folder / "decks") == ["good.yaml", "h2-images", "h2.yaml", "syllabus.yaml"]
    assert (folder / "decks" / "h2-images" / "x.png").read_bytes() == b"PNG"


def _in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("written", ["h2-images", "H2%2Dimages"])
@pytest.mark.parametrize("save", [_in_place, write_whole])
def test_images_stay_where_the_deck_got_its_name_before_the_kill(
    folder: Path, save: Callable[[Path, str], None], written: str
) -> None:
    """Its author has renamed it since, and an editor may have made a new file of it."""
    assert run(KILLED_LATE, *IMPORT).returncode == -9
    deck, former = folder / "decks" / "h2.yaml", folder / "decks" / "former.yaml"
    deck.rename(former)
    text = former.read_text(encoding="utf-8").replace("deck: h2", "deck: former").replace("id: ", "id: former-")
    save(former, text.replace("h2-images", written))
    (folder / "quiz.xml").write_text(QUIZ.replace("x.png", "y.png"), encoding="utf-8")
    assert cli.main(IMPORT) == 0
    assert names(folder / "decks") == [
        "former.yaml",
        "good.yaml",
        "h2-images",
        "h2-images-2",
        "h2.yaml",
        "syllabus.yaml",
    ]
    assert names(folder / "decks" / "h2-images") == ["x.png"]


@pytest.mark.parametrize("mark", ["", ".", "h2-image", "good-images", "../decks", "h2-images-2"])
def test_a_mark_that_names_no_images_of_the_deck_removes_nothing(folder: Path, mark: str) -> None:
    """The last is that of a kill after the mark was made, and before the images had their name."""
    others = ("good-images", "h2-image", "h2-images-2")
    left = folder / "decks" / f".h2.{os.getpid()}.tmp"
    for path in (*(folder / "decks" / name for name in others), left / "h2-images-2"):
        path.mkdir(parents=True)
    (left / "h2.yaml").write_text(DECK, encoding="utf-8")
    (left / "placed").write_text(mark, encoding="utf-8")
    assert cli.main(IMPORT) == 0
    assert names(folder / "decks") == sorted([*others, "good.yaml", "h2-images", "h2.yaml", "syllabus.yaml"])


def test_a_folder_of_images_that_others_made_stays_as_it_is(folder: Path) -> None:
    (folder / "decks" / "h2-images").mkdir()
    (folder / "decks" / "h2-images" / "x.png").write_bytes(b"another")
    assert cli.main(IMPORT) == 0
    assert (folder / "decks" / "h2-images" / "x.png").read_bytes() == b"another"
    assert (folder / "decks" / "h2-images-2" / "x.png").read_bytes() == b"PNG"
    assert "![x](h2-images-2/x.png)" in (folder / "decks" / "h2.yaml").read_text(encoding="utf-8")


def test_what_another_process_is_writing_stays(folder: Path) -> None:
    running = folder / f".out.txt.{os.getppid()}.tmp"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for path in (running, folder / f".out.txt.{gone.pid}.tmp", folder / f".out.txt.{os.getpid()}.tmp"):
        path.write_text("half", encoding="utf-8")
    write_whole(folder / "out.txt", "whole")
    assert names(folder) == [running.name, "decks", "out.txt", "quiz.xml"]


def test_a_full_disk_is_said_and_nothing_is_left(folder: Path) -> None:
    (folder / "temporary").mkdir()
    arguments = ("export", "--decks", "decks", "--format", "apkg", "-o", "out.apkg")
    done = run(FULL, *arguments, TMPDIR=str(folder / "temporary"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("studyapp: out.apkg cannot be written: File too large.\n")
    assert names(folder) == ["decks", "quiz.xml", "temporary"]
    assert run(PLAIN, *arguments, TMPDIR=str(folder / "temporary")).returncode == 0
    assert names(folder / "temporary") == []
