"""A drill with its feedback, and the results: numbers, filters, rationales, and the way to the cards."""

import re

import pytest
from hands import (
    Key,
    button,
    choose_line,
    click,
    controls,
    find_question,
    has_button,
    lines,
    name_of,
    press,
    press_number,
    question,
    right,
    rows,
    squares,
    tab_to,
    texts,
    ticked,
    wrong,
)
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from small_decks import QUESTIONS, deck_text

from studyapp.sessions.plan import DRILL_QUESTIONS
from studyapp.ui.routes import StartDrill

OPTIONS = {id_: count for id_, *_, count, _ in QUESTIONS}


@pytest.fixture
def drill(window, go):
    """A drill of the domain “Keeping things”, begun with a click on its line on the Progress page."""
    page = go("Progress")
    choose_line(page, "Keeping things")
    click(button(page, "Drill Keeping things"))
    return window.page


def test_a_drill_is_as_long_as_the_plan_says(start, decks, disk):
    _, _, questions = deck_text().partition("questions:\n")
    copies = "".join(re.sub(r"\bq-", f"q{i}-", questions) for i in range(4))
    (decks / "more.yaml").write_text(f"deck: more\ntitle: More\nquestions:\n{copies}", encoding="utf-8")
    start().pages.follow(StartDrill("a"))
    assert disk.rows("SELECT questions FROM attempts") == [(DRILL_QUESTIONS,)]


def test_a_drill_holds_the_questions_of_its_area_and_has_no_clock(drill, window):
    assert "1 of 4" in texts(drill)
    assert "Keeping things" in texts(drill)
    assert " left" not in texts(drill)
    assert not has_button(drill, "Hide clock")
    assert not has_button(drill, "Review and submit")
    assert not has_button(window, "Progress")


def test_feedback_comes_after_the_answer_and_then_the_answer_stands(drill, window, disk):
    find_question(drill, "q-box")
    assert "Because of" not in texts(drill)
    press(window, Key.Key_Return)  # nothing is chosen: nothing to check
    assert "Because of" not in texts(drill)
    mine, key = wrong(drill)[0], right(drill)[0]
    press_number(window, mine)
    click(button(drill, "Check answer"))
    shown = texts(drill)
    assert "✗ Not right" in shown
    assert [f"Because of {i} in q-box." in shown for i in range(4)] == [True] * 4
    assert rows(drill)[mine].accessibleName().endswith("✗ Your answer")
    assert rows(drill)[key].accessibleName().endswith("✓ Right answer")
    assert "wrong" in next(name_of(s) for s in squares(drill) if "current" in name_of(s))
    press_number(window, key)
    click(rows(drill)[key])
    assert ticked(drill) == {mine}
    assert disk.chosen() == {"q-box": {mine}}
    assert disk.rows("SELECT revealed FROM responses WHERE question_id = 'q-box'") == [(1,)]


def test_right_says_so_and_what_changed_stands_below(drill, window):
    find_question(drill, "q-shelf")
    assert "racks" not in texts(drill)
    press_number(window, right(drill)[0])
    press(window, Key.Key_Return)
    assert "✓ Right" in texts(drill)
    assert "Shelves are called racks since May." in texts(drill)
    press(window, Key.Key_Left, Key.Key_Right)
    assert "racks" in texts(drill) or question(drill) != "q-shelf"


def test_a_single_answer_can_be_taken_back_before_it_is_checked(drill, window, disk):
    find_question(drill, "q-box")
    press(window, Key.Key_1, Key.Key_1)
    assert disk.chosen() == {}
    assert ticked(drill) == set()


def test_a_drill_by_keyboard_ends_in_its_results_and_in_the_weak_areas(drill, window, go):
    for _ in range(4):
        for index in right(drill):
            press_number(window, index)
        press(window, Key.Key_Return, Key.Key_Return)
    shown = texts(window.page)
    assert "4 of 4" in shown
    assert "pass mark of" not in shown
    assert "4 answers" in texts(go("Progress"))


def test_a_drill_that_is_left_waits_on_today_and_its_time_stands_still(drill, window, clocks):
    press(window, Key.Key_1)
    press(window, Key.Key_Return)
    press(window, Key.Key_Escape)
    assert "clock runs on" not in texts(drill.messages)
    click(button(drill.messages, "Leave"))
    assert "Go on with the drill: Keeping things" in texts(window.page)
    clocks.go_on(86400)
    press(window, Key.Key_Return)
    assert ticked(window.page) == {0}


def test_an_area_without_questions_cannot_be_drilled(start, decks):
    deck = decks / "depot.yaml"
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text[: text.index("  - id: q-cart")], encoding="utf-8")
    window = start().window
    click(button(window, "Progress"))
    choose_line(window.page, "Moving things")
    assert not has_button(window.page, "Drill")
    press(window, Key.Key_Return)
    assert [line[0] for line in lines(window.page)] == ["Keeping things", "Moving things"]
    choose_line(window.page, "Keeping things")
    assert has_button(window.page, "Drill Keeping things")


def test_the_topics_of_an_area_can_be_drilled(go, window):
    page = go("Progress")
    choose_line(page, "Keeping things")
    press(window, Key.Key_Right)
    assert [line[0] for line in lines(page)] == ["Keeping things", "Boxes", "Shelves", "Moving things"]
    choose_line(page, "Shelves")
    press(window, Key.Key_Return)
    assert "1 of 2" in texts(window.page)


