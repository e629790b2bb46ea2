"""Item-writing rules: what must not be flagged, and the rules over a whole deck."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from studyapp.content.checks.finding import Item
from studyapp.content.checks.runner import CARD_RULES, QUESTION_RULES
from studyapp.content.checks.whole_deck import DeckFinding, count, judge
from studyapp.core.deck import Card, Difficulty, Option, Question

WHY = "A reason that is long enough to teach."
SITUATION = "A shop loads its sales once a day."
STEM = f"{SITUATION} Which way of loading should it choose?"


def _question(
    stem: str = STEM, options: Sequence[str] = ("one way", "other ways"), key: Sequence[int] = (0,)
) -> Question:
    made = tuple(Option(text, i in key, f"{WHY} {i}") for i, text in enumerate(options))
    return Question("q", "a.one", Difficulty.EASY, stem, made, cards=("c",))


def check_whole(questions: Sequence[Question]) -> list[DeckFinding]:
    return list(judge(count(map(Item, questions))))


def _codes(question: Question) -> set[str]:
    return {code for code, rule in QUESTION_RULES if rule(Item(question))}


def _asking(question: str, options: Sequence[str] = ("one way", "other ways"), key: Sequence[int] = (0,)) -> set[str]:
    """The codes of a question that follows a situation."""
    return _codes(_question(f"{SITUATION} Nobody looks at them before the morning. {question}", options, key))


@pytest.mark.parametrize(
    "question",
    [
        "What should they do so that the data does not leave the region?",
        "Which role follows the principle of least privilege?",
        "Which change shortens the load with the least effort?",
        "Which design costs least and does not lose messages?",
        "Which of these is *NOT* a window of Beam?",
        "Which of these is **not** a window of Beam?",
        "Rows did not arrive. Which setting explains it, except for the clock?",
        "Which service fits? (Choose one.)",
        "Which two-step plan fits?",
        "Which of the 2.5 TB options fits?",
        "They ask: which store fits? Nothing else may change.",
        "What is the reason the job does not scale?",
        "Which metric shows how many rows were not written?",
        "Which policy blocks users not in the EU?",
        "Which setting makes sure rows are not lost?",
        "What keeps rows from being lost?",
        "What ensures rows are not lost?",
        "What do users not in the EU see?",
        "Which change should they make to avoid hot spots?",
        "Which share of the alarms is false?",
        "What is wrong with the design?",
        "Which way is best if rows are not sorted?",
        "Why does the job not scale?",
    ],
)
def test_good_questions_are_not_flagged(question: str) -> None:
    assert _asking(question) == set()


@pytest.mark.parametrize(
    "question",
    [
        "Which of these is not a window of Beam?",
        "Which service doesn't scale?",
        "Which service doesn’t scale?",
        "Which design is least suitable?",
        "Which is the least likely cause?",
        "All of these are windows except which?",
        "Which service cannot scale out here?",
        "Which statement is incorrect?",
        "Which statement about Dataflow is false?",
        "Which of these is wrong?",
        "Which is the false statement?",
        "Which would you avoid?",
        "Which of these services should the team not use?",
        "Which Cloud Storage class does not fit?",
        "Which two load jobs are not free?",
        "Which jobs never end?",
        "What must the team not do?",
        "Who may not read it?",
    ],
)
def test_negative_questions_are_flagged(question: str) -> None:
    assert "W309" in _asking(question)


@pytest.mark.parametrize(
    ("stem", "case", "found"),
    [
        ("What deletes old rows?", None, True),
        ("A shop waits. What deletes old rows?", None, True),
        ("What deletes old rows?", "shop", True),
        ("Which storage class has the lowest price for data that is read once a year?", None, True),
        ("Which storage class has the lowest price for data that is read once a year?", "shop", False),
        ("A bank keeps statements that are read once a year. Which storage class fits?", None, False),
        (f"For a shop that {'keeps statements and ' * 9}waits, which storage class fits?", None, False),
    ],
)
def test_a_stem_without_a_situation(stem: str, case: str | None, found: bool) -> None:
    assert ("W334" in _codes(replace(_question(stem), case=case))) is found


def test_a_stem_that_asks_nothing_or_goes_on_too_long() -> None:
    assert "W303" in _codes(_question(f"{SITUATION} They should choose a store."))
    assert "W302" in _codes(_question("word " * 144 + STEM[-38:]))
    assert "W302" not in _codes(_question("word " * 143 + STEM[-38:]))


@pytest.mark.parametrize(
    ("ending", "key", "found"),
    [
        ("Which two fit?", 2, False),
        ("What fits? (Choose two.)", 2, False),
        ("What fits? Select **two**.", 2, False),
        ("What fits? **Choose two.**", 2, False),
        ("Pick 2?", 2, False),
        ("Which two roles let them select one table?", 2, False),
        ("Which three fit?\nChoose two.", 2, False),
        ("Which three fit?\nChoose two.", 3, True),
        ("What fits? (Choose three.)", 2, True),
        ("What fits? (Choose two.)", 1, True),
        ("What fits?", 2, True),
        ("What fits? (Choose all that apply.)", 2, True),
        ("Analysts can select 5 columns at most. Which design costs least?", 1, False),
        ("They must choose 3 nodes or more. Which service is meant?", 1, False),
        ("The team wants to choose two zones. Which service fits?", 1, False),
        ("Which two steps can they choose one table for?", 2, False),
    ],
)
def test_the_number_of_answers(ending: str, key: int, found: bool) -> None:
    assert ("W304" in _asking(ending, ("one", "two ways", "other", "none of it"), range(key))) is found


@pytest.mark.parametrize(
    "options",
    [
        ("Pub/Sub, Dataflow, BigQuery", "Dataflow, Pub/Sub, BigQuery"),
        ("3.5 GB of memory", "35 GB of memory"),
        ("Write in C++ code", "Write in C code"),
        ("Export to BigQuery from a bucket", "Export from BigQuery to a bucket"),
        ("Grant read-only access", "Make an append-only table"),
        ("Run `SELECT always`", "Run `SELECT never`"),
        ("Storage class A and lifecycle B", "Other things"),
        ("All of the rows", "None of the tables"),
        ("Grant the viewer role on both of these projects", "Grant it on one of them"),
        ("Join all of these tables by key", "Join the first two by key"),
        ("Both zones at once", "Either zone alone"),
        ("1 and 3", "2 and 3"),
        ("Short", "Longer"),
    ],
)
def test_good_options_are_not_flagged(options: Sequence[str]) -> None:
    assert _codes(_question(options=options, key=(1,))) == set()


@pytest.mark.parametrize(
    "option",
    [
        "Both A and B",
        "A, B and C",
        "B and C only",
        "(a) or (b)",
        "Options 1 and 3",
        "Option B",
        "Both options",
        "All of the above",
        "All the above",
        "None of the above.",
        "None of these",
        "None",
        "Neither",
        "Both",
        "Neither of the others",
        "Any of these",
        "All are correct",
        "Streaming, or none of the above",
    ],
)
def test_options_about_other_options(option: str) -> None:
    assert "W308" in _codes(_question(options=(option, "Some other way"), key=(1,)))


@pytest.mark.parametrize(
    ("rationale", "found"),
    [
        ("It loses, as option A is cheaper and just as fast.", True),
        ("Options B and C are cheaper and just as fast.", True),
        ("It is dearer than option 2, which is as fast.", True),
        ("It is dearer than the first option, and as slow.", True),
        ("Here answer C is cheaper and just as fast.", True),
        ("The option above is cheaper and just as fast.", True),
        ("It is cheaper; the second of the two others is not.", False),
        ("The option `--region` takes a region, so this fails.", False),
        ("It is a good option 90 % of the time, and not here.", False),
        ("It is the first choice for rare reads, which these are not.", False),
        ("This answers two needs at once, but costs more here.", False),
        ("With plan option B it would be free, as the stem says.", False),
    ],
)
def test_rationales_that_name_a_place(rationale: str, found: bool) -> None:
    question = _question("A shop has bought option B of a plan, and loads its sales once a day. Which way is best?")
    options = (question.options[0], replace(question.options[1], rationale=rationale))
    codes = _codes(replace(question, options=options))
    assert ("W329" in codes) is found
    changed = replace(question, changed=rationale)
    assert ("W329" in _codes(changed)) is found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("A real-time job", "the real time jobs"), True),
        (("Use Cloud Storage.", "use cloud storage"), True),
        (("**Use** the index", "Use an index"), True),
        (("60 minutes", "1 hour"), True),
        (("After 60 minutes", "After 1 hour", "Never"), True),
        (("Run `bq ls`", "run `bq ls`"), True),
        (("`bigquery-public-data.noaa_gsod.gsod`", "`bigquery-public-data.noaa_gsod.gsod*`"), False),
        (("Filter on _TABLE_SUFFIX", "Filter on TABLE_SUFFIX"), False),
        (("Set x = 1", "Set x != 1"), False),
        (("`SELECT a`", "`SELECT A`"), False),
        (("SELECT a", "SELECT A"), False),
        (("`x > 5`", "`X > 5`"), False),
        (("Filter on gsod", "Filter on gsod*"), False),
        (("1 TB", "1 TiB"), False),
        (("60 minutes of rest", "1 hour of work"), False),
        (("Load it", "Load them"), False),
        (("Write to the bucket", "Write to the buckets of both"), False),
    ],
)
def test_options_that_mean_the_same(options: Sequence[str], found: bool) -> None:
    assert ("W310" in _codes(_question(options=options))) is found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("2 hours", "30 minutes", "1 day"), True),
        (("1,000", "200", "5,000"), True),
        (("3 nodes", "1 node", "5 nodes"), True),
        (("1 hour", "5 mins", "30 min", "90 sec"), True),
        (("After 90 days", "After 30 days", "After 60 days"), True),
        (("Keep 7 days of logs", "Keep 30 days of logs", "Keep 14 days of logs"), True),
        (("1 slot", "100 slots", "50 slots"), True),
        (("$5", "$3", "$9"), True),
        (("0.2", "-0.9", "0.8"), True),
        (("\u22120.1", "\u22120.9", "0.8"), True),
        (("-0.9", "-0.1", "0.2", "0.8"), False),
        (("10 minutes", "1 hour", "2 days"), False),
        (("100 %", "50 %", "10 %"), False),
        (("2 GB", "300 MB", "5 rows"), False),
        (("n1-standard-4", "n1-standard-2", "n1-standard-8"), False),
        (("europe-west4", "europe-west1", "europe-west9"), False),
        (("10.0.0.1", "10.0.0.0", "10.0.0.2"), False),
        (("12:30", "11:15", "14:00"), False),
        (("After 90 days", "Before 30 days", "After 60 days"), False),
    ],
)
def test_numbers_in_order(options: Sequence[str], found: bool) -> None:
    assert ("W311" in _codes(_question(options=options))) is found


def test_absolute_words_of_distractors() -> None:
    assert "W307" in _codes(_question(options=("Never batch rows", "Batch the rows"), key=(1,)))
    assert "W307" not in _codes(_question(options=("Never batch rows", "Only batch rows"), key=(1,)))


INVOICES = "Nightly invoices reach partners by courier. Which way is best?"
VIEWS = "An analyst reads the joined and materialized result of two tables all day. Which object costs least?"


@pytest.mark.parametrize(
    ("stem", "options", "key", "found"),
    [
        (INVOICES, ("Send nightly invoices", "Send mails"), (0,), True),
        (INVOICES, ("Send nightly invoices", "Use partners and a courier"), (0,), False),
        (VIEWS, ("A materialized view", "A logical view", "A snapshot"), (0,), True),
        (VIEWS, ("A materialized view", "A table made by hand", "A snapshot"), (0,), False),  # also of the stem
        (VIEWS, ("A materialized view", "A snapshot that materializes", "A snapshot"), (0,), False),
        (VIEWS, ("A logical view", "A materialized view", "A snapshot"), (0,), False),
        (VIEWS, ("A joined copy", "A logical view", "A snapshot"), (0,), False),  # a short word
        ("They use Dataproc now, for jobs all day. What is next?", ("Dataproc Serverless", "Another one"), (0,), False),
        (VIEWS, ("A materialized view", "An analyst's copy that is joined", "Disk"), (0, 1), True),
        (VIEWS, ("A materialized view", "A copy", "Disk"), (0, 1), False),
        ("They drop the class after use. What is next?", ("Keep that class of dropped things", "Go"), (0,), False),
    ],
)
def test_stem_words_in_the_key(stem: str, options: Sequence[str], key: Sequence[int], found: bool) -> None:
    assert ("W306" in _codes(_question(stem, options, key))) is found


def test_a_word_of_the_decks_subject_is_no_cue_and_whole_words_are_told() -> None:
    question = _question(VIEWS, ("A materialized view", "A logical view", "A snapshot"))
    rule = dict(QUESTION_RULES)["W306"]
    assert rule(Item(question, lambda word: word == "materialized")) == ()
    question = _question("They teach the process to analysts. What helps?", ("Analysts in the process", "A book"))
    assert "'analysts', 'process'" in rule(Item(question))[0].message


def test_several_long_keys_are_a_cue_too() -> None:
    long, short = "a way that takes many more words than", "a way that takes"
    assert "W305" in _codes(_question("Which two fit?", (long + " x", long + " y", short), (0, 1)))
    assert "W305" not in _codes(_question("Which two fit?", (long + " x", short + " y", short), (0, 1)))


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("Enable the cache", "Disable the cache", "Add a disk"), True),
        (("Load with a schema", "Load without a schema", "Add a disk"), True),
        (("Rows can be changed", "Rows cannot be changed", "Rows are lost"), True),
        (("It is billed", "It is not billed", "It is gone"), True),
        (("It is billed", "It isn't billed", "It is gone"), True),
        (("Use the index", "Don't use the index", "Add a disk"), True),
        (("Yes", "No", "It depends"), True),
        (("Yes, in each region", "No, in each region", "It depends"), True),
        (("Precision rises", "Precision does not rise", "Recall rises"), True),
        (("Increase the batch size", "Decrease the batch size", "Add a disk"), True),
        (("Precision rises", "Precision falls", "Recall stays"), True),
        (("Turn on caching", "Turn off caching", "Add a disk"), True),
        (("Turn caching on", "Turn caching off", "Add a disk"), True),
        (("Allow", "Deny", "Ask"), True),
        (("An index", "No index", "A disk"), True),
        (("Increase the rate", "Decrease the rate", "Increase the size", "Decrease the size"), False),
        (("Yes, as rows are sorted", "No, as rows are not read", "It depends"), False),
        (("Use the index", "Do not use the index"), False),  # of two options one is always the key
        (("Multi-region bucket", "Single-region bucket", "Disk"), False),
        (("Partition by day", "Partition by hour", "No partition"), False),
        (("Rows in one table", "Rows in one table, not in order", "Disk"), False),
        (("A note", "A", "B"), False),
        (("A", "No", "B"), False),
        (("Write to a log", "Write to no table", "Disk"), False),
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
        ("Which two are they?", ("an archive", "two"), False),
        ("What should they do?", ("Load in batches", "A materialized view"), True),
        ("What should they do first?", ("Load in batches", "By loading in batches"), True),
        ("What should they do?", ("Load in batches", "A week later: go on"), False),
        ("What should they do?", ("A materialized view", "A logical view"), False),  # a noun for all: not a cue
        ("Which step lowers the cost?", ("Batch loads", "By loading in batches"), True),
        ("Which step lowers the cost?", ("Batch loads", "Because they are free"), True),
        ("Which way lowers the cost?", ("Batch loads", "By loading in batches"), False),
        ("Which services fit?", ("Pub/Sub", "Dataflow and BigQuery"), False),
        ("How many nodes does it need?", ("Three", "Autoscaling"), True),
        ("How many nodes does it need?", ("Three", "As many as there are zones"), False),
        ("How should they load it?", ("By hand", "Load in batches"), False),
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
        (Card("c", "a.one", cloze="{{This" * 3000 + "}} is that."), None),
        (Card("c", "a.one", "What?", "word " * 61), "W301"),
        (Card("c", "a.one", "What?", "word " * 60), None),
    ],
)
def test_cards(card: Card, code: str | None) -> None:
    found = [known for known, rule in CARD_RULES if rule(card)]
    assert found == ([code] if code else [])


def test_the_key_longest_or_in_one_place_too_often() -> None:
    options = ("a longest way", "a way", "some way", "no way")
    always = [_question(options=options, key=(0,)) for _ in range(20)]
    for few in (20, 15, 8):
        assert [finding.code for finding in check_whole(always[:few])] == ["W320", "W321"]
    assert check_whole(always[:5]) == []


def test_keys_by_chance_are_no_cue() -> None:
    options = ("a longest way", "a way", "some way", "no way")
    even = [_question(options=options, key=(i % 4,)) for i in range(40)]
    some = even + [_question(options=options, key=(0,)) for _ in range(6)]
    assert check_whole(even) == []
    assert check_whole(some) == []


@pytest.mark.parametrize("questions", [4, 8, 12, 20, 40, 80])
def test_a_well_made_deck_is_hardly_ever_accused(questions: int) -> None:
    """Keys drawn by lot: of 2,000 decks fewer than one of a thousand, and a little for luck, has a finding."""
    made = random.Random(questions)
    texts = ("a longest way 1", "a way `a`", "some way 3", "no way")
    items = [Item(_question(options=made.sample(texts, n), key=(0,))) for n in (4, 4, 4, 3) for _ in range(questions)]
    accused = 0
    for _ in range(2000):
        drawn = made.sample(items, questions)
        for item in drawn:
            item.key = [made.randrange(len(item.texts))]
        accused += bool(list(judge(count(drawn))))
    assert accused <= 5


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
    assert {f.code for f in check_whole(_many(texts, 5, of=9))} == set()
