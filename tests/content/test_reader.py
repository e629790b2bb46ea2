"""Reading the same folders again and again: only what changed is parsed, and the outcome is that of a full load."""

import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import BLUEPRINT, CASE, DECK, SYLLABUS, write, write_folder

from studyapp.content import loader, parsing
from studyapp.content import reader as deck_reader
from studyapp.content.discovery import deck_files
from studyapp.content.reader import DeckReader
from studyapp.content.reading import LoadCancelledError, Reading
from studyapp.core.errors import DeckFolderError


@pytest.fixture
def folder(tmp_path):
    folder = write_folder(tmp_path / "decks")
    age(folder)
    return folder


def age(folder):
    """Let the files be as old as files are, so that their stamps are trusted."""
    for path in folder.rglob("*.yaml"):
        os.utime(path, ns=(10**18, 10**18 + path.stat().st_mtime_ns % 10**9))


def reader_of(folder):
    return DeckReader(folder, folder.parent / "data" / "decks.jsonl")


def cache_of(folder):
    return folder / "__pycache__" / "decks.jsonl"


@pytest.fixture
def parsed(monkeypatch):
    """The names of the files that are parsed."""
    names = []
    plain = parsing.identify

    def identify(source, *check):
        names.append(source.path.name)
        plain(source, *check)

    monkeypatch.setattr(parsing, "identify", identify)
    return names


def file_of(library, name):
    return next(file for file in library.files if file.path.name == name)


MINE = "deck: mine\ntitle: Mine\ncards:\n  - {id: m-one, topic: a.one, cloze: 'It is {{this}}.'}\n"


def test_only_what_changed_is_parsed(folder, parsed):
    reader = reader_of(folder)
    first = reader.load([folder])
    assert len(parsed) == 5
    parsed.clear()
    assert reader.load([folder]) == first
    assert parsed == []
    write(folder, "good.yaml", DECK.replace("title: Good", "title: Better"))
    assert reader.load([folder]).bank.decks[0].title == "Better"
    assert parsed == ["good.yaml"]


def test_the_next_start_parses_nothing(folder, parsed):
    mine = write(folder.parent / "mine", "mine.yaml", MINE)
    age(mine.parent)
    (folder.parent / "data").mkdir()
    first = reader_of(folder)
    library = first.load([folder, mine])
    first.save()
    parsed.clear()
    again = reader_of(folder).load([folder, mine])
    assert parsed == []
    assert again == library == loader.load([folder, mine])
    # Without the learner's own, the shipped ones are still there.
    parsed.clear()
    assert reader_of(folder).load([folder]) == loader.load([folder])
    assert parsed.count("good.yaml") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_that_is_no_utf8_is_kept(folder, parsed):
    path = folder / os.fsdecode(b"caf\xe9.yaml")
    path.write_text(MINE, encoding="utf-8")
    age(folder)
    reader = reader_of(folder)
    library = reader.load([folder])
    reader.save()
    parsed.clear()
    assert reader_of(folder).load([folder]) == library
    assert parsed == []


RICH = """\
deck: rich
title: Rich
verified_on: 2026-11-23
cards:
  - {id: r-c, topic: a.one, front: F, back: B, changed: C, tags: [t], was: [r-old]}
  - {id: r-z, topic: a.one, cloze: "It is {{this}}."}
questions:
  - id: r-q
    topic: a.one
    difficulty: hard
    case: shop
    stem: Which of these?
    options: [{text: One, correct: true, rationale: R}, {text: Two, rationale: S}]
    cards: [r-c, not-there]
    changed: D
    tags: [u]
    enemies: [q-one]
    was: r-q-old
"""


def test_nothing_of_an_item_is_lost_on_disk(folder):
    write(folder, "rich.yaml", RICH)
    reader = reader_of(folder)
    reader.load([folder])
    reader.save()
    library = reader_of(folder).load([folder])
    assert library == loader.load([folder])
    items = [library.bank.cards["r-c"], library.bank.questions["r-q"]]
    # A field that is new and not thought of here would be lost without a word.
    empty = {field.name for item in items for field in fields(item) if not getattr(item, field.name)}
    assert empty == {"cloze"}
    assert [p.code for p in file_of(library, "rich.yaml").problems] == ["W207"]


