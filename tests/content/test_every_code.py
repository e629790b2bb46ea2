"""Each code: a file that has the problem, exactly where it is marked; the unchanged files have none."""

from pathlib import Path

import pytest
from samples import DECK, FILES, changed, marked, write, write_folder

from studyapp.content.check import check
from studyapp.content.choice import Choice
from studyapp.content.codes import CODES
from studyapp.content.yaml_reader import MAX_DEPTH, MAX_KEYS

LONG = "word " * 70
ROWS = "Which way of loading should it choose?"

# code, kind of file, passages of the good file and what stands there instead, with the place marked
CASES: list[tuple[str, str, dict[str, str]]] = [
    ("E104", "deck", {"        correct: true": "        «correc: true"}),
    ("E104", "deck", {"title: Good": "«titel: Good"}),
    ("E104", "blueprint", {"kind: reported, ": "kind: reported, «note: x, "}),
    ("E105", "deck", {"title: Good": "title: Good«: better"}),
    ("E106", "deck", {"    difficulty: medium": "«\tdifficulty: medium"}),
    ("E107", "deck", {"title: Good": "title: Go«\0od"}),
    ("E107", "deck", {"title: Good": "title: Go«\x07od"}),
    ("E108", "deck", {"title: Good": "title: «&x Good"}),
    ("E108", "deck", {"title: Good": "title: «*x"}),
    ("E109", "deck", {"title: Good": "title: «!!python/object:os.system Good"}),
    ("E109", "deck", {"    options:\n": "    options: «!mine\n"}),
    ("E110", "deck", {"    difficulty: medium": "    «<<: {difficulty: medium}"}),
    ("E111", "deck", {"    enemies: [q-two]\n": "    enemies: [q-two]\n«---\ndeck: other\n"}),
    ("E112", "deck", {"    difficulty: medium": "    difficulty: medium\n    «difficulty: hard"}),
    ("E113", "deck", {"title: Good": "title: " + "[" * (MAX_DEPTH - 1) + "«[" + "]" * MAX_DEPTH}),
    ("E114", "deck", {"title: Good": "title: {" + "".join(f"k{i}: 1, " for i in range(MAX_KEYS)) + "«z: 1}"}),
    ("E117", "deck", {"title: Good": "«{a: b}: Good"}),
    ("E120", "deck", {"    difficulty: medium\n    case": "    case", "  - id: q-one": "  - «id: q-one"}),
    ("E121", "deck", {"title: Good": "title: «[Good]"}),
    ("E121", "deck", {"    difficulty: medium": "    difficulty: «{is: medium}"}),
    ("E122", "deck", {"tags: [cost]": "tags: «cost"}),
    ("E123", "blueprint", {'source: {kind: reported, notes: "1-2"}': "source: «reported"}),
    ("E124", "deck", {"title: Good": "title: «''"}),
    ("E124", "case", {"  A shop sells things.": "   ", "text: |": "text: «|"}),
    ("E125", "deck", {"difficulty: medium": "difficulty: «mediun"}),
    ("E125", "deck", {"correct: true": "correct: «yes"}),
    ("E126", "deck", {"id: q-one": "id: «Q one"}),
    ("E129", "deck", {"id: q-one": "id: «" + "q" * 101}),
    ("E127", "syllabus", {"weight: 3": "weight: «6"}),
    ("E127", "blueprint", {"weight: 7.5": "weight: «1e3"}),
    ("E127", "blueprint", {"pass_mark: 0.70": "pass_mark: «70"}),
    ("E127", "names", {"from: 2016": "from: «[2016]"}),
    ("E128", "deck", {"2026-11-23": "«2026-02-30"}),
    ("E128", "deck", {"2026-11-23": "«20261123"}),
    ("E129", "blueprint", {"strata:\n": "strata: «[]\nold:\n"}),
    (
        "E130",
        "deck",
        {"options:\n      - text: Batch load jobs\n        correct: true": "options:\n      «- text: Batch load jobs"},
    ),
    (
        "E131",
        "deck",
        {
            "      - text: Streaming writes": "      - text: Streaming writes\n        correct: true",
            "      - text: Batch": "      «- text: Batch",
        },
    ),
    (
        "E132",
        "deck",
        {"    back: When the data": "    tags: []\n    changed: When the data", "  - id: c-one": "  - «id: c-one"},
    ),
    ("E132", "deck", {"    back: When": "    «cloze: When {{it}} holds.\n    back: When"}),
    ("E133", "deck", {"    front: When does the long-term price hold?\n    back: When": "    cloze: «When"}),
    ("E134", "blueprint", {'    topics: ["a.*"]\n    cases: [shop]\n': "", "- name: All": "- «name: All"}),
    ("E135", "blueprint", {"- name: All\n    weight: 7.5": "«- name: All\n    weight: 0"}),
    ("E136", "names", {"until: 2026": "until: «2015"}),
    ("E201", "deck", {"  - id: q-two": "  - id: «q-one"}),
    ("E201", "deck", {"  - id: q-two": "  - id: «c-one"}),
    ("E202", "deck", {"    topic: a.one": "    topic: «a.on"}),
    ("E203", "deck", {"case: shop": "case: «shpo"}),
    ("E204", "blueprint", {'"a.*"': "«b.*"}),
    ("E205", "syllabus", {"- id: a.one": "- id: «b.one"}),
    ("W207", "deck", {"cards: [c-one]": "cards: [«c-two]"}),
    ("W208", "deck", {"[q-two]": "[«q-tow]"}),
    ("W118", "deck", {"title: Good": "title: Good  # check: ignore «W301 it was long once"}),
    ("W118", "deck", {"title: Good": "title: Good  # check: ignore «W999"}),
    ("W118", "deck", {"title: Good": "title: Good  # check: ignore «E104"}),
    ("W119", "deck", {"title: Good": "title: Good« \t"}),
    ("W119", "deck", {"title: Good": "title: Good«\r"}),
    ("E126", "deck", {"tags: [cost]": "was: «Q-one"}),
    ("E209", "deck", {"tags: [cost]": "was: «q-one"}),
    ("E209", "deck", {"tags: [cost]": "was: [q-zero, «c-one]"}),
    ("E209", "deck", {"tags: [cost]": "was: [q-zero, «q-zero]"}),
    ("E209", "deck", {"tags: [cost]": "was: q-two", "  - id: q-two": "  - id: «q-two"}),
    ("W118", "deck", {"title: Good": "title: Good  «# Check: Ignore w305"}),
    ("W137", "deck", {"front: When does": "front: When in C «# does"}),
    ("W137", "case", {"title: Shop": "title: Shop «#12"}),
    ("W301", "deck", {"back: When": f"back: «{LONG}When"}),
    ("W302", "deck", {"stem: A shop": f"stem: «{LONG}{LONG}{LONG}A shop"}),
    (
        "W303",
        "deck",
        {f"stem: A shop loads its sales once a day and wants the lowest cost. {ROWS}": "stem: «A shop waits."},
    ),
    ("W304", "deck", {"stem: A bank": "stem: «A bank", "Which two steps lower its cost? (Choose two.)": "What helps?"}),
    ("W304", "deck", {"stem: A shop": "stem: «A shop", "should it choose?": "should it choose? (Choose two.)"}),
    (
        "W305",
        "deck",
        {"text: Batch load jobs": "text: «Batch load jobs that run once a day, after the shop has closed"},
    ),
    ("W306", "deck", {"text: Batch load jobs": "text: «Loading sales daily"}),
    ("W307", "deck", {"text: Streaming writes": "text: «Only streaming writes"}),
    ("W308", "deck", {"text: Streaming writes": "text: «All of the above"}),
    ("W309", "deck", {"stem: A shop": "stem: «A shop", ROWS: "Which way of loading does not fit?"}),
    ("W310", "deck", {"text: Streaming writes": "text: «The batch-load job"}),
    (
        "W311",
        "deck",
        {
            "text: Archive class": "text: «2 weeks",
            "text: Partitioned tables": "text: 3 hours",
            "text: Standard class": "text: 7 days",
        },
    ),
    (
        "W312",
        "deck",
        {"      - text: Streaming writes\n        rationale: Streaming makes": "      - «text: Streaming makes"},
    ),
    (
        "W313",
        "deck",
        {"rationale: Loading in batches is free, and a day of delay is fine here.": "rationale: «It is best."},
    ),
    ("W314", "deck", {"    cards: [c-one]\n": "", "  - id: q-one": "  - «id: q-one"}),
    ("W315", "deck", {"text: Streaming writes": "text: «Streaming <b>writes</b>"}),
    ("W315", "deck", {"text: Streaming writes": "text: «Streaming ![](https://example.org/a.png)"}),
    ("W316", "deck", {"text: Streaming writes": "text: «Streaming\u200bwrites"}),
    ("W317", "deck", {"text: Streaming writes": "text: «Streaming ![a pipe](pipe.png)"}),
    ("W318", "deck", {"text: Streaming writes": "text: «Streaming ![a pipe](../pipe.png)"}),
    ("W319", "deck", {"text: Streaming writes": "text: «Streaming $$x^2$$"}),
    (
        "W324",
        "deck",
        {
            "text: Archive class\n        correct: true": "text: Delete old rows",
            "text: Partitioned tables": "text: Do not use partitions",
            "text: Standard class": "text: «Use partitions",
        },
    ),
    (
        "W325",
        "deck",
        {
            "A bank keeps": "Batch load jobs that run every night, and a bank keeps",
            "  - id: q-one": "  - id: «q-one",
            "text: Batch load jobs": "text: Batch load jobs that run every night",
            "    enemies: [q-two]\n": "",
        },
    ),
    (
        "W326",
        "deck",
        {
            "A bank keeps seven years of rows and reads them twice a year.": "A shop loads its sales once a day.",
            "Which two steps lower its cost? (Choose two.)": "Which way of loading should it now choose?",
            " and wants the lowest cost": "",
            "text: Archive class": "text: Batch load",
            "text: Partitioned tables": "text: Jobs",
            "    enemies: [q-two]\n": "",
            "  - id: q-two": "  - id: «q-two",
        },
    ),
    (
        "W327",
        "deck",
        {
            f"{ROWS}": "Its way of loading is a",
            "text: Streaming writes": "text: «An export",
        },
    ),
    ("W328", "deck", {"text: Batch load jobs": "text: «Batch load jobs."}),
    ("W328", "deck", {"text: Batch load jobs": "text: «batch load jobs"}),
    (
        "W329",
        "deck",
        {"rationale: Streaming makes rows visible at once, which": "rationale: «As option B it shows them, which"},
    ),
    (
        "W330",
        "deck",
        {
            "questions:": "  - id: «c-two\n    topic: a.one\n    front: When does the long-term price hold\n"
            "    back: Something else.\nquestions:"
        },
    ),
    ("W331", "deck", {"front: When does": "front: «Which of these does"}),
    ("W332", "deck", {"    front: When does the long-term price hold?\n    back: When": "    cloze: «'{{When}}.' #"}),
    ("W333", "deck", {"back: When": "back: «FILL IN when"}),
    (
        "W334",
        "deck",
        {
            "    case: shop\n": "",
            f"stem: A shop loads its sales once a day and wants the lowest cost. {ROWS}": f"stem: «{ROWS}",
        },
    ),
    ("W401", "syllabus", {"    topics:\n": "    topics:\n      - {id: «a.two, title: Two, weight: 1}\n"}),
    ("W402", "blueprint", {"questions: 2": "questions: 3", "- name: All": "- name: «All"}),
    ("W403", "blueprint", {"[shop]": "[«shopp]"}),
    ("W404", "syllabus", {"        weight: 3": "        weight: 3\n        outdated: «It has another name."}),
    ("E104", "config", {"  select": "  «selct"}),
    ("E125", "config", {"[W314]": "[«W999]"}),
    ("E125", "config", {"[W314]": "[«E104]"}),
    ("E125", "config", {"[W]": "[«X]"}),
]

