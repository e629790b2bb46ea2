"""Whatever the bytes are: coded problems, no exception, bounded time and memory."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import BLUEPRINT, CASE, DECK, NAMES, SYLLABUS, write, write_folder

from studyapp.content.check import check
from studyapp.content.codes import CODES
from studyapp.content.fix.run import check_and_fix
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
    "levels of a list": "deck:\n" + "".join(" " * i + "- \n" for i in range(1, 1000)),
    "white space": _HEAD.replace("\n", " \t\n" * 1000) + "# \t\r\n" * 100_000,
    "comments": _HEAD + "# check: ignore W301\n" * 200_000,
    "was": _HEAD + "cards:\n" + "".join(f"  - {{id: c{i}, topic: a.one, was: c{i + 1}}}\n" for i in range(20_000)),
    "alike": _HEAD + "cards:\n" + "".join(f"  - {{id: c{i}, topic: a.one, front: f, back: b}}\n" for i in range(9_000)),
    "one list": "deck: [" + "a," * 2_000_000 + "]\n",
    "long text": _HEAD + "cards:\n  - {id: c, topic: a.one, front: '" + "![" * 1_000_000 + "', back: b}\n",
    "brackets in a text": _HEAD + "cards:\n  - {id: c, topic: a.one, front: '" + "![<!--" * 3000 + "', back: b}\n",
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_files_take_bounded_time(name: str) -> None:
    started = time.process_time()
    _check(_HOSTILE[name].encode())
    assert time.process_time() - started < 10


CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
FINE = {
    "bidi",
    "cr-only",
    "crlf",
    "ignore-comments",
    "json",
    "long-word",
    "mixed-ends",
    "regex-bait",
}
"""Files of the corpus that load, whatever they look like. What they hold may still draw a warning."""


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_the_corpus(tmp_path: Path, path: Path) -> None:
    folder = write_folder(tmp_path)
    target = write(folder, "x.yaml", path.read_bytes())
    started = time.process_time()
    problems = check([target], folder).problems
    assert time.process_time() - started < 5
    assert {problem.code for problem in problems} <= set(CODES)
    assert any(problem.severity == "error" for problem in problems) != (path.stem in FINE)
    check_and_fix([target], folder)
    once = target.read_bytes()
    check_and_fix([target], folder)
    assert target.read_bytes() == once


def test_yaml_1_1_surprises_are_text_or_a_problem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    corpus = Path(__file__).parent / "corpus"
    deck = write(folder, "x.yaml", (corpus / "yaml11-no.yaml").read_bytes())
    blueprint = write(folder, "blueprints/y.yaml", (corpus / "yaml11-numbers.yaml").read_bytes())
    found = [(p.code, p.message) for p in check([deck, blueprint], folder).problems]
    assert ("E202", "unknown topic 'no'; 'studyapp topics' lists them") in found
    assert ("E125", "'correct' is 'no', but it must be true or false") in found
    assert ("E125", "'correct' is 'on', but it must be true or false") in found
    assert [code for code, _ in found].count("E127") == 3  # 1e3, 12:30 and 1_000


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_links_that_loop_and_names_of_every_kind(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    (folder / "cases" / "cases").symlink_to(folder / "cases", target_is_directory=True)
    (folder / "blueprints" / "up.yaml").symlink_to(folder, target_is_directory=True)
    odd = ["new\nline", "tab\t", "quote'\"", "::error::", "%41", "日本", "e\u0301", "\u202e", "-n", " ", "a b", "*?[x]"]
    names = [*odd, "x" * 240]
    for i, name in enumerate(names):
        write(folder, f"{name}.yaml", f"deck: d-{i}\ntitel: X\n")
    with (folder / os.fsdecode(b"\xff\xfe.yaml")).open("w", encoding="utf-8") as file:
        file.write("deck: d-bytes\ntitel: X\n")
    problems = check([folder], folder).problems
    codes = [problem.code for problem in problems]
    assert codes.count("E101") == 2
    assert codes.count("E104") == len(names) + 1
    assert all(problem.path.isprintable() for problem in problems)
    check_and_fix([folder], folder)
    assert (folder / "a.yaml").is_symlink()


_MEASURED = """
import re, sys, time
from pathlib import Path
from studyapp.content.check import check
started = time.process_time()
problems = check([Path(sys.argv[1])], Path(sys.argv[2])).problems
print(",".join(sorted({p.code for p in problems})), time.process_time() - started)
# Not ru_maxrss: that begins with what the parent held at the fork.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")
@pytest.mark.parametrize("line", ["a: b\n", "- [\n", "'", "\0", "# x\n", "é"])
def test_100_mb_take_bounded_time_and_memory(tmp_path: Path, line: str) -> None:
    codes, seconds, megabytes = _measured(tmp_path, b"", line.encode(), 100 * 2**20)
    assert codes == "E102"
    assert seconds < 10
    assert megabytes < 400


_CARD = b"cards:\n  - {id: c, topic: a.one, front: What?, back: That.}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")
@pytest.mark.parametrize(
    ("head", "line", "codes"),
    [
        (_CARD, b" \n", "W119"),
        (_CARD, b"\r\n\n\n", "W119"),
        (_CARD, b"# check: ignore W301\n", "E199,W118"),
        (_CARD[:-3] + b", back: '", b"  # check: ignore W301\n", "E105"),
        (_CARD + b"questions: |\n", b"  # check: ignore W301\n", "E122"),
        (_CARD, b"\n", ""),
        (b"a: [\n", b"#x\n", "E105"),
        (_CARD, b" # 1\n", ""),
    ],
    ids=range(8),
)
def test_millions_of_short_lines_take_bounded_time_and_memory(
    tmp_path: Path, head: bytes, line: bytes, codes: str
) -> None:
    found, seconds, megabytes = _measured(tmp_path, b"deck: x\ntitle: X\n" + head, line, 30 * 2**20)
    assert found == codes
    assert seconds < 10
    assert megabytes < 400


def _measured(tmp_path: Path, head: bytes, line: bytes, size: int) -> tuple[str, float, int]:
    """The codes of a file made of a line over and over, and what checking it took: seconds, and megabytes at most."""
    folder = write_folder(tmp_path)
    path = write(folder, "huge.yaml", head)
    block = line * (2**20 // len(line))
    with path.open("ab") as file:
        for _ in range(size // len(block)):
            file.write(block)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    path.unlink()
    codes, seconds, megabytes = done.stdout.replace("\n", " ").split(" ")[:3]
    return codes, float(seconds), int(megabytes)
