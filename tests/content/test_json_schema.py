"""The JSON Schema files are those that the code makes, and accept what ships."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from samples import FILES, changed, write_folder

from studyapp.content.discovery import KIND_KEYS, deck_files, first_key
from studyapp.content.json_schema import MODELS, schema_of, schema_text
from studyapp.content.loader import load
from studyapp.paths import resources, shipped_decks


class _CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Types scalars as YAML 1.2 does, which is what the language server validates: no dates, no yes and no."""


_CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":int", ":float", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _data(text: str) -> Any:
    return yaml.load(text, _CoreLoader)


@pytest.mark.parametrize("kind", MODELS)
def test_the_file_is_what_the_code_makes(kind: str) -> None:
    path = resources() / f"{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(kind), f"run: studyapp schema {kind} > {path}"


@pytest.mark.parametrize("kind", MODELS)
def test_it_is_draft_07_and_explains_every_field(kind: str) -> None:
    schema = schema_of(kind)
    jsonschema.Draft7Validator.check_schema(schema)
    for model in (schema, *schema.get("definitions", {}).values()):
        for name, field in model["properties"].items():
            assert field["description"].endswith("."), name
            for example in field["examples"]:
                jsonschema.Draft7Validator({**field, "definitions": schema.get("definitions", {})}).validate(example)


def test_shipped_files_validate() -> None:
    validators = {key: jsonschema.Draft7Validator(schema_of(kind)) for key, kind in KIND_KEYS.items()}
    for path in deck_files([shipped_decks()]):
        validators[first_key(path)].validate(_data(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", MODELS)
def test_good_samples_validate(kind: str) -> None:
    jsonschema.Draft7Validator(schema_of(kind)).validate(_data(FILES[kind][1]))


def _both(folder: Path, kind: str, changes: dict[str, str]) -> tuple[bool, bool]:
    """Whether an editor, and the loader, take a good file with some changes."""
    text = changed(kind, changes)
    write_folder(folder, **{kind: text})
    loaded = next(file for file in load([folder]).files if file.path.name == FILES[kind][0].rpartition("/")[2]).loaded
    return jsonschema.Draft7Validator(schema_of(kind)).is_valid(_data(text)), loaded


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("deck", {"correct: true": 'correct: "true"'}),
        ("deck", {"correct: true": "correct: true", "rationale: Streaming": "correct: 'false'\n        rationale: S"}),
        ("deck", {"deck: good": "deck: 2026"}),
        ("deck", {"deck: good": "deck: 2026.5"}),
        ("deck", {"title: Good": "title: 2026"}),
        ("deck", {"tags: [cost]": "was: 12"}),
        ("deck", {"tags: [cost]": "was: [12, q-zero]"}),
        ("blueprint", {"weight: 7.5": "weight: '7.5'"}),
        ("blueprint", {"weight: 7.5": "weight: .5"}),
        ("blueprint", {"pass_mark: 0.70": "pass_mark: '0.70'"}),
        ("blueprint", {"questions: 2": 'questions: "2"'}),
    ],
)
def test_what_the_loader_takes_the_schema_takes(tmp_path: Path, kind: str, changes: dict[str, str]) -> None:
    assert _both(tmp_path, kind, changes) == (True, True)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("deck", {"text: Batch load jobs\n        correct: true": "text: Batch load jobs"}),
        ("deck", {"text: Streaming writes": "text: Streaming writes\n        correct: 'true'"}),
        ("deck", {"title: Good": "title: '   '"}),
        ("deck", {"title: Good": "title: ~"}),
        ("deck", {"title: Good": "title: null"}),
        ("deck", {"title: Good": "title:"}),
        ("deck", {"id: c-one": 'id: ""'}),
        ("deck", {"deck: good": "deck: -5"}),
        ("deck", {"correct: true": "correct: 1"}),
        ("blueprint", {'topics: ["a.*"]\n    cases: [shop]': "topics: []"}),
        ("blueprint", {"weight: 7.5": "weight: -1"}),
        ("blueprint", {"weight: 7.5": "weight: '1e3'"}),
        ("blueprint", {"pass_mark: 0.70": "pass_mark: 1.5"}),
        ("blueprint", {"questions: 2": "questions: 2.5"}),
    ],
)
def test_what_one_refuses_the_other_refuses(tmp_path: Path, kind: str, changes: dict[str, str]) -> None:
    assert _both(tmp_path, kind, changes) == (False, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"correct: true": "correc: true"},
        {"correct: true": "correct: sure"},
        {"difficulty: medium": "difficulty: middle"},
        {"    back: When": "    cloze: When {{it}}\n    back: When"},
        {"    back: When": "    changed: When"},
        {"id: q-one": "id: Q one"},
        {"tags: [cost]": "tags: cost"},
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(changes: dict[str, str]) -> None:
    data = _data(changed("deck", changes))
    assert not jsonschema.Draft7Validator(schema_of("deck")).is_valid(data)
