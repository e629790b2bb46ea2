"""What is saved in a deck file shows by itself, and nobody loses their place."""

import os
import shutil
import time

import pytest
from hands import Key, button, click, find_question, press, press_number, texts, wrong
from listed import choose, deck_list, listed
from PySide6.QtTest import QTest
from small_decks import CARDS, deck_text

from studyapp.ui import deck_loader, watch

FRONT = "What is a box for?"


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    """The slow look is for what events do not tell; here it is not waited for."""
    monkeypatch.setattr(watch, "_LOOK_MS", 100)


@pytest.fixture
def only_events(monkeypatch):
    monkeypatch.setattr(watch, "_LOOK_MS", 10**6)


@pytest.fixture
def deck(decks):
    return decks / "depot.yaml"


def save(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def by_rename(path, old, new):
    """As most editors save: another file takes the place of the old one."""
    beside = path.with_name(".depot.yaml.swp")
    beside.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.replace(beside, path)


def by_backup(path, old, new):
    """As Vim saves: the old file moves away, a new one is written in its place."""
    text = path.read_text(encoding="utf-8")
    os.rename(path, path.with_name("depot.yaml~"))
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("way", [save, by_rename, by_backup])
@pytest.mark.usefixtures("only_events")
def test_a_save_shows_at_once_and_again(go, window, deck, qtbot, way):
    page = go("Flashcards")
    for old, new in ((FRONT, "Why a box?"), ("Why a box?", "Which box?"), ("Which box?", "Whose box?")):
        begun = time.monotonic()
        way(deck, old, new)
        qtbot.waitUntil(lambda new=new: new in texts(page))
        # A busy machine is slow; the figure is tests/benchmarks/live.py's.
        assert time.monotonic() - begun < 3


def test_the_card_on_screen_stays_and_so_does_its_back(go, window, deck, qtbot, app):
    page = go("Flashcards")
    press(window, Key.Key_Space, Key.Key_3)
    press(window, Key.Key_Space)
    assert "A shelf holds twelve boxes." in texts(page)
    left = texts(page)
    with qtbot.waitSignal(app.decks.loaded):
        save(deck, FRONT, "Why a box?")
    assert texts(page) == left
    save(deck, "holds {{twelve}}", "has {{twelve}}")
    qtbot.waitUntil(lambda: "A shelf has twelve boxes." in texts(page))
    press(window, Key.Key_3)
    assert "How many wheels has a cart?" in texts(page)
    # Undo goes back to what was rated before the save.
    press(window, Key.Key_U)
    assert "A shelf has twelve boxes." in texts(page)
    press(window, Key.Key_U)
    assert "Why a box?" in texts(page)


def test_a_card_that_is_gone_makes_room_for_the_next(go, window, deck, qtbot):
    page = go("Flashcards")
    assert FRONT in texts(page)
    line = CARDS.splitlines()[1]
    save(deck, line, "  - {id: c-other, topic: a.one, front: Another?, back: Yes.}")
    save(deck, "c-box", "c-shelf")
    qtbot.waitUntil(lambda: FRONT not in texts(page))
    assert "A shelf holds" in texts(page)
    press(window, Key.Key_Space, Key.Key_4, Key.Key_Space, Key.Key_4)
    assert "Done for now" in texts(page)
    assert "2 cards" in texts(page)


def test_a_card_that_is_renamed_stays_on_screen_with_its_back(go, window, deck, qtbot, app, disk):
    page = go("Flashcards")
    press(window, Key.Key_Space, Key.Key_1, Key.Key_Space)
    assert "A shelf holds twelve boxes." in texts(page)
    save(deck, "{id: c-shelf,", "{id: c-rack, was: [c-shelf],")
    save(deck, "{id: c-box,", "{id: c-crate, was: [c-box],")
    qtbot.waitUntil(lambda: {"c-rack", "c-crate"} <= app.workspace.bank.cards.keys())
    assert "A shelf holds twelve boxes." in texts(page)
    assert "3 cards left" in texts(page)
    press(window, Key.Key_4, Key.Key_Space, Key.Key_4)
    # What was rated “Again” comes again.
    assert FRONT in texts(page)
    assert "seen 1 time" in texts(page)
    press(window, Key.Key_U, Key.Key_U, Key.Key_U)
    assert FRONT in texts(page)
    assert disk.rows("SELECT 1 FROM reviews") == disk.rows("SELECT 1 FROM memories") == []


def test_a_deck_that_is_gone_for_a_moment_comes_back_to_its_place(go, window, deck, decks, qtbot, app):
    card = "{id: m-box, topic: a.one, front: Another box?, back: Yes.}"
    (decks / "more.yaml").write_text(f"deck: more\ntitle: More\ncards:\n  - {card}\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(app.workspace.bank.cards) == 4)
    page = go("Flashcards")
    assert "4 cards left" in texts(page)
    assert FRONT in texts(page)
    text = deck.read_text(encoding="utf-8")
    deck.unlink()
    qtbot.waitUntil(lambda: "1 card left" in texts(page))
    assert "Another box?" in texts(page)
    deck.write_text(text, encoding="utf-8")
    qtbot.waitUntil(lambda: "4 cards left" in texts(page))
    assert FRONT in texts(page)


def test_a_deck_that_is_switched_off_and_on_comes_back_to_its_place(go, window, deck, qtbot, app):
    page = go("Flashcards")
    press(window, Key.Key_Space, Key.Key_4)
    assert "2 cards left" in texts(page)
    shelf = next(text for text in texts(page).splitlines() if "A shelf holds" in text)
    folders = app.decks.folders
    app.decks.change(folders.switched(deck, on=False))
    qtbot.waitUntil(lambda: not app.workspace.bank.cards)
    assert shelf not in texts(go("Flashcards"))
    app.decks.change(folders)
    qtbot.waitUntil(lambda: len(app.workspace.bank.cards) == 3)
    assert shelf in texts(page)
    assert "2 cards left" in texts(page)


def test_a_broken_save_keeps_the_last_good_deck_and_says_where(go, window, deck, qtbot, app):
    page = go("Flashcards")
    good = deck.read_text(encoding="utf-8")
    save(deck, "front: What is a box for?", "frnt: What is a box for?")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    told = window.messages.texts()["broken"]
    # There is a case of that name beside it.
    assert told.startswith("decks/depot.yaml, line 4, column ")
    assert "unknown key 'frnt' (did you mean 'front'?)" in told or "lacks" in told
    assert told.endswith("Its last good version stays in use.")
    assert FRONT in texts(page)
    press(window, Key.Key_Space)
    assert "For keeping one thing dry." in texts(page)
    click(button(window.messages, "See the problems"))
    assert listed(window.page)[0] == ("The depot deck", "depot.yaml · ⚠ in use as before")
    assert button(window.page, "Go to line 4: E104").text() == "4:31"
    deck.write_text(good, encoding="utf-8")
    qtbot.waitUntil(lambda: "Loaded" in texts(window.page))
    assert not window.messages.texts()


def test_a_message_that_was_closed_stays_closed(app, window, deck, decks, qtbot):
    save(deck, "front: What", "frnt: What")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    click(button(window.messages, "Close"))
    with qtbot.waitSignal(app.decks.loaded):
        (decks / "more.yaml").write_text("deck: more\ntitle: More\n", encoding="utf-8")
    assert not window.messages.texts()
    save(deck, "title: The", "titel: The")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())


def test_a_broken_syllabus_keeps_the_last_good_one(go, app, window, decks, qtbot):
    save(decks / "syllabus.yaml", "weight: 1", "wait: 1")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    assert window.messages.texts()["broken"].startswith("syllabus.yaml, line ")
    assert len(app.workspace.bank.questions) == 6


def test_without_a_syllabus_the_decks_stay_and_can_be_tried_again(go, app, window, decks, qtbot):
    page = go("Decks")
    (decks / "syllabus.yaml").rename(decks / "syllabus.txt")
    qtbot.waitUntil(lambda: "decks" in window.messages.texts())
    assert "There is no readable syllabus" in window.messages.texts()["decks"]
    assert "1 deck, 6 questions, 3 cards" in texts(page)
    (decks / "syllabus.txt").rename(decks / "syllabus.yaml")
    qtbot.waitUntil(lambda: not window.messages.texts())


def test_a_load_that_fails_is_not_tried_again_until_something_changes(app, window, decks, qtbot):
    failures = []
    app.decks.failed.connect(failures.append)
    (decks / "syllabus.yaml").rename(decks / "syllabus.txt")
    qtbot.waitUntil(lambda: "decks" in window.messages.texts())
    click(button(window.messages, "Close"))
    QTest.qWait(400)
    # The system tells of this one, but it is no deck.
    (decks / "notes.txt").touch()
    QTest.qWait(400)
    assert len(failures) == 1
    assert not window.messages.texts()
    (decks / "more.yaml").write_text("deck: more\ntitle: More\n", encoding="utf-8")
    qtbot.waitUntil(lambda: "decks" in window.messages.texts())
    app.reload()
    qtbot.waitUntil(lambda: len(failures) == 3)
    assert "decks" in window.messages.texts()


def test_a_load_that_is_cancelled_is_not_tried_again_until_something_changes(app, deck, qtbot):
    reads = []
    start = app.decks._start

    def start_and_cancel(**how):
        reads.append(how)
        start(**how)
        app.decks.cancel()

    app.decks._start = start_and_cancel
    save(deck, FRONT, "Why a box?")
    qtbot.waitUntil(lambda: bool(reads))
    QTest.qWait(400)
    assert len(reads) == 1
    del app.decks._start
    assert app.workspace.bank.cards["c-box"].front == FRONT
    save(deck, "Why a box?", "Which box?")
    qtbot.waitUntil(lambda: app.workspace.bank.cards["c-box"].front == "Which box?")


@pytest.mark.usefixtures("only_events")
def test_a_checkout_of_a_hundred_files_is_one_or_two_loads(app, decks, qtbot, tmp_path):
    loads = []
    app.decks.loaded.connect(loads.append)
    made = tmp_path / "branch"
    made.mkdir()
    for n in range(100):
        card = f"  - {{id: n-{n}, topic: a.one, front: 'Number {n}?', back: 'Yes.'}}\n"
        (made / f"n{n:03}.yaml").write_text(f"deck: n{n}\ntitle: N {n}\ncards:\n{card}", encoding="utf-8")
    for path in made.iterdir():
        os.rename(path, decks / path.name)
        QTest.qWait(1)
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 101)
    assert 1 <= len(loads) <= 2
    loads.clear()
    for n in range(100):
        save(decks / f"n{n:03}.yaml", "Number", "No.")
    qtbot.waitUntil(lambda: app.workspace.bank.cards["n-99"].front.startswith("No."))
    QTest.qWait(100)
    assert 1 <= len(loads) <= 2


