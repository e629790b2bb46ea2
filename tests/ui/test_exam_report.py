"""The report of an exam: what stands out, breakdowns, filters, the pass mark; and the files it is saved as."""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hands import (
    Key,
    button,
    click,
    controls,
    find_question,
    has_button,
    name_of,
    press,
    press_number,
    right,
    rows,
    texts,
    wrong,
)
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from studyapp.core.attempt import Confidence
from studyapp.ui.exam.export_markdown import markdown_to_html
from studyapp.ui.exam.setup_controls import NumberBox
from studyapp.ui.widgets.reading import ReadingText

# Seconds on each question: q-wheel takes more than twice the median.
SECONDS = {"q-box": 10, "q-several": 12, "q-depot": 14, "q-shelf": 16, "q-cart": 18, "q-wheel": 90}
NOTE = "<b>Boxes & co</b>\nask again"


@pytest.fixture
def results(app, begin_exam, window, clocks, qtbot):
    """q-box sure but wrong, with a note, a highlight and a struck option; q-several half right; q-shelf changed from
    right to wrong; the rest right, q-depot flagged and by a guess.
    """
    page = begin_exam()
    session = app.pages.desk.session
    for id_, seconds in SECONDS.items():
        find_question(page, id_)
        key, others = right(page), wrong(page)
        if id_ == "q-box":
            press_number(window, others[0])
            session.set_confidence(Confidence.SURE)
            session.set_note(NOTE)
            session.strike(key[0])
            session.add_highlight(5, 9)
        elif id_ in ("q-several", "q-shelf"):
            press_number(window, key[0])
            press_number(window, others[0])
        else:
            press_number(window, key[0])
        if id_ == "q-depot":
            press(window, Key.Key_F)
            session.set_confidence(Confidence.GUESS)
        clocks.go_on(seconds)
    press(window, Key.Key_R, Key.Key_Return)
    page = window.page
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    return page


def shown(page):
    """The stems on the page."""
    return [t for t in texts(page).splitlines() if t.startswith("What does q-")]


def listed(page):
    return {line.split()[2] for line in shown(page)}


def test_what_stands_out(results, qtbot):
    said = texts(results)
    for line in (
        "You were sure of 1 answer that was wrong.",
        "You changed 1 right answer to a wrong one.",
        "1 question with several answers had some right picks, and counts as wrong.",
        "Question",
        "1 of 2 right answers picked; it counts as wrong, as in the exam.",
        "which was right, and changed to",
        "You were sure of this answer.",
    ):
        assert line in said
    click(button(results, "Show: You changed"))
    qtbot.waitUntil(lambda: listed(results) == {"q-shelf"})
    click(button(results, "Show: You were sure"))
    qtbot.waitUntil(lambda: listed(results) == {"q-box"})


@pytest.mark.parametrize(
    ("name", "key", "wanted"),
    [
        ("Sure but wrong (1)", Key.Key_S, {"q-box"}),
        ("Changed (1)", Key.Key_C, {"q-shelf"}),
        ("Slow (1)", Key.Key_L, {"q-wheel"}),
        ("Flagged (1)", Key.Key_G, {"q-depot"}),
        ("All (6)", Key.Key_A, set(SECONDS)),
    ],
)
def test_the_filters(results, window, qtbot, name, key, wanted):
    click(button(results, name))
    qtbot.waitUntil(lambda: listed(results) == wanted)
    press(window, Key.Key_W)
    qtbot.waitUntil(lambda: listed(results) == {"q-box", "q-several", "q-shelf"})
    press(window, key)
    qtbot.waitUntil(lambda: listed(results) == wanted)


def test_what_the_learner_left_on_a_question_is_there(results, window, qtbot):
    press(window, Key.Key_S)
    qtbot.waitUntil(lambda: listed(results) == {"q-box"})
    said = texts(results)
    assert "Your note" in said
    assert NOTE in said
    assert any("you struck it out" in name_of(row) for row in rows(results))
    (stem,) = (w for w in controls(results, ReadingText) if w.toPlainText() in shown(results))
    assert [s.cursor.selectedText() for s in stem.extraSelections()] == ["does"]


def test_the_breakdowns(results):
    assert not has_button(results, "By fresh or seen")
    for view, lines in {
        "By topic": ("Boxes", "Shelves", "Carts"),
        "By difficulty": ("Medium", "3 of 6"),
        "By confidence": ("Sure", "Guess", "Not marked"),
        "By time": ("Question", "2 min", "The questions that took you longest"),
        "By area": ("Keeping", "1 of 4", "Moving", "2 of 2"),
    }.items():
        click(button(results, view))
        assert button(results, view).isChecked()
        said = texts(results)
        for line in lines:
            assert line in said


def test_fresh_and_seen_stand_apart_the_second_time(results, begin_exam, window):
    begin_exam()
    press(window, Key.Key_R, Key.Key_Return)
    click(button(window.page, "By fresh or seen"))
    assert "Seen before" in texts(window.page)
    assert "0 of 6" in texts(window.page)


def test_the_pass_mark_is_an_assumption_that_is_changed_right_there(results, window, go, disk, qtbot):
    assert "Below the pass mark of 70 %, which is an assumption" in texts(results)
    mark = results.findChild(NumberBox)
    mark.setFocus()
    mark.selectAll()
    QTest.keyClicks(mark, "50")
    press(window, Key.Key_Return)
    assert window.page is results
    assert "Reaches the pass mark of 50 %" in texts(results)
    assert disk.rows("SELECT value FROM settings WHERE key = 'pass_mark:six'") == [(50,)]
    page = go("Practice exam")
    assert page.findChild(NumberBox).value() == 50
    click(button(page, "Open: "))
    assert "Reaches the pass mark of 50 %" in texts(window.page)


