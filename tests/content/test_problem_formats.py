"""SARIF, GitHub's commands and counts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from studyapp.content.problem_formats import as_github, as_sarif, statistics
from studyapp.core.problem import Problem, Severity

# What the SARIF 2.1.0 schema demands of the parts that are written (OASIS Standard, March 2020): the required
# properties, the types and the bounds.
_MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_REGION = {
    "type": "object",
    "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
    },
}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$"}},
                },
                "region": _REGION,
            },
        }
    },
}
_RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": _MESSAGE,
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "message": _MESSAGE,
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "locations": {"type": "array", "items": _LOCATION},
    },
    "additionalProperties": False,
}
_DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
    },
    "additionalProperties": False,
}
_RUN = {
    "type": "object",
    "required": ["tool"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": _DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
    "additionalProperties": False,
}
_SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {"type": "array", "items": _RUN},
    },
    "additionalProperties": False,
}

PROBLEMS = (
    Problem("decks/a b, ü.yaml", 3, 7, "W306", Severity.WARNING, "50 % of\nit"),
    Problem("decks/a.yaml", 1, 1, "E104", Severity.ERROR, "unknown key"),
    Problem("decks/a.yaml", 9, 1, "W306", Severity.WARNING, "again"),
)


@pytest.mark.parametrize("problems", [PROBLEMS, ()])
def test_sarif_is_what_its_schema_demands(problems: tuple[Problem, ...]) -> None:
    jsonschema.Draft7Validator(_SARIF).validate(json.loads(as_sarif(problems)))


def test_sarif_says_it_all() -> None:
    run: dict[str, Any] = json.loads(as_sarif(PROBLEMS))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["E104", "W306"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("W306", 1, "warning")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "decks/a%20b%2C%20%C3%BC.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}


def test_sarif_names_an_absolute_path_as_a_file_uri(tmp_path: Path) -> None:
    log = json.loads(as_sarif([Problem(str(tmp_path / "a.yaml"), 1, 1, "E104", Severity.ERROR, "x")]))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == (tmp_path / "a.yaml").as_uri()


def test_github_escapes() -> None:
    assert as_github(PROBLEMS[:1]) == ("::warning file=decks/a b%2C ü.yaml,line=3,col=7,title=W306::50 %25 of%0Ait\n")


def test_statistics() -> None:
    assert statistics(PROBLEMS, as_data=False) == "2  W306  stem words in the key\n1  E104  unknown key\n"
    assert json.loads(statistics(PROBLEMS, as_data=True))[0] == {
        "code": "W306",
        "title": "stem words in the key",
        "count": 2,
    }
    assert statistics((), as_data=False) == ""
