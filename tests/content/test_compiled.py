import json
import os

import pytest
from samples import BLUEPRINT, DECK, SYLLABUS

from studyapp.content import compiled, loader
from studyapp.core.errors import DeckFolderError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "cases").mkdir()
    (tmp_path / "syllabus.yaml").write_text(SYLLABUS)
    (tmp_path / "deck.yaml").write_text(DECK)
    (tmp_path / "blueprints" / "half.yaml").write_text(BLUEPRINT)
    (tmp_path / "cases" / "shop.yaml").write_text("case: shop\ntitle: Shop\ntext: A shop.\n")
    return tmp_path


def kept(folder):
    return folder / "__pycache__" / "decks.json"


def test_the_kept_load_is_the_same_as_parsing(folder):
    first = compiled.load([folder])
    assert kept(folder).exists()
    again = compiled.load([folder])
    assert again == first == loader.load([folder])
    assert again is not first


def test_the_shipped_decks_come_back_the_same(shipped_decks, tmp_path):
    library = loader.load([shipped_decks])
    assert compiled._library(json.loads(json.dumps(compiled._plain(library)))).bank == library.bank


def test_a_kept_load_is_used_and_a_changed_file_ends_it(folder):
    compiled.load([folder])
    os.utime(folder / "deck.yaml", ns=(1, 1))
    (folder / "deck.yaml").write_text(DECK.replace("title: Good", "title: Better"))
    assert compiled.load([folder]).bank.decks[0].title == "Better"


@pytest.mark.parametrize("change", ["added", "removed", "renamed"])
def test_files_that_come_and_go_are_noticed(folder, change):
    compiled.load([folder])
    if change == "added":
        (folder / "other.yaml").write_text("deck: other\ntitle: Other\ncards: []\n")
    elif change == "removed":
        (folder / "deck.yaml").unlink()
    else:
        (folder / "deck.yaml").rename(folder / "renamed.yaml")
    assert compiled.load([folder]).bank == loader.load([folder]).bank


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"stamp": 1}', b"\x80\x04N.", b'{"stamp": [], "library": []}'])
def test_a_spoilt_file_is_passed_over(folder, content):
    compiled.load([folder])
    kept(folder).write_bytes(content)
    assert compiled.load([folder]) == loader.load([folder])


def test_problems_are_kept_with_the_load(folder):
    (folder / "deck.yaml").write_text(DECK.replace("correct: true", "correct: maybe"))
    first = compiled.load([folder])
    assert first.problems
    assert compiled.load([folder]) == first


def test_a_folder_that_cannot_be_written_goes_without(folder):
    # A file stands where the folder would be made: it cannot be had, for root neither.
    (folder / "__pycache__").write_text("in the way")
    assert compiled.load([folder]) == loader.load([folder])


def test_no_folder_is_said_as_ever(tmp_path):
    with pytest.raises(DeckFolderError):
        compiled.load([tmp_path / "missing"])
