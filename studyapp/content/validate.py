"""Holding a document against its schema: every deviation becomes a coded problem at the very node."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from studyapp.content.report import Report, hint, quoted
from studyapp.content.schema_base import Format
from studyapp.content.tree import Document, Step, key_place, place_of

_ENTRIES = 400
"""Entries of a section that are validated at once."""

M = TypeVar("M", bound=Format)


def validate(document: Document, model: type[M], report: Report) -> M | None:
    """The validated file, or None where the report has the reasons why not."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if report.full:
                break
            _report(detail, document, model, report)
    return None


def validate_in_parts(
    document: Document, model: type[M], report: Report, sections: Sequence[str], most: int
) -> Iterator[M]:
    """The validated file, some hundred entries of its ``sections`` at a time: first one without any.

    A part that is not valid is left out. The report has the same reasons as if all were validated at once, which of
    the ``most`` entries that there may be would hold up every other thread for too long.
    """
    data = document.data
    lists = {key: data[key] for key in sections if isinstance(data.get(key), list) and len(data[key]) <= most}
    rest = {key: value for key, value in data.items() if key not in lists}
    if (valid := validate(Document(rest, document.places), model, report)) is not None:
        yield valid
    for key, entries in lists.items():
        for start in range(0, len(entries), _ENTRIES):
            try:
                yield model.model_validate({**rest, key: entries[start : start + _ENTRIES]})
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    place, *inner = detail["loc"]
                    if place != key or report.full:
                        continue
                    detail["loc"] = (place, inner[0] + start, *inner[1:])  # type: ignore[operator]
                    _report(detail, document, model, report)


def _report(detail: Any, document: Document, model: type[Format], report: Report) -> None:
    kind: str = detail["type"]
    steps: tuple[Step, ...] = detail["loc"]
    name = str(steps[-1])
    if kind == "extra_forbidden":
        known = _keys_at(model, steps[:-1])
        report.add("E104", key_place(document.places, steps), f"unknown key {quoted(name)}{hint(name, known)}")
    elif kind == "missing":
        report.add("E120", place_of(document.places, steps[:-1]), f"the key '{name}' is missing")
    else:
        code, message = _wrong_value(detail, _subject(steps))
        report.add(code, place_of(document.places, steps), message)


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
    if kind == "string_pattern_mismatch":
        shape = "lower-case letters and digits, joined by '-', '_' or '.'"
        return "E126", f"{subject} is {quoted(value)}, but an id is made of {shape}"
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        wanted = f"at least {least}" if least is not None else f"at most {most:,}"
        return "E129", f"{subject} has {context['actual_length']:,} entries; it must have {wanted}"
    code, message = _SHAPES.get(kind, ("E121", "{subject} does not fit: {kind}"))
    return code, message.format(subject=subject, kind=kind, **context)


_SHAPES = {
    "string_type": ("E121", "{subject} must be text, not a list or mapping"),
    "string_too_short": ("E124", "{subject} is empty; write the text, or remove the key if it is optional"),
    "string_too_long": ("E129", "{subject} is longer than {max_length:,} characters"),
    "list_type": ("E122", "{subject} must be a list; begin each entry with '- '"),
    "model_type": ("E123", "{subject} must hold keys with values"),
}


def _not_allowed(value: Any, expected: str, subject: str) -> tuple[str, str]:
    allowed = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return "E121", f"{subject} must be text, not a list or mapping"
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