# Codes that no small change of a good file brings about, and the tests that do.
ELSEWHERE = {
    "E101": "test_yaml_reader",
    "E102": "test_yaml_reader",
    "E103": "test_yaml_reader",
    "E115": "test_yaml_reader",
    "E116": "test_loader",
    "E199": "test_yaml_reader",
    "E206": "test_loader",
    "W210": "test_ledger",
    "W211": "test_ledger",
    "W212": "test_ledger",
    "E213": "test_ledger",
    "W214": "test_ledger",
    "W320": "test_checks",
    "W321": "test_checks",
    "W322": "test_checks",
    "W323": "test_checks",
}


@pytest.mark.parametrize(("code", "kind", "changes"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)])
def test_the_problem_is_found_at_its_place(tmp_path: Path, code: str, kind: str, changes: dict[str, str]) -> None:
    text, place = marked(changed(kind, changes))
    write_folder(tmp_path, **{kind: text})
    problems = check([tmp_path], tmp_path).problems
    found = [(p.line, p.column) for p in problems if p.code == code and p.path.endswith(FILES[kind][0])]
    assert found == [place]


def test_the_good_files_have_no_problem(tmp_path: Path) -> None:
    assert check([write_folder(tmp_path)], tmp_path).problems == ()


def test_every_code_has_a_case() -> None:
    assert {case[0] for case in CASES} | set(ELSEWHERE) == set(CODES)