def test_a_copy_of_the_folder_with_other_times_needs_no_parsing(folder, parsed):
    """As an installer lays it down: other inodes, other times of change, same bytes."""
    reader = reader_of(folder)
    reader.load([folder])
    reader.save()
    installed = folder.parent / "installed"
    shutil.copytree(folder, installed)
    for path in installed.rglob("*.yaml"):
        os.utime(path, ns=(10**18 + 7, 10**18 + 7))
    parsed.clear()
    library = reader_of(installed).load([installed])
    assert parsed == []
    assert library == loader.load([installed])


def test_a_change_that_size_and_time_do_not_tell_is_noticed_where_the_file_is_fresh(folder):
    path = folder / "good.yaml"
    now = path.stat().st_mtime_ns
    path.write_text(DECK)
    stamp = path.stat()
    reader = reader_of(folder)
    reader.load([folder])
    path.write_text(DECK.replace("title: Good", "title: Fine"))
    os.utime(path, ns=(now, stamp.st_mtime_ns))
    assert reader.load([folder]).bank.decks[0].title == "Fine"


def test_the_shipped_decks_come_back_the_same(shipped_decks, tmp_path):
    shutil.copytree(shipped_decks, tmp_path / "decks", ignore=shutil.ignore_patterns("__pycache__"))
    reader = reader_of(tmp_path / "decks")
    library = reader.load([tmp_path / "decks"])
    reader.save()
    assert reader_of(tmp_path / "decks").load([tmp_path / "decks"]) == library