@pytest.fixture
def save(app, results, qtbot, tmp_path):
    """Save the report by the menu and the file dialog; the path."""

    def save(ending, name="report", folder=tmp_path):
        path = Path(folder) / f"{name}.{ending}"
        menu = button(results, "Save report").menu()
        (action,) = (a for a in menu.actions() if ending.upper() in a.text())
        action.trigger()
        dialog = results.findChild(QFileDialog)
        assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        dialog.selectFile(str(path))
        dialog.fileSelected.emit(str(path))
        dialog.done(0)
        qtbot.waitUntil(lambda: "export" in app.window.messages.texts(), timeout=20_000)
        QApplication.processEvents()
        return path

    return save


def test_the_responses_as_csv(save, app):
    path = save("csv")
    assert app.window.messages.texts()["export"] == f"Saved as {path}."
    with path.open(encoding="utf-8", newline="") as file:
        lines = {line["id"]: line for line in csv.DictReader(file)}
    assert set(lines) == set(SECONDS)
    assert (lines["q-box"]["right"], lines["q-box"]["confidence"], lines["q-box"]["note"]) == ("no", "sure", NOTE)
    assert lines["q-shelf"]["first answer"] == lines["q-shelf"]["key"] != lines["q-shelf"]["chosen"]
    assert lines["q-depot"]["flagged"] == "yes"
    assert lines["q-wheel"]["seconds"] == "90.0"
    assert lines["q-several"]["stratum"] == "Keeping"


class Page(HTMLParser):
    """Collects the text of a page, and checks that every tag is closed and that nothing is fetched."""

    VOID = ("meta", "br")

    def __init__(self, text):
        super().__init__()
        self.open, self.text, self.titles, self.marked = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "img", "link", "iframe", "object")
        assert not {name for name, _ in attrs} & {"src", "onload", "onclick"}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text.append(data)
        if self.open[-1:] in (["h2"], ["h3"]):
            self.titles.append(data)
        if self.open[-1:] == ["mark"]:
            self.marked.append(data)


def test_the_report_as_html(save):
    text = save("html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    page = Page(text)
    assert page.titles[:2] == ["By area", "By topic"]
    assert [title for title in page.titles if title.startswith("Question ")] == [f"Question {n}" for n in range(1, 7)]
    assert page.marked == ["does"]
    said = " ".join(page.text)
    for line in (
        "50 %",
        "3 of 6",
        "Below the pass mark of 70 %, which is an assumption",
        "You changed 1 right answer to a wrong one.",
        "<b>Boxes & co</b>",
        "Because of 5 in q-shelf.",
        "Shelves are called racks since May.",
        "✓ Right answer, you struck it out",
        "Case: The depot",
        "The depot keeps boxes for ninety shops",
    ):
        assert line in said
    assert "http" not in text
    assert "size: A4" in text


def test_the_report_as_pdf(save):
    content = save("pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert 10_000 < len(content) < 2_000_000
    assert content.count(b"/Type /Page\n") == content.count(b"/MediaBox") > 1
    # A4 in points.
    assert b"/MediaBox [0 0 595" in content


def test_a_file_that_cannot_be_written_says_so_and_the_older_one_stays(save, app, tmp_path):
    kept = tmp_path / "kept.csv"
    kept.write_text("older", encoding="utf-8")
    (tmp_path / "taken.csv").mkdir()
    save("csv", "taken")
    said = app.window.messages.texts()["export"]
    assert "taken.csv could not be written: Is a directory." in said
    app.window.messages.dismiss("export")
    save("html", folder=tmp_path / "missing")
    assert "No such file or directory" in app.window.messages.texts()["export"]
    assert kept.read_text(encoding="utf-8") == "older"
    assert not list(tmp_path.glob(".*.part"))


def test_the_window_stays_alive_while_a_report_is_written(app, results, tmp_path, qtbot):
    turns = []
    steps = app.pages._results._exporter
    steps.timeout.connect(lambda: turns.append(1))
    app.pages._results.export(tmp_path / "r.pdf")
    qtbot.waitUntil(lambda: "export" in app.window.messages.texts(), timeout=20_000)
    # At least one turn of the event loop for each question and each page.
    assert len(turns) > 8
    qtbot.waitUntil(lambda: not steps.isActive())


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a **b** *c* `d<e`", "<p>a <strong>b</strong> <em>c</em> <code>d&lt;e</code></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ('[x](https://a.b/?c="d&e)', '<p><a href="https://a.b/?c=&quot;d&amp;e">x</a></p>'),
        ("![p](http://a.b/c.png)", "<p>[http://a.b/c.png]</p>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("```\na < b\n  c\n```\nd", "<pre>a &lt; b\n  c</pre><p>d</p>"),
        ("| a |\n|---|\n| 1 |", '<table class="data"><tr><td><p><strong>a</strong></p></td></tr>'),
    ],
)
def test_markdown_becomes_html_that_is_safe(qapp, markdown, html):
    assert markdown_to_html(markdown).startswith(html)


def test_highlights_are_marked_and_may_lie_anywhere(qapp):
    marked = markdown_to_html("ab **cd** ef", [(1, 4)])
    assert re.sub("</?mark>", "", marked) == "<p>ab <strong>c</strong><strong>d</strong> ef</p>"
    assert "".join(re.findall("<mark>(.*?)</mark>", re.sub("</?strong>", "", marked))) == "b c"
    assert markdown_to_html("ab", [(1, 99), (50, 60)]) == "<p>a<mark>b</mark></p>"


def test_the_keys_open_the_menu(results, window):
    opened = []
    menu = button(results, "Save report").menu()
    menu.aboutToShow.connect(lambda: (opened.append(1), QTimer.singleShot(0, menu.close)))
    press(window, Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    assert opened == [1]