def test_every_code_is_explained() -> None:
    for code in CODES.values():
        assert code.title
        assert code.explanation.endswith(".")


@pytest.mark.parametrize("place", ["id: q-one", "text: Streaming <b>writes</b>"])
def test_a_comment_silences_a_warning(tmp_path: Path, place: str) -> None:
    text = changed("deck", {"Streaming writes": "Streaming <b>writes</b>"})
    write_folder(tmp_path, deck=text.replace(place, place + "  # check: ignore W315 shown as code in the app"))
    assert check([tmp_path], tmp_path).problems == ()
    write(tmp_path, "good.yaml", text.replace(place, place + "  # check: ignore W301 another rule"))
    assert {p.code for p in check([tmp_path], tmp_path).problems} == {"W118", "W315"}


def test_a_comment_does_not_silence_an_error(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=changed("deck", {"title: Good": "titel: Good # check: ignore E104 no"}))
    assert {p.code for p in check([tmp_path], tmp_path).problems} == {"E104", "E120"}


@pytest.mark.parametrize("silenced", ["", "deck: good", "questions:"])
def test_what_a_whole_deck_shows_stands_at_its_questions(tmp_path: Path, silenced: str) -> None:
    """Not at the first question, which may be moved: a comment at the list, or at the deck's id, silences it."""
    head, found, first = DECK.partition("questions:\n")
    text = first[: first.index("  - id: q-two")].replace("    enemies: [q-two]\n", "")
    text = text.replace("text: Batch load jobs", "text: Batch load jobs, nightly")
    questions = "".join(text.replace("q-one", f"q-{n}").replace("a shop", f"shop {n}") for n in "abcdefghijklmno")
    deck = head + found + questions
    comment = "  # check: ignore W320 W321 for a test"
    write_folder(tmp_path, deck=deck.replace(silenced, silenced + comment, 1) if silenced else deck)
    problems = check([tmp_path], tmp_path, Choice(ignore=("W4", "W326"))).problems
    wanted = [] if silenced else [("W320", deck[: deck.index("questions:")].count("\n") + 1, 1)]
    assert [(p.code, p.line, p.column) for p in problems if p.code in ("W118", "W320")] == wanted
