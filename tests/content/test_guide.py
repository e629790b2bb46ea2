"""What the guide for authors says is so: its examples pass, and it names every option and file."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from samples import changed, write, write_folder

from studyapp.cli import _command_parser, _common_options
from studyapp.content.check import check
from studyapp.content.check_command import FORMAT_NAMES
from studyapp.content.codes import CODES
from studyapp.content.config import read_config
from studyapp.content.fields import MAX_TEXT
from studyapp.content.ledger import LEDGER_NAME
from studyapp.content.loader import load
from studyapp.content.schema import MAX_ITEMS, CardEntry, DeckFile, OptionEntry, QuestionEntry
from studyapp.content.schema_frame import CaseFile
from studyapp.content.topics import syllabus_of, topics_text
from studyapp.content.yaml_reader import MAX_BYTES, MAX_DEPTH
from studyapp.core.form import assemble
from studyapp.paths import shipped_decks

GUIDE = (shipped_decks() / "README.md").read_text(encoding="utf-8")
BLOCKS = [dedent(block) for block in re.findall(r"^ *```yaml\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)]


def _block(beginning: str) -> str:
    (found,) = [block for block in BLOCKS if beginning in block]
    return found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with all that the guide lets an author write."""
    write(tmp_path, "my-deck.yaml", "deck: my-deck\ntitle: My deck\n" + _block("cards:\n") + _block("questions:\n"))
    write(tmp_path, "cases/my-bakery.yaml", _block("case: my-bakery"))
    write(tmp_path, "blueprints/my-mock-exam.yaml", _block("blueprint: "))
    return tmp_path


def test_the_deck_case_and_blueprint_of_the_guide_pass(own: Path) -> None:
    assert [str(problem) for problem in check([own], shipped_decks()).problems] == []
    assert [str(problem) for problem in check([own / "my-deck.yaml"], shipped_decks()).problems] == []
    library = load([shipped_decks(), own])
    assert library.problems == ()
    blueprint = library.bank.blueprint("my-mock-exam")
    assert blueprint is not None
    assert len(assemble(library.bank, blueprint, seed=1).items) == 10


def test_the_question_of_the_guide_follows_its_rules(own: Path) -> None:
    bank = load([shipped_decks(), own]).bank
    question = bank.questions["my-cheapest-load"]
    assert 50 <= len(question.stem.split()) <= 150
    assert len(question.options) == 4
    assert question.stem.count("?") == 1
    assert {bank.cards[card].topic for card in question.cards} == {question.topic}
    (cloze,) = [card.cloze for card in bank.cards.values() if card.deck == "my-deck" and card.cloze]
    assert cloze.count("{{") == 1


SIGNS = re.search(r"begins with one of\n +`` (.*) ``", GUIDE)


@pytest.mark.parametrize("sign", SIGNS[1].split() if SIGNS else ())
def test_what_needs_quotes_and_what_helps(tmp_path: Path, sign: str) -> None:
    meant = f"{sign} x: {sign} y #{sign}"

    def front(written: str) -> str | None:
        card = f"cards:\n  - id: a\n    topic: bigquery.cost-model\n    front: {written}\n    back: b\n"
        bank = load([shipped_decks(), write(tmp_path, "d.yaml", f"deck: d\ntitle: D\n{card}")]).bank
        return bank.cards["a"].front if "a" in bank.cards else None

    assert front(f"{sign} x") != f"{sign} x"
    assert front("'" + meant.replace("'", "''") + "'") == meant
    assert front(f"|\n      {meant}") == meant
    for inside in (f"x: {sign}", f"x #{sign}"):
        assert front(inside) != inside


MODELS = {"deck": DeckFile, "card": CardEntry, "question": QuestionEntry, "option": OptionEntry}


def test_the_table_has_every_key_and_says_which_are_required() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ([\w, ]+) \|(.*?)\| .* \|$", GUIDE, re.MULTILINE)
    told = {
        (kind, key): required.strip() == "yes"
        for keys, kinds, required in rows
        for key in re.findall(r"\w+", keys)
        for kind in kinds.split(", ")
    }
    for kind, model in MODELS.items():
        wanted = {(kind, info.alias or name): info.is_required() for name, info in model.model_fields.items()}
        assert {entry: told.get(entry) for entry in wanted} == wanted
    assert {key for kind, key in told if kind == "case"} | {"case"} == set(CaseFile.model_fields)


