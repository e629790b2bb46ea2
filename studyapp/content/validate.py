"""Holding a document against its schema: every deviation becomes a coded problem at the very node."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from studyapp.content.report import Report, hint, quoted
from studyapp.content.schema_base import Format
from studyapp.content.tree import Document, Step, Tree, key_place, place_of

M = TypeVar("M", bound=Format)


def validate(document: Document, model: type[M], report: Report) -> M | None:
    """The validated file, or None where the report has the reasons why not."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if report.full:
                break
            steps = detail["loc"]
            _report(detail, steps, document.places, steps, model, report)
    return None


def validate_entries(
    section: str, start: int, entries: Sequence[Any], trees: Sequence[Tree], model: type[Format], report: Report
) -> list[Any] | None:
    """The validated entries of a section of a file, from the one with the index ``start`` on; else None likewise."""
    try:
        return _adapter(model, section).validate_python(entries)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if report.full:
                break
            i, *inner = detail["loc"]
            assert isinstance(i, int)
            _report(detail, (section, start + i, *inner), trees[i], inner, model, report)
    return None


@lru_cache
def _adapter(model: type[Format], section: str) -> TypeAdapter[list[Any]]:
    """Validates a list of a section's entries, however long."""
    entry = _model_in(model.model_fields[section].annotation)
    return TypeAdapter(list[entry])  # type: ignore[valid-type]


def _report(
    detail: Any, steps: Sequence[Step], tree: Tree, inner: Sequence[Step], model: type[Format], report: Report
) -> None:
    """Report one deviation: ``steps`` lead to it within the file, and ``inner`` within the ``tree``."""
    kind: str = detail["type"]
    name = str(steps[-1])
    if kind == "extra_forbidden":
        known = _keys_at(model, steps[:-1])
        report.add("E104", key_place(tree, inner), f"unknown key {quoted(name)}{hint(name, known)}")
    elif kind == "missing":
        report.add("E120", place_of(tree, inner[:-1]), f"the key '{name}' is missing")
    else:
        code, message = _wrong_value(detail, _subject(steps))
        report.add(code, place_of(tree, inner), message)


def _subject(steps: Sequence[Step]) -> str:
    """How a message names the value: by its key, or as an entry of the list that has one."""
    name = next((step for step in reversed(steps) if isinstance(step, str)), "")
    return f"'{name}'" if isinstance(steps[-1], str) else f"an entry of '{name}'"


def _wrong_value(detail: Any, subject: str) -> tuple[str, str]:
    kind: str = detail["type"]
    value, context = detail["input"], detail.get("ctx", {})
    if kind.startswith("E"):
        return kind, f"{subject} {detail['msg']}"
    if kind == "literal_error":
        return _not_allowed(value, context["expected"], subject)
    if kind == "string_pattern_mismatch" and not value:
        return "E124", f"{subject} is empty; write an id such as 'bq-storage-price'"
    if kind == "string_pattern_mismatch":
        shape = "lower-case letters and digits, joined by '-', '_' or '.'"
        return "E126", f"{subject} is {quoted(value)}, but an id is made of {shape}"
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        wanted = f"at least {least}" if least is not None else f"at most {most:,}"
        return "E129", f"{subject} has {context['actual_length']:,} entries; it must have {wanted}"
    if kind == "list_type" and isinstance(value, str):
        return "E122", f"{subject} must be a list; {_as_list(value)}"
    code, message = _SHAPES.get(kind, ("E121", "{subject} does not fit: {kind}"))
    return code, message.format(subject=subject, kind=kind, **context)


def _as_list(value: str) -> str:
    """How to write a text as the list that it was to be."""
    if not value:
        return "begin each entry with '- ' on a line of its own, or remove the key"
    return f"write [{value}]" if _LISTABLE.fullmatch(value) else "begin each entry with '- '"


_LISTABLE = re.compile(r"[\w][\w ,.-]{0,60}")
_NOT_TEXT = "{subject} must be text, not a list or mapping; put text that begins with a bracket or a brace in quotes"
_SHAPES = {
    "string_type": ("E121", _NOT_TEXT),
    "string_too_short": ("E124", "{subject} is empty; write the text, or remove the key if it is optional"),
    "string_too_long": ("E129", "{subject} is longer than {max_length:,} characters"),
    "list_type": ("E122", "{subject} must be a list; begin each entry with '- '"),
    "model_type": ("E123", "{subject} must hold keys with values"),
}


def _not_allowed(value: Any, expected: str, subject: str) -> tuple[str, str]:
    allowed = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return "E121", _NOT_TEXT.format(subject=subject)
    choice = " or ".join(allowed) if len(allowed) < 3 else ", ".join(allowed[:-1]) + " or " + allowed[-1]
    return "E125", f"{subject} is {quoted(value)}, but it must be {choice}{hint(value.lower(), allowed)}"


def _keys_at(model: type[BaseModel], steps: Sequence[Step]) -> list[str]:
    """The keys that the format knows at the end of the steps."""
    for step in steps:
        if isinstance(step, str):
            fields = {info.alias or name: info for name, info in model.model_fields.items()}
            inner = _model_in(fields[step].annotation)
            if inner is None:
                return []
            model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
