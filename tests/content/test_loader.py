"""Loading folders: what loads, what does not, and that one never keeps the other from loading."""

import gc
import os
from fractions import Fraction
from pathlib import Path

import pytest
from samples import BLUEPRINT, CASE, DECK, SYLLABUS, changed, write, write_folder

from studyapp.content.library import LoadedFile
from studyapp.content.loader import load
from studyapp.content.reading import LoadCancelledError, Reading
from studyapp.content.report import MAX_PROBLEMS
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Difficulty
from studyapp.core.errors import DeckFolderError
from studyapp.core.names import Product, ProductName
from studyapp.paths import shipped_decks


def _by_name(files: tuple[LoadedFile, ...]) -> dict[str, LoadedFile]:
    return {file.path.name: file for file in files}


def test_every_kind_becomes_core_objects(tmp_path: Path) -> None:
    bank = load([write_folder(tmp_path)]).bank
    assert bank.syllabus.topics["a.one"].objectives == ("Tell one from two.",)
    question = bank.questions["q-one"]
    assert (question.deck, question.case, question.key) == ("good", "shop", {0})
    assert (question.cards, question.tags, question.enemies) == (("c-one",), ("cost",), ("q-two",))
    assert bank.questions["q-two"].difficulty is Difficulty.HARD
    assert bank.cards["c-one"].front == "When does the long-term price hold?"
    assert str(bank.decks[0].verified_on) == "2026-11-23"
    assert bank.case_by_id["shop"].text == "A shop sells things."
    assert bank.blueprints == (
        Blueprint(
            id="half",
            title="Half",
            exam="Some exam",
            source=Source(SourceKind.REPORTED, "1-2"),
            questions=2,
            minutes=30,
            pass_mark=0.7,
            strata=(Stratum("All", Fraction("7.5"), ("a.*",), ("shop",)),),
        ),
    )
    spark = (ProductName("Dataproc", 2016, 2026), ProductName("Managed Service for Apache Spark", 2026))
    assert bank.products == (Product("spark", spark, ("MSAS",)),)


def test_a_broken_deck_keeps_no_other_from_loading(tmp_path: Path) -> None:
    write_folder(tmp_path)
    write(tmp_path, "broken.yaml", "deck: broken\ntitle: [\n")
    write(tmp_path, "slip.yaml", "deck: slip\ntitle: Slip\ncards:\n  - {id: x, topic: a.one, frnt: f, back: b}\n")
    library = load([tmp_path])
    files = _by_name(library.files)
    assert [file.loaded for file in (files["broken.yaml"], files["slip.yaml"], files["good.yaml"])] == [0, 0, 1]
    assert (files["slip.yaml"].id, files["slip.yaml"].title, files["slip.yaml"].cards) == ("slip", "Slip", 1)
    assert (files["good.yaml"].cards, files["good.yaml"].questions) == (1, 2)
    assert [deck.id for deck in library.bank.decks] == ["good"]
    (message,) = [p.message for p in files["slip.yaml"].problems if p.code == "E104"]
    assert message == "unknown key 'frnt' (did you mean 'front'?)"


def test_all_problems_of_a_file_at_once(tmp_path: Path) -> None:
    text = changed("deck", {"title: Good": "titel: Good", "a.one": "a.on", "medium": "middle", "case: shop": "case: s"})
    library = load([write_folder(tmp_path, deck=text)])
    codes = [p.code for p in library.problems]
    assert sorted(codes) == ["E104", "E120", "E125", "E202", "E203"]
    unknown = next(p for p in library.problems if p.code == "E202")
    assert unknown.message == "unknown topic 'a.on' (did you mean 'a.one'?)"


def test_a_duplicate_id_names_both_places_and_keeps_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = tmp_path / "shipped", tmp_path / "mine"
    write_folder(first)
    write(second, "a.yaml", DECK.replace("deck: good", "deck: mine"))
    library = load([first, second])
    assert [deck.id for deck in library.bank.decks] == ["good"]
    problems = _by_name(library.files)["a.yaml"].problems
    assert [p.code for p in problems] == ["E201"] * 3
    place = os.path.join("shipped", "good.yaml")
    assert str(problems[0]).startswith(os.path.join("mine", "a.yaml") + ":5:9: error E201")
    assert problems[0].message == f"the item id 'c-one' is used before, at {place}:5:9"


