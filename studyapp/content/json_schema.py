"""The JSON Schemas of the format (draft-07, as editors' YAML language server reads it), made from the models."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from studyapp.content.config import ConfigFile
from studyapp.content.schema import KINDS
from studyapp.content.schema_base import Format

MODELS: dict[str, type[Format]] = {**KINDS, "config": ConfigFile}
"""The model of each kind of file that has a schema."""


class _PlainSchema(GenerateJsonSchema):
    """Without null for keys that may be left out (YAML's null is no value here), and without made-up titles."""

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file: deck, syllabus, blueprint, case, names or config."""
    made = MODELS[kind].model_json_schema(schema_generator=_PlainSchema, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    made.pop("title", None)
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **made, "definitions": definitions}
    if not definitions:
        del schema["definitions"]
    return {key: _draft07(value) for key, value in schema.items()}


def schema_text(kind: str) -> str:
    """The JSON Schema as it stands in ``resources/``."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _draft07(node: Any) -> Any:
    """In draft-07 everything beside a ``$ref`` is ignored, so it moves into an ``allOf``; class titles go."""
    if isinstance(node, list):
        return [_draft07(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    made = {
        key: value if key == "examples" else _draft07(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }
    if "$ref" in made and len(made) > 1:
        made = {"allOf": [{"$ref": made.pop("$ref")}], **made}
    return made
