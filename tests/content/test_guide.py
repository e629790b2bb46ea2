"""What the guide for authors says is so: its examples pass, and it names every option and file."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from samples import write, write_folder

from studyapp.content.check import check
from studyapp.content.check_command import FORMAT_NAMES
from studyapp.content.config import read_config
from studyapp.content.ledger import LEDGER_NAME
from studyapp.content.schema import MAX_ITEMS
from studyapp.content.yaml_reader import MAX_BYTES, MAX_DEPTH
from studyapp.paths import shipped_decks

GUIDE = (shipped_decks() / "README.md").read_text(encoding="utf-8")
BLOCKS = [dedent(block) for block in re.findall(r"^ *```yaml\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)]


def _block(beginning: str) -> str:
    (found,) = [block for block in BLOCKS if beginning in block]
    return found


def test_the_deck_of_the_guide_passes(tmp_path: Path) -> None:
    text = "deck: my-deck\ntitle: My deck\n" + _block("cards:\n") + _block("questions:\n")
    path = write(tmp_path, "my-deck.yaml", text)
    assert [str(problem) for problem in check([path], shipped_decks()).problems] == []


def test_the_settings_of_the_guide_are_good(tmp_path: Path) -> None:
    write_folder(tmp_path, config=_block("check:\n"))
    choice, report = read_config(tmp_path)
    assert report is not None
    assert report.problems == ()
    assert (choice.ignore, choice.files) == (("W314",), (("case-*.yaml", ("W306",)),))


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
    ],
)
def test_the_guide_names_it(named: str) -> None:
    assert named in GUIDE