def test_a_second_folder_may_hold_decks_only(tmp_path: Path) -> None:
    write_folder(tmp_path / "shipped")
    deck = "deck: mine\ntitle: Mine\ncards:\n  - {id: m-one, topic: a.one, cloze: 'It is {{this}}.'}\n"
    write(tmp_path / "mine", "mine.yaml", deck)
    library = load([tmp_path / "shipped", tmp_path / "mine"])
    assert library.problems == ()
    assert set(library.bank.cards) == {"c-one", "m-one"}
    assert load([tmp_path / "shipped", tmp_path / "mine" / "mine.yaml"]).bank.cards == library.bank.cards


def test_links_reach_into_other_decks(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=changed("deck", {"[c-one]": "[z-one]"}))
    write(tmp_path, "z.yaml", "deck: z\ntitle: Z\ncards:\n  - {id: z-one, topic: a.one, cloze: 'It is {{this}}.'}\n")
    assert load([tmp_path]).problems == ()


def test_a_question_whose_case_did_not_load_says_so(tmp_path: Path) -> None:
    write_folder(tmp_path, case=CASE.replace("title", "titel"))
    library = load([tmp_path])
    (problem,) = _by_name(library.files)["good.yaml"].problems
    assert problem.message == "the case 'shop' did not load, since its file has problems"


def test_a_second_syllabus_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path)
    other = SYLLABUS.replace("small", "other").replace("a.one", "b.one").replace("id: a", "id: b")
    write(tmp_path, "t.yaml", other)
    library = load([tmp_path])
    assert [p.code for p in _by_name(library.files)["t.yaml"].problems] == ["E206"]
    assert library.bank.syllabus.id == "small"


def test_a_file_that_does_not_say_what_it_is(tmp_path: Path) -> None:
    write_folder(tmp_path)
    write(tmp_path, "x.yaml", "# note\ndeckk: x\n")
    (problem,) = load([tmp_path]).problems
    assert (problem.code, problem.line, problem.column) == ("E116", 2, 1)
    assert "did you mean 'deck'?" in problem.message


