"""The commands: their output, their exit codes, and what they do not import."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from builders import card

from studyapp import cli, paths
from studyapp.content.check_command import FORMAT_NAMES
from studyapp.content.json_schema import schema_text
from studyapp.content.problem_formats import FORMATS
from studyapp.core.reported import Fault
from studyapp.sessions.reported import FORMATS as REPORT_FORMATS
from studyapp.sessions.reported import make_report
from studyapp.store import open_store

SYLLABUS = "syllabus: s\ntitle: S\ndomains:\n  - {id: a, title: A, topics: [{id: a.one, title: One, weight: 1}]}\n"
BLUEPRINT = """\
blueprint: two
title: Two
exam: E
source: {kind: derived}
questions: 2
minutes: 10
pass_mark: 0.7
strata:
  - {name: All, weight: 1, topics: ["a.*"]}
"""
QUESTION = """\
  - id: q-{}
    topic: a.one
    difficulty: easy
    stem: {}
    options:
      - {{text: This, correct: true, rationale: It is what the question was all about.}}
      - {{text: That, rationale: It is what the question was never about.}}
    cards: [c-one]
"""
STEMS = (
    "A team numbers what it asks, one after another. Which number is asked for here?",
    "A pipeline has closed its windows an hour ago. What becomes of rows that come late?",
    "A bank lets its partners read one of its tables. Who pays for a shared query?",
)
CARD = "cards:\n  - {id: c-one, topic: a.one, front: Which number?, back: This one.}\n"


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    (folder / "blueprints").mkdir(parents=True)
    (folder / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (folder / "blueprints" / "two.yaml").write_text(BLUEPRINT, encoding="utf-8")
    questions = "questions:\n" + "".join(QUESTION.format(n, stem) for n, stem in enumerate(STEMS))
    (folder / "d.yaml").write_text("deck: d\ntitle: D\n" + CARD + questions, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _no_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDYAPP_DATA_DIR", raising=False)


def test_check_is_silent_about_good_decks(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(decks)]) == 0
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.splitlines()[-1] == "0 errors, 0 warnings in 3 files"


def test_check_reports_in_four_formats(
    decks: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(decks)
    deck = decks / "d.yaml"
    deck.write_text(
        deck.read_text(encoding="utf-8").replace("difficulty: easy", "dificulty: easy", 1), encoding="utf-8"
    )
    assert cli.main(["check", "d.yaml"]) == 1
    first = capsys.readouterr().out.splitlines()[-1]
    assert first == "d.yaml:8:5: error E104 unknown key 'dificulty' (did you mean 'difficulty'?)"
    assert cli.main(["check", ".", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [list(entry) for entry in data] == [["path", "line", "column", "code", "severity", "message"]] * 2
    assert [(d["path"], d["line"], d["column"], d["code"], d["severity"]) for d in data] == [
        ("d.yaml", 6, 5, "E120", "error"),
        ("d.yaml", 8, 5, "E104", "error"),
    ]
    assert cli.main(["check", "d.yaml", "--format", "github"]) == 1
    assert "::error file=d.yaml,line=8,col=5,title=E104::unknown key" in capsys.readouterr().out
    assert cli.main(["check", "d.yaml", "--format", "sarif"]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["E120", "E104"]
    assert cli.main(["check", "d.yaml", "--statistics"]) == 1
    assert capsys.readouterr().out == "1  E104  unknown key\n1  E120  missing key\n"


def test_format_names_are_the_formats() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


def _without_cards(deck: Path) -> None:
    deck.write_text(deck.read_text(encoding="utf-8").replace("    cards: [c-one]\n", "", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code"),
    [([], 1), (["--ignore", "W3"], 0), (["--ignore", "W3,W4", "--select", "W314"], 1), (["--select", "W2"], 0)],
)
def test_check_selects_and_ignores(decks: Path, options: list[str], code: int) -> None:
    _without_cards(decks / "d.yaml")
    assert cli.main(["check", str(decks), *options]) == code


def test_check_fixes_what_is_safe(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = decks / "d.yaml"
    good = deck.read_bytes()
    deck.write_bytes(good.replace(b"title: D", b"title: D  "))
    assert cli.main(["check", str(decks)]) == 1
    assert deck.read_bytes() != good
    assert cli.main(["check", str(decks), "--fix"]) == 0
    assert deck.read_bytes() == good
    said = capsys.readouterr().err.splitlines()
    assert (said[-3], said[-1]) == ("1 fixed", "0 errors, 0 warnings in 3 files")


def test_check_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--explain", "w306"]) == 0
    assert capsys.readouterr().out.startswith("W306 stem words in the key (warning)\n")


def test_new_deck(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "deck", "Mine"]) == 0
    assert capsys.readouterr().out.startswith("mine.yaml is written. Fill in lines 15, 16, 18, ")
    assert cli.main(["new", "deck", "mine"]) == 2
    assert "mine.yaml exists already." in capsys.readouterr().err
    assert cli.main(["new", "deck", "mine", "--dir", "other"]) == 0
    assert (tmp_path / "other" / "mine.yaml").exists()
    assert cli.main(["check", "mine.yaml"]) == 1


def test_the_hooks_for_pre_commit_are_commands_that_exist(decks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = yaml.safe_load((Path(cli.__file__).parents[1] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["studyapp-check", "studyapp-fix"]
    monkeypatch.chdir(decks.parent)
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert (program, hook["language"], hook["pass_filenames"]) == ("studyapp", "python", False)
        assert cli.main([*arguments, *hook["args"]]) == 0
        changed = [
            "decks/d.yaml",
            "decks/cases/c.yml",
            "decks/ids.txt",
            "decks/a/b.png",
            ".github/ci.yml",
            "my-decks/x",
        ]
        assert [bool(re.search(hook["files"], path)) for path in changed] == [True] * 4 + [False] * 2


def test_a_warning_is_exit_1_too(decks: Path) -> None:
    _without_cards(decks / "d.yaml")
    assert cli.main(["check", str(decks / "d.yaml")]) == 1


def test_a_deck_without_syllabus_is_held_against_the_shipped_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = tmp_path / "mine.yaml"
    text = "deck: mine\ntitle: M\ncards:\n  - {id: m-one, topic: bigquery.cost-modle, front: What?, back: That.}\n"
    deck.write_text(text, encoding="utf-8")
    assert cli.main(["check", str(deck)]) == 1
    assert "did you mean 'bigquery.cost-model'?" in capsys.readouterr().out
    deck.write_text(text.replace("modle", "model"), encoding="utf-8")
    assert cli.main(["check", str(tmp_path)]) == 0


def test_a_folder_without_decks_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.yaml").write_text("deck: a\ntitle: A\n", encoding="utf-8")
    assert cli.main(["check", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "There is no deck in" in said
    assert "Only the YAML files of the folder itself, of its blueprints/ and of its cases/ are read." in said


def test_check_tells_of_a_syllabus_that_stands_apart(
    decks: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["check", str(decks)]) == 0
    assert "has a syllabus of its own: it works in place of the shipped decks" in capsys.readouterr().err
    monkeypatch.setattr(paths, "shipped_decks", lambda: decks)
    assert cli.main(["check", str(decks)]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings in 3 files\n"


def test_topics(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics", "PARTITION"]) == 0
    assert capsys.readouterr().out.startswith("bigquery.partitions-and-wildcards  Partitioned tables")
    assert cli.main(["topics", "--decks", str(decks)]) == 0
    assert capsys.readouterr().out == "a.one  One\n"
    (decks / "syllabus.yaml").unlink()
    assert cli.main(["topics", "--decks", str(decks)]) == 2
    assert "There is no syllabus in" in capsys.readouterr().err


def test_form_is_the_same_for_a_seed(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["form", "--blueprint", "two", "--seed", "5", "--decks", str(decks), "--json"]
    assert cli.main(command) == 0
    first = capsys.readouterr().out
    assert cli.main(command) == 0
    assert capsys.readouterr().out == first
    form = json.loads(first)
    assert (form["blueprint"], form["seed"]) == ("two", 5)
    assert [set(q) for q in form["questions"]] == [{"id", "topic", "stratum", "case"}] * 2
    assert form["questions"][0]["stratum"] == "All"


@pytest.mark.parametrize("before", [True, False])
def test_form_prefers_what_the_learner_has_not_seen(
    decks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    asked: list[Path] = []

    def last_seen(data_dir: Path) -> dict[str, float]:
        asked.append(data_dir)
        return {"q-0": 1.0}

    monkeypatch.setattr(cli, "last_seen_from", last_seen)
    option = ["--data-dir", str(tmp_path / "data")]
    command = ["form", "--blueprint", "two", "--decks", str(decks), "--json"]
    for seed in range(3):
        assert cli.main([*option, *command, "--seed", str(seed)] if before else [*command, *option]) == 0
        assert {q["id"] for q in json.loads(capsys.readouterr().out)["questions"]} == {"q-1", "q-2"}
    assert asked == [tmp_path / "data"] * 3


def test_a_data_folder_without_history_is_no_error(tmp_path: Path) -> None:
    assert cli.last_seen_from(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["form", "--blueprint", "tow"], "There is no blueprint 'tow'."),
        (["form", "--blueprint", "two", "--decks", "no-such-folder"], "There is no file or folder no-such-folder."),
        (["check", "no-such-folder"], "There is no file or folder no-such-folder."),
        (["check", "--select", "W9"], "No code begins with 'W9', which --select names."),
        (["check", "--ignore", "E"], "E cannot be ignored: a file with an error does not load."),
        (["check", "--explain", "W999"], "There is no code 'W999'."),
        (["check", "--explain="], "There is no code ''."),
        (["check", "--select="], "--select names no code."),
        (["check", "--ignore", ","], "--ignore names no code."),
        (["check", "--statistics", "--format", "sarif"], "--statistics has no sarif format."),
        (["check", "--statistics", "--format", "github"], "--statistics has no github format."),
        (["check", "a" * 300 + ".yaml"], "cannot be read: File name too long."),
        (["a" * 5000], "is neither a command nor a deck file."),
        (["preview", "a" * 300 + ".yaml"], "There is no file"),
        (["check", "a\0b"], "cannot be read: embedded null byte."),
        (["topics", "zzz"], "No topic has 'zzz' in its id or title."),
        (["topics", "--decks", "no-such-folder"], "There is no file or folder no-such-folder."),
        (["new", "deck", "Syllabus.yaml"], "A deck cannot be named 'syllabus': a file of that name is the syllabus"),
        (["new", "deck", "studyapp"], "A deck cannot be named 'studyapp': a file of that name is the settings"),
        (["new", "deck", "?"], "No id can be made of '?'."),
        (["no-such-deck.yaml"], "'no-such-deck.yaml' is neither a command nor a deck file."),
    ],
)
def test_what_is_wrong_outside_is_exit_2(
    command: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, decks: Path
) -> None:
    monkeypatch.setattr(paths, "shipped_decks", lambda: decks)
    assert cli.main(command) == 2
    assert message in capsys.readouterr().err


def test_a_blueprint_that_cannot_be_filled_is_exit_2(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = decks / "blueprints" / "two.yaml"
    path.write_text(BLUEPRINT.replace("questions: 2", "questions: 9"), encoding="utf-8")
    assert cli.main(["form", "--blueprint", "two", "--decks", str(decks)]) == 2
    assert "All (3 of 9)" in capsys.readouterr().err


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "blueprint"]) == 0
    assert capsys.readouterr().out == schema_text("blueprint")


@pytest.mark.parametrize(
    ("arguments", "env", "folder"),
    [([], None, None), (["--data-dir", "here"], "there", "here"), ([], "there", "there")],
)
def test_the_window_gets_its_folders(
    arguments: list[str], env: str | None, folder: str | None, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, list[Path]]] = []
    fake = type(sys)("studyapp.ui.start")
    fake.run = lambda data, folders: opened.append((data, folders)) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "studyapp.ui.start", fake)
    if env:
        monkeypatch.setenv("STUDYAPP_DATA_DIR", env)
    assert cli.main([*arguments, str(decks / "d.yaml")]) == 0
    ((data, folders),) = opened
    assert folders == [paths.shipped_decks(), decks / "d.yaml"]
    assert data == (Path(folder).absolute() if folder else paths.data_dir())


FORBIDDEN = """
import sys
from studyapp import cli
early = {name.split(".")[0] for name in sys.modules} & {"yaml", "pydantic", "sqlmodel", "sqlalchemy", "PySide6"}
code = cli.main(sys.argv[1:])
print(code, sorted(early), sorted({"PySide6", "pyqtgraph"} & set(sys.modules)))
"""


@pytest.mark.parametrize("command", ["check", "form --blueprint two --seed 1", "schema", "topics"])
def test_no_command_loads_qt_and_nothing_slow_stands_at_the_top(decks: Path, tmp_path: Path, command: str) -> None:
    where = {"check": [str(decks)], "form": ["--decks", str(decks), "--data-dir", str(tmp_path)]}
    done = subprocess.run(
        [sys.executable, "-c", FORBIDDEN, *command.split(), *where.get(command.split()[0], [])],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )
    assert done.stdout.splitlines()[-1] == "0 [] []"


def test_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["reports", "--data-dir", str(tmp_path)]
    assert cli.main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    now = datetime(2026, 5, 1, tzinfo=UTC)
    with open_store(tmp_path) as store:
        store.reported.add(make_report(card("c1"), "d.yaml", Fault.UNCLEAR, "Which?", now))
        # Also while the program runs.
        assert cli.main(command) == 0
    assert "- [ ] It is unclear: card `c1`, reported 2026-05-01\n  Which?\n" in capsys.readouterr().out
    assert set(cli._REPORT_FORMATS) == set(REPORT_FORMATS)
