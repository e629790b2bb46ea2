"""Edits of a text, and the nodes of a YAML file with where each begins and ends."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from studyapp.content.report import Report
from studyapp.content.tree import Place
from studyapp.content.yaml_reader import parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Edit(NamedTuple):
    """Replace the characters from ``start`` up to ``end``."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; of two that overlap the later is left out."""
    parts = []
    done = 0
    for start, end, new in sorted(set(edits)):
        if start >= done:
            parts += [text[done:start], new]
            done = end
    return "".join([*parts, text[done:]])


def data_of(text: str) -> Any:
    """What the text says as a deck file; None where it cannot be read without a problem."""
    report = Report("")
    document = parse(text.encode("utf-8", "surrogatepass"), report)
    return document.data if document and not report.failed else None


def root_of(text: str) -> Any:
    """The root node of a text that ``data_of`` can read."""
    return yaml.compose(text, _Loader)


def scalars(node: Any) -> Iterator[Any]:
    """Every text at and below a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from scalars(value)
    else:
        for key, value in node.value:
            yield from scalars(key)
            yield from scalars(value)


def value_of(node: Any, key: str) -> Any:
    """The node under a key of a mapping; None where it has no such key, or is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def items_of(root: Any) -> Iterator[tuple[str, Any]]:
    """The mappings under ``cards`` and ``questions``, each with the name of its list."""
    for section in ("cards", "questions"):
        entries = value_of(root, section)
        if isinstance(entries, yaml.SequenceNode):
            for entry in entries.value:
                if isinstance(entry, yaml.MappingNode):
                    yield section, entry


def place_at(node: Any) -> Place:
    """Line and column of a node, as problems name them."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def line_end(text: str) -> str:
    """The line end that the text uses."""
    return "\r\n" if "\r\n" in text else "\n"
