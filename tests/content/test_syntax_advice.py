"""What an author is told where a file is no valid YAML: the very place, and what to write instead."""

import re

import pytest
from samples import marked

from studyapp.content.report import Report
from studyapp.content.yaml_reader import parse

HEAD = "deck: x\ntitle: X\ncards:\n  - id: a\n    topic: a.one\n"
BEGINS = r"text that begins with '{}' must stand in quotes, or on lines of its own under '|'"


def _only(text: str) -> tuple[tuple[int, int], str, str]:
    report = Report("x.yaml")
    parse(text.encode(), report)
    (problem,) = report.problems
    return (problem.line, problem.column), problem.code, problem.message


DEEPER = "'{}' stands deeper than the key above it (line {}): begin it in the same column"
INDENT = "'{}' begins where nothing above it begins; begin it in the same column as what it belongs beside"


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("     «front: What?\n    back: b\n", DEEPER.format("front", 5)),
        ("    front: What?\n      «back: b\n", DEEPER.format("back", 6)),
        ("    front: «**Bold** is\n", BEGINS.format("*")),
        ("    front: «![a](a.png) is\n", BEGINS.format("!")),
        ("    front: «> 5 GB\n", BEGINS.format(">")),
        ("    front: «| x | y |\n", BEGINS.format("|")),
        ("    front: «[When] it\n    back: b\n", BEGINS.format("[")),
        ("    front: «@x\n", BEGINS.format("@")),
        ("    front: «`x` is\n", BEGINS.format("`")),
        ("    front: «&lt; is\n", BEGINS.format("&")),
        ("    front: «% is\n", BEGINS.format("%")),
        ("    front: «? is\n", BEGINS.format("?")),
        (
            '    front: «"What?" and more\n',
            "the quotes that open here close before the text ends; "
            "put all of it in single quotes, or on lines of its own under '|'",
        ),
        (
            "    front: «'It's this'\n",
            "the quotes that open here close before the text ends; "
            "put all of it in double quotes, or on lines of its own under '|'",
        ),
        ("    front: «'It is\n    back: b\n", "the quotes that open here are never closed"),
        ("    tags: «[C #, b]\n    back: b\n", "the bracket that opens here is not closed before the ' #', *comment*"),
        ("    tags: «[a, b\n    back: b\n", "the bracket that opens here is never closed, or a comma or quotes*"),
        ("    front: What is this«: a key\n", "a ': ' inside the text reads as a key; put the text in quotes"),
        ("    front: What is\n      this«: a key\n", "a ': ' inside the text reads as a key; put the text in quotes"),
        ("    «front What is this\n    back: b\n", "the key 'front' lacks its ':'; write 'front: '"),
        ("    «front:What\n    back: b\n", "write a blank after 'front:'"),
        ("    back: |\n    «text\n    front: b\n", "text under '|' must be indented further than 'back' (line 6)"),
        (
            "    back: |\n      one\n     «two\n",
            "text under '|' goes on here: indent it as far as its first line (line 7)",
        ),
        ("    front: a\n  «b\n    back: b\n", "*text that goes on here and must be indented further than its key"),
        ("    tags: «- cost\n", "a '- ' cannot stand here; begin a list on a line of its own, *"),
        ("    tags:\n    - a\n   «front: b\n", INDENT.format("front")),
        ("    front: b\n «- id: c\n", INDENT.format("id")),
        ('    front: "a«\\d"\n', "a backslash in double quotes begins an escape; use single quotes"),
    ],
)
def test_the_place_and_the_way_out(rest: str, message: str) -> None:
    text, place = marked(HEAD + rest)
    found, code, said = _only(text)
    assert (found, code) == (place, "E105")
    assert re.fullmatch(re.escape(message).replace(r"\*", ".*"), said) or said == message


def test_a_list_whose_first_entry_lacks_its_sign() -> None:
    text, place = marked(HEAD + "    options:\n      text: a\n      «- text: b\n")
    assert _only(text) == (place, "E105", "a list goes on here, but what it begins with has no '- ' (line 7)")


@pytest.mark.parametrize(("key", "asked"), [("text: b", True), ("correct: true", False)])
def test_a_key_that_stands_twice_may_lack_a_sign(key: str, asked: bool) -> None:
    options = f"    options:\n      - text: a\n        correct: true\n        «{key}\n"
    text, place = marked(HEAD + options)
    found, code, message = _only(text)
    assert (found, code) == (place, "E112")
    assert message.endswith("or is a '- ' missing before it?") is asked


@pytest.mark.parametrize(("text", "code"), [("*Bold is", "E108"), ("&amp is", "E108"), ("!important it is", "E109")])
def test_what_reads_as_an_alias_or_tag_may_be_text(text: str, code: str) -> None:
    _, found, message = _only(HEAD + f"    front: {text}\n" if text[0] != "*" else HEAD + "    front: *Bold\n")
    assert found == code
    assert message.endswith("put the whole text in quotes")