def test_what_the_guide_says_of_topics_is_so() -> None:
    syllabus = syllabus_of(shipped_decks())
    assert "studyapp topics load" in GUIDE
    assert "bigquery.streaming-inserts" in topics_text(syllabus, "load")
    topics = sum(len(domain.topics) for domain in syllabus.domains)
    objectives = sum(len(topic.objectives) for topic in syllabus.topics.values())
    assert f"{len(syllabus.domains)} domains, {topics} topics, {objectives} objectives" in GUIDE


def test_the_comment_of_the_guide_silences_a_stem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    stem = _block("stem: |  # check").replace("W306 the product's name is the answer", "W315 it is")
    lines = "".join(f"    {line}\n" for line in stem.replace("…", "<b>. Which?").rstrip().split("\n"))
    text = changed("deck", {f"    {LONG_STEM}\n": lines})
    write(folder, "good.yaml", text)
    assert [p.code for p in check([folder], folder).problems if p.code in ("W118", "W315")] == []
    write(folder, "good.yaml", text.replace("  # check: ignore W315 it is", ""))
    assert [p.code for p in check([folder], folder).problems if p.code in ("W118", "W315")] == ["W315"]


LONG_STEM = "stem: A shop loads its sales once a day and wants the lowest cost. Which way of loading should it choose?"


def test_the_settings_of_the_guide_are_good(own: Path) -> None:
    write(own, "studyapp.yaml", _block("check:\n"))
    choice, report = read_config(own)
    assert report is not None
    assert report.problems == ()
    assert (choice.ignore, choice.files) == (("W314",), (("my-*.yaml", ("W306",)),))


def test_every_command_of_the_guide_exists() -> None:
    parser, commands = _command_parser(_common_options())
    told = set(re.findall(r"studyapp ([a-z]+)(?=[ `\n])", GUIDE))
    assert told - commands == set()
    assert {"check", "new", "topics", "preview", "reports", "schema", "import", "export"} <= told
    for line in re.findall(r"studyapp ((?:check|new|topics|schema|preview) [^`\[\]…]*?)[`\n]", GUIDE):
        parser.parse_args(line.split())


def test_the_steps_for_git_and_ci_are_as_the_hooks_are() -> None:
    (repo,) = yaml.safe_load(_block("repos:"))["repos"]
    root = shipped_decks().parent
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in repo["hooks"]} <= {hook["id"] for hook in hooks}
    assert {hook["files"] for hook in hooks} == {"^decks/"}
    steps = yaml.safe_load(_block("- run: "))
    assert steps[-1]["run"] == "studyapp check decks --format github"


@pytest.mark.parametrize("code", re.findall(r"\b[EW]\d{3}\b", GUIDE))
def test_every_code_of_the_guide_exists(code: str) -> None:
    assert code in CODES


@pytest.mark.parametrize(
    "named",
    [
        "|".join(FORMAT_NAMES).replace("|", "\\|"),
        "--select",
        "--ignore",
        "--fix",
        "--statistics",
        "--explain",
        LEDGER_NAME,
        "studyapp.yaml",
        f"{MAX_BYTES // 2**20} MB",
        f"{MAX_DEPTH} levels",
        f"{MAX_ITEMS:,} cards",
        f"{MAX_TEXT:,} characters a text",
        "studyapp reports",
        "studyapp schema config",
        "](<images/",
    ],
)
def test_the_guide_names_it(named: str) -> None:
    assert named in GUIDE


def test_the_rules_that_matter_most_name_those_of_rationales_and_stems() -> None:
    rules = GUIDE.partition("## The rules that matter most")[2].partition("\n## ")[0]
    assert {"W312", "W313", "W329", "W302", "W303", "W334"} <= set(re.findall(r"W\d{3}", rules))
    assert set(re.findall(r"[EW]\d{3}", rules)) <= set(CODES)
