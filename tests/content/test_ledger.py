"""The ledger of ids: what it notices, and that it only ever grows."""

from pathlib import Path

import pytest
from samples import DECK, changed, write, write_folder

from studyapp.content.check import check
from studyapp.content.fix.run import check_and_fix
from studyapp.content.ledger import HEADER, used_ids, with_new_ids
from studyapp.content.loader import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good folder with a ledger that knows its ids."""
    write_folder(tmp_path)
    write(tmp_path, "ids.txt", "")
    assert check_and_fix([tmp_path], tmp_path)[0].problems == ()
    return tmp_path


def _found(folder: Path) -> list[str]:
    return [f"{Path(p.path).name}:{p.line}:{p.column} {p.code}" for p in check([folder], folder).problems]


def test_fix_enters_every_id_with_what_it_stands_for(folder: Path) -> None:
    text = (folder / "ids.txt").read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert [line.split("\t") for line in text.removeprefix(HEADER).splitlines()] == [
        [
            "c-one",
            "card",
            "When does the long-term price hold?",
            "When the data has not changed for ninety days.",
        ],
        [
            "q-one",
            "question",
            "A shop loads its sales once a day and wants the lowest cost. Which way of loading should it choose?",
            "Batch load jobs",
        ],
        [
            "q-two",
            "question",
            "A bank keeps seven years of rows and reads them twice a year. Which two steps lower its cost? "
            "(Choose two.)",
            "Archive class / Partitioned tables",
        ],
    ]


def test_without_a_ledger_nothing_is_said_and_none_is_made(tmp_path: Path) -> None:
    write_folder(tmp_path)
    assert check_and_fix([tmp_path], tmp_path)[0].problems == ()
    assert not (tmp_path / "ids.txt").exists()


def test_a_mended_text_keeps_its_meaning(folder: Path) -> None:
    write(folder, "good.yaml", changed("deck", {"When does the long-term": "When exactly does the longterm"}))
    assert _found(folder) == []
    write(folder, "good.yaml", changed("deck", {"front: When does the long-term price hold?": "front: What is cheap?"}))
    assert _found(folder) == []  # the answer is as it was


def test_an_id_with_another_meaning(folder: Path) -> None:
    other = {
        "front: When does the long-term price hold?": "front: Who may read an authorised view?",
        "back: When the data has not changed for ninety days.": "back: Everybody with a right to its dataset.",
    }
    write(folder, "good.yaml", changed("deck", other))
    assert _found(folder) == ["good.yaml:5:9 W211"]
    before = (folder / "ids.txt").read_bytes()
    assert [p.code for p in check_and_fix([folder], folder)[0].problems] == ["W211"]
    assert (folder / "ids.txt").read_bytes() == before
    (problem,) = check([folder], folder).problems
    assert "stood for a card that asked 'When does the long-term price hold?' (ids.txt:3)" in problem.message


def test_a_card_that_became_a_question_is_another(folder: Path) -> None:
    text = (folder / "ids.txt").read_text(encoding="utf-8")
    write(folder, "ids.txt", text.replace("q-one\tquestion", "q-one\tcard"))
    assert _found(folder) == ["good.yaml:10:9 W211"]


OTHER_CARD = {
    "id: c-one": "id: c-new",
    "front: When does the long-term price hold?": "front: Who may read an authorised view?",
    "back: When the data has not changed for ninety days.": "back: Everybody with a right to its dataset.",
}


def _with_other_card(**changes: str) -> str:
    return changed("deck", OTHER_CARD | changes).replace("[c-one]", "[c-new]")


def test_an_id_that_is_gone_stays_in_the_ledger(folder: Path) -> None:
    write(folder, "good.yaml", _with_other_card())
    assert _found(folder) == ["good.yaml:1:7 W212"]
    assert check_and_fix([folder], folder)[0].problems == ()
    assert {"c-one", "c-new"} < used_ids(folder)


def test_a_rename_that_is_not_declared(folder: Path) -> None:
    renamed = DECK.replace("c-one", "c-new").replace("When does the long-term", "When exactly does the long-term")
    write(folder, "good.yaml", renamed)
    before = (folder / "ids.txt").read_bytes()
    (problem,) = check_and_fix([folder], folder)[0].problems
    assert (problem.code, problem.line, problem.column) == ("W214", 5, 9)
    assert problem.message == "'c-new' reads like 'c-one', which is gone: add 'was: c-one'"
    # Once it was recorded nobody would be told.
    assert (folder / "ids.txt").read_bytes() == before
    write(folder, "good.yaml", renamed.replace("- id: c-new", "- id: c-new\n    was: c-one"))
    assert check_and_fix([folder], folder)[0].problems == ()
    assert "c-new" in used_ids(folder)


def _card(id_: str, front: str) -> str:
    text = DECK[DECK.index("  - id: c-one") : DECK.index("questions:")].replace("c-one", id_, 1)
    return text.replace("When does the long-term price hold?", front)


def _renamed(folder: Path) -> list[tuple[str, str]]:
    problems = check([folder], folder).problems
    return [(problem.code, problem.message) for problem in problems if problem.code in ("W212", "W214", "E209")]


def test_of_two_that_read_like_an_id_that_is_gone_the_likest_was_it(folder: Path) -> None:
    """Were both to say so, one of them would not load (E209)."""
    card = DECK[DECK.index("  - id: c-one") : DECK.index("questions:")]
    likest = _card("c-new", "When does the long-term price hold, then?")
    near = _card("c-near", "When exactly does a long-term price, say, hold?")
    deck = DECK.replace("[c-one]", "[c-new]").replace(card, near + likest)
    write(folder, "good.yaml", deck)
    assert _renamed(folder) == [
        ("W212", "1 ids are not in ids.txt yet; 'studyapp check --fix' adds them"),
        ("W214", "'c-new' reads like 'c-one', which is gone: add 'was: c-one'"),
    ]
    write(folder, "good.yaml", deck.replace("- id: c-new", "- id: c-new\n    was: c-one"))
    assert check_and_fix([folder], folder)[0].problems == ()
    assert {"c-near", "c-new"} < used_ids(folder)


def test_an_item_that_is_said_to_be_another_leaves_the_former_id_to_the_next(folder: Path) -> None:
    card = DECK[DECK.index("  - id: c-one") : DECK.index("questions:")]
    likest = _card("c-new  # check: ignore W214", "When does the long-term price hold?")
    near = _card("c-near", "When exactly does a long-term price, say, hold?")
    write(folder, "good.yaml", DECK.replace("[c-one]", "[c-new]").replace(card, likest + near))
    assert ("W214", "'c-near' reads like 'c-one', which is gone: add 'was: c-one'") in _renamed(folder)
    assert "W118" not in {problem.code for problem in check([folder], folder).problems}


def test_two_renamed_alike_get_an_id_each(folder: Path) -> None:
    card = DECK[DECK.index("  - id: c-one") : DECK.index("questions:")]
    two = _card("c-two", "When exactly does the long-term price hold?")
    write(folder, "good.yaml", DECK.replace(card, card + two))
    check_and_fix([folder], folder)
    assert "c-two" in used_ids(folder)
    write(
        folder, "good.yaml", DECK.replace("[c-one]", "[d-one]").replace(card, (card + two).replace("id: c-", "id: d-"))
    )
    assert _renamed(folder) == [
        ("W214", f"'d-{name}' reads like 'c-{name}', which is gone: add 'was: c-{name}'") for name in ("one", "two")
    ]


def test_what_only_reads_alike_is_recorded_once_its_author_says_so(folder: Path) -> None:
    write(folder, "good.yaml", DECK.replace("c-one", "c-new").replace("c-new\n", "c-new  # check: ignore W214\n", 1))
    assert _found(folder) == ["good.yaml:1:7 W212"]
    assert check_and_fix([folder], folder)[0].folders[0].ledger is not None
    assert "c-new" in used_ids(folder)


def test_an_id_that_another_file_has_is_not_gone(folder: Path) -> None:
    card = DECK[DECK.index("  - id: c-one") : DECK.index("questions:")]
    near = card.replace("c-one", "c-two").replace("When does", "When exactly does")
    more = write(folder, "more.yaml", f"deck: more\ntitle: More\ncards:\n{near}")
    assert "W214" not in {problem.code for problem in check([folder], folder).problems}
    # Nor where that file does not load, or is not asked for.
    write(folder, "good.yaml", DECK.replace("title: Good", "titel: Good"))
    assert "W214" not in {problem.code for problem in check([folder], folder).problems}
    assert "W214" not in {problem.code for problem in check([more], folder).problems}
    (folder / "good.yaml").unlink()
    assert "W214" in {problem.code for problem in check([more], folder).problems}


def test_a_ledger_of_the_time_when_only_the_last_sentence_was_recorded(folder: Path) -> None:
    formula = {
        "Which way of loading should it choose?": "What should it do?",
        "text: Batch load jobs": "text: Dataflow",
    }
    write(folder, "good.yaml", changed("deck", formula))
    lines = [
        "c-one\tcard\tWhen does the long-term price hold?\tWhen the data has not changed for ninety days.",
        "q-one\tquestion\tWhat should it do\tDataflow",
        "q-two\tquestion\tWhich two steps lower its cost\tArchive class / Partitioned tables",
    ]
    write(folder, "ids.txt", "\n".join(lines) + "\n")
    assert check([folder], folder).problems == ()
    write(folder, "good.yaml", changed("deck", formula | {"text: Dataflow": "text: Streaming it through Pub/Sub"}))
    assert [problem.code for problem in check([folder], folder).problems] == ["W211"]


def test_a_declared_rename(folder: Path) -> None:
    renamed = DECK.replace("c-one", "c-new").replace("- id: c-new", "- id: c-new\n    was: c-one")
    write(folder, "good.yaml", renamed)
    assert check_and_fix([folder], folder)[0].problems == ()
    write(folder, "good.yaml", renamed.replace("was: c-one", "was: [c-one, c-none]"))
    assert _found(folder) == ["good.yaml:6:18 W210"]
    write(folder, "good.yaml", renamed.replace("was: c-one", "was: q-zero") + "    was: c-one\n")
    assert _found(folder) == ["good.yaml:6:10 W210", "good.yaml:39:10 W211"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< HEAD", "is not id, card or question"),
        ("c-two\tcard\tWhat?", "is not id, card or question"),
        ("C two\tcard\tWhat?\tThat.", "is not id, card or question"),
        ("c-two\tdeck\tWhat?\tThat.", "is not id, card or question"),
        ("c-one\tcard\tWhat?\tThat.", "stands in line 3 already"),
    ],
)
def test_a_line_that_is_none(folder: Path, line: str, said: str) -> None:
    path = folder / "ids.txt"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    (problem,) = check([folder], folder).problems
    assert (problem.code, problem.line, Path(problem.path).name) == ("E213", 6, "ids.txt")
    assert said in problem.message


def test_a_ledger_that_cannot_be_read(folder: Path) -> None:
    write(folder, "ids.txt", b"\xff\xfe\0")
    assert [p.code for p in check([folder], folder).problems if p.path.endswith("ids.txt")] == ["E213"]
    assert (folder / "ids.txt").read_bytes() == b"\xff\xfe\0"
    check_and_fix([folder], folder)
    assert (folder / "ids.txt").read_bytes() == b"\xff\xfe\0"


def test_lines_that_stand_there_stay_byte_by_byte(tmp_path: Path) -> None:
    bank = load([write_folder(tmp_path)]).bank
    text = "# mine\n\nq-one\tquestion\tas it was\tonce\nz\tcard\tx\ty"
    new = with_new_ids(text, bank.decks)
    lines = new.splitlines()
    assert lines[:2] == ["# mine", ""]
    assert [line.split("\t")[0] for line in lines[2:]] == ["c-one", "q-one", "q-two", "z"]
    assert "q-one\tquestion\tas it was\tonce" in lines
    assert with_new_ids(new, bank.decks) == new


def test_lines_that_stand_there_stay_where_they_are(tmp_path: Path) -> None:
    """Comments, blank lines and groups of ids: each new line comes before the first greater id, or to the end."""
    bank = load([write_folder(tmp_path)]).bank
    kept = ["# head", "b\tcard\tx\ty", "", "# team B below", "z\tcard\tx\ty", "a\tcard\tx\ty", "p\tcard\tx\ty", "# end"]
    new = with_new_ids("\n".join(kept) + "\n", bank.decks).splitlines()
    added = {line.partition("\t")[0]: at for at, line in enumerate(new) if line not in kept}
    assert [line for line in new if line in kept] == kept
    assert added == {"c-one": 4, "q-one": 5, "q-two": 6}
    new = with_new_ids("b\tcard\tx\ty\n# end\n", bank.decks).splitlines()
    assert [line.partition("\t")[0] for line in new] == ["b", "# end", "c-one", "q-one", "q-two"]


def test_a_byte_order_mark_and_its_line_ends_are_kept(folder: Path) -> None:
    path = folder / "ids.txt"
    noted = "\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(noted.encode())
    assert _found(folder) == []
    write(folder, "good.yaml", _with_other_card())
    assert check_and_fix([folder], folder)[0].problems == ()
    new = path.read_bytes().decode()
    assert new.startswith(noted[: len("\ufeff" + HEADER) + HEADER.count("\n")])
    added = set(new.split("\r\n")) - set(noted.split("\r\n"))
    assert [line.partition("\t")[0] for line in added] == ["c-new"]


def test_the_ids_that_are_not_free(folder: Path) -> None:
    write(folder, "good.yaml", _with_other_card())
    assert used_ids(folder) == {"c-one", "q-one", "q-two"}
    (folder / "ids.txt").unlink()
    assert used_ids(folder) == set()
