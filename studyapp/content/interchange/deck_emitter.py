"""Writing a deck file in the style of the house: what is read back is, text for text, what was given."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

WIDTH = 120
_PLAIN = re.compile(r"[A-Za-z0-9$(](?:[ -~\u00a1-\u024f\u2010-\u201f\u2026\u20a0-\u22ff]*[^\s:])?")
_NEVER_PLAIN = re.compile(r":\s|\s#")
# What a block of text cannot hold as it is: controls, and what YAML or an editor takes for the end of a line.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u2028\u2029\ufeff\ufffe\uffff]")
_WORD = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_TYPED = ("correct", "verified_on")
"""Keys whose values are no text to the schema, and therefore never stand in quotes."""
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_resolver: Any = yaml.SafeLoader("")


def emit(data: Mapping[str, Any], comment: str = "") -> str:
    """The text of a deck file that holds ``data``: mappings, lists and texts as the format has them.

    ``comment`` stands above it.
    """
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    for key, value in data.items():
        if isinstance(value, list):
            lines += ["", f"{key}:"]
            for i, item in enumerate(value):
                lines += [""] if i else []
                lines += _entry(item, 2)
        else:
            lines += _pair(key, value, 0)
    return "\n".join(lines) + "\n"


def _entry(item: Mapping[str, Any], indent: int) -> Iterator[str]:
    """A mapping as an entry of a list, whose dash stands at ``indent``."""
    dash = "- "
    for key, value in item.items():
        for line in _pair(key, value, indent + 2):
            yield " " * indent + dash + line[indent + 2 :] if dash else line
            dash = ""


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    start = f"{' ' * indent}{key}:"
    if key in _TYPED:
        yield f"{start} {value}"
    elif isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        yield f"{start} [{', '.join(entry if _is_word(entry) else _quoted(entry) for entry in value)}]"
    elif isinstance(value, list):
        yield start
        for entry in value:
            yield from _entry(entry, indent + 2)
    else:
        yield from _text(start, value, indent + 2)


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """A text after its key: plain where nothing can read it otherwise, in a block where it is long or has lines."""
    if _ESCAPED.search(text) or not text.strip() or text != text.strip():
        yield f"{start} {_quoted(text)}"
    elif "\n" in text:
        yield f"{start} |"
        for line in text.split("\n"):
            yield " " * indent + line if line else ""
    elif len(start) + len(text) + 3 > WIDTH and "  " not in text and "\t" not in text:
        yield f"{start} >-"
        for line in _wrapped(text, WIDTH - indent):
            yield " " * indent + line
    else:
        yield f"{start} {text if _is_plain(text) else _quoted(text)}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in _BREAK.split(text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _is_plain(text: str) -> bool:
    """Whether a text without quotes is that text, for our reader and for one that gives plain scalars other types."""
    return (
        _PLAIN.fullmatch(text) is not None
        and not _NEVER_PLAIN.search(text)
        and _resolver.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str"
    )


def _is_word(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and _is_plain(text)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
