"""``check --fix``: what it mends, and that it changes nothing else."""

import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from samples import BLUEPRINT, DECK, changed, write, write_folder

from studyapp.content.check import check
from studyapp.content.choice import Choice
from studyapp.content.fix import files
from studyapp.content.fix.edit import data_of
from studyapp.content.fix.files import FixError, write_whole
from studyapp.content.fix.ids import slug
from studyapp.content.fix.run import check_and_fix


def _fixed(folder: Path, deck: str | bytes) -> str:
    write_folder(folder)
    path = write(folder, "good.yaml", deck)
    check_and_fix([folder], folder)
    return path.read_bytes().decode()


NUMBERS = """\
    options:
      - text: 2 weeks  # the longest
        rationale: >-
          It is longer than what was asked for here.

          Much longer.
      - {text: 3 hours, rationale: It is what the question was all about.}
      - text: "7 days"
        correct: true
        rationale: It is what the question was never about.
"""
IN_ORDER = """\
    options:
      - {text: 3 hours, rationale: It is what the question was all about.}
      - text: "7 days"
        correct: true
        rationale: It is what the question was never about.
      - text: 2 weeks  # the longest
        rationale: >-
          It is longer than what was asked for here.

          Much longer.
"""
MINUS = """\
    options:
      - {text: "0.8", rationale: It is larger than what was asked for here.}
      - {text: "-0.1", correct: true, rationale: It is what the question was all about.}
      - {text: "-0.9", rationale: It is smaller than what was asked for here.}
      - {text: "0.2", rationale: It is what the question was never about.}
"""
MINUS_IN_ORDER = """\
    options:
      - {text: "-0.9", rationale: It is smaller than what was asked for here.}
      - {text: "-0.1", correct: true, rationale: It is what the question was all about.}
      - {text: "0.2", rationale: It is what the question was never about.}
      - {text: "0.8", rationale: It is larger than what was asked for here.}
"""
QUESTION = """\
deck: good
title: Good
cards:
  - {id: c-one, topic: a.one, front: "Which number?", back: This one.}
questions:
  - id: q-three
    topic: a.one
    difficulty: easy
    case: shop
    stem: A shop waits for its rows. For how long should it wait?
"""
END = "    cards: [c-one]\n"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (DECK.replace("title: Good", "title: Good  "), DECK),
        (DECK.replace("cards:\n", "cards:\t\n"), DECK),
        (DECK + "  ", DECK),
        (DECK.replace("title: Good\n", "title: Good\r\n"), DECK),
        (DECK.replace("\n", "\r\n").replace("title: Good\r", "title: Good"), DECK.replace("\n", "\r\n")),
        ("\ufeff" + DECK.replace("title: Good", "title: Good "), "\ufeff" + DECK),
        (DECK.replace("    difficulty: hard", "\tdifficulty: hard"), None),
        (DECK.replace("    difficulty: hard", "  \tdifficulty: hard"), DECK),
        (DECK.replace("      - text: Archive", "\t\t\t- text: Archive"), DECK),
        (DECK.replace("  - id: c-one\n    topic", "  - topic").replace("[c-one]", "[]"), None),
        (DECK.replace("id: c-one", "id: C One").replace("[c-one]", "[C One]"), DECK),
        (DECK.replace("[q-two]", '["Q two"]').replace("id: q-two", 'id: "Q two"  # as ever'), None),
        (QUESTION + NUMBERS + END, QUESTION + IN_ORDER + END),
        (QUESTION + END + NUMBERS, QUESTION + END + IN_ORDER),
        ((QUESTION + END + NUMBERS).rstrip("\n"), (QUESTION + END + IN_ORDER).rstrip("\n")),
        (
            QUESTION + NUMBERS.replace("Much longer.", "# Much longer.") + "    # to review\n" + END,
            QUESTION + IN_ORDER.replace("Much longer.", "# Much longer.") + "    # to review\n" + END,
        ),
        (QUESTION + MINUS + END, QUESTION + MINUS_IN_ORDER + END),
        ((QUESTION + NUMBERS + END).replace("\n", "\r\n"), (QUESTION + IN_ORDER + END).replace("\n", "\r\n")),
    ],
)
def test_what_is_mended(tmp_path: Path, broken: str, mended: str | None) -> None:
    new = _fixed(tmp_path, broken.encode())
    if mended is not None:
        assert new == mended
    else:
        assert new != broken
        assert {p.code for p in check([tmp_path], tmp_path).problems} <= {"W314"}