@pytest.mark.parametrize("content", [b"", b"{", b"[]\n", b"null\n[1]\n", b"\x80\x04N."])
def test_a_spoilt_file_is_passed_over(folder, content):
    reader = reader_of(folder)
    reader.load([folder])
    reader.save()
    whole = cache_of(folder).read_bytes()
    for spoilt in (content, whole[: len(whole) // 2], whole.replace(b'"deck"', b"17")):
        cache_of(folder).write_bytes(spoilt)
        assert reader_of(folder).load([folder]) == loader.load([folder])
    lines = whole.splitlines(keepends=True)
    assert json.loads(lines[0])
    cache_of(folder).write_bytes(b'["0.0.0",[3,11],[]]\n' + b"".join(lines[1:]).replace(b"Good", b"Evil"))
    assert reader_of(folder).load([folder]) == loader.load([folder])


def test_what_changes_is_added_to_what_is_kept_and_cleared_up_in_time(folder, parsed):
    reader = reader_of(folder)
    reader.load([folder])
    reader.save()
    once = cache_of(folder).stat().st_size
    sizes = []
    for n in range(60):
        write(folder, "good.yaml", DECK.replace("title: Good", f"title: Good {n:02}"))
        age(folder)
        reader.load([folder])
        reader.save()
        sizes.append(cache_of(folder).stat().st_size)
    assert max(sizes) < 30 * once
    assert min(sizes[10:]) < 1.1 * once
    parsed.clear()
    assert reader_of(folder).load([folder]).bank.decks[0].title == "Good 59"
    assert parsed == []
    # A crash while it was being written costs that file's parsing and nothing else.
    torn = cache_of(folder).read_bytes()[:-100]
    cache_of(folder).write_bytes(torn)
    again = reader_of(folder)
    assert again.load([folder]) == loader.load([folder])
    again.save()
    parsed.clear()
    assert reader_of(folder).load([folder]) == loader.load([folder])


def test_a_folder_that_cannot_be_written_goes_without(folder):
    # A file stands where the folder would be made: it cannot be had, for root neither.
    (folder / "__pycache__").write_text("in the way")
    reader = reader_of(folder)
    library = reader.load([folder])
    reader.save()
    assert library == loader.load([folder])


def test_a_broken_file_stays_as_it_was_and_says_so(folder):
    reader = reader_of(folder)
    first = reader.load([folder])
    write(folder, "good.yaml", DECK.replace("correct: true", "correkt: true", 1))
    library = reader.load([folder])
    assert library.bank.decks == first.bank.decks
    told = file_of(library, "good.yaml")
    assert (told.loaded, told.stale, told.broken, told.title, told.cards) == (True, True, True, "Good", 1)
    assert [(p.line, p.column, p.code) for p in told.problems if p.code == "E104"] == [(17, 9, "E104")]
    write(folder, "good.yaml", DECK)
    assert reader.load([folder]) == first


@pytest.mark.parametrize("grace", [60.0, 0.0])
def test_a_file_that_is_gone_for_a_moment_and_comes_back_broken_stays_as_it_was(folder, monkeypatch, grace):
    monkeypatch.setattr(deck_reader, "_GRACE", grace)
    reader = reader_of(folder)
    first = reader.load([folder])
    (folder / "good.yaml").unlink()
    for _ in range(2):
        assert reader.load([folder]).bank.decks == ()
    write(folder, "good.yaml", DECK.replace("correct: true", "correkt: true", 1))
    library = reader.load([folder])
    assert file_of(library, "good.yaml").stale == (grace > 0)
    assert library.bank.decks == (first.bank.decks if grace else ())


@pytest.mark.parametrize("name", ["syllabus.yaml", "cases/shop.yaml", "names.yaml", "blueprints/half.yaml"])
@pytest.mark.parametrize("broken", ["title: [\n", "", "syllabus: x\n", "case: shop\n"])
def test_whatever_breaks_stays_as_it_was(folder, name, broken):
    reader = reader_of(folder)
    first = reader.load([folder])
    write(folder, name, broken)
    if (name, broken) == ("syllabus.yaml", "case: shop\n"):
        # It says that it is a syllabus no longer, and there is no other.
        with pytest.raises(DeckFolderError):
            reader.load([folder])
        return
    library = reader.load([folder])
    if file_of(library, Path(name).name).stale:
        assert library.bank == first.bank
    assert sum(file.broken for file in library.files) >= 1


def test_a_file_that_was_broken_when_the_program_started_does_not_come_back(folder):
    reader = reader_of(folder)
    reader.load([folder])
    reader.save()
    write(folder, "good.yaml", DECK + "  nonsense\n")
    library = reader_of(folder).load([folder])
    assert library.bank.decks == ()
    assert not file_of(library, "good.yaml").loaded


def test_a_deleted_deck_goes_and_its_copy_takes_its_ids(folder):
    reader = reader_of(folder)
    reader.load([folder])
    write(folder, "a-copy.yaml", DECK)
    library = reader.load([folder])
    assert [file_of(library, name).loaded for name in ("a-copy.yaml", "good.yaml")] == [False, True]
    (folder / "good.yaml").unlink()
    assert file_of(reader.load([folder]), "a-copy.yaml").loaded
    (folder / "a-copy.yaml").unlink()
    assert reader.load([folder]).bank.decks == ()


def test_a_deck_that_is_off_is_not_looked_into(folder, parsed):
    reader = reader_of(folder)
    path = folder / "good.yaml"
    library = reader.load([folder], off={path})
    told = file_of(library, "good.yaml")
    assert (told.off, told.loaded, told.broken, told.kind, told.title) == (True, False, False, "deck", "Good")
    assert library.bank.decks == ()
    assert "good.yaml" not in parsed
    copy = write(folder, "z.yaml", DECK)
    assert file_of(reader.load([folder], off={path}), copy.name).loaded
    # What took its place meanwhile stands in use, and keeps its ids.
    library = reader.load([folder])
    assert [file_of(library, name).loaded for name in ("good.yaml", "z.yaml")] == [False, True]


def test_one_file_reached_by_two_ways_loads_once(folder):
    (folder / "z-link.yaml").symlink_to(folder / "good.yaml")
    library = reader_of(folder).load([folder, folder / "good.yaml", folder / "cases"])
    assert [file.path.name for file in library.files if file.kind == "deck"] == ["good.yaml"]
    assert library.problems == ()


def test_a_cancelled_load_keeps_what_it_read(folder, parsed):
    class Impatient(Reading):
        def check(self):
            self.cancelled = self.done == 4
            super().check()

    reader = reader_of(folder)
    with pytest.raises(LoadCancelledError):
        reader.load([folder], reading=Impatient())
    parsed.clear()
    library = reader.load([folder])
    assert parsed == ["good.yaml"]
    assert library == loader.load([folder])


def test_how_far_it_is(folder):
    reading = Reading()
    reader = reader_of(folder)
    reader.load([folder], reading=reading)
    assert (reading.done, reading.total) == (5, 5)
    again = Reading()
    reader.load([folder], reading=again)
    assert (again.done, again.total) == (5, 5)


def test_what_is_known_can_be_had_without_the_rest(folder):
    reader = reader_of(folder)
    reader.load([folder])
    write(folder, "mine.yaml", MINE)
    assert len(reader.load([folder], known_only=True).bank.decks) == 1
    assert len(reader.load([folder]).bank.decks) == 2


def test_no_folder_is_said_as_ever(tmp_path):
    with pytest.raises(DeckFolderError):
        reader_of(tmp_path).load([tmp_path / "missing"])


# Random edits

NAMES = ("syllabus.yaml", "cases/shop.yaml", "blueprints/half.yaml", "a.yaml", "b.yaml", "c.yaml")
IDS = st.sampled_from(["one", "two", "three", "four"])


@st.composite
def decks(draw):
    text = f"deck: {draw(IDS)}\ntitle: A deck\ncards:\n"
    ids = draw(st.lists(IDS, min_size=1, max_size=3, unique=draw(st.booleans())))
    for id_ in ids:
        was = f", was: {draw(IDS)}" if draw(st.integers(0, 4)) == 0 else ""
        text += (
            f"  - {{id: {id_}, topic: a.{draw(st.sampled_from(['one', 'one', 'two']))}, cloze: 'A {{{{b}}}}'{was}}}\n"
        )
    question = DECK[DECK.index("questions:") : DECK.index("  - id: q-two")]
    question = question.replace("q-one", f"q-{draw(IDS)}").replace("c-one", draw(IDS)).replace("q-two", draw(IDS))
    if draw(st.booleans()):
        text += question.replace("    case: shop\n", "    case: shop\n" if draw(st.booleans()) else "")
    return text


TEXTS = {
    "syllabus.yaml": st.sampled_from([SYLLABUS, SYLLABUS.replace("a.one", "a.two"), SYLLABUS.replace("Small", "S")]),
    "cases/shop.yaml": st.sampled_from([CASE, CASE.replace("case: shop", "case: mill")]),
    "blueprints/half.yaml": st.sampled_from([BLUEPRINT, BLUEPRINT.replace("a.*", "a.two")]),
    "a.yaml": decks(),
    "b.yaml": decks(),
    "c.yaml": decks(),
}
EDITS = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(
        st.just(name), st.one_of(TEXTS[name], TEXTS[name], st.sampled_from([None, "title: [\n", ""]))
    )
)


def outcome(load):
    try:
        return load()
    except DeckFolderError as error:
        return str(error)


@settings(max_examples=25)
@given(st.lists(EDITS, min_size=1, max_size=12))
def test_any_edits_give_what_a_full_load_gives(edits):
    """A full load of the files in use first, as they keep their ids, and of each broken one as it last was."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_folder(Path(place) / "decks")
        reader = reader_of(folder)
        good = {file.path: file.path.read_text() for file in reader.load([folder]).files}
        # What was read while there was no syllabus counts as read too, of which nothing is told.
        untold = False
        for name, text in edits:
            if text is None:
                (folder / name).unlink(missing_ok=True)
            else:
                write(folder, name, text)
            found = outcome(lambda: reader.load([folder]))
            untold = untold or isinstance(found, str)
            if isinstance(found, str):
                assert isinstance(outcome(lambda: loader.load([folder])), str)
                continue
            if not untold:
                stale = {f.path: good[f.path] for f in found.files if f.stale}
                assert told(found) == told(load_with(folder, stale, good))
            good.update((f.path, f.path.read_text()) for f in found.files if f.loaded and not f.stale)
        reader.save()
        again = outcome(lambda: reader_of(folder).load([folder]))
        if not isinstance(again, str) and not untold:
            held = {path: text for path, text in good.items() if path.exists() and path.read_text() == text}
            assert told(again) == told(load_with(folder, {}, held))


def told(library):
    """What a load gave, whatever the order in which the files were read; of stale ones what they stand for."""
    bank = library.bank
    files = {file.path: [problem.code for problem in file.problems] for file in library.files if not file.stale}
    parts = (bank.decks, bank.blueprints, bank.cases)
    return bank.syllabus, [sorted(part, key=lambda one: one.id) for part in parts], files


def load_with(folder, texts, good):
    """A full load with other texts in some files: first of the files that stand as they were last good."""
    now = {path: path.read_bytes() for path in texts}
    paths = list(deck_files([folder]))
    same = {path: path in good and path.read_text() == good[path] for path in paths}
    for path, text in texts.items():
        path.write_text(text)
    try:
        library = loader.load(sorted(paths, key=lambda path: 0 if same[path] else 1 if path in good else 2))
    finally:
        for path, raw in now.items():
            path.write_bytes(raw)
    return replace(library, files=tuple(file for file in library.files if file.path not in texts))


@pytest.mark.parametrize("name", ["a-copy.yaml", "mine copy.yaml", "z.yaml"])
def test_a_file_that_repeats_an_id_puts_nothing_out_of_use(folder, name):
    write(folder, "mine.yaml", MINE)
    reader = reader_of(folder)
    reader.load([folder])
    write(folder, name, MINE.replace("deck: mine", "deck: other").replace("It is", "It was"))
    library = reader.load([folder])
    assert file_of(library, "mine.yaml").loaded
    assert not file_of(library, name).loaded
    assert [(p.code, p.line) for p in file_of(library, name).problems] == [("E201", 4)]
    assert library.bank.cards["m-one"].cloze == "It is {{this}}."
    # And so it stays at the next start, from what was kept.
    reader.save()
    library = reader_of(folder).load([folder])
    assert file_of(library, "mine.yaml").loaded


def test_a_deck_that_takes_an_id_of_another_stays_as_it_was(folder):
    write(folder, "mine.yaml", MINE)
    write(folder, "a.yaml", MINE.replace("mine", "a").replace("m-one", "a-one"))
    reader = reader_of(folder)
    reader.load([folder])
    write(folder, "a.yaml", MINE.replace("deck: mine", "deck: a"))
    library = reader.load([folder])
    assert file_of(library, "mine.yaml").loaded
    assert file_of(library, "a.yaml").stale
    assert set(library.bank.cards) >= {"m-one", "a-one"}


def test_a_copy_comes_after_what_it_was_copied_from(folder):
    write(folder, "mine.yaml", MINE)
    write(folder, "mine copy.yaml", MINE)
    assert file_of(loader.load([folder]), "mine.yaml").loaded


def test_a_file_that_was_new_when_its_reading_began_is_looked_at_again(folder, monkeypatch):
    """Its stamp may be too coarse to tell of a change while it was read, however long that took."""
    moment = time.time_ns()
    path = write(folder, "mine.yaml", MINE)
    os.utime(path, ns=(moment, moment))
    reader = reader_of(folder)
    plain = parsing.DeckParts.finish

    def slowly(self, document):
        if document.data["deck"] == "mine":
            monkeypatch.setattr(time, "time_ns", lambda: moment + 60 * 10**9)
        return plain(self, document)

    monkeypatch.setattr(parsing.DeckParts, "finish", slowly)
    reader.load([folder])
    path.write_text(MINE.replace("It is", "It as"))
    os.utime(path, ns=(moment, moment))
    assert reader.load([folder]).bank.cards["m-one"].cloze == "It as {{this}}."
