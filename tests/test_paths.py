"""Where the learner's data lies."""

import os
import sys
from pathlib import Path

import pytest

from studyapp import paths


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Be an installed program at a place below a folder."""

    def become(place):
        file = tmp_path / place
        file.parent.mkdir(parents=True)
        file.touch()
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(file))

    return become


@pytest.mark.parametrize(
    "place", ["stick/studyapp", "stick/studyapp.exe", "stick/studyapp.app/Contents/MacOS/studyapp"]
)
def test_a_portable_program_keeps_its_data_beside_it(program, tmp_path, monkeypatch, place):
    program(place)
    elsewhere = paths.data_dir()
    assert tmp_path not in elsewhere.parents
    (tmp_path / "stick" / "portable").touch()
    assert paths.data_dir() == tmp_path / "stick" / "data"
    monkeypatch.setenv("STUDYAPP_DATA_DIR", str(tmp_path / "chosen"))
    assert paths.data_dir() == tmp_path / "chosen"
    assert paths.data_dir(str(tmp_path / "other")) == tmp_path / "other"


def test_a_checkout_is_never_portable(tmp_path, monkeypatch):
    (tmp_path / "portable").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert paths.data_dir() != tmp_path / "data"


def test_the_home_folder_is_nobodys_business(monkeypatch):
    home = str(Path("/home/ada"))
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)
    assert paths.without_home(f"in {home}/decks and {home}") == "in ~/decks and ~"
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("USERPROFILE", "/")
    assert paths.without_home("/a/b") == "/a/b"


@pytest.mark.parametrize(
    ("home", "text", "told"),
    [
        ("/home/jo", "/home/jo/a of /home/john/b", "~/a of /home/john/b"),
        (
            "/home/jo",
            "'/home/jo', /home/jo-2 and /home/jo.old are not /home/jo.",
            "'~', /home/jo-2 and /home/jo.old are not ~.",
        ),
        ("/home/jo/", "/home/jo/a, /HOME/JO", "~/a, /HOME/JO"),
        ("C:\\Users\\Jo", "C:\\Users\\Jo\\a, c:\\users\\jo\\b, C:\\Users\\John", "~\\a, ~\\b, C:\\Users\\John"),
        ("C:\\Users\\Jo", "file:///C:/Users/Jo/a", "file:///~/a"),
        ("C:\\Users\\Jo", repr("C:\\Users\\Jo\\a"), repr("~\\a")),
    ],
)
def test_the_home_folder_in_each_of_its_forms_and_no_other_folder(monkeypatch, home, text, told):
    monkeypatch.setattr(os.path, "expanduser", lambda _: home)
    assert paths.without_home(text) == told
