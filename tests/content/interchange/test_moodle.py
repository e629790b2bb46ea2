"""Moodle XML: what it carries comes back as it was; what others export is read; what is not safe is refused."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import item_of
from strategies import questions, texts

from studyapp.content.interchange.material import LOST_CATEGORY, InterchangeError, Material
from studyapp.content.interchange.moodle import write
from studyapp.content.interchange.moodle_reader import read
from studyapp.core.deck import Case, Deck, Difficulty, Option, Question

NOT_IN_XML = "\r" + "".join(chr(n) for n in range(32) if chr(n) not in "\t\n") + "\ufffe\uffff"
PNG = b"\x89PNG\r\n\x1a\n picture"

OTHERS = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/A</text></category></question>
  <question type="multichoice">
    <name><text>Where to load?</text></name>
    <questiontext format="html">
      <text><![CDATA[<p>Load <b>once</b> a day: <img src="@@PLUGINFILE@@/my%20plan.png" alt="plan"></p>]]></text>
      <file name="my plan.png" path="/" encoding="base64">iVBORw0KGgogcGljdHVyZQ==</file>
    </questiontext>
    <generalfeedback format="html"><text>&lt;p&gt;So it is.&lt;/p&gt;</text></generalfeedback>
    <single>true</single>
    <shuffleanswers>0</shuffleanswers>
    <image>old.png</image>
    <incorrectfeedback format="html"><text>No.</text></incorrectfeedback>
    <answer fraction="100" format="plain_text"><text>2*3*4</text><feedback><text></text></feedback></answer>
    <answer fraction="50"><text>Late</text><feedback format="html"><text>Too late</text></feedback></answer>
  </question>
  <question type="truefalse">
    <name><text>T</text></name>
    <questiontext format="markdown"><text>It *is*.</text></questiontext>
    <answer fraction="0"><text>true</text></answer>
    <answer fraction="100"><text>false</text></answer>
  </question>
  <question type="essay"><name><text>E</text></name></question>
</quiz>
"""


@settings(max_examples=40)
@given(st.lists(questions(texts(exclude=NOT_IN_XML)), max_size=3, unique_by=lambda q: q.id))
def test_what_fits_comes_back_as_it_was(asked: list[Question]) -> None:
    written = write(Material("T", (Deck("x", "X", "x.yaml", None, (), tuple(asked)),)))
    lost = {(loss.item, loss.what) for loss in written.losses}
    assert all(what.startswith(("the image 'b.png", "the tag '")) for _, what in lost)
    kept = [
        replace(q, deck="x", tags=tuple(tag for tag in q.tags if (q.id, f"the tag '{tag}'") not in lost)) for q in asked
    ]
    parsed = read(written.data)
    assert {loss.what for loss in parsed.losses} <= {LOST_CATEGORY}
    assert [item_of(entry) for entry in parsed.entries] == kept


def test_only_a_tag_that_stands_for_a_field_is_lost() -> None:
    options = (Option("A", True, ""), Option("B", False, ""))
    tags = ("topic", "topic:b.two", "has:changed", "cost:low")
    asked = Question("q-one", "a.one", Difficulty.EASY, "Which?", options, "x", tags=tags)
    written = write(Material("T", (Deck("x", "X", "x.yaml", None, (), (asked,)),)))
    assert [loss.what for loss in written.losses] == ["the tag 'topic:b.two'", "the tag 'has:changed'"]
    assert read(written.data).entries[0].data["tags"] == ["topic", "cost:low"]