@pytest.fixture
def results(begin_exam, window, clocks, qtbot):
    """An exam with q-box wrong, q-several half right and flagged, q-cart not answered, the rest right."""
    page = begin_exam()
    for id_ in OPTIONS:
        find_question(page, id_)
        clocks.go_on(10)
        if id_ == "q-box":
            press_number(window, wrong(page)[0])
        elif id_ == "q-several":
            press_number(window, right(page)[0])
            press_number(window, wrong(page)[0])
            press(window, Key.Key_F)
        elif id_ != "q-cart":
            press_number(window, right(page)[0])
    press(window, Key.Key_R, Key.Key_Return)
    results = window.page
    qtbot.waitUntil(lambda: shown_questions(results) == {"q-box", "q-several", "q-cart"})
    return results


def shown_questions(page):
    return set(re.findall(r"What does (q-\w+) ask for", texts(page)))


def test_the_numbers(results):
    shown = texts(results)
    assert "3 of 6" in shown
    assert "50 %" in shown
    assert "Below the pass mark of 70 %, which is an assumption" in shown
    assert "80 % sure: between 27–73 %" in shown
    assert "Time: 1 min of 10 min" in shown
    assert "1 not answered" in shown
    # By area: two of the four about keeping, one of the two about moving.
    assert "2 of 4" in shown
    assert "1 of 2" in shown
    assert "Wrong (3)" in shown


@pytest.mark.parametrize(
    ("name", "key", "wanted"),
    [("Flagged (1)", Key.Key_G, {"q-several"}), ("All (6)", Key.Key_A, set(OPTIONS))],
)
def test_the_filters(results, window, qtbot, name, key, wanted):
    click(button(results, name))
    qtbot.waitUntil(lambda: shown_questions(results) == wanted)
    assert button(results, name).isChecked()
    press(window, Key.Key_W)
    qtbot.waitUntil(lambda: shown_questions(results) == {"q-box", "q-several", "q-cart"})
    press(window, key)
    qtbot.waitUntil(lambda: shown_questions(results) == wanted)
    assert len(rows(results)) == sum(OPTIONS[id_] for id_ in wanted)


def test_every_option_has_its_rationale_the_key_and_the_answer_given(results):
    shown = texts(results)
    for id_ in ("q-box", "q-several", "q-cart"):
        assert all(f"Because of {i} in {id_}." in shown for i in range(OPTIONS[id_]))
    names = [row.accessibleName() for row in rows(results)]
    notes = {name.partition(". ")[2].partition(" — ")[::2] for name in names}
    assert ("Right 0 of q-box", "✓ Right answer") in notes
    both = {note for name, note in notes if name.startswith("Right") and "q-several" in name}
    assert both == {"✓ Right answer, yours", "✓ Right answer"}
    assert ("Right 0 of q-cart", "✓ Right answer") in notes
    assert sum(note == "✗ Your answer" for _, note in notes) == 2
    assert not any(row.isEnabled() for row in rows(results))
    assert "– Not answered" in shown
    assert "⚑ flagged" in shown


def test_study_leads_to_the_linked_cards(results, window):
    click(button(results, "Study these 3 cards now"))
    page = window.page
    seen = []
    for _ in range(3):
        seen.append(re.search(r"(box for|shelf holds|wheels has)", texts(page))[0])
        press(window, Key.Key_Space, Key.Key_4)
    assert sorted(seen) == ["box for", "shelf holds", "wheels has"]
    assert "You rated 3 cards." in texts(page)


def test_enter_studies_too(results, window):
    press(window, Key.Key_Return)
    assert "3 cards left" in texts(window.page)


def test_enter_on_a_button_presses_it(results, window, qtbot):
    first = next(name_of(made) for made in controls(results) if name_of(made).startswith("Report question"))
    tab_to(window, results, first)
    press(window, Key.Key_Return)
    (asked,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert "What is wrong with this question?" in texts(asked)
    press(asked, Key.Key_Escape)
    assert window.page is results
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tab_to(window, results, "Save report")
    press(window, Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    # One that is chosen already leaves Enter to the page.
    click(button(results, "All (6)"))
    press(window, Key.Key_Return)
    assert window.page is not results


def test_old_results_open_from_the_exam_page_and_an_edited_deck_changes_nothing(results, window, go, decks, qtbot):
    deck = decks / "depot.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("Because of", "No longer because of"), encoding="utf-8")
    page = go("Decks")
    click(button(page, "Load the decks again"))
    page = go("Practice exam")
    click(button(page, "Open: "))
    qtbot.waitUntil(lambda: len(rows(window.page)) == 13)
    assert "3 of 6" in texts(window.page)
    assert "Because of 0 in q-box." in texts(window.page)


def test_the_score_is_on_today_and_on_progress(results, go, window):
    today = go("Today")
    assert "50 %" in texts(today)
    assert "3 of 6 (27–73 %)" in texts(today)
    click(button(today, "See results"))
    assert "Below the pass mark" in texts(window.page)
    progress = go("Progress")
    assert "From 5 answers" in texts(progress)
    shown = {title: (answers, share) for title, answers, share, *_ in lines(progress)}
    assert shown["Keeping things"][0] == "4"
    assert shown["Moving things"] == ("1", "not enough data")


def test_with_enough_answers_the_weakest_area_comes_first(results, window, go):
    # The second exam, with all about keeping wrong.
    go("Practice exam")
    press(window, Key.Key_Return)
    for square in squares(window.page):
        click(square)
        page = window.page
        about_keeping = not re.search("cart|wheel", question(page))
        for index in (wrong if about_keeping else right)(page)[: 2 if question(page) == "q-several" else 1]:
            press_number(window, index)
    press(window, Key.Key_R, Key.Key_Return)
    assert "seen before" in texts(window.page)
    page = go("Progress")
    first, second = lines(page)
    assert first[:2] == ["Keeping things", "8"]
    assert re.match(r"\d+ %  \(\d+–\d+", first[2])
    assert second[:2] == ["Moving things", "3"]
    press(window, Key.Key_Return)
    assert "1 of 4" in texts(window.page)
