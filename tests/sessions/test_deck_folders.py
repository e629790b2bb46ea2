"""Where decks are read from: kept beside the database, found again when the program has moved."""

import os
from dataclasses import replace

import pytest

from studyapp.core.errors import DataFolderError
from studyapp.sessions.deck_folders import DeckFolders, read_deck_folders, write_deck_folders


@pytest.fixture
def folders(tmp_path):
    return DeckFolders(tmp_path / "shipped", tmp_path / "data" / "decks")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def test_nothing_kept_is_the_default(folders, data):
    assert read_deck_folders(data, folders) == folders


def test_what_is_added_and_off_is_kept(folders, data, tmp_path):
    more = folders.with_added([tmp_path / "git", tmp_path / "git", folders.own]).switched(tmp_path / "x.yaml", on=False)
    assert more.added == (tmp_path / "git",)
    write_deck_folders(data, more)
    assert read_deck_folders(data, folders) == more
    less = more.without(tmp_path / "git").switched(tmp_path / "x.yaml", on=True)
    write_deck_folders(data, less)
    assert read_deck_folders(data, folders) == folders


def test_a_name_that_is_no_utf8_is_kept(folders, data, tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    more = folders.with_added([odd]).switched(odd / "x.yaml", on=False)
    write_deck_folders(data, more)
    assert read_deck_folders(data, folders) == more
    assert [path.name for path in data.iterdir()] == ["decks.json"]


def test_switched_off_decks_are_known_again_where_the_folders_have_moved(folders, data, tmp_path):
    off = folders.switched(folders.shipped / "a.yaml", on=False).switched(folders.own / "b.yaml", on=False)
    write_deck_folders(data, off)
    moved = DeckFolders(tmp_path / "elsewhere", tmp_path / "usb" / "decks")
    assert read_deck_folders(data, moved).off_paths == {moved.shipped / "a.yaml", moved.own / "b.yaml"}


def test_a_file_in_a_folder_that_is_read_is_not_added(folders, tmp_path):
    file = tmp_path / "git" / "deck.yaml"
    file.parent.mkdir()
    file.write_text("deck: d\n")
    assert folders.with_added([file]).added == (file,)
    assert folders.with_added([file.parent]).with_added([file]).added == (file.parent,)


def test_what_was_opened_for_now_is_kept_once_it_is_added(folders, tmp_path):
    opened = replace(folders, opened=(tmp_path / "one.yaml",))
    assert opened.paths == (folders.shipped, folders.own, tmp_path / "one.yaml")
    assert opened.with_added([tmp_path / "one.yaml"]) == folders.with_added([tmp_path / "one.yaml"])
    assert opened.without(tmp_path / "one.yaml") == folders


def test_a_file_is_held_by_the_folder_it_was_found_in(folders, tmp_path):
    more = folders.with_added([tmp_path / "git"])
    assert more.holding(tmp_path / "git" / "cases" / "c.yaml") == tmp_path / "git"
    assert more.holding(folders.own / "d.yaml") == folders.own


@pytest.mark.parametrize("content", ["", "{", "[]", '{"added": 5}', '{"off": [3]}', "\xff"])
def test_a_damaged_list_is_said_and_set_aside(folders, data, content):
    data.mkdir()
    (data / "decks.json").write_text(content, encoding="latin-1")
    with pytest.raises(DataFolderError) as caught:
        read_deck_folders(data, folders)
    assert caught.value.next_step.endswith(".")
    write_deck_folders(data, folders)
    assert read_deck_folders(data, folders) == folders
    assert (data / "decks.damaged.json").read_text(encoding="latin-1") == content


def test_a_list_that_cannot_be_written_is_said(folders, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderError):
        write_deck_folders(tmp_path / "file", folders)