def test_images_go_along_and_come_back(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a b.png").write_bytes(PNG)
    options = (Option("![o](img/a%20b.png)", True, ""), Option("That", False, "![gone](gone.png)"))
    question = Question("q-one", "a.one", Difficulty.HARD, "See ![x](img/a%20b.png).", options, deck="x", case="flow")
    deck = Deck("x", "X/Y", "x.yaml", None, (), (question,))
    written = write(Material("T", (deck,), {"flow": Case("flow", "Flow", "A story.")}, {"x": tmp_path}))
    assert "$course$/top/X//Y" in written.data.decode()
    assert [loss.what for loss in written.losses] == ["the image 'gone.png', which cannot be read"]
    parsed = read(written.data)
    assert parsed.images == {"img/a-b.png": PNG}
    (entry,) = parsed.entries
    assert entry.data["stem"] == "See ![x](img/a-b.png)."
    assert entry.data["options"][0]["text"] == "![o](img/a-b.png)"
    assert entry.data["case"] == "flow"
    assert [(loss.item, loss.what, loss.whole) for loss in parsed.losses] == [
        ("$course$/top/X//Y", LOST_CATEGORY, False),
        ("case-flow", "a question of the kind 'description'", False),
    ]


def test_exports_of_others_are_read() -> None:
    parsed = read(OTHERS.encode())
    first, second = parsed.entries
    assert first.line == 4
    assert first.data["id"] == "Where to load?"
    assert first.data["stem"] == "Load **once** a day: ![plan](my-plan.png)"
    assert first.data["options"] == [
        {"text": "2\\*3\\*4", "correct": "true", "rationale": "So it is."},
        {"text": "Late", "rationale": "Too late"},
    ]
    assert parsed.images == {"my-plan.png": PNG}
    assert second.data["stem"] == "It *is*."
    assert second.data["options"] == [{"text": "True"}, {"text": "False", "correct": "true"}]
    assert [(loss.line, loss.what) for loss in parsed.losses] == [
        (3, LOST_CATEGORY),
        (4, "partial credit for an option"),
        (4, "feedback on right or wrong answers as a whole"),
        (4, "its picture, which stands where Moodle 1.9 had it"),
        (4, "that its options keep their order"),
        (24, "a question of the kind 'essay'"),
    ]


def question(answers: str, more: str = "<single>true</single>", stem: str = "Which?", form: str = "html") -> bytes:
    return (
        f"<quiz>\n<question type='multichoice'><name><text>N</text></name><questiontext format='{form}'>"
        f"<text>{stem}</text><file name='a (1).png' path='/' encoding='base64'>iVBORw0KGgogcGljdHVyZQ==</file>"
        f"</questiontext>{more}{answers}</question></quiz>"
    ).encode()


def answer(fraction: str, text: str = "A") -> str:
    return f"<answer fraction='{fraction}'><text>{text}</text></answer>"


def test_what_a_question_weighs_is_told() -> None:
    data = question(answer("100") + answer("-25", "B"), "<defaultgrade>2.0000000</defaultgrade>")
    lost = [loss.what for loss in read(data).losses]
    assert lost == ["marks taken off for an option", "how many marks it is worth"]
    data = question(answer("100") + answer("0", "B"), "<defaultgrade>1.0000000</defaultgrade>")
    assert read(data).losses == ()


def test_a_question_of_which_either_answer_will_do_is_left_out() -> None:
    parsed = read(question(answer("100") + answer("100", "B") + answer("0", "C")))
    assert parsed.entries == ()
    assert [(loss.item, loss.line, loss.what, loss.whole) for loss in parsed.losses] == [
        ("N", 2, "the question, as it takes one answer and 2 of its options are right", True)
    ]


def test_answers_that_were_not_filled_in_are_none() -> None:
    blank = answer("0", "") + answer("0", "&lt;p&gt;&lt;/p&gt;")
    (entry,) = read(question(answer("100") + answer("0", "B") + blank)).entries
    assert [option["text"] for option in entry.data["options"]] == ["A", "B"]


def test_thirds_are_equal() -> None:
    thirds = answer("33.33333") + answer("33.33333", "B") + answer("33.33334", "C") + answer("-100", "D")
    parsed = read(question(thirds, "<single>false</single>"))
    assert parsed.losses == ()
    assert [option.get("correct") for option in parsed.entries[0].data["options"]] == ["true", "true", "true", None]


def test_what_is_said_of_a_category_is_told() -> None:
    text = OTHERS.replace("</category>", "</category><info><text>&lt;p&gt;Of loads.&lt;/p&gt;</text></info>")
    told = [(loss.item, loss.what) for loss in read(text.encode()).losses if loss.line == 3]
    assert told == [("$course$/A", LOST_CATEGORY), ("$course$/A", "the text about a category")]


@pytest.mark.parametrize(
    ("stem", "form"),
    [
        ("&lt;img src='@@PLUGINFILE@@/a%20(1).png' alt='[x]'&gt;", "html"),
        ("![\\[x\\]](@@PLUGINFILE@@/a%20(1).png)", "markdown"),
    ],
)
def test_an_image_may_have_brackets_in_its_name(stem: str, form: str) -> None:
    parsed = read(question(answer("100") + answer("0", "B"), stem=stem, form=form))
    assert parsed.losses == ()
    assert parsed.images == {"a-1-.png": PNG}
    assert parsed.entries[0].data["stem"] == "![\\[x\\]](a-1-.png)"


def test_links_to_files_are_told_and_keep_their_words() -> None:
    stem = (
        "Read [the *paper*](@@PLUGINFILE@@/d%20(1).pdf), then [this](https://x.test/a) and `[p](@@PLUGINFILE@@/d.pdf)`."
    )
    parsed = read(question(answer("100") + answer("0", "B"), stem=stem, form="markdown"))
    assert parsed.entries[0].data["stem"].startswith("Read the *paper*, then [this](https://x.test/a) and")
    assert [loss.what for loss in parsed.losses] == ["the link to 'd (1).pdf'"]


def test_a_question_that_does_not_say_has_a_single_right_option() -> None:
    (first, _) = read(OTHERS.replace("<single>true</single>", "").encode()).entries
    assert [option.get("correct") for option in first.data["options"]] == ["true", None]


def test_a_text_beyond_all_bounds_takes_no_time() -> None:
    started = time.perf_counter()
    (_, second) = read(OTHERS.replace("It *is*.", "![" * 500_000).encode()).entries
    assert len(second.data["stem"]) == 1_000_000
    assert time.perf_counter() - started < 2


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<quiz>&b;</quiz>'
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz/>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "Line 2 declares a document type, which is not read."),
        (OUTSIDE, "Line 2 declares a document type, which is not read."),
        ("<quiz>\n<question>\n</quiz>", "Line 3 is not XML: mismatched tag."),
        ("<quiz>&b;</quiz>", "Line 1 is not XML: undefined entity."),
        ("", "Line 1 is not XML: no element found."),
        ("<a>" * 100, "Line 1 is nested too deep."),
        pytest.param(f"<quiz>{'<a/>' * 500_000}</quiz>", "The file has more than 500,000 elements.", id="many"),
        ("<rss/>", "Line 1 begins with <rss>, not with <quiz>, so this is no Moodle XML."),
        ('<?xml version="1.0" encoding="klingon"?><quiz/>', "The file is not XML: unknown encoding: klingon."),
    ],
)
def test_what_is_no_safe_moodle_xml_is_said(text: str, message: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        read(text.encode())
    assert caught.value.message == message


def test_names_of_files_cannot_leave_their_folder() -> None:
    text = OTHERS.replace('name="my plan.png" path="/"', 'name="plan.png" path="/../../"')
    parsed = read(text.encode())
    assert parsed.images == {}
    assert "the file '../../plan.png'" in [loss.what for loss in parsed.losses]