def test_new_ids_say_what_is_asked(tmp_path: Path) -> None:
    text = changed("deck", {"  - id: c-one\n    topic": "  # mine\n  - topic", "  - id: q-two\n    topic": "  - topic"})
    new = _fixed(tmp_path, text + "  - {topic: a.one, difficulty: easy, stem: x}\n")
    assert "  # mine\n  - id: good-long-term-price-hold\n    topic: a.one\n" in new
    assert "  - id: good-two-steps-lower-cost\n    topic: a.one\n" in new
    assert "  - {id: good-x, topic: a.one, difficulty: easy, stem: x}\n" in new


def test_a_new_id_is_no_other_ones(tmp_path: Path) -> None:
    text = changed("deck", {"  - id: c-one\n    topic": "  - topic", "[c-one]": "[]"})
    write_folder(tmp_path, deck=text)
    write(tmp_path, "ids.txt", "good-long-term-price-hold\tcard\tWhat was it?\tSomething.\n")
    check_and_fix([tmp_path], tmp_path)
    assert "- id: good-long-term-price-hold-2\n" in (tmp_path / "good.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        DECK.replace("id: c-one", "id: Q One"),  # q-one is another item's
        DECK.replace("id: c-one", "id: '???'"),
        DECK.replace("  - id: q-two", "  - id: q-one"),  # whose history is it?
        QUESTION + NUMBERS.replace("      - {text", "      # between\n      - {text") + END,
        QUESTION + NUMBERS.replace('      - text: "7', '\n      - text: "7') + END,
        QUESTION + NUMBERS.replace("    options:\n", "    options:\n      # the longest\n") + END,
        QUESTION + NUMBERS.replace("      - text: 2", "\n  # about the first\n\n      - text: 2") + END,
        QUESTION + NUMBERS.replace("        correct: true\n", "        # it is\n        correct: true\n") + END,
        QUESTION + NUMBERS + "        # of the last one\n" + END,
        QUESTION + NUMBERS + "\n      # - text: 9 days\n" + END,
        QUESTION + END + NUMBERS + "      # the end",
        QUESTION + "    options: [{text: 2}, {text: 3, correct: true}, {text: 1}]\n" + END,
        QUESTION + NUMBERS.replace("2 weeks  #", "2 weeks  # check: ignore W311") + END,
        DECK.replace("stem: A shop", "stem: |\n      Two spaces  \n      break a line.\n      A shop"),
        DECK.replace("\n", "\r\n"),
        DECK.replace("title: Good", 'title: "Good  \n\n  Two  \n  "'),
        DECK.replace("    options:\n      - text: Batch", "\t\toptions:\n\t- text: Batch"),
        DECK.replace("title: Good", "title: [Good  "),
    ],
)
def test_what_is_left_alone(tmp_path: Path, text: str) -> None:
    assert _fixed(tmp_path, text.encode()) == text


def test_only_what_is_selected_is_mended(tmp_path: Path) -> None:
    text = DECK.replace("title: Good", "title: Good ")
    write_folder(tmp_path, deck=text)
    checked, fixed = check_and_fix([tmp_path], tmp_path, Choice(("W311",)))
    assert (checked.problems, fixed) == ((), 0)
    assert (tmp_path / "good.yaml").read_text(encoding="utf-8") == text