def test_odd_names_links_and_folders_do_no_harm(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    write(tmp_path, ".#good.yaml", "not: read")
    write(tmp_path, "néw\nline '\".YML", "deck: odd\ntitle: 5\n")
    try:
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
        (tmp_path / "cases" / "up").symlink_to(tmp_path, target_is_directory=True)
        os.mkfifo(tmp_path / "pipe.yaml")
    except (OSError, AttributeError):
        pytest.skip("no links or pipes here")
    library = load([tmp_path, tmp_path / "cases" / "up"])
    assert [p.code for p in library.problems] == ["E101"]
    assert {deck.id: deck.title for deck in library.bank.decks} == {"good": "Good", "odd": "5"}


@pytest.mark.parametrize("syllabus", [None, "syllabus: [", SYLLABUS.replace("weight: 3", "weight: 9")])
def test_without_a_readable_syllabus_nothing_loads(tmp_path: Path, syllabus: str | None) -> None:
    write_folder(tmp_path, syllabus=syllabus or "")
    if syllabus is None:
        (tmp_path / "syllabus.yaml").unlink()
    with pytest.raises(DeckFolderError) as caught:
        load([tmp_path])
    assert "syllabus" in caught.value.message
    assert caught.value.next_step.endswith(".")


@pytest.mark.parametrize("folders", [[], [Path("/no/such/folder")]])
def test_without_a_folder_nothing_loads(folders: list[Path]) -> None:
    with pytest.raises(DeckFolderError, match="no deck folder"):
        load(folders)


def test_loading_can_be_cancelled(tmp_path: Path) -> None:
    write_folder(tmp_path)
    with pytest.raises(LoadCancelledError):
        load([tmp_path], reading=Reading(cancelled=True))
    assert gc.isenabled()


def test_a_blueprint_may_select_cases_only(tmp_path: Path) -> None:
    write_folder(tmp_path, blueprint=BLUEPRINT.replace('    topics: ["a.*"]\n', ""))
    assert load([tmp_path]).bank.blueprints[0].strata[0].topics == ()


def test_the_shipped_syllabus_and_blueprints() -> None:
    library = load([shipped_decks()])
    topics = library.bank.syllabus.topics.values()
    assert len(library.bank.syllabus.domains) == 22
    assert len(topics) == 168
    assert sum(len(topic.objectives) for topic in topics) == 761
    assert {blueprint.id for blueprint in library.bank.blueprints} == {
        "pde-reported-count",
        "pde-reported-percent",
        "pde-reported-ranges",
        "pmle-derived",
        "pde-published",
        "pmle-published",
    }
    ours = [file for file in library.files if file.kind in ("syllabus", "blueprint")]
    assert [problem for file in ours for problem in file.problems] == []


def _slipped(name: str, ahead: str = "deck: many\n", behind: str = "") -> str:
    cards = [f"  - {{id: c-{n}, topic: a.one, front: What {n}?, back: That.}}\n" for n in range(900)]
    for n in (3, 399, 400, 850):
        cards[n] = cards[n].replace("front", name)
    return f"{ahead}titel: Many\ncards:\n{''.join(cards)}{behind}"


@pytest.mark.parametrize(("ahead", "behind", "shift"), [("deck: many\n", "", 0), ("", "deck: many\n", -1)])
def test_a_large_deck_is_made_in_parts_with_all_its_problems(
    tmp_path: Path, ahead: str, behind: str, shift: int
) -> None:
    file = _slipped("frnt", ahead, behind)
    folder = write(tmp_path / "mine", "many.yaml", file)
    found = next(f for f in load([write_folder(tmp_path), folder]).files if f.path.name == "many.yaml")
    assert not found.loaded
    assert found.cards == 900
    assert [p.line - shift for p in found.problems if p.code == "E104"] == [2, 7, 403, 404, 854]
    assert [p.line - shift for p in found.problems if p.code == "E132"] == [7, 403, 404, 854]


def test_a_list_that_stands_twice_is_one_problem_and_no_mix_of_both(tmp_path: Path) -> None:
    many = "".join(f"  - {{id: c-{n}, topic: a.one, front: What {n}?, back: That.}}\n" for n in range(500))
    again = many.replace("c-", "d-")
    folder = write(tmp_path / "mine", "many.yaml", f"deck: many\ntitle: Many\ncards:\n{many}cards:\n{again}")
    found = next(f for f in load([write_folder(tmp_path), folder]).files if f.path.name == "many.yaml")
    assert [(p.line, p.code) for p in found.problems] == [(504, "E112")]


def test_a_large_deck_is_loaded_whole(tmp_path: Path) -> None:
    text = _slipped("frnt")
    good = text.replace("titel", "title").replace("frnt", "front")
    library = load([write_folder(tmp_path), write(tmp_path / "mine", "many.yaml", good)])
    assert list(library.bank.cards)[-900:] == [f"c-{n}" for n in range(900)]


def _many_cards(count: int, topic: str = "a.one") -> str:
    return "".join(f"  - {{id: c-{n}, topic: {topic}, front: What {n}?, back: That.}}\n" for n in range(count))


def test_the_error_that_broke_the_reading_is_told_among_however_many_others(tmp_path: Path) -> None:
    text = f'deck: many\ntitle: Many\ncards:\n{_many_cards(400, "a.oen")}  - id: "unclosed\n'
    folder = write(tmp_path / "mine", "many.yaml", text)
    found = _by_name(load([write_folder(tmp_path), folder]).files)["many.yaml"].problems
    assert len(found) == MAX_PROBLEMS
    assert [(p.line, p.code) for p in found if p.code != "E202"] == [(404, "E105"), (404, "E199")]


def test_what_silences_a_warning_is_a_comment_in_a_large_deck_too(tmp_path: Path) -> None:
    question = (
        "  - {id: q-9, topic: a.one, difficulty: easy, cards: [nope], stem: 'Is # check: ignore W207 a comment?', "
        "options: [{text: 'Yes', correct: 'true'}, {text: 'No'}]}\n"
    )
    many = question * 400
    for n in range(400):
        many = many.replace("id: q-9,", f"id: q-{1000 + n},", 1)
    folder = write(tmp_path / "mine", "many.yaml", f"deck: many\ntitle: Many\nquestions:\n{many}")
    found = _by_name(load([write_folder(tmp_path), folder]).files)["many.yaml"]
    assert found.loaded
    assert {p.code for p in found.problems} == {"W207", "E199"}
