"""Item-writing rules: what must not be flagged, and the rules over a whole deck."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from studyapp.content.checks.finding import Item
from studyapp.content.checks.runner import CARD_RULES, QUESTION_RULES
from studyapp.content.checks.texts import TextFinding, check_texts
from studyapp.content.checks.whole_deck import count, judge
from studyapp.core.deck import Card, Difficulty, Option, Question

WHY = "A reason that is long enough to teach."
STEM = "A shop loads its sales once a day. Which way of loading should it choose?"


def _question(
    stem: str = STEM, options: Sequence[str] = ("one way", "other ways"), key: Sequence[int] = (0,)
) -> Question:
    made = tuple(Option(text, i in key, f"{WHY} {i}") for i, text in enumerate(options))
    return Question("q", "a.one", Difficulty.EASY, stem, made, cards=("c",))


def check_whole(questions: Sequence[Question]) -> list[TextFinding]:
    return list(judge(count(map(Item, questions))))


def _codes(question: Question) -> set[str]:
    return {code for code, rule in QUESTION_RULES if list(rule(Item(question)))}


@pytest.mark.parametrize(
    "stem",
    [
        "What should they do so that the data does not leave the region?",
        "Which role follows the principle of least privilege?",
        "Which change shortens the load with the least effort?",
        "Which design costs least and does not lose messages?",
        "Which of these is *NOT* a window of Beam?",
        "Rows did not arrive. Which setting explains it, except for the clock?",
        "Which service fits? (Choose one.)",
        "Which two-step plan fits?",
        "Which of the 2.5 TB options fits?",
        "They ask: which store fits? Nothing else may change.",
    ],
)
def test_good_stems_are_not_flagged(stem: str) -> None:
    assert _codes(_question(stem)) == set()


@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("Which of these is not a window of Beam?", "W309"),
        ("Which service doesn't scale?", "W309"),
        ("Which design is least suitable?", "W309"),
        ("All of these are windows except which?", "W309"),
        ("They should choose a store.", "W303"),
        ("Which three fit?\nChoose two.", "W304"),
    ],
)
def test_bad_stems_are_flagged(stem: str, code: str) -> None:
    assert code in _codes(_question(stem))


@pytest.mark.parametrize(
    "ending", ["Which two fit?", "What fits? (Choose two.)", "What fits? Select **two**.", "Pick 2?"]
)
def test_several_answers_may_be_announced_in_many_ways(ending: str) -> None:
    assert "W304" not in _codes(_question(f"A shop waits. {ending}", ("one", "two ways", "other"), (0, 1)))


@pytest.mark.parametrize(
    "options",
    [
        ("Pub/Sub, Dataflow, BigQuery", "Dataflow, Pub/Sub, BigQuery"),
        ("3.5 GB of memory", "35 GB of memory"),
        ("Write in C++ code", "Write in C code"),
        ("Export to BigQuery from a bucket", "Export from BigQuery to a bucket"),
        ("Grant read-only access", "Make an append-only table"),
        ("Run `SELECT always`", "Run `SELECT never`"),
        ("10 minutes", "1 hour", "2 days"),
        ("100 %", "50 %", "10 %"),
        ("2 GB", "300 MB", "5 rows"),
        ("Storage class A and lifecycle B", "Other things"),
        ("All of the rows", "None of the tables"),
        ("Short", "Longer"),
    ],
)
def test_good_options_are_not_flagged(options: Sequence[str]) -> None:
    assert _codes(_question(options=options, key=(1,))) == set()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("A real-time job", "the real time jobs"), "W310"),
        (("Both A and B", "Some other"), "W308"),
        (("A, B and C", "Some other"), "W308"),
        (("None of these of the above", "Neither of the others"), "W308"),
        (("2 hours", "30 minutes", "1 day"), "W311"),
        (("1,000", "200", "5,000"), "W311"),
        (("Never batch rows", "Batch the rows"), "W307"),
    ],
)
def test_bad_options_are_flagged(options: Sequence[str], code: str) -> None:
    assert code in _codes(_question(options=options, key=(1,)))


def test_stem_words_that_a_distractor_balances_are_no_cue() -> None:
    stem = "Nightly invoices reach partners by courier. Which way is best?"
    assert "W306" in _codes(_question(stem, ("Send nightly invoices", "Send mails")))
    assert "W306" not in _codes(_question(stem, ("Send nightly invoices", "Use partners and a courier")))


def test_several_long_keys_are_a_cue_too() -> None:
    long, short = "a way that takes many more words than", "a way that takes"
    assert "W305" in _codes(_question("Which two fit?", (long + " x", long + " y", short), (0, 1)))
    assert "W305" not in _codes(_question("Which two fit?", (long + " x", short + " y", short), (0, 1)))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a < b and c > d", []),
        ("`<project>` and `![](https://x.org/a.png)`", []),
        ("see <https://cloud.google.com/x>", []),
        ("café → naïve “quotes” 日本", []),
        ("![pipe](pipe%201.png)", []),
        ("a <script>x</script>", ["W315"]),
        ("a <project_id> b", ["W315"]),
        ("![](//x.org/a.png)", ["W315"]),
        ("![](data:image/png;base64,AAAA)", ["W315"]),
        ("![](/etc/passwd)", ["W318"]),
        ("![](none.png)", ["W317"]),
        ("a\ufffdb", ["W316"]),
        ("a\x08b", ["W316"]),
        ("a\x1bb\x00", ["W316"]),
        ("a\tb\nc", []),
    ],
)
def test_texts(tmp_path: Path, text: str, codes: list[str]) -> None:
    (tmp_path / "pipe 1.png").write_bytes(b"")
    assert [finding.code for finding in check_texts([((), text)], tmp_path)] == codes


def test_the_key_longest_or_in_one_place_too_often() -> None:
    options = ("a longest way", "a way", "some way", "no way")
    always = [_question(options=options, key=(0,)) for _ in range(20)]
    assert [finding.code for finding in check_whole(always)] == ["W320", "W321"]
    assert list(check_whole(always[:19])) == []


def test_keys_by_chance_are_no_cue() -> None:
    options = ("a longest way", "a way", "some way", "no way")
    even = [_question(options=options, key=(i % 4,)) for i in range(40)]
    some = even + [_question(options=options, key=(0,)) for _ in range(6)]
    assert list(check_whole(even)) == []
    assert list(check_whole(some)) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("Enable the cache", "Disable the cache", "Add a disk"), True),
        (("Load with a schema", "Load without a schema", "Add a disk"), True),
        (("Rows can be changed", "Rows cannot be changed", "Rows are lost"), True),
        (("It is billed", "It is not billed", "It is gone"), True),
        (("Use the index", "Don't use the index", "Add a disk"), True),
        (("Use the index", "Do not use the index"), False),  # of two options one is always the key
        (("Multi-region bucket", "Single-region bucket", "Disk"), False),
        (("Partition by day", "Partition by hour", "No partition"), False),
        (("Rows in one table", "Rows in one table, not in order", "Disk"), False),
        (("A note", "A", "B"), False),
    ],
)
def test_options_that_exhaust_the_cases(options: Sequence[str], found: bool) -> None:
    assert ("W324" in _codes(_question(options=options))) is found


@pytest.mark.parametrize(
    ("stem", "options", "found"),
    [
        ("Late rows are kept in an", ("archive", "snapshot"), True),
        ("Late rows are kept in a:", ("archive", "snapshot"), True),
        ("Late rows are kept in a ___.", ("the archive", "snapshot"), True),
        ("The parts of it are", ("a queue", "queues"), True),
        ("The part that fails is", ("two queues", "the queue"), True),
        ("Late rows are kept in an", ("SQL table", "hourly export", "archive", "LRU cache", "XML file"), False),
        ("Late rows are kept in a", ("UDF", "user table", "unit", "one-way queue", "European bucket"), True),
        ("Late rows are kept in a", ("table", "unique key", "user table", "URL"), False),
        ("Late rows are kept in a(n)", ("archive", "snapshot"), False),
        ("Where are late rows kept, in a", ("archive of an", "an archive"), False),  # no option fits: not a cue
        ("Which is a", ("archive?", "snapshot"), True),
        ("Which two are they?", ("an archive", "two"), False),
    ],
)
def test_grammar_of_options(stem: str, options: Sequence[str], found: bool) -> None:
    assert ("W327" in _codes(_question(stem, options))) is found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("One way.", "other ways", "no way"), True),
        (("One way", "other ways.", "no way."), True),
        (("one way", "Other ways", "No way"), True),
        (("One way.", "Other ways.", "No way"), False),
        (("One way", "Other ways", "No way"), False),
    ],
)
def test_a_key_of_another_form(options: Sequence[str], found: bool) -> None:
    assert ("W328" in _codes(_question(options=options))) is found


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (Card("c", "a.one", "Which of the following is cheap?", "That."), "W331"),
        (Card("c", "a.one", "Name some windows.", "These."), "W331"),
        (Card("c", "a.one", "Name the three windows of Beam.", "These."), None),
        (Card("c", "a.one", "Which of its parts is cheap?", "That."), None),
        (Card("c", "a.one", cloze="{{This}}, {{that}}."), "W332"),
        (Card("c", "a.one", cloze="{{This}} is {{that}}."), None),
        (Card("c", "a.one", "What?", "word " * 61), "W301"),
        (Card("c", "a.one", "What?", "word " * 60), None),
    ],
)
def test_cards(card: Card, code: str | None) -> None:
    found = [known for known, rule in CARD_RULES if list(rule(card))]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is $$a$$.", "W319"),
        (r"It is \frac{a}{b}.", "W319"),
        (r"`\frac{a}{b}` and `$$`", None),
        (r"C:\temp and \*stars\*", None),
        ("It costs $5, or $$$ in words", None),
        (r"A link \[not\](one)", None),
        ("FILL IN the answer", "W333"),
        ("Fill in the answer", None),
    ],
)
def test_formulas_and_places_to_fill(tmp_path: Path, text: str, code: str | None) -> None:
    assert [finding.code for finding in check_texts([((), text)], tmp_path)] == ([code] if code else [])


def _many(texts: Sequence[str], hits: int, of: int = 40) -> list[Question]:
    """Questions of which the first option is the key in so many, and the others take turns in the rest."""
    turns = len(texts) - 1
    return [_question(options=texts, key=(0 if i < hits else 1 + i % turns,)) for i in range(of)]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("the longest of them", "a short one", "one so short", "another one"), "W320"),
        (("run it 3 times", "run it for ever", "run it by hand", "run it not all"), "W322"),
        (("big table, tall rows", "big table, wide keys", "one spanner, tall rows", "nothing else at alls"), "W323"),
    ],
)
def test_ways_to_guess(texts: Sequence[str], code: str) -> None:
    def found(hits: int) -> set[str]:
        return {finding.code for finding in check_whole(_many(texts, hits))} & {"W320", "W322", "W323"}

    assert found(30) == {code}
    assert found(14) == set()
    assert {f.code for f in check_whole(_many(texts, 10, of=19))} == set()