@pytest.mark.usefixtures("only_events")
def test_deleted_moved_and_new_files_and_folders(app, decks, qtbot):
    bank = lambda: app.workspace.bank  # noqa: E731
    (decks / "depot.yaml").rename(decks / "moved.yaml")
    qtbot.waitUntil(lambda: "moved.yaml" in bank().decks[0].path)
    (decks / "moved.yaml").unlink()
    qtbot.waitUntil(lambda: not bank().decks)
    (decks / "again.yaml").write_text(deck_text(), encoding="utf-8")
    qtbot.waitUntil(lambda: len(bank().questions) == 6)
    shutil.rmtree(decks / "blueprints")
    qtbot.waitUntil(lambda: not bank().blueprints)


@pytest.mark.usefixtures("only_events")
def test_a_deck_folder_that_is_moved_away_and_comes_back(start, decks, tmp_path, qtbot):
    more = tmp_path / "more"
    more.mkdir()
    (more / "more.yaml").write_text("deck: more\ntitle: More\n", encoding="utf-8")
    app = start(files=[decks, more])
    more.rename(tmp_path / "away")
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 1)
    loads = []
    app.decks.loaded.connect(loads.append)
    # What goes on beside it is no reason to read the decks.
    (tmp_path / "notes").mkdir()
    QTest.qWait(400)
    assert not loads
    (tmp_path / "away").rename(more)
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 2)
    save(more / "more.yaml", "More", "Even more")
    qtbot.waitUntil(lambda: "Even more" in {deck.title for deck in app.workspace.bank.decks})


