"""What the README claims is so."""

import re
import tomllib
from pathlib import Path

from studyapp.cli import _command_parser, _common_options

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements):
    return {re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in requirements}


def test_every_command_is_told_and_every_command_told_exists():
    told = set(re.findall(r"^\| `studyapp (\w+)", README, re.MULTILINE))
    _, commands = _command_parser(_common_options())
    assert told == commands


def test_every_dependency_has_its_reason():
    table = README[README.index("| dependency |") :].lower()
    wanted = names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["dev"])
    assert {name for name in wanted if name not in table} == set()


def test_everything_that_is_asked_for_is_pinned_and_no_registry_is_named():
    pins = (ROOT / "pins.txt").read_text(encoding="utf-8")
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins.splitlines() if line.strip()}
    wanted = names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["dev"])
    assert wanted - pinned == set()
    assert "://" not in pins


def test_the_top_level_holds_what_was_agreed():
    agreed = {"studyapp", "decks", "resources", "tests", "pyproject.toml", "README.md", "build.spec"}
    assert agreed <= {path.name for path in ROOT.iterdir()}
