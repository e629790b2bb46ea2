"""What is checked together: a file with its folder, a folder with the shipped decks, and what its coverage is."""

import os
from pathlib import Path

import pytest
from samples import BLUEPRINT, CASE, SYLLABUS, write, write_folder

from studyapp.content import discovery
from studyapp.content.check import check, has_syllabus
from studyapp.content.loader import load
from studyapp.content.preview import look_at
from studyapp.content.surroundings import InFolder
from studyapp.core.errors import DeckFolderError

CARD = "  - {{id: {}, topic: a.one, front: What is {} for?, back: For {} alone.}}\n"
QUESTION = """\
questions:
  - id: own-question
    topic: a.one
    difficulty: easy
    case: mycase
    stem: A shop waits for its rows. Which of the two is faster?
    options:
      - {text: This one, correct: true, rationale: It is what the question was all about.}
      - {text: That one, rationale: It is what the question was never about.}
    cards: [own-card]
"""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "shipped")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    write(folder, "a.yaml", "deck: a\ntitle: A\ncards:\n" + CARD.format("own-card", "a", "a"))
    write(folder, "b.yaml", "deck: b\ntitle: B\n" + QUESTION)
    write(folder, "cases/mycase.yaml", CASE.replace("shop", "mycase"))
    return folder


def test_a_file_is_checked_with_its_folder(shipped: Path, own: Path) -> None:
    for path in (own / "b.yaml", own / "a.yaml", own / "cases" / "mycase.yaml", own):
        assert check([path], shipped).problems == ()
    around = InFolder(shipped)(own / "b.yaml")
    assert look_at(own / "b.yaml", around).items[0].problems == ()


def test_only_the_chosen_files_are_reported(shipped: Path, own: Path) -> None:
    write(own, "a.yaml", "deck: a\ntitel: A\n")
    assert {p.path for p in check([own / "b.yaml"], shipped).problems} == {discovery.shown(own / "b.yaml")}


@pytest.mark.parametrize("name", ["a.yaml", "c.yaml"])
def test_an_id_that_a_neighbour_has_is_told_in_the_chosen_file(shipped: Path, own: Path, name: str) -> None:
    write(own, "b.yaml", "deck: b\ntitle: B\ncards:\n" + CARD.format("twice", "b", "b"))
    write(own, name, "deck: x\ntitle: X\ncards:\n" + CARD.format("twice", "x", "x"))
    (problem,) = check([own / name], shipped).problems
    assert (problem.code, problem.path) == ("E201", discovery.shown(own / name))
    assert "b.yaml:4:" in problem.message


def test_a_file_that_is_no_deck_by_its_name_is_checked_when_asked_for(shipped: Path, own: Path) -> None:
    path = write(own, "draft.txt", "deck: draft\ntitle: D\nquestions:\n" + QUESTION[11:].replace("own-q", "draft-q"))
    assert check([path], shipped).problems != ()
    assert "E203" not in {p.code for p in check([path], shipped).problems}


@pytest.mark.parametrize(("questions", "codes"), [(500, ["W402"]), (3, [])])
def test_own_blueprints_are_held_against_all_decks(shipped: Path, own: Path, questions: int, codes: list[str]) -> None:
    text = BLUEPRINT.replace("half", "own").replace("questions: 2", f"questions: {questions}")
    path = write(own, "blueprints/b.yaml", text.replace("[shop]", "[shop, mycase]"))
    for chosen in (own, path):
        assert [p.code for p in check([chosen], shipped).problems] == codes


def test_a_case_of_an_own_blueprint_must_exist(shipped: Path, own: Path) -> None:
    write(own, "blueprints/b.yaml", BLUEPRINT.replace("half", "own").replace("[shop]", "[shp]"))
    assert [p.code for p in check([own], shipped).problems] == ["W403"]


def test_only_what_says_so_is_a_syllabus(tmp_path: Path) -> None:
    for text, is_one in [
        (SYLLABUS, True),
        ("sylabus: x\n", True),
        ("", True),
        ("deck: syllabus\ntitle: S\n", False),
        ("case: syllabus\n", False),
    ]:
        write(tmp_path, "syllabus.yaml", text)
        assert has_syllabus(tmp_path) is is_one
    write(tmp_path, "other.yaml", SYLLABUS)
    assert has_syllabus(tmp_path)


def test_a_deck_named_syllabus_keeps_its_topics_checked(shipped: Path, own: Path) -> None:
    write(own, "syllabus.yaml", "deck: s\ntitle: S\ncards:\n" + CARD.format("s", "s", "s").replace("a.one", "a.two"))
    assert [p.code for p in check([own], shipped).problems] == ["E202"]


def test_a_second_syllabus_stands_apart(shipped: Path, own: Path) -> None:
    write(own, "syllabus.yaml", SYLLABUS.replace("small", "mine"))
    (folder,) = check([own], shipped).folders
    assert folder.apart
    assert not check([shipped], shipped).folders[0].apart
    assert "E206" in {p.code for p in load([shipped, own]).problems}
    assert load([own]).problems == ()


@pytest.mark.parametrize("names", [[], ["sub/a.yaml"], ["notes.txt"], ["studyapp.yaml"]])
def test_a_folder_without_decks_is_refused(shipped: Path, tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    for name in names:
        write(tmp_path / "empty", name, "deck: x\ntitle: X\n")
    with pytest.raises(DeckFolderError, match=r"There is no deck in .*empty\. Only the YAML files of the folder"):
        check([tmp_path / "empty"], shipped)


@pytest.mark.parametrize("closed", ["own", "blueprints"])
def test_a_folder_that_may_not_be_entered_is_told(
    shipped: Path, own: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    (own / "blueprints").mkdir()
    listdir = os.listdir

    def refusing(path: Path) -> list[str]:
        if Path(path).name == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr(discovery.os, "listdir", refusing)
    with pytest.raises(DeckFolderError, match=f"{closed} cannot be read: Permission denied"):
        check([own], shipped)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_closed_folder_is_no_traceback(shipped: Path, own: Path, mode: int) -> None:
    own.chmod(mode)
    try:
        found = [p.code for p in check([own], shipped).problems]
    except DeckFolderError as error:
        found = [error.message.rpartition(": ")[2]]
    own.chmod(0o755)
    assert set(found) <= {"E101", "E213", "Permission denied."}


def test_settings_that_may_not_be_read_are_a_problem(shipped: Path, own: Path) -> None:
    (own / "studyapp.yaml").mkdir()
    assert [p.code for p in check([own], shipped).problems] == ["E101"]


def test_of_two_that_are_alike_the_same_one_is_told_whichever_file_is_asked_for(shipped: Path, own: Path) -> None:
    alike = "  - {{id: {}, topic: a.one, front: What is this for?, back: For that alone.}}\n"
    write(own, "a.yaml", "deck: a\ntitle: A\ncards:\n" + CARD.format("own-card", "a", "a") + alike.format("a-this"))
    path = write(own, "c.yaml", "deck: c\ntitle: C\ncards:\n" + alike.format("c-this"))
    for chosen, told in ((own, [(path, "W330")]), (path, [(path, "W330")]), (own / "a.yaml", [])):
        assert [(p.path, p.code) for p in check([chosen], shipped).problems] == [
            (discovery.shown(file), code) for file, code in told
        ]
