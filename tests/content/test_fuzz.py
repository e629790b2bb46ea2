"""Whatever the bytes are: coded problems, no exception, bounded time."""

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import BLUEPRINT, CASE, DECK, NAMES, SYLLABUS, write, write_folder

from studyapp.content.check import check
from studyapp.content.codes import CODES
from studyapp.content.report import MAX_PROBLEMS

_YAML_MARKS = [
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a ",
    "!t ",
    "|\n",
    ">-\n",
    "'",
    '"',
    "\t",
    "\n",
    "  ",
    "#",
    "---\n",
    "? ",
]
_TEXTS = [
    "<<: ",
    "\0",
    "\ufeff",
    "\u2028",
    "no",
    "1e3",
    "~",
    "deck: x\n",
    "id: q-one\n",
    "options:\n",
    "%",
    "@",
    "{{x}}",
]
_SNIPPETS = st.sampled_from([*_YAML_MARKS, *_TEXTS])


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A good file with a few passages cut, doubled or replaced."""
    text = draw(st.sampled_from([SYLLABUS, DECK, BLUEPRINT, CASE, NAMES]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(st.one_of(_SNIPPETS, st.text(max_size=6), st.just(text[start:end] * 2))) + text[end:]
    return text.encode("utf-8", "surrogatepass")


def _check(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name))
        write(folder, "x.yaml", raw)
        problems = check([folder / "x.yaml"], folder).problems
        assert len(problems) <= MAX_PROBLEMS
        for problem in problems:
            assert problem.code in CODES
            assert problem.line >= 1
            assert problem.column >= 1
            assert "\n" not in problem.message


@settings(max_examples=60, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_random_bytes(raw: bytes) -> None:
    _check(raw)


@settings(max_examples=100, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(_mutated())
def test_mutated_files(raw: bytes) -> None:
    _check(raw)


_HEAD = "deck: x\ntitle: X\n"
_HOSTILE = {
    "aliases": "deck:\n" + "  - *a\n" * 200_000,
    "empty items": _HEAD + "cards:\n" + "  - {}\n" * 100_000,
    "unknown keys": _HEAD + "cards:\n" + "  - {idd: x, topci: y}\n" * 20_000,
    "unknown topics": _HEAD + "cards:\n" + "".join(f"  - {{id: c{i}, topic: a.on{i}}}\n" for i in range(20_000)),
    "wrong entries": _HEAD + "questions:\n  - tags: [" + "{}," * 300_000 + "]\n",
    "one list": "deck: [" + "a," * 2_000_000 + "]\n",
    "long text": _HEAD + "cards:\n  - {id: c, topic: a.one, front: '" + "![" * 1_000_000 + "', back: b}\n",
    "brackets in a text": _HEAD + "cards:\n  - {id: c, topic: a.one, front: '" + "![<!--" * 3000 + "', back: b}\n",
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_files_take_bounded_time(name: str) -> None:
    started = time.process_time()
    _check(_HOSTILE[name].encode())
    assert time.process_time() - started < 10
