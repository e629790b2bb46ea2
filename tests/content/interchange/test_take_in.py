"""A file becomes a deck that loads, or nothing is written; what is not carried over is told with its line."""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from plain import SYLLABUS
from strategies import decks as decks_drawn
from strategies import texts

from studyapp.content.interchange.csv_table import write as write_csv
from studyapp.content.interchange.fitting import Fitting
from studyapp.content.interchange.formats import guessed
from studyapp.content.interchange.material import InterchangeError, Material, told
from studyapp.content.interchange.send_out import export, material_of
from studyapp.content.interchange.take_in import Imported, Wanted, import_file, parse_file
from studyapp.content.library import Library
from studyapp.content.loader import load
from studyapp.core.deck import Deck

DECK = """\
deck: good
title: Good
cards:
  - {id: c-one, topic: a.one, front: What?, back: That., was: c-old}
questions:
  - id: q-one
    topic: a.one
    difficulty: hard
    case: shop
    stem: Which?
    options: [{text: A, correct: true, rationale: R}, {text: B}]
    cards: [c-one]
    enemies: [q-two]
  - {id: q-two, topic: a.one, difficulty: easy, stem: Who?, options: [{text: A, correct: true}, {text: B}]}
"""
AIKEN = "Which loading costs least?\nA. Batch\nB. Streams\nANSWER: A\n\nWhich of one?\nA. Only\nANSWER: A\n"


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    (folder / "cases").mkdir(parents=True)
    (folder / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (folder / "good.yaml").write_text(DECK, encoding="utf-8")
    (folder / "cases" / "shop.yaml").write_text("case: shop\ntitle: Shop\ntext: A shop.\n", encoding="utf-8")
    return folder


def take_in(decks: Path, source: Path, deck: str = "mine", topic: str | None = "a.one") -> Imported:
    wanted = Wanted(deck, "Mine", topic, decks.parent / "own", date(2026, 11, 23))
    return import_file(source, None, wanted, [decks])


def loaded(decks: Path) -> Library:
    return load([decks, decks.parent / "own"])


def test_plain_questions_become_a_deck_that_loads(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "quiz.txt"
    source.write_text(AIKEN, encoding="utf-8")
    imported = take_in(decks, source)
    assert (imported.cards, imported.questions) == (0, 1)
    assert told(imported.losses).splitlines() == [
        "the question: 'options' has 1 entries; it must have at least 2",
        "  line 6: Which of one?",
        "how hard its questions are (1), which the file does not say; they are medium",
    ]
    library = loaded(decks)
    assert library.problems == ()
    assert "mine-which-loading-costs-least" in library.bank.questions
    assert imported.path.read_text(encoding="utf-8").startswith("# Imported from quiz.txt on 2026-11-23.\ndeck: mine\n")
    assert os.listdir(imported.path.parent) == ["mine.yaml"]


def test_an_exported_table_comes_back_beside_its_own_deck(decks: Path, tmp_path: Path) -> None:
    table = tmp_path / "all.csv"
    exported = export(material_of(load([decks])), "csv", table)
    assert exported.items == 3
    imported = take_in(decks, table)
    library = loaded(decks)
    assert library.problems == ()
    question = library.bank.questions["q-one-2"]
    assert (question.case, question.cards, question.enemies) == ("shop", ("c-one-2",), ("q-two-2",))
    assert [(loss.item, loss.line, loss.what) for loss in imported.losses] == [
        ("c-one, now c-one-2", 2, "the id, which another item has or had"),
        ("q-one, now q-one-2", 3, "the id, which another item has or had"),
        ("q-two, now q-two-2", 4, "the id, which another item has or had"),
        ("c-one", 2, "the former id 'c-old', which is taken"),
    ]


@settings(max_examples=25)
@given(decks_drawn(texts(exclude="\r")))
def test_any_table_comes_back_as_the_deck_that_it_was(deck: Deck) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
        (folder / "t.csv").write_bytes(write_csv(Material("T", (deck,))).data)
        # The image of the texts, without which it would not stay in them.
        (folder / "own").mkdir()
        (folder / "own" / "b.png").write_bytes(b"PNG")
        wanted = Wanted("mine", "Mine", None, folder / "own", date(2026, 11, 23))
        import_file(folder / "t.csv", None, wanted, [folder])
        library = load([folder, folder / "own"])
        assert [problem for problem in library.problems if problem.severity == "error"] == []
        (loaded,) = library.bank.decks
        assert (loaded.cards, loaded.questions) == (deck.cards, deck.questions)


def test_what_does_not_exist_here_is_told(decks: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "topic,stem,option_1,option_2,correct,case,cards,enemies,difficulty\n"
        "b.two,Which ![one of *them*](x.png)?,A,![](http://x.org/y.png 't'),1,bank,c-two,q-nine,very\n",
        encoding="utf-8",
    )
    imported = take_in(decks, table)
    assert [loss.what for loss in imported.losses] == [
        "the topic 'b.two', which the syllabus does not have; it is 'a.one' now",
        "the difficulty 'very'; it is medium now",
        "the case 'bank', which is not loaded",
        "'c-two' among its cards, as there is none",
        "'q-nine' among its enemies, as there is none",
        "the image 'x.png', which is not part of the file",
        "the image 'http://x.org/y.png', which is not part of the file",
    ]
    library = loaded(decks)
    assert not [problem for problem in library.problems if problem.severity == "error"]
    (question,) = [question for question in library.bank.questions.values() if question.deck == "mine"]
    assert (question.stem, question.options[1].text) == ("Which one of *them*?", "(image)")


def test_many_items_of_one_name_are_named_at_once(decks: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("front,back\n" + "What is this?,That\n" * 4_000, encoding="utf-8")
    fitting = Fitting(load([decks]).bank, "mine", "a.one", tmp_path / "mine-images")
    parsed = parse_file(table)
    started = time.perf_counter()
    cards = fitting.fit(parsed)["cards"]
    assert [cards[0]["id"], cards[-1]["id"]] == ["mine-what-is-this", "mine-what-is-this-4000"]
    assert time.perf_counter() - started < 2


def test_images_lie_beside_the_deck(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "m.xml"
    source.write_text(
        "<quiz><question type='multichoice'><name><text>One</text></name><questiontext format='markdown'>"
        "<text>See ![x](@@PLUGINFILE@@/a/x.png)</text><file name='x.png' path='/a/' encoding='base64'>UE5H</file>"
        "</questiontext><single>true</single><answer fraction='100'><text>A</text></answer>"
        "<answer fraction='0'><text>B</text></answer></question></quiz>",
        encoding="utf-8",
    )
    imported = take_in(decks, source)
    assert (imported.path.parent / "mine-images" / "a" / "x.png").read_bytes() == b"PNG"
    assert loaded(decks).bank.questions["one"].stem == "See ![x](mine-images/a/x.png)"


def test_what_a_file_is_takes_no_time_to_guess() -> None:
    started = time.perf_counter()
    assert guessed(Path("a.txt"), b"\n" * 100_000) == "gift"
    assert guessed(Path("a.txt"), b"Q?\n\tanswer : A") == "aiken"
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Which {one}?\nA. This\nB. That\nANSWER: A\n", "aiken"),
        ("Which one?\nAnswer: {=This ~That}\n", "gift"),
        ("stem\toption_1\toption_2\tcorrect\nWhich?\ta\tb\t1\n", "csv"),
        ("sep=;\nfront;back\nANSWER: A;b\n", "csv"),
        ("Which stem, front or back?\nA. This\nB. That\nANSWER: A\n", "aiken"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_text_is_shows_in_what_is_in_it(text: str, name: str, encoding: str) -> None:
    assert guessed(Path("a.txt"), text.encode(encoding)) == name


def test_an_id_that_others_may_have_gets_that_of_the_deck_before_it(decks: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    ids = ["1", "q2", "Question 3", "Вопрос 4", "mine-5", "load-cost", "Frage"]
    rows = [f"{id_},What is {n}?,That" for n, id_ in enumerate(ids, start=1)]
    table.write_text("\n".join(["id,front,back", *rows]), encoding="utf-8")
    imported = take_in(decks, table)
    (deck,) = [deck for deck in loaded(decks).bank.decks if deck.id == "mine"]
    assert [card.id for card in deck.cards] == [
        "mine-1", "mine-q2", "mine-question-3", "mine-4", "mine-5", "load-cost", "frage",
    ]  # fmt: skip
    assert [(loss.item, loss.what) for loss in imported.losses] == [
        ("1, now mine-1", "the id, which says too little to stay with one item"),
        ("q2, now mine-q2", "the id, which says too little to stay with one item"),
    ]


def test_an_id_of_the_ledger_names_nothing_new(decks: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "ids.txt").write_text("load-cost\tcard\tWhat?\tThat.\n", encoding="utf-8")
    (decks / "ids.txt").write_text("load-time\tcard\tWhen?\tThen.\nold-id\tcard\tWho?\tShe.\n", encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text("id,front,back,was\nload-cost,A?,B,\nload-time,C?,D,old-id\n", encoding="utf-8")
    imported = take_in(decks, table)
    (deck,) = [deck for deck in loaded(decks).bank.decks if deck.id == "mine"]
    assert [(card.id, card.was) for card in deck.cards] == [("load-cost-2", ()), ("load-time-2", ("old-id",))]
    assert {loss.what for loss in imported.losses} == {"the id, which another item has or had"}


def test_formulas_are_told(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "q.gift"
    blocks = [
        r"Is \(x^2\) it?",
        r"Is \[x\] it?",
        "Is $$x^2$$ it?",
        "Is it $5 or $$?",
        "[html]Is <code>$$x^2$$</code> it?",
    ]
    source.write_text("\n\n".join(f"{stem} {{=a ~b}}" for stem in blocks), encoding="utf-8")
    imported = take_in(decks, source)
    assert [loss.line for loss in imported.losses if loss.what.startswith("the look of a formula")] == [1, 3, 5]


def test_a_text_beyond_all_bounds_is_left_out_at_once(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "quiz.txt"
    source.write_text(f"Which {'[' * 2_000_000}?\nA. Batch\nB. Streams\nANSWER: A\n\n{AIKEN}", encoding="utf-8")
    imported = take_in(decks, source)
    assert imported.questions == 1
    assert imported.losses[0].what == "the question: 'stem' is longer than 20,000 characters"


@pytest.mark.parametrize(
    ("text", "name", "topic", "message"),
    [
        ("Q?\nA. x\nANSWER: B\n", "q.txt", "a.one", "Line 3 names 'B', which is none of the options."),
        (AIKEN, "q.txt", None, "The item in line 1 has no topic, and so for 1 more."),
        (AIKEN, "q.txt", "a.oen", "The syllabus has no topic 'a.oen' (did you mean 'a.one'?)."),
        ("Just text.\n", "q.txt", "a.one", "has no card or question that can be imported; the first one was a descr"),
        ("x", "q.pdf", "a.one", "does not say what it is."),
        ("front,back\n,\n", "q.csv", "a.one", "has no card or question that can be imported."),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    decks: Path, tmp_path: Path, text: str, name: str, topic: str | None, message: str
) -> None:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    with pytest.raises(InterchangeError) as caught:
        take_in(decks, source, topic=topic)
    assert message in caught.value.message
    assert not list((tmp_path / "own").glob("*"))


def test_nothing_is_overwritten(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "quiz.txt"
    source.write_text(AIKEN, encoding="utf-8")
    first = take_in(decks, source)
    before = first.path.read_bytes()
    with pytest.raises(InterchangeError, match="exists already"):
        take_in(decks, source)
    with pytest.raises(InterchangeError, match="A deck 'good' is loaded already"):
        take_in(decks, source, deck="good")
    with pytest.raises(InterchangeError, match="cannot be the id"):
        take_in(decks, source, deck="../evil")
    assert first.path.read_bytes() == before
    with pytest.raises(InterchangeError, match="exists already"):
        export(material_of(load([decks])), "csv", first.path)
    assert first.path.read_bytes() == before


@pytest.mark.parametrize("deck", ["studyapp", "con", "nul.one", "com1"])
def test_a_deck_is_not_named_as_what_is_no_deck(decks: Path, tmp_path: Path, deck: str) -> None:
    source = tmp_path / "quiz.txt"
    source.write_text(AIKEN, encoding="utf-8")
    with pytest.raises(InterchangeError, match="means something else"):
        take_in(decks, source, deck=deck)
    assert not (tmp_path / "own").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has names of files that are no text.")
def test_the_name_of_a_file_may_be_no_text(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"quiz\xff.txt")
    source.write_text(AIKEN, encoding="utf-8")
    assert take_in(decks, source).path.read_text(encoding="utf-8").startswith("# Imported from quiz\\udcff.txt on ")
    with pytest.raises(InterchangeError, match="The title holds bytes that are no text"):
        import_file(source, None, Wanted("two", source.stem, "a.one", tmp_path / "own", date(2026, 11, 23)), [decks])


def test_a_folder_that_cannot_be_written_is_said(decks: Path, tmp_path: Path) -> None:
    source = tmp_path / "quiz.txt"
    source.write_text(AIKEN, encoding="utf-8")
    (tmp_path / "own").write_text("a file", encoding="utf-8")
    with pytest.raises(InterchangeError, match="cannot be written"):
        take_in(decks, source)


def test_only_what_is_asked_for_goes_out(decks: Path, tmp_path: Path) -> None:
    library = load([decks])
    with pytest.raises(InterchangeError, match=r"no loaded deck 'goood' \(did you mean 'good'"):
        material_of(library, ["goood"])
    with pytest.raises(InterchangeError, match=r"No item has a topic like 'b\.\*'"):
        material_of(library, topic="b.*")
    assert len(material_of(library, ["good"], "a.*").questions) == 2
    (decks / "good.yaml").write_text(DECK[: DECK.index("questions:")], encoding="utf-8")
    with pytest.raises(InterchangeError, match="Aiken holds none of these items"):
        export(material_of(load([decks])), "aiken", tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()
