"""Bad files: each a coded problem, in bounded time, and never an exception."""

import time
from pathlib import Path

import pytest
import yaml
from samples import DECK

from studyapp.content import yaml_reader
from studyapp.content.report import MAX_PROBLEMS, Report
from studyapp.content.tree import Document, key_place, place_of
from studyapp.content.yaml_reader import MAX_BYTES, parse, read


def _parse(raw: bytes) -> tuple[Document | None, list[str]]:
    report = Report("deck.yaml")
    document = parse(raw, report)
    return document, [f"{p.line}:{p.column} {p.code}" for p in report.problems]


@pytest.fixture(params=["c", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)


BOMB = b"deck: &a [x, x]\n" + b"".join(b"k%d: &b%d [*a, *a, *a, *a]\n" % (i, i) for i in range(40))

BAD = [
    (b"", ["1:1 E115"]),
    (b"# nothing\n", ["1:1 E115"]),
    (b"- a\n- b\n", ["1:1 E115"]),
    (b"just text\n", ["1:1 E115"]),
    (b"{}\n", ["1:1 E115"]),
    ("deck: x\n".encode("utf-16"), ["1:1 E103"]),
    ("deck: x\n".encode("utf-16-le"), ["1:2 E107"]),
    (b"deck: x\ntitle: caf\xe9\n", ["2:11 E103"]),
    (b"deck: x\ntitle: a\0b\n", ["2:9 E107"]),
    (b"deck: x\n\ttitle: y\n", ["2:1 E106"]),
    (b"deck: x\ntitle: @y\n", ["2:8 E105"]),
    (b"deck: x\ntitle: 'y\n", ["2:8 E105"]),
    (b"deck: x\ntitle: [a, b\nmore: c\n", ["2:8 E105"]),
    (b"deck: x\n---\ndeck: y\n", ["2:1 E111"]),
    (b"deck: x\ndeck: y\n", ["2:1 E112"]),
    (b"deck: !!python/object/apply:os.system [ls]\n", ["1:7 E109"]),
    (b"? [a]\n: b\n", ["1:3 E117"]),
    (b"deck: " + b"[" * 1000 + b"]" * 1000, ["1:26 E113"]),
    (b"deck:\n" + b"".join(b" " * i + b"- \n" for i in range(1, 1000)), ["21:21 E113"]),
]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("raw", "expected"), BAD, ids=range(len(BAD)))
def test_a_bad_file_is_a_coded_problem(raw: bytes, expected: list[str]) -> None:
    document, problems = _parse(raw)
    assert problems == expected
    assert document is None or "E109" in problems[0] or "E112" in problems[0]


@pytest.mark.usefixtures("loader")
def test_an_alias_bomb_does_not_expand() -> None:
    started = time.perf_counter()
    _, problems = _parse(BOMB)
    assert {problem.split()[1] for problem in problems} <= {"E108", "E199"}
    assert time.perf_counter() - started < 2


def test_all_problems_of_a_file_are_found_at_once() -> None:
    _, problems = _parse(b"deck: &a x\ntitle: *a\n<<: {b: c}\ntags: !!set [d]\ntags: e\n")
    assert problems == ["1:7 E108", "2:8 E108", "3:1 E110", "4:7 E109", "5:1 E112"]


def test_the_list_of_problems_is_bounded() -> None:
    report = Report("deck.yaml")
    parse(b"deck:\n" + b"  - *a\n" * 5000, report)
    assert len(report.problems) == MAX_PROBLEMS
    assert report.problems[-1].code == "E199"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["\ufeff{}", "{}\r\n", "---\n{}", "%YAML 1.1\n---\n{}", "{}\n...\n"])
def test_marks_line_ends_and_the_start_of_a_document_are_fine(text: str) -> None:
    for ends in ("\n", "\r\n"):
        document, problems = _parse(text.replace("{}", "deck: x\ntitle: |\n  a\n  b").replace("\n", ends).encode())
        assert problems == []
        assert document is not None
        assert document.data == {"deck": "x", "title": "a\nb" + "\n" * document.data["title"].endswith("\n")}


@pytest.mark.usefixtures("loader")
def test_every_scalar_stays_what_the_author_wrote() -> None:
    document, _ = _parse(b"a: no\nb: 1e3\nc: 12:30\nd: 0x10\ne: ~\nf:\ng: 2026-11-23\nh: 007\nno: =\n")
    assert document is not None
    assert list(document.data.values()) == ["no", "1e3", "12:30", "0x10", "~", "", "2026-11-23", "007", "="]
    assert "no" in document.data


@pytest.mark.usefixtures("loader")
def test_places_name_the_very_node() -> None:
    document, _ = _parse(DECK.encode())
    assert document is not None
    assert place_of(document.places, ["questions", 0, "options", 1, "text"]) == (19, 15)
    assert key_place(document.places, ["questions", 0, "options", 1, "text"]) == (19, 9)
    assert place_of(document.places, ["questions", 1]) == (24, 5)
    assert place_of(document.places, ["questions", 0, "cards", 0]) == (21, 13)
    assert place_of(document.places, ["questions", 0, "nothing", 3]) == (10, 5)


def test_columns_count_characters_after_a_byte_order_mark() -> None:
    _, problems = _parse("\ufeffdeck: x\ntitel: [é, &a b]\n".encode())
    assert problems == ["2:12 E108"]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 3)
    report = Report("huge.yaml")
    assert read(path, report) is None
    assert [p.code for p in report.problems] == ["E102"]


def test_a_file_of_too_many_values_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_VALUES", 1000)
    monkeypatch.setattr(yaml_reader, "_OFTEN", 100)
    _, problems = _parse(b"deck:\n" + b"- [" + b"a," * 2000 + b"]\n" + b"- *a\n" * 10)
    assert problems == ["2:1994 E114"]


@pytest.mark.parametrize("name", ["gone.yaml", "a\0b.yaml", "x" * 300 + ".yaml", "folder"])
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    report = Report(name)
    assert read(tmp_path / name, report) is None
    assert [p.code for p in report.problems] == ["E101"]
