"""The JSON Schema files are those that the code makes, and accept what ships."""

import re
from typing import Any

import jsonschema
import pytest
import yaml
from samples import FILES, changed

from studyapp.content.discovery import KIND_KEYS, deck_files, first_key
from studyapp.content.json_schema import MODELS, schema_of, schema_text
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
