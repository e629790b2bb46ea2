"""What ``check --explain`` tells: every code has it, and the examples do what they say."""

from pathlib import Path

import pytest
from examples import write_example

from studyapp.content.check import check
from studyapp.content.codes import CODES
from studyapp.content.explain import explain, explanations
from studyapp.core.errors import StudyError

TOLD = explanations()
# The good example has a near relative of its own rule left, as two items can only be shown side by side.
NEIGHBOURS = {"W320", "W321", "W322", "W323"}


def test_every_code_is_told() -> None:
    assert list(CODES) == sorted(CODES, key=lambda code: code[1:])
    assert set(TOLD) == set(CODES)
    for told in TOLD.values():
        assert told.why.endswith(".")
        assert told.sources


@pytest.mark.parametrize("code", TOLD)
def test_the_bad_example_has_the_problem(tmp_path: Path, code: str) -> None:
    write_example(tmp_path, TOLD[code], TOLD[code].bad, bad=True)
    assert code in {problem.code for problem in check([tmp_path], tmp_path).problems}


@pytest.mark.parametrize("code", TOLD)
def test_the_good_example_has_none(tmp_path: Path, code: str) -> None:
    path = write_example(tmp_path, TOLD[code], TOLD[code].good, bad=False)
    problems = check([path], tmp_path).problems
    if TOLD[code].beside:  # the problem is reported in the other file
        assert code not in {problem.code for problem in check([tmp_path], tmp_path).problems}
    if code in NEIGHBOURS | {"E199"}:
        assert code not in {problem.code for problem in problems}
    else:
        assert [str(problem) for problem in problems] == []


def test_the_text_has_all_parts() -> None:
    text = explain("w306")
    assert text.startswith("W306 stem words in the key (warning)\n")
    for part in ("Why: ", "\nBad ", "\nGood:\n", "\nSource: Haladyna, T. M.", "guideline 28b"):
        assert part in text
    assert "--fix' mends it" in explain("W119")
    assert "With this in ids.txt:\n    lower-price\tcard" in explain("W211")
    assert "24 times" in explain("W320")
    assert "With the picture price.png beside the deck." in explain("W317")
    assert "With this in syllabus.yaml:\n    syllabus: example" in explain("W401")


def test_all_lists_every_code() -> None:
    assert [line.split()[0] for line in explain("all").splitlines()] == list(CODES)


def test_an_unknown_code_is_no_traceback() -> None:
    with pytest.raises(StudyError, match="did you mean 'W306'"):
        explain("W3006")
