"""A deck as its author looks at it: items with their lines and problems."""

from pathlib import Path

from samples import DECK, write_folder

from studyapp.content.preview import look_at


def test_every_item_with_its_line_and_its_problems(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=DECK.replace(" (Choose two.)", "  "))
    looked = look_at(tmp_path / "good.yaml", tmp_path)
    assert looked.loaded
    assert [(placed.item.id, placed.line) for placed in looked.items] == [("c-one", 5), ("q-one", 10), ("q-two", 24)]
    assert [[problem.code for problem in placed.problems] for placed in looked.items] == [[], [], ["W119"]]
    assert [looked.index_at(line) for line in (1, 5, 9, 10, 23, 24, 99)] == [0, 0, 0, 1, 1, 2, 2]


def test_a_problem_of_the_file_belongs_to_no_item(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=DECK.replace("questions:\n", "questions: \n"))
    looked = look_at(tmp_path / "good.yaml", tmp_path)
    assert [(problem.line, problem.code) for problem in looked.problems] == [(9, "W119")]
    assert not any(placed.problems for placed in looked.items)