@pytest.mark.usefixtures("only_events")
def test_a_deck_folder_that_another_takes_the_place_of(start, decks, tmp_path, qtbot):
    for name in ("more", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "more.yaml").write_text(f"deck: more\ntitle: {name}\n", encoding="utf-8")
    app = start(files=[decks, tmp_path / "more"])
    titles = lambda: {deck.title for deck in app.workspace.bank.decks}  # noqa: E731
    (tmp_path / "more").rename(tmp_path / "away")
    (tmp_path / "other").rename(tmp_path / "more")
    qtbot.waitUntil(lambda: "other" in titles())
    by_rename(tmp_path / "more" / "more.yaml", "other", "newest")
    qtbot.waitUntil(lambda: "newest" in titles())
    (tmp_path / "more" / "new.yaml").write_text("deck: new\ntitle: New\n", encoding="utf-8")
    qtbot.waitUntil(lambda: "New" in titles())


def test_a_deck_behind_a_link_and_a_linked_folder(start, decks, tmp_path, qtbot):
    store = tmp_path / "store"
    shutil.move(decks, store)
    decks.symlink_to(store, target_is_directory=True)
    (tmp_path / "elsewhere.yaml").write_text("deck: far\ntitle: Far\n", encoding="utf-8")
    (store / "far.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    app = start()
    titles = lambda: {deck.title for deck in app.workspace.bank.decks}  # noqa: E731
    assert titles() == {"The depot deck", "Far"}
    by_rename(store / "depot.yaml", "The depot deck", "The new deck")
    qtbot.waitUntil(lambda: "The new deck" in titles())
    by_rename(tmp_path / "elsewhere.yaml", "Far", "Farther")
    qtbot.waitUntil(lambda: "Farther" in titles())
    by_rename(tmp_path / "elsewhere.yaml", "Farther", "Farthest")
    qtbot.waitUntil(lambda: "Farthest" in titles())


def test_what_makes_no_events_is_seen_all_the_same(start, decks, deck, qtbot, monkeypatch):
    """As on a network folder."""
    monkeypatch.setattr(watch.QFileSystemWatcher, "addPaths", lambda _self, paths: paths)
    app = start()
    save(deck, FRONT, "Why a box?")
    qtbot.waitUntil(lambda: app.workspace.bank.cards["c-box"].front == "Why a box?")
    deck.unlink()
    qtbot.waitUntil(lambda: not app.workspace.bank.decks)


def test_the_first_deck_in_the_learners_own_folder_is_seen(app, data, qtbot):
    (data / "decks").mkdir()
    (data / "decks" / "mine.yaml").write_text("deck: mine\ntitle: Mine\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 2)


def test_an_exam_is_not_disturbed(app, begin_exam, window, deck, qtbot):
    page = begin_exam()
    before = texts(page)
    with qtbot.waitSignal(app.decks.loaded):
        save(deck, "for q-", "against q-")
        save(deck, "front: What", "frnt: What")
    assert texts(page) == before
    assert not window.messages.texts()
    assert FRONT in app.workspace.bank.cards["c-box"].front
    press(window, Key.Key_Escape)
    click(button(page.messages, "Leave"))
    # What was held back is there now.
    assert "decks/depot.yaml, line 4" in window.messages.texts()["broken"]


def test_a_load_that_fails_during_an_exam_is_told_afterwards(app, begin_exam, window, decks, qtbot):
    page = begin_exam()
    with qtbot.waitSignal(app.decks.failed):
        (decks / "syllabus.yaml").unlink()
    assert not window.messages.texts()
    press(window, Key.Key_Escape)
    click(button(page.messages, "Leave"))
    qtbot.waitUntil(lambda: "decks" in window.messages.texts())


def test_the_decks_page_keeps_the_place(go, app, window, deck, decks, qtbot):
    for n in range(40):
        (decks / f"n{n:02}.yaml").write_text(f"deck: n{n}\ntitle: N {n}\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 41)
    page = go("Decks")
    choose(page, "N 30")
    bar = deck_list(page).verticalScrollBar()
    scrolled = bar.value()
    assert scrolled > 0
    save(deck, "The depot deck", "The new deck")
    qtbot.waitUntil(lambda: any(title == "The new deck" for title, _ in listed(page)))
    assert deck_list(page).currentItem().text() == "N 30"
    assert bar.value() == scrolled
    # And the search with what is chosen in it.
    press(window, Key.Key_Slash)
    press(window, Key.Key_C, Key.Key_A, Key.Key_R, Key.Key_T)
    qtbot.waitUntil(lambda: "found" in texts(page))
    page._found.setCurrentRow(0)
    chosen = page._found.currentItem().text()
    save(deck, "front: How many wheels has a cart?", "front: Does a cart have wheels?")
    qtbot.waitUntil(lambda: "Does a cart have" in " ".join(i.text() for i in rows_of(page._found)))
    assert page._found.currentItem().text() == chosen.replace("How many wheels has a cart?", "Does a cart have wheels?")
    assert "cart" in page._search.text()


def rows_of(view):
    return [view.item(i) for i in range(view.count())]


def test_a_long_first_load_says_how_far_it_is_and_can_be_stopped(start, decks, qtbot, monkeypatch):
    monkeypatch.setattr(deck_loader, "_LONG", 0.0)
    monkeypatch.setattr(deck_loader, "_TICK_MS", 1)
    # Enough to take a while, in files of which each is quick.
    card = "  - {{id: n-{0}, topic: a.one, front: 'Number {0}?', back: 'Yes.'}}\n"
    for n in range(150):
        cards = "".join(card.format(100 * n + i) for i in range(100))
        (decks / f"n{n:03}.yaml").write_text(f"deck: n{n}\ntitle: N {n}\ncards:\n{cards}", encoding="utf-8")
    app = start(wait=False)
    page = app.window.page
    qtbot.waitUntil(lambda: "Reading decks: " in texts(page))
    assert " of 155 files" in texts(page)
    click(button(page, "Stop reading the decks"))
    with qtbot.waitSignal(app.ready, timeout=10_000):
        pass
    some = len(app.workspace.bank.decks)
    assert some < 151
    assert "You stopped the reading" in app.window.messages.texts()["stopped"]
    click(button(app.window.messages, "Read the rest"))
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 151, timeout=20_000)
    # A later load that is stopped leaves all as it is.
    for n in range(150):
        save(decks / f"n{n:03}.yaml", "Number", "No.")
    click(button(app.window, "Decks"))
    qtbot.waitUntil(lambda: "Reading decks: " in texts(app.window.page), timeout=10_000)
    app.decks.cancel()
    qtbot.waitUntil(lambda: "Reading decks: " not in texts(app.window.page), timeout=10_000)
    assert len(app.workspace.bank.decks) == 151


def test_a_key_that_changes_is_told_and_its_answers_count_no_longer(begin_exam, window, app, deck, disk, qtbot):
    page = begin_exam()
    find_question(page, "q-box")
    press_number(window, wrong(page)[0])
    app.pages.desk.submit()
    assert disk.rows("SELECT missed FROM met_questions WHERE question_id = 'q-box'") == [(1,)]
    save(deck, "Right 0 of q-box, correct: true,", "Right 0 of q-box,")
    save(deck, "Wrong 2 of q-box,", "Wrong 2 of q-box, correct: true,")
    qtbot.waitUntil(lambda: "Another answer is right now to “What does q-box ask for?”" in texts(window))
    assert disk.rows("SELECT missed FROM met_questions WHERE question_id = 'q-box'") == []


def test_a_key_that_changes_back_is_told_no_longer(begin_exam, window, app, deck, qtbot):
    """Each of two keys that change is told, and one that is what it was is taken back."""
    begin_exam()
    app.pages.desk.submit()
    told = lambda: window.messages.texts().get("rekeyed", "")  # noqa: E731

    def rekey(question, here, there):
        text = deck.read_text(encoding="utf-8")
        text = text.replace(f"{here} of {question}, correct: true,", f"{here} of {question},")
        deck.write_text(text.replace(f"{there} of {question},", f"{there} of {question}, correct: true,"))

    rekey("q-box", "Right 0", "Wrong 2")
    qtbot.waitUntil(lambda: "“What does q-box ask for?”. What" in told())
    rekey("q-depot", "Right 0", "Wrong 1")
    qtbot.waitUntil(lambda: "to 2 questions, such as “What does q-depot ask for?”" in told())
    rekey("q-depot", "Wrong 1", "Right 0")
    qtbot.waitUntil(lambda: "“What does q-box ask for?”. What" in told())
    rekey("q-box", "Wrong 2", "Right 0")
    qtbot.waitUntil(lambda: not told())
    # What was closed is not told along with what comes later.
    rekey("q-box", "Right 0", "Wrong 2")
    qtbot.waitUntil(lambda: bool(told()))
    click(button(window.messages, "Close"))
    rekey("q-depot", "Right 0", "Wrong 1")
    qtbot.waitUntil(lambda: "“What does q-depot ask for?”. What" in told())


def test_a_key_that_is_judged_on_the_worker_is_told_too(window, app, deck, begin_exam, qtbot, monkeypatch):
    """Of a large bank it takes long to tell a slip from another word."""
    from studyapp.sessions import identity

    monkeypatch.setattr(identity, "_FEW", 0)
    begin_exam()
    app.pages.desk.submit()
    app.pages.show_page("today")
    save(deck, "Right 0 of q-box", "Rihgt 0 of q-box")
    qtbot.waitUntil(lambda: "Rihgt" in app.workspace.bank.questions["q-box"].options[0].text)
    qtbot.waitUntil(lambda: app.decks.busy is False)
    save(deck, "front: What", "front: Is rght right and what")
    save(deck, "Rihgt 0 of q-box", "Rght 0 of q-box")
    qtbot.waitUntil(lambda: "“What does q-box ask for?”. What" in window.messages.texts().get("rekeyed", ""))
    assert "q-box" not in app.workspace.store.attempts.last_seen()


MORE = "deck: more\ntitle: More\ncards:\n  - {id: n-1, topic: a.one, front: One?, back: Yes.}\n"


def test_the_file_that_broke_last_is_named_first(window, app, deck, decks, qtbot):
    (decks / "more.yaml").write_text(MORE, encoding="utf-8")
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 2)
    told = lambda: window.messages.texts().get("broken", "")  # noqa: E731
    save(deck, "front: What", "frnt: What")
    qtbot.waitUntil(lambda: told().startswith("decks/depot.yaml, line 4"))
    save(decks / "more.yaml", "front: One", "frnt: One")
    qtbot.waitUntil(lambda: told().startswith("more.yaml, line 4"))
    assert "In all, 2 of your files do not load" in told()
    save(deck, "front: How", "frnt: How")
    qtbot.waitUntil(lambda: told().startswith("decks/depot.yaml, line 6"))
    # What is above it moves a problem, and makes no new one of it.
    save(decks / "more.yaml", "title: More", "# Mine\ntitle: More")
    with qtbot.waitSignal(app.decks.loaded):
        pass
    assert told().startswith("decks/depot.yaml, line 6")
    click(button(window.messages, "See the problems"))
    assert "The depot deck" in texts(window.page.details)
    save(deck, "frnt", "front")
    with qtbot.waitSignal(app.decks.loaded):
        pass
    assert not told()


def test_another_mistake_in_a_file_is_told_after_the_first_was_closed(window, app, deck, qtbot):
    told = lambda: window.messages.texts().get("broken", "")  # noqa: E731
    save(deck, "front: What", "frnt: What")
    qtbot.waitUntil(lambda: bool(told()))
    click(button(window.messages, "Close"))
    save(deck, "front: How", "frnt: How")
    qtbot.waitUntil(lambda: told().startswith("decks/depot.yaml, line 6"))
    click(button(window.messages, "Close"))
    # A problem less is no news.
    save(deck, "frnt: What", "front: What")
    with qtbot.waitSignal(app.decks.loaded):
        pass
    assert not told()


def test_what_was_closed_stays_closed_at_the_next_start(start, deck, qtbot):
    save(deck, "topic: b.one", "topic: b.none")
    app = start()
    click(button(app.window.messages, "Close"))
    start.stop(app)
    app = start()
    told = app.window.messages.texts
    assert "broken" not in told()
    save(deck, "topic: a.one", "topic: a.none")
    qtbot.waitUntil(lambda: "a.none" in told().get("broken", ""))
    start.stop(app)
    # It was seen and not closed.
    assert "broken" in start().window.messages.texts()


def test_two_files_of_one_name_are_told_apart(start, decks, tmp_path, qtbot, monkeypatch):
    """By their folder, and not as they lie to where the program was started."""
    monkeypatch.chdir(tmp_path)
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "more.yaml").write_text(MORE, encoding="utf-8")
    told = start(files=[decks, tmp_path / "x", tmp_path / "y"]).window.messages.texts()["broken"]
    assert told.startswith("y/more.yaml, line 1, column 7: the deck id 'more' is used before, at x/more.yaml:1:7.")


