"""Small files that load without a problem, and writing them with one thing changed."""

from pathlib import Path

SYLLABUS = """\
syllabus: small
title: Small
domains:
  - id: a
    title: Domain A
    topics:
      - id: a.one
        title: Topic one
        weight: 3
        notes_lines: ["1-2"]
        objectives: [Tell one from two.]
"""

DECK = """\
deck: good
title: Good
verified_on: 2026-11-23
cards:
  - id: c-one
    topic: a.one
    front: When does the long-term price hold?
    back: When the data has not changed for ninety days.
questions:
  - id: q-one
    topic: a.one
    difficulty: medium
    case: shop
    stem: A shop loads its sales once a day and wants the lowest cost. Which way of loading should it choose?
    options:
      - text: Batch load jobs
        correct: true
        rationale: Loading in batches is free, and a day of delay is fine here.
      - text: Streaming writes
        rationale: Streaming makes rows visible at once, which costs money and is not needed.
    cards: [c-one]
    tags: [cost]
    enemies: [q-two]
  - id: q-two
    topic: a.one
    difficulty: hard
    stem: A bank keeps seven years of rows and reads them twice a year. Which two steps lower its cost? (Choose two.)
    options:
      - text: Archive class
        correct: true
        rationale: It is made for what is read less than once a year.
      - text: Partitioned tables
        correct: true
        rationale: Partitions that nobody changes fall to the lower price.
      - text: Standard class
        rationale: It has no fee for reading, but the highest price for keeping.
    cards: [c-one]
"""

BLUEPRINT = """\
blueprint: half
title: Half
exam: Some exam
source: {kind: reported, notes: "1-2"}
questions: 2
minutes: 30
pass_mark: 0.70
strata:
  - name: All
    weight: 7.5
    topics: ["a.*"]
    cases: [shop]
"""

CASE = """\
case: shop
title: Shop
text: |
  A shop sells things.
verified_on: 2026-11-23
"""

NAMES = """\
products:
  - id: spark
    names:
      - {name: Dataproc, from: 2016, until: 2026}
      - {name: Managed Service for Apache Spark, from: 2026}
    short: [MSAS]
"""

CONFIG = """\
check:
  select: [W]
  ignore: [W314]
  files:
    - {path: "good*.yaml", ignore: [W306]}
"""

FILES = {
    "syllabus": ("syllabus.yaml", SYLLABUS),
    "deck": ("good.yaml", DECK),
    "blueprint": ("blueprints/half.yaml", BLUEPRINT),
    "case": ("cases/shop.yaml", CASE),
    "names": ("names.yaml", NAMES),
    "config": ("studyapp.yaml", CONFIG),
}

MARK = "«"
"""Stands in a text of the tests where the problem is expected."""


def write_folder(folder: Path, **changed: str) -> Path:
    """A deck folder with one file of each kind but settings; ``changed`` gives other texts by kind."""
    for kind, (name, text) in FILES.items():
        if kind != "config" or kind in changed:
            write(folder, name, changed.get(kind, text))
    return folder


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """The text without its mark, and line and column of the mark."""
    before, mark, after = text.partition(MARK)
    assert mark, "the text has no mark"
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def changed(kind: str, changes: dict[str, str]) -> str:
    """The good text of a kind with the first occurrence of some passages replaced."""
    text = FILES[kind][1]
    for old, new in changes.items():
        assert old in text, f"{old!r} does not stand in the {kind}"
        text = text.replace(old, new, 1)
    return text