def test_all_kinds_at_once_and_the_count(tmp_path: Path) -> None:
    text = QUESTION.replace("title: Good", "title: Good ").replace("- id: q-three\n    ", "- ") + NUMBERS + END
    write_folder(tmp_path, deck=text, blueprint=BLUEPRINT.replace("questions: 2", "questions: 1"))
    write(tmp_path, "ids.txt", "")
    before = len(check([tmp_path], tmp_path).problems)
    checked, fixed = check_and_fix([tmp_path], tmp_path)
    assert checked.problems == ()
    assert fixed == before == 1  # the missing id hid the others
    new = (tmp_path / "good.yaml").read_text(encoding="utf-8")
    assert new == QUESTION.replace("q-three", "good-long-should-wait") + IN_ORDER + END
    assert "good-long-should-wait\tquestion" in (tmp_path / "ids.txt").read_text(encoding="utf-8")


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    write_folder(tmp_path / "decks")
    real = write(tmp_path, "elsewhere.txt", DECK.replace("title: Good", "title: Good "))
    real.chmod(0o640)
    link = tmp_path / "decks" / "good.yaml"
    link.unlink()
    link.symlink_to(real)
    check_and_fix([tmp_path / "decks"], tmp_path)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == DECK
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.yaml", "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(FixError, match="No space left"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Long-term Price", "long-term-price"),
        ("Ça va?", "ca-va"),
        ("--a__b..", "a_b"),
        ("日本", ""),
        ("a/b c", "a-b-c"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


_NUMBERED = st.lists(st.integers(1, 99), min_size=2, max_size=6, unique=True)
_BLANKS = st.sampled_from(["", "", "", " ", "\t", "  \t "])


@st.composite
def _decks(draw: st.DrawFn) -> str:
    """Decks with stray white space, missing and malformed ids, and numbers in any order, in many ways of writing."""
    lines = ["deck: good", "# a comment", "title: Good", "cards:"]
    for i in range(draw(st.integers(0, 3))):
        id_ = draw(st.sampled_from([f"c-{i}", f"C {i}", f"'Ö {i}'", ""]))
        front = draw(st.sampled_from(["What is it?", "'Wie, bitte?'", '"a  b\\tc"', "|\n      Two  \n      lines \n"]))
        head = f"  - id: {id_}  # id\n    topic: a.one" if id_ else "  - topic: a.one"
        lines += [head, f"    front: {front}", f"    back: Number {i}."]
    lines.append("questions:")
    for i in range(draw(st.integers(1, 3))):
        lines += [f"  - id: q-{i}", "    topic: a.one", "    difficulty: easy", "    stem: How many?", "    options:"]
        for j, number in enumerate(draw(_NUMBERED)):
            right = ", correct: true" if j == 0 else ""
            flow = f"      - {{text: {number} GB{right}, rationale: A reason of quite a few words}}"
            head = f"      - text: {number} GB  # {j}\n        correct: {str(j == 0).lower()}\n        rationale: |\n"
            block = head + "          A reason of more than\n          a line of words."
            lines.append(draw(st.sampled_from([flow, block])))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(line + draw(_BLANKS) for line in lines) + draw(st.sampled_from(["", "\n"]))
    return text.replace("\n", ending)


def _plain(data: Any) -> Any:
    """What a deck says, whatever its ids are and in whatever order its options stand."""
    cards = [{**card, "id": None} for card in data["cards"] or ()]
    questions = [{**q, "options": sorted(q["options"], key=repr)} for q in data["questions"]]
    return {**data, "cards": cards, "questions": questions}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_decks())
def test_fixing_keeps_the_meaning_and_once_is_enough(text: str) -> None:
    assume(data_of(text) is not None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once = _fixed(folder, text.encode())
        assert _fixed(folder, once.encode()) == once
    assert _plain(data_of(once)) == _plain(data_of(text))
    assert sorted(_comments(once)) == sorted(_comments(text))


def _comments(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_the_file_fixing_does_no_harm(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DECK)))
    piece = data.draw(
        st.sampled_from(["\t", " \n", "\r", "\r\n", "- ", "  ", "#", "'", "|\n", "", "id: ", "é", "\u2028"])
    )
    text = DECK[:start] + piece + DECK[data.draw(st.integers(start, min(len(DECK), start + 12))) :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once = _fixed(folder, text.encode())
        assert _fixed(folder, once.encode()) == once
    before = data_of(text)
    assert before is None or data_of(once) is not None