def test_the_selection_goes_with_the_deck(go, app, deck, decks, qtbot):
    """It stays in view when the deck breaks, and is not lost when its file gets another name."""
    for n in range(40):
        (decks / f"n{n:02}.yaml").write_text(f"deck: n{n}\ntitle: N {n}\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(app.workspace.bank.decks) == 41)
    page = go("Decks")
    choose(page, "N 30")
    view = deck_list(page)
    save(decks / "n30.yaml", "title:", "titel:")
    qtbot.waitUntil(lambda: "✗ E104" in texts(page.details))
    assert view.currentItem().text() == "N 30"
    assert view.viewport().rect().contains(view.visualItemRect(view.currentItem()))
    save(decks / "n30.yaml", "titel:", "title:")
    qtbot.waitUntil(lambda: "Loaded" in texts(page.details))
    assert view.viewport().rect().contains(view.visualItemRect(view.currentItem()))
    (decks / "n30.yaml").rename(decks / "a-first.yaml")
    qtbot.waitUntil(lambda: "a-first.yaml" in texts(page.details))
    assert view.currentItem().text() == "N 30"
    assert view.viewport().rect().contains(view.visualItemRect(view.currentItem()))
    # One that is gone for a while is selected again when it is back.
    (decks / "a-first.yaml").rename(decks / "gone")
    qtbot.waitUntil(lambda: view.currentItem().text() == "Shipped with studyapp")
    (decks / "gone").rename(decks / "a-first.yaml")
    qtbot.waitUntil(lambda: view.currentItem().text() == "N 30")


def test_what_is_broken_is_said_for_as_long_as_it_is_so_during_an_exam_too(app, window, deck, begin_exam, qtbot):
    deck.write_text("deck: [torn", encoding="utf-8")
    qtbot.waitUntil(lambda: "broken" in window.messages.texts())
    desk = begin_exam()
    click(button(window.messages, "See the problems"))
    assert window.page is desk
    assert "broken" in window.messages.texts()
    click(button(desk.messages, "Leave"))
    click(button(window.messages, "See the problems"))
    assert "Decks" in window.page.accessibleName()
    assert "broken" not in window.messages.texts()
